"""What titles, rows above and the sheet's name say of the dates of a grid."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from trainsched.domain.calendar import DAYS_IN_WEEK, PlanCalendar, monday_of
from trainsched.workbook.cells.clues import Clue, context_of
from trainsched.workbook.roster.heading_rows import is_plain
from trainsched.workbook.roster.sequence import date_line
from trainsched.workbook.roster.view import View

_MOST_WORDS = 12


class Around:
    """Reads months, years and weeks around the headings of a sheet."""

    def __init__(self, view: View, is_person: Callable[[str], bool]) -> None:
        self._view = view
        self._is_person = is_person
        self._sheet = context_of(view.grid.sheet)

    def clue(self, rows: Sequence[int], column: int) -> Clue:
        """What rows around the headings say of a column: the nearest one that says it wins."""
        year = month = week = day = None
        commencing = False
        for row in reversed(rows):
            clue = self._said_for(row, column)
            if clue is None or clue.is_weekday:
                continue
            if (
                day is None
                and week is None
                and (clue.day is not None or clue.week is not None)
                and not is_plain(clue)
            ):
                day, week, commencing = clue.day, clue.week, clue.commencing
                month, year = clue.month, clue.year or year  # fmt: skip
            elif month is None:
                month, year = clue.month, year or clue.year
        if self._sheet is not None:
            if month is None and day is None and week is None:
                day, week, commencing = self._sheet.day, self._sheet.week, self._sheet.commencing
                month = self._sheet.month
                year = year or self._sheet.year
            elif year is None and self._sheet.month in {None, month}:
                year = self._sheet.year
        return Clue(day, month, year, None, week, commencing)

    def _said_for(self, row: int, column: int) -> Clue | None:
        """The nearest clue at or left of the column; a row with only one speaks for all."""
        said: list[tuple[int, Clue]] = []
        for at, value in self._view.cells(row).items():
            clue = self._view.clue(row, at)
            if clue is not None and (clue.bare and clue.year is None):
                clue = None
            if (
                clue is None
                and isinstance(value, str)
                and len(value.split()) <= _MOST_WORDS
                and not self._is_person(value)
            ):
                clue = context_of(value)  # fmt: skip
            if clue is not None and not clue.broken and not clue.is_weekday:
                said.append((at, clue))
        left = [clue for at, clue in said if at <= column]
        if left:
            return left[-1]
        return said[0][1] if len({clue for _, clue in said}) == 1 else None


def carry_months(clues: dict[int, Clue], around: dict[int, int]) -> None:
    """Days under a month's name that begin anew (29, 30, 1) are those of the next month."""
    before: Clue | None = None
    named = carried = 0
    for column in sorted(around):
        clue = clues[column]
        if around[column] != named:
            named, carried, before = around[column], 0, None
        if before is not None and before.day is not None and clue.day is not None:
            carried += clue.day < before.day - 20
        if clue.day is not None:
            before = clue
        if carried:
            month = named + carried
            year = clue.year + (month - 1) // 12 if clue.year is not None else None
            clues[column] = clue._replace(month=(month - 1) % 12 + 1, year=year)


def week_start(clue: Clue, calendar: PlanCalendar) -> date | None:
    """The Monday of the week that a clue names, None where it names none."""
    if clue.day is not None:
        line = date_line({0: clue}, calendar)
        return monday_of(line.dates[0]) if 0 in line.dates else None
    if clue.week is not None and 1 <= clue.week <= len(calendar.week_numbers):
        return calendar.first_monday + timedelta(days=DAYS_IN_WEEK * (clue.week - 1))
    return None
