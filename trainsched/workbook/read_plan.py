"""Reading a plan back: plan.json as it is, plan.xlsx after changes by hand."""

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from pydantic import ValidationError

from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import PLAN_FORMAT, CoverEntry, Plan, Session, written_periods
from trainsched.domain.problems import WorkbookError
from trainsched.workbook.grid import Grid
from trainsched.workbook.names import key_of
from trainsched.workbook.opening import open_file
from trainsched.workbook.plan_cells import PlanCells, SessionRow
from trainsched.workbook.plan_grouping import difference, join_trainees, with_ids
from trainsched.workbook.plan_sheets import (
    BY_DEPARTMENT,
    BY_TRAINEE,
    BY_TRAINER,
    COVER,
    PERSON_COLUMNS,
    SESSION_SHEETS,
    fingerprint,
    fingerprint_property,
)
from trainsched.workbook.problem_list import ProblemList
from trainsched.workbook.recount import recount
from trainsched.workbook.refusal import RefusedError

FEWEST_ROWS_TO_TELL = 4
"""Headings among them: if none of so many rows can be read, it is not for mistakes of typing."""


def read_plan(path: Path | str, organisation: Organisation) -> Plan:
    """Read a plan for an organisation. Raises WorkbookError that names every faulty cell.

    Of a plan.xlsx only sessions and cover are read: the sheet that was changed since it was
    written, else By department. What is unplaced or short is counted anew; goals are left out.
    """
    path = Path(path)
    problems = ProblemList()
    if not path.exists():
        remedy = "Give the plan.json, the plan.xlsx, or the folder, of a finished run."
        problems.error(None, f"There is no plan at {path}.", remedy)
        raise WorkbookError(problems.problems({}))
    if path.suffix.casefold() == ".json":
        return _read_json(path)
    try:
        opened = open_file(path)
    except RefusedError as error:
        problems.error(None, error.problem, error.remedy, path.name)
        raise WorkbookError(problems.problems({})) from error
    grids = {key_of(grid.sheet): grid for grid in opened.grids}
    book = _PlanBook(grids, opened.properties, organisation, problems)
    plan = book.read()
    if book.is_of_another_workbook:
        problems = ProblemList()
        problems.error(
            None,
            "The plan is of another workbook: none of its sessions is of people, activities and "
            f"dates of {organisation.name}.",
            "Give a plan that was made from this workbook.",
            path.name,
        )
        raise WorkbookError(problems.problems({}))
    if plan is None:
        order = {grid.sheet: number for number, grid in enumerate(opened.grids)}
        raise WorkbookError(problems.problems(order))
    return plan


def _read_json(path: Path) -> Plan:
    problems = ProblemList()
    remedy = "Use a plan.json as this program wrote it."
    try:
        plan = Plan.model_validate_json(path.read_bytes())
    except OSError as error:
        problem = f"The plan cannot be read ({error.strerror})."
        problems.error(None, problem, "Give the path of a plan.json or plan.xlsx.", path.name)
    except ValidationError as error:
        for detail in error.errors():
            where = ".".join(str(part) for part in detail["loc"])
            place = f" at {where}" if where else ""
            problems.error(None, f"The plan is not well formed{place}: {detail['msg']}.", remedy)
    else:
        if plan.format == PLAN_FORMAT:
            return plan
        problem = f"The plan's format is '{plan.format}', not '{PLAN_FORMAT}'."
        problems.error(None, problem, remedy, plan.format)
    raise WorkbookError(problems.problems({}))


