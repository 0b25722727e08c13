"""Side by side: the same workbooks, limits and checker for every planner there is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .ladder import RUNGS, brief, generated
from .measuring import Job, measure
from .planners import PLANNERS, TIMEFOLD
from .table import PROJECT_ROOT, Table, row_of

if TYPE_CHECKING:
    import argparse

LIMITS_SECONDS = (10.0, 60.0, 300.0)
EXAMPLES = ("small", "medium", "regional")
EXAMPLES_FOLDER = PROJECT_ROOT / "inputs" / "examples"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this part."""
    parser.add_argument(
        "instances",
        nargs="*",
        default=list(EXAMPLES),
        help="names of the examples, numbers of departments on the ladder, or workbooks",
    )
    parser.add_argument("--planner", nargs="+", choices=PLANNERS, default=list(PLANNERS))
    parser.add_argument(
        "--timefold-python",
        type=Path,
        help="a Python with timefold 1.24 installed, and Java 17: Timefold is left out without",
    )
    parser.add_argument("--limits", type=float, nargs="+", default=list(LIMITS_SECONDS))


def run(arguments: argparse.Namespace, folder: Path) -> None:
    """Every instance with every limit and planner; a row for each."""
    table = Table(folder=arguments.table)
    planners = [name for name in arguments.planner if name != TIMEFOLD or arguments.timefold_python]
    if len(planners) < len(arguments.planner):
        print("Timefold is left out: --timefold-python names no Python that has it.", flush=True)
    for instance in arguments.instances:
        workbook = workbook_of(instance, folder)
        for limit in arguments.limits:
            print(f"{workbook.stem}, {limit:g} s", flush=True)
            for planner in planners:
                job = Job(
                    workbook=workbook,
                    planner=planner,
                    limit_seconds=limit,
                    workers=arguments.workers,
                    seed=arguments.seed,
                    timefold_python=arguments.timefold_python,
                )
                row = row_of("side by side", workbook.stem, job, measure(job))
                table.add(row)
                print(brief(row), flush=True)


def workbook_of(instance: str, folder: Path) -> Path:
    """The workbook that a name, a number of departments or a path stands for."""
    if instance in EXAMPLES:
        return EXAMPLES_FOLDER / f"{instance}.xlsx"
    for rung in RUNGS:
        if instance == str(rung.departments):
            return generated(folder, rung, "usual")
    return Path(instance)
