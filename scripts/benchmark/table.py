"""The benchmark table of a release: a CSV with a row a run, and the same for reading.

Rows are only ever added. The text is written anew from the CSV each time.
"""

from __future__ import annotations

import csv
import os
import platform
import subprocess
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import trainsched
from trainsched.domain.rules import FIRST_PLAN_GOALS, GoalId

from .trace import times_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .measuring import Job, Measured

PROJECT_ROOT = Path(__file__).resolve().parents[2]
FOLDER = PROJECT_ROOT / "outputs" / "benchmarks"
SHORT_SECONDS = 10
BYTES_IN_GIGABYTE = 1e9
Row = dict[str, str]

SIZES = ("departments", "weeks", "staff", "trainees", "sessions", "must_sessions", "choices")
COSTS = (
    "first_s",
    "within_1_percent_s",
    "goal_1_proved_s",
    "goals_1_to_4_proved_s",
    "total_s",
    "cpu_s",
    "read_s",
    "check_s",
    "deterministic_time",
    "peak_mb",
)
COLUMNS = (
    "part",
    "instance",
    "planner",
    "limit_s",
    "workers",
    "seed",
    *SIZES,
    "placed",
    *(f"{goal}_{what}" for goal in FIRST_PLAN_GOALS for what in ("value", "bound", "status")),
    "goal_1_gap_percent",
    *COSTS,
    "findings",
    "note",
    "release",
    "commit",
    "machine",
    "versions",
)


@dataclass(frozen=True, slots=True)
class Table:
    """The table of one release in its folder."""

    release: str = trainsched.__version__
    folder: Path = FOLDER

    @property
    def name(self) -> str:
        """What its two files are called."""
        return self.release

    @property
    def columns(self) -> tuple[str, ...]:
        """What a row has."""
        return COLUMNS

    def text(self, rows: Sequence[Row]) -> str:
        """The table for reading."""
        return as_text(self.release, rows)

    @property
    def csv_path(self) -> Path:
        """Where the rows are."""
        return self.folder / f"{self.name}.csv"

    @property
    def text_path(self) -> Path:
        """Where the table for reading is."""
        return self.folder / f"{self.name}.md"

    def add(self, row: Row) -> None:
        """Append a row, and write the text anew."""
        self.folder.mkdir(parents=True, exist_ok=True)
        is_new = not self.csv_path.exists()
        with self.csv_path.open("a", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, self.columns, lineterminator="\n")
            if is_new:
                writer.writeheader()
            writer.writerow(row)
        self.text_path.write_text(self.text(self.rows()), encoding="utf-8")

    def rows(self) -> list[Row]:
        """Every row so far."""
        if not self.csv_path.exists():
            return []
        with self.csv_path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


def row_of(part: str, instance: str, job: Job, measured: Measured, note: str = "") -> Row:
    """A run as a row; what is not known stays empty."""
    row: dict[str, object] = {
        "part": part,
        "instance": instance,
        "planner": job.planner,
        "limit_s": job.limit_seconds,
        "workers": job.workers,
        "seed": job.seed,
        "note": "; ".join(words for words in (measured.failure, note) if words),
        **made_by(),
        "peak_mb": measured.peak_megabytes,
    }
    if measured.size is not None:
        row |= {name: getattr(measured.size, name) for name in SIZES}
        row |= {"read_s": round(measured.read_seconds, 1), "total_s": round(measured.seconds, 1)}
        row["cpu_s"] = round(measured.cpu_seconds, 1)
    if not measured.failure:
        times = [None if seconds is None else _rounded(seconds) for seconds in times_of(measured)]
        row |= dict(zip(COSTS[: len(times)], times, strict=True))
        row |= {
            "placed": measured.placed,
            "findings": None if measured.findings is None else len(measured.findings),
            "check_s": round(measured.check_seconds, 1),
            "goal_1_gap_percent": _gap_percent(measured),
        }
        if measured.deterministic_time is not None:
            row["deterministic_time"] = round(measured.deterministic_time, 1)
        for goal in measured.goals:
            row |= {f"{goal.name}_value": goal.value, f"{goal.name}_bound": goal.bound}
            row[f"{goal.name}_status"] = goal.status
    return as_row(COLUMNS, row)


def as_row(columns: Sequence[str], found: Mapping[str, object]) -> Row:
    """What was found, in these columns; what is not known stays empty."""
    return {name: "" if found.get(name) is None else str(found[name]) for name in columns}


def made_by() -> dict[str, object]:
    """Which release and commit a row is of, and on what it was measured."""
    return {
        "release": trainsched.__version__,
        "commit": commit(),
        "machine": machine(),
        "versions": versions(),
    }


def _rounded(seconds: float) -> float:
    """Short times finer, since they are what others are divided by."""
    return round(seconds, 2 if seconds < SHORT_SECONDS else 1)


def _gap_percent(measured: Measured) -> float | None:
    """Goal 1: value less bound, per cent of the must sessions that are placed."""
    first = next(goal for goal in measured.goals if goal.name is GoalId.UNPLACED_MUST)
    if first.gap is None or first.value is None or measured.size is None:
        return None
    placed = measured.size.must_sessions - first.value
    return round(100 * first.gap / placed, 3) if placed else None


