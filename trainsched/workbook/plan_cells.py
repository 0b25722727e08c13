"""Rows of an edited plan.xlsx read as sessions and cover, with every faulty cell noted."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from trainsched.domain.calendar import clock
from trainsched.domain.curriculum import Activity
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import CoverEntry, Session, StaffRole
from trainsched.domain.problems import Place
from trainsched.workbook.cells.dates import parse_date
from trainsched.workbook.cells.days import parse_period
from trainsched.workbook.cells.error import CellError
from trainsched.workbook.cells.numbers import parse_whole
from trainsched.workbook.cells.text import parse_id, parse_ids, parse_yes_no, split_list, text_of
from trainsched.workbook.grid import Grid, address
from trainsched.workbook.names import did_you_mean, key_of
from trainsched.workbook.problem_list import ProblemList

_NEEDED_OF_SESSION = ("session", "date", "period", "activity", "department", "staff")
_NEEDED_OF_COVER = ("department", "duty", "date", "period", "staff_id")


class SessionRow(NamedTuple):
    """One row of a session sheet. ``person_id``: whose row it is, "" on By department."""

    session: Session
    person_id: str
    place: Place
    cells: Mapping[str, Place]
    """Where each field of the session stands."""


class _Rows:
    """The rows of one sheet by header, with parsers that note what they cannot read."""

    def __init__(self, grid: Grid, needed: tuple[str, ...], problems: ProblemList) -> None:
        self.grid = grid
        self.problems = problems
        self.header_row = min(grid.rows, default=0)
        header = grid.cells(self.header_row)
        self.columns = {key_of(text_of(value)): number for number, value in header.items()}
        self.readable = True
        for name in needed:
            if key_of(name) not in self.columns:
                self.readable = False
                place = Place(sheet=grid.sheet, cell=address(self.header_row or 1, 1))
                remedy = "Put the column back as it was."
                problems.error(place, f"The column {name} is missing.", remedy)

    def numbers(self) -> Iterator[int]:
        for number, cells in self.grid.rows.items():
            if number > self.header_row and cells and self.readable:
                yield number

    def raw(self, row: int, name: str) -> object:
        return self.grid.cells(row).get(self.columns.get(key_of(name), 0))

    def text(self, row: int, name: str) -> str:
        raw = self.raw(row, name)
        return "" if raw is None else text_of(raw)

    def place(self, row: int, name: str) -> Place:
        column = self.columns.get(key_of(name), 1)
        return Place(sheet=self.grid.sheet, cell=address(row, column))

    def note(self, row: int, name: str, error: CellError) -> None:
        place = self.place(row, name)
        self.problems.error(place, error.problem, error.remedy, self.raw(row, name))


class PlanCells:
    """Reads the rows of an edited plan, against the organisation that it is for."""

    def __init__(self, organisation: Organisation, problems: ProblemList) -> None:
        self.problems = problems
        self._organisation = organisation
        self._calendar = organisation.calendar
        self._staff = organisation.staff_by_id
        self._trainees = organisation.trainee_by_id
        self._items = {row.item: row for row in organisation.equipment}

    def sessions(self, grid: Grid, person_column: str) -> list[SessionRow]:
        """The rows of a session sheet; faulty ones are noted and left out."""
        needed = (*_NEEDED_OF_SESSION, person_column or "trainees")
        rows = _Rows(grid, needed, self.problems)
        found: list[SessionRow] = []
        for number in rows.numbers():
            session = self._session(rows, number)
            if session is not None:
                person_id = rows.text(number, person_column) if person_column else ""
                cells = {name: rows.place(number, name) for name in Session.model_fields}
                found.append(SessionRow(session, person_id, rows.place(number, "session"), cells))
        return found

    def cover(self, grid: Grid) -> list[CoverEntry]:
        """The rows of the Cover sheet; those without a person are left out."""
        rows = _Rows(grid, _NEEDED_OF_COVER, self.problems)
        duties = {(duty.department, duty.duty) for duty in self._organisation.duties}
        rostered_duties = {(e.department, e.duty) for e in self._organisation.roster if e.duty}
        found: list[CoverEntry] = []
        for number in rows.numbers():
            if rows.raw(number, "staff_id") is None:
                continue
            day, period = self._date(rows, number), self._period(rows, number)
            staff_id = self._known(rows, number, "staff_id", self._staff, "member of staff")
            if staff_id == "":
                continue
            pair = (rows.text(number, "department"), rows.text(number, "duty"))
            if pair not in duties and pair not in rostered_duties:
                names = [duty for department, duty in duties if department == pair[0]]
                problem = f"{pair[0]} has no duty '{pair[1]}'."
                remedy = did_you_mean(pair[1], names) or "Write a duty of the Duties sheet."
                rows.note(number, "duty", CellError(problem, remedy))
                continue
            if day is not None and period is not None:
                rostered = rows.text(number, "rostered_staff_id") or None
                found.append(
                    CoverEntry(department=pair[0], duty=pair[1], date=day, period=period,
                               staff_id=staff_id, rostered_staff_id=rostered)
                )  # fmt: skip
        return found

    def _session(self, rows: _Rows, number: int) -> Session | None:
        activities = self._organisation.activity_by_code
        departments = self._organisation.department_by_code
        code = self._known(rows, number, "activity", activities, "activity")
        department = self._known(rows, number, "department", departments, "department")
        day, period = self._date(rows, number), self._period(rows, number)
        if not code or not department or day is None or period is None:
            return None
        activity = activities[code]
        length = self._length(rows, number, activity, period)
        staff = self._roles(rows, number, activity)
        trainees = self._trainee_ids(rows, number)
        equipment = self._equipment(rows, number)
        pinned = self._pinned(rows, number)
        if length is None or staff is None or trainees is None or equipment is None:
            return None
        first = self._calendar.position(period)
        return Session(
            id=rows.text(number, "session"),
            activity=code,
            kind=activity.kind,
            department=department,
            site=departments[department].site,
            date=day,
            period=period,
            length=length,
            start=clock(self._calendar.periods[first].start),
            end=clock(self._calendar.periods[first + length - 1].end),
            staff=staff,
            trainees=trainees,
            equipment=equipment,
            pinned=pinned,
        )

    def _known(
        self, rows: _Rows, number: int, name: str, known: Mapping[str, object], what: str
    ) -> str:
        """The id in a cell if it is known, else "" and a note."""
        raw = rows.raw(number, name)
        word = "" if raw is None else text_of(raw)
        if word in known:
            return word
        hint = did_you_mean(word, known) if word else ""
        remedy = hint or f"Write a {what} of the workbook that the plan is for."
        rows.note(number, name, CellError(f"There is no {what} '{word}'.", remedy))
        return ""

    def _date(self, rows: _Rows, number: int) -> date | None:
        try:
            return parse_date(rows.raw(number, "date"))
        except CellError as error:
            rows.note(number, "date", error)
            return None

    def _period(self, rows: _Rows, number: int) -> str | None:
        try:
            return parse_period(rows.text(number, "period"), self._calendar.period_names)
        except CellError as error:
            rows.note(number, "period", error)
            return None

    def _length(self, rows: _Rows, number: int, activity: Activity, period: str) -> int | None:
        raw = rows.raw(number, "length")
        left = len(self._calendar.periods) - self._calendar.position(period)
        try:
            length = activity.length if raw is None else parse_whole(raw, 1)
            if length > left:
                rows.note(
                    number,
                    "period" if raw is None else "length",
                    CellError(
                        f"The session takes {length} periods, but from {period} only {left} "
                        "are left of the day.",
                        "Write an earlier period.",
                    ),
                )
                return None
        except CellError as error:
            rows.note(number, "length", error)
            return None
        return length

    def _roles(self, rows: _Rows, number: int, activity: Activity) -> tuple[StaffRole, ...] | None:
        """``role=id`` items; ids without a role take the activity's roles in order."""
        in_order = [role.name for role in activity.roles for _ in range(role.count)]
        found: list[StaffRole] = []
        for item in split_list(rows.text(number, "staff")):
            role, equals, staff_id = (part.strip() for part in item.partition("="))
            if not equals:
                role, staff_id = "", role
            if staff_id not in self._staff:
                hint = did_you_mean(staff_id, self._staff)
                error = CellError(
                    f"There is no member of staff '{staff_id}'.", hint or "Write role=staff_id."
                )
                rows.note(number, "staff", error)
                return None
            position = len(found)
            if not role:
                role = in_order[position] if position < len(in_order) else "trainer"
            found.append(StaffRole(role=role, staff_id=staff_id))
        order = {name: position for position, name in enumerate(in_order)}
        found.sort(key=lambda one: (order.get(one.role, len(order)), one.role, one.staff_id))
        return tuple(found)

    def _trainee_ids(self, rows: _Rows, number: int) -> tuple[str, ...] | None:
        raw = rows.raw(number, "trainees")
        ids = parse_ids(raw) if raw is not None else ()
        own = rows.raw(number, "trainee_id")
        if own is not None:
            own_id = parse_id(own)
            if own_id not in self._trainees:
                self._known(rows, number, "trainee_id", self._trainees, "trainee")
                return None
        strange = [trainee_id for trainee_id in ids if trainee_id not in self._trainees]
        if strange:
            hint = did_you_mean(strange[0], self._trainees)
            error = CellError(f"There is no trainee '{strange[0]}'.", hint or "Write trainee_ids.")
            rows.note(number, "trainees", error)
            return None
        return tuple(sorted(ids))

    def _equipment(self, rows: _Rows, number: int) -> tuple[str, ...] | None:
        items = tuple(sorted(split_list(rows.text(number, "equipment"))))
        strange = [item for item in items if item not in self._items]
        if strange:
            hint = did_you_mean(strange[0], self._items)
            error = CellError(
                f"There is no equipment '{strange[0]}'.", hint or "Write items of the workbook."
            )
            rows.note(number, "equipment", error)
            return None
        return items

    def _pinned(self, rows: _Rows, number: int) -> bool:
        raw = rows.raw(number, "pinned")
        try:
            return parse_yes_no(raw) if raw is not None else False
        except CellError as error:
            rows.note(number, "pinned", error)
            return False
