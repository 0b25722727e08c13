"""Questions about a plan: explain, replan and audit, timed as a user runs them.

One trainer is away for the week in which most sessions are theirs; the same absence is told on the
command line and written into a copy of the workbook.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from .asking import Asked, ask
from .questions_table import QuestionsTable, row_of
from .side_by_side import workbook_of

if TYPE_CHECKING:
    import argparse

WORKING_DAYS = 5
WHOLE_PLAN_SECONDS = 120.0
Document = dict[str, Any]


class Absence(NamedTuple):
    """Somebody away, first and last day included."""

    staff_id: str
    first: date
    last: date

    def __str__(self) -> str:
        return f"{self.staff_id} away {self.first:%d/%m/%Y} to {self.last:%d/%m/%Y}"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this part."""
    parser.add_argument(
        "instances",
        nargs="*",
        default=["medium"],
        help="names of the examples, numbers of departments on the ladder, or workbooks",
    )
    parser.add_argument("--run", type=Path, help="a run's folder to ask about, for one instance")
    parser.add_argument("--plan-limit", type=float, help="seconds for the plan; none unless given")
    parser.add_argument(
        "--limit", type=float, default=WHOLE_PLAN_SECONDS, help="seconds to explain a whole plan"
    )


def run(arguments: argparse.Namespace, folder: Path) -> None:
    """All questions about each instance; a row for each."""
    if arguments.run is not None and len(arguments.instances) != 1:
        raise SystemExit("--run is of one workbook: name just that one.")
    table = QuestionsTable(folder=arguments.table)
    for instance in arguments.instances:
        _Questions(workbook_of(instance, folder), folder, arguments, table).ask_all()


class _Questions:
    """The questions about one workbook."""

    def __init__(
        self, workbook: Path, folder: Path, arguments: argparse.Namespace, table: QuestionsTable
    ) -> None:
        self.workbook = workbook
        self.folder = folder
        self.table = table
        self.seed = ("--seed", str(arguments.seed))
        self.workers = ("--workers", str(arguments.workers))
        self.limit: float = arguments.limit
        self.plan_limit: float | None = arguments.plan_limit
        self.run_folder: Path | None = arguments.run

    def ask_all(self) -> None:
        """Plan, unless there is a plan; then everything else about it."""
        if self.run_folder is None:
            self.run_folder = self.folder / f"{self.workbook.stem}-run"
            limit = () if self.plan_limit is None else ("--time-limit", f"{self.plan_limit:g}")
            out = ("-o", str(self.run_folder), "--force")
            asked = self._ask("plan", "", "plan", str(self.workbook), *out, *limit, *self.workers)
            if asked.document is None:
                return
        plan = json.loads((self.run_folder / "plan.json").read_text(encoding="utf-8"))
        self._explain(plan)
        absence = busiest_week(plan)
        if absence is not None:
            self._replan(absence)
        self._ask("audit", "", "audit", str(self.workbook), *self.workers)

    def _explain(self, plan: Document) -> None:
        if not plan["unplaced"]:
            print("  nothing is unplaced, so nothing is explained", flush=True)
            return
        first = plan["unplaced"][0]
        of_plan = ("explain", str(self.workbook), "--plan", str(self.run_folder))
        item = ("--trainee", first["trainee_id"], "--activity", first["activity"])
        detail = f"{first['trainee_id']}, {first['activity']}"
        self._ask("explain one item", detail, *of_plan, *item)
        limit = ("--time-limit", f"{self.limit:g}")
        self._ask("explain the whole plan", f"limit {self.limit:g} s", *of_plan, *limit)

    def _replan(self, absence: Absence) -> None:
        away = ("--absent", absence.staff_id, absence.first.isoformat(), absence.last.isoformat())
        earlier = ("--from", str(self.run_folder), *self.workers)
        out = ("-o", str(self.folder / f"{self.workbook.stem}-replan"), "--force")
        told = ("replan", str(self.workbook), *earlier, *away, *out)
        self._ask("replan, told", f"{absence}", *told)
        edited = with_leave(self.workbook, absence, self.folder)
        self._ask("replan, edited", f"{absence}", "replan", str(edited), *earlier, *out)

    def _ask(self, question: str, detail: str, *words: str) -> Asked:
        print(f"{self.workbook.stem}: {question} {detail}...", flush=True)
        asked = ask(*words, *self.seed)
        row = row_of(self.workbook.stem, question, detail, asked)
        self.table.add(row)
        print(f"  {asked.seconds:.1f} s, CPU {asked.cpu_seconds:.1f} s {row['note']}", flush=True)
        return asked


def busiest_week(plan: Document) -> Absence | None:
    """The trainer and week with the most sessions, none of them pinned; None where there is none.

    A pin that cannot be kept would be refused in the edited workbook, and rightly.
    """
    sessions: Counter[tuple[str, date]] = Counter()
    pinned: set[tuple[str, date]] = set()
    for session in plan["sessions"]:
        day = date.fromisoformat(session["date"])
        monday = day - timedelta(days=day.weekday())
        whose = [(entry["staff_id"], monday) for entry in session["staff"]]
        sessions.update(whose)
        pinned.update(whose if session["pinned"] else ())
    free = sessions.keys() - pinned
    if not free:
        return None
    staff_id, monday = min(free, key=lambda key: (-sessions[key], key[1], key[0]))
    return Absence(staff_id, monday, monday + timedelta(days=WORKING_DAYS - 1))


def with_leave(workbook: Path, absence: Absence, folder: Path) -> Path:
    """A copy of a workbook with one more row of leave."""
    from openpyxl import load_workbook

    book = load_workbook(workbook)
    if "Leave" not in book.sheetnames:
        book.create_sheet("Leave").append(["person", "from", "to"])
    book["Leave"].append(list(absence))
    path = folder / f"{workbook.stem}-edited.xlsx"
    book.save(path)
    return path
