"""The ladder: generated organisations from one department to a nation."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .measuring import Job, measure
from .table import Table, row_of

if TYPE_CHECKING:
    import argparse
    from pathlib import Path


class Rung(NamedTuple):
    """The size of an organisation. Staff is about 15 a department, as in a large trust."""

    departments: int
    weeks: int

    @property
    def trainees(self) -> int:
        """Six a department."""
        return 6 * self.departments


RUNGS = (Rung(1, 12), Rung(5, 12), Rung(20, 26), Rung(60, 26), Rung(200, 46))


class Level(NamedTuple):
    """``tightness``: part of the staff time left by duties that training asks for.

    Above 1 it says little, since duties never take more people than are there on nearly all days;
    more sessions a trainee and week (``contact``) then make it tighter.
    """

    tightness: float
    contact: float


LEVELS = {"loose": Level(0.6, 1.4), "usual": Level(1.0, 1.9), "tight": Level(1.5, 3.6)}
"""Nearly everything fits, all but a little, and far from all: musts stay unplaced."""
WTE_PER_DEPARTMENT = 15.0
SEED = 11


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this part."""
    sizes = [rung.departments for rung in RUNGS]
    parser.add_argument("--departments", type=int, nargs="+", choices=sizes, default=sizes[:2])
    parser.add_argument("--weeks", type=int, help="instead of the rung's own number")
    parser.add_argument("--level", nargs="+", choices=LEVELS, default=list(LEVELS))
    parser.add_argument("--limit", type=float, help="seconds for each plan; none unless given")


def run(arguments: argparse.Namespace, folder: Path) -> None:
    """Climb the rungs asked for, and add a row for each."""
    table = Table(folder=arguments.table)
    for rung in RUNGS:
        if rung.departments not in arguments.departments:
            continue
        size = rung._replace(weeks=arguments.weeks or rung.weeks)
        for name in arguments.level:
            instance = f"{size.departments} x {size.weeks} weeks, {name}"
            print(f"{instance} ...", flush=True)
            job = Job(
                workbook=generated(folder, size, name),
                planner="trainsched",
                limit_seconds=arguments.limit,
                workers=arguments.workers,
                seed=arguments.seed,
            )
            row = row_of("ladder", instance, job, measure(job))
            table.add(row)
            print(brief(row), flush=True)


def generated(folder: Path, rung: Rung, level: str) -> Path:
    """The workbook of a rung, made unless it is there already."""
    from trainsched.generate import write_organisation

    path = folder / f"ladder-{rung.departments}x{rung.weeks}-{level}.xlsx"
    if not path.exists():
        write_organisation(
            path,
            departments=rung.departments,
            trainees=rung.trainees,
            weeks=rung.weeks,
            seed=SEED,
            wte=WTE_PER_DEPARTMENT * rung.departments,
            tightness=LEVELS[level].tightness,
            contact=LEVELS[level].contact,
        )
    return path


def brief(row: dict[str, str]) -> str:
    """A row in one line, for those who wait."""
    return (
        f"  {row['planner']}: must {row['unplaced_must_value']} "
        f"(bound {row['unplaced_must_bound']}) of {row['must_sessions']}, "
        f"should {row['unplaced_should_value']}, could {row['unplaced_could_value']}, "
        f"{row['total_s']} s, {row['peak_mb']} MB, {row['findings']} findings {row['note']}"
    )