class _PlanBook:
    """One plan.xlsx with its sheets."""

    def __init__(
        self,
        grids: dict[str, Grid],
        properties: dict[str, str],
        organisation: Organisation,
        problems: ProblemList,
    ) -> None:
        self._grids = grids
        self._properties = properties
        self._organisation = organisation
        self._problems = problems
        self._cells = PlanCells(organisation, problems)
        self.is_of_another_workbook = False

    def read(self) -> Plan | None:
        """The plan, or None when problems were noted."""
        sheets = [sheet for sheet in SESSION_SHEETS if key_of(sheet) in self._grids]
        if not sheets:
            self._problems.error(
                None,
                "The workbook holds none of the sheets By trainee, By trainer, By department.",
                "Give a plan.xlsx as this program wrote it, changed or not.",
            )
            return None
        edited = [sheet for sheet in sheets if self._is_edited(sheet)]
        chosen = edited or [BY_DEPARTMENT if BY_DEPARTMENT in sheets else sheets[0]]
        readings = [(sheet, self._sessions(sheet)) for sheet in chosen]
        listed = max(len(self._grids[key_of(sheet)].rows) for sheet in chosen)
        if listed > FEWEST_ROWS_TO_TELL and not any(rows for _, rows in readings):
            self.is_of_another_workbook = True
            return None
        cover = self._cover()
        for (first, one), (second, other) in pairwise(readings):
            self._compare(first, one, second, other)
        if self._problems.has_errors:
            return None
        sessions = self._with_study(*readings[0])
        return self._plan(sessions, cover)

    def _is_edited(self, sheet: str) -> bool:
        written = self._properties.get(fingerprint_property(sheet))
        return written is not None and written != fingerprint(_texts(self._grids[key_of(sheet)]))

    def _cover(self) -> list[CoverEntry]:
        grid = self._grids.get(key_of(COVER))
        return self._cells.cover(grid) if grid is not None else []

    def _sessions(self, sheet: str) -> list[SessionRow]:
        person_column = next(iter(PERSON_COLUMNS[sheet]), "")
        rows = self._cells.sessions(self._grids[key_of(sheet)], person_column)
        if sheet == BY_TRAINEE:
            joined = join_trainees(rows)
            self._check_groups(rows, joined)
            return joined
        if sheet == BY_TRAINER:
            return self._join_trainers(rows)
        return self._once_each(rows)

    def _check_groups(self, rows: list[SessionRow], joined: list[SessionRow]) -> None:
        """On By trainee the rows make the group; a list of trainees changed there is an error."""
        allowed: dict[str, set[tuple[str, ...]]] = {}
        for row in joined:
            allowed.setdefault(row.session.id, set()).add(row.session.trainees)
        together: dict[str, set[str]] = {}
        for row in rows:
            together.setdefault(row.session.id, set()).add(row.person_id)
        as_written: dict[str, tuple[str, ...]] = {}
        if key_of(BY_DEPARTMENT) in self._grids and not self._is_edited(BY_DEPARTMENT):
            listed = self._sessions(BY_DEPARTMENT)
            as_written = {row.session.id: row.session.trainees for row in listed}
        for row in rows:
            session_id, said = row.session.id, row.session.trainees
            rows_say = {tuple(sorted(together[session_id])), as_written.get(session_id)}
            if said and said not in rows_say | allowed.get(session_id, set()):
                self._problems.error(
                    row.cells["trainees"],
                    f"The rows of session {session_id} are not those of the trainees named here.",
                    "On By trainee, add or delete trainees' rows, or change By department instead.",
                    "; ".join(said),
                )

    def _once_each(self, rows: list[SessionRow]) -> list[SessionRow]:
        seen: dict[str, SessionRow] = {}
        kept: list[SessionRow] = []
        for row in rows:
            first = seen.setdefault(row.session.id, row) if row.session.id else row
            if first is not row:
                self._problems.error(
                    row.place,
                    f"The session {row.session.id} stands here and in {first.place}.",
                    "Delete one of the rows, or clear the id of a new session.",
                    row.session.id,
                )
            kept.append(row)
        return kept

    def _join_trainers(self, rows: list[SessionRow]) -> list[SessionRow]:
        """One row a session: every trainer's row must say the same, and name its trainer."""
        first_rows: dict[str, SessionRow] = {}
        for row in rows:
            if row.person_id not in {one.staff_id for one in row.session.staff}:
                self._problems.error(
                    row.cells["staff"],
                    f"This row is for {row.person_id}, who is not among the staff in this cell.",
                    "Change both cells to the same person.",
                    row.person_id,
                )
            session = row.session
            new = f"{session.date} {session.period} {session.activity} {session.trainees}"
            first = first_rows.setdefault(session.id or new, row)
            field = difference(first.session, row.session)
            if field:
                self._problems.error(
                    row.cells[field],
                    f"The rows of session {row.session.id} say different things here and in "
                    f"{first.cells[field]}.",
                    "Change every trainer's row of the session in the same way.",
                    row.session.id,
                )
        return list(first_rows.values())

    def _with_study(self, sheet: str, rows: list[SessionRow]) -> list[Session]:
        """Sessions without staff are not on By trainer; they come from another sheet."""
        sessions = [row.session for row in rows]
        others = [name for name in (BY_DEPARTMENT, BY_TRAINEE) if key_of(name) in self._grids]
        if sheet != BY_TRAINER or not others:
            return sessions
        return sessions + [
            row.session for row in self._sessions(others[0]) if not row.session.staff
        ]

    def _compare(
        self, first: str, one: list[SessionRow], second: str, other: list[SessionRow]
    ) -> None:
        """Two changed sheets must agree; the first difference of each session is noted."""
        with_staff_only = BY_TRAINER in (first, second)
        left = {row.session.id: row for row in one if row.session.staff or not with_staff_only}
        right = {row.session.id: row for row in other if row.session.staff or not with_staff_only}
        for session_id in sorted(left.keys() | right.keys()):
            mine, theirs = left.get(session_id), right.get(session_id)
            if mine is None or theirs is None:
                there = mine or theirs
                if there is None:
                    continue
                missing = second if mine is not None else first
                problem = (
                    f"The session {session_id} is here but not on {missing}; both sheets were "
                    "changed, and they disagree."
                )
                self._problems.error(there.place, problem, _CHANGE_ONE, session_id)
                continue
            field = difference(mine.session, theirs.session)
            if field:
                problem = (
                    f"The session {session_id} is another here than in {mine.cells[field]}; both "
                    "sheets were changed, and they disagree."
                )
                self._problems.error(theirs.cells[field], problem, _CHANGE_ONE, session_id)

    def _plan(self, sessions: Iterable[Session], cover: Iterable[CoverEntry]) -> Plan:
        calendar = self._organisation.calendar

        def order(session: Session) -> tuple[object, ...]:
            position = calendar.position(session.period)
            return (session.date, position, session.department, session.activity, session.trainees)

        listed = tuple(sorted(with_ids(sessions), key=order))
        entries = tuple(
            sorted(
                cover,
                key=lambda e: (
                    e.department, e.duty, e.date, calendar.position(e.period), e.staff_id
                ),
            )
        )  # fmt: skip
        counted = recount(self._organisation, listed, entries)
        return Plan(
            organisation=self._organisation.name,
            start_date=calendar.start_date,
            weeks=calendar.weeks,
            periods=written_periods(calendar),
            sessions=listed,
            cover=entries,
            shortfalls=counted.shortfalls,
            unplaced=counted.unplaced,
            goals=(),
            summary=counted.summary,
            warnings=tuple(sorted(self._organisation.notices)),
        )


_CHANGE_ONE = "Make the same change on both sheets, or change one sheet of a fresh copy."


def _texts(grid: Grid) -> list[list[object]]:
    width = max((max(cells) for cells in grid.rows.values()), default=0)
    return [
        [grid.cells(number).get(column) for column in range(1, width + 1)]
        for number in range(min(grid.rows, default=1), grid.last_row + 1)
    ]