def machine() -> str:
    """Processor cores, memory and system: what times depend on."""
    memory = ""
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        size = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / BYTES_IN_GIGABYTE
        memory = f", {size:.0f} GB"
    return f"{os.cpu_count()} cores{memory}, {platform.system()} {platform.machine()}"


def versions() -> str:
    """Python and the solver."""
    return f"Python {platform.python_version()}, OR-Tools {version('ortools')}"


def commit() -> str:
    """The commit that was measured, with a + where files were changed since; "" without git."""
    commands = (("rev-parse", "--short", "HEAD"), ("status", "--porcelain", "trainsched"))
    try:
        head, changes = (
            subprocess.run(
                ("git", *words), cwd=PROJECT_ROOT, capture_output=True, text=True, check=True
            ).stdout.strip()
            for words in commands
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return f"{head}+" if changes else head


PROTOCOL = """\
# Benchmarks of trainsched {release}

Made by `python3 scripts/benchmark.py`. These figures and more are in
[{release}.csv]({release}.csv), a row for each run.

- Each run has a process of its own. `total` is planning alone: loading libraries, reading the
  workbook and judging the plan are not in it. A time limit is for planning as a whole, the building
  of models included. CPU seconds are those of all processors together.
- `value (bound)`: less is better; one figure alone is proved best; `-` was not attempted.
- `gap` is of goal 1, per cent of the must sessions placed.
- `first`, `1%`, `proof`: seconds to the first plan, to 99 per cent of the must sessions that are
  placed in the end, and to the proof of goal 1 and of goals 1 to 4.
- Memory is resident memory of all processes together, at its peak, sampled ten times a second.
- Every plan is judged by trainsched's own checker, whoever made it: `ok`, or how many findings.
- The plain model has a variable for each session, trainer and start slot, and for each person, slot
  and duty. It pursues goals 1 to 4; goals 5 and 6 it does not attempt. HiGHS gets the same rows.
  Timefold has the same core rules; starting its Java machine is not counted.
- Machines: {machines}
- Versions: {versions}
"""
HEADINGS = {
    "ladder": "Ladder: generated organisations",
    "itc2007": "ITC-2007 curriculum timetables, hard rules",
    "side by side": "Side by side",
}


def filled_in(protocol: str, release: str, rows: Sequence[Row]) -> str:
    """A protocol with the release, and the machines and versions of the rows."""
    return protocol.format(
        release=release,
        machines="; ".join(_distinct(rows, "machine")),
        versions="; ".join(_distinct(rows, "versions")),
    )


def markdown(headings: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A table for reading."""
    every = [headings, ["---"] * len(headings), *lines]
    return "".join("| " + " | ".join(cells) + " |\n" for cells in every)


def as_text(release: str, rows: Sequence[Row]) -> str:
    """The protocol, then a table for each part."""
    text = filled_in(PROTOCOL, release, rows)
    for part in _distinct(rows, "part"):
        mine = [row for row in rows if row["part"] == part]
        text += f"\n## {HEADINGS.get(part, part)}\n\n" + _markdown(mine)
    return text


def _distinct(rows: Iterable[Row], column: str) -> list[str]:
    return list(dict.fromkeys(row[column] for row in rows if row[column]))


def _markdown(rows: Sequence[Row]) -> str:
    headings = [
        "instance", "planner", "limit s", "sessions / trainees / staff / choices",
        "must", "should", "could", "worst off", "changes", "wishes", "gap %",
        "first / 1% s", "proof 1 / 1-4 s", "total / CPU s", "MB", "det. time", "checker", "commit",
        "note",
    ]  # fmt: skip
    return markdown(headings, (_cells(row) for row in rows))


def _cells(row: Row) -> list[str]:
    findings = {"": "", "0": "ok"}.get(row["findings"], f"{row['findings']} findings")
    return [
        row["instance"],
        row["planner"],
        row["limit_s"].removesuffix(".0") or "none",
        " / ".join(row[name] for name in ("sessions", "trainees", "staff", "choices")),
        *(_figure(row, goal) for goal in FIRST_PLAN_GOALS),
        row["goal_1_gap_percent"],
        f"{row['first_s']} / {row['within_1_percent_s']}",
        f"{row['goal_1_proved_s'] or '-'} / {row['goals_1_to_4_proved_s'] or '-'}",
        f"{row['total_s']} / {row['cpu_s']}",
        row["peak_mb"],
        row["deterministic_time"],
        findings,
        row["commit"],
        row["note"],
    ]


def _figure(row: Row, goal: GoalId) -> str:
    value, bound = (_short(row[f"{goal}_{what}"]) for what in ("value", "bound"))
    if not value:
        return "-"
    return value if row[f"{goal}_status"] == "proved best" else f"{value} ({bound})"


def _short(figure: str) -> str:
    return f"{float(figure):.3f}".rstrip("0").rstrip(".") if "." in figure else figure
