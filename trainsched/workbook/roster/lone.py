"""Rosters that come alone, without sheets of staff and trainees: who and when they speak of."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from trainsched.domain.calendar import DAYS_IN_WEEK, PlanCalendar, monday_of
from trainsched.workbook.cells.clues import clue_of
from trainsched.workbook.cells.text import text_of
from trainsched.workbook.grid import Grid
from trainsched.workbook.names import key_of
from trainsched.workbook.roster.codebook import CodeBook
from trainsched.workbook.roster.survey import Found, Survey, bare_name
from trainsched.workbook.schema_people import ROSTER
from trainsched.workbook.settings import bank_holidays
from trainsched.workbook.tables import find_header
from trainsched.workbook.written_names import words_key

MOST_WEEKS = 156
_WEEKS_EITHER_SIDE = 26
_CELLS_JUDGED = 400
_MOST_NAMES = 20_000


class LoneRosters(NamedTuple):
    """What a survey of rosters gives: the people by the names written, and the dates."""

    people: tuple[str, ...]
    calendar: PlanCalendar


class _UnanchoredCalendar(PlanCalendar):
    """A span of dates that is no plan: weeks have no numbers in it."""

    @property
    def week_numbers(self) -> range:  # type: ignore[override]
        """None: which week is the first is not known."""
        return range(0)


def survey(
    grids: Sequence[Grid], calendar: PlanCalendar, codes: CodeBook, today: date, *, dated: bool
) -> LoneRosters:
    """The people whom roster sheets name, and the calendar to read them by.

    ``dated``: the plan's dates are stated, so ``calendar`` stands as it is.
    """
    window = calendar if dated else _window(grids, calendar, today)
    names: dict[str, str] = {}
    days: set[date] = set()
    for grid in grids:
        found = _long_list(grid) or Survey(grid, window, codes).read()
        for name in found.names:
            names.setdefault(words_key(name), name)
        days |= found.days
    if not dated and days:
        window = _calendar_of(window, days)
    return LoneRosters(tuple(list(names.values())[:_MOST_NAMES]), window)


def is_dated_grid(grid: Grid, calendar: PlanCalendar, codes: CodeBook) -> bool:
    """Whether a sheet of any name holds a list of entries or a grid of dates with entries."""
    if not grid.rows or grid.hidden:
        return False
    found = _long_list(grid) or Survey(grid, calendar, codes).read()
    return bool(found.names) and len(found.days) > 1


def _window(grids: Iterable[Grid], calendar: PlanCalendar, today: date) -> PlanCalendar:
    """The years to look in: around the whole dates there are, else around today."""
    whole = sorted(
        day
        for grid in grids
        for cells in list(grid.rows.values())[:2000]
        for value in list(cells.values())[:_CELLS_JUDGED]
        if (clue := clue_of(value, date_1904=grid.date_1904)) is not None
        and (day := clue.full) is not None
    )
    if not whole:
        start = monday_of(today) - timedelta(weeks=_WEEKS_EITHER_SIDE)
        return _spanning(calendar, start, 2 * _WEEKS_EITHER_SIDE)
    middle = whole[len(whole) // 2]
    return _spanning(calendar, monday_of(middle) - timedelta(weeks=MOST_WEEKS // 2), MOST_WEEKS)


def _calendar_of(window: PlanCalendar, days: Iterable[date]) -> PlanCalendar:
    listed = sorted(days)
    middle = listed[len(listed) // 2]
    near = [day for day in listed if abs((day - middle).days) <= DAYS_IN_WEEK * MOST_WEEKS // 2 - 7]
    start = monday_of(near[0])
    return _spanning(window, start, min(MOST_WEEKS, (near[-1] - start).days // DAYS_IN_WEEK + 1))


def _spanning(calendar: PlanCalendar, start: date, weeks: int) -> PlanCalendar:
    return _UnanchoredCalendar(
        start_date=start,
        weeks=weeks,
        periods=calendar.periods,
        working_days=calendar.working_days,
        nation=calendar.nation,
        bank_holidays=bank_holidays(calendar.nation, start, start + timedelta(weeks=weeks)),
    )


def _long_list(grid: Grid) -> Found | None:
    header, matched = find_header(grid, ROSTER)
    if matched < len(ROSTER.required_columns):
        return None
    columns: dict[str, int] = {}
    for number, value in grid.cells(header).items():
        for column in ROSTER.columns:
            if key_of(text_of(value)) in column.keys:
                columns.setdefault(column.name, number)
    names, days = [], set()
    for number, cells in grid.rows.items():
        if number <= header or number in grid.hidden_rows:
            continue
        clue = clue_of(cells.get(columns["date"]), date_1904=grid.date_1904)
        if clue is None or clue.full is None:
            continue
        days.add(clue.full)
        text = text_of(cells.get(columns["staff_id"], ""))
        if text:
            names.append(bare_name(text))
    return Found(names, days)
