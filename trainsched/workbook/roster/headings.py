"""The heading rows of a roster grid: which columns stand for which dates and periods."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from trainsched.domain.calendar import DAYS_IN_WEEK, PlanCalendar
from trainsched.workbook.cells.clues import Clue
from trainsched.workbook.roster.around import week_start
from trainsched.workbook.roster.block import Block, DateColumn
from trainsched.workbook.roster.block_maker import BlockMaker
from trainsched.workbook.roster.heading_rows import (
    Kind,
    clue_without_period,
    kind_of,
)
from trainsched.workbook.roster.view import View


class Headings:
    """Reads the headings that begin in a row, with what stands above them."""

    def __init__(
        self, view: View, calendar: PlanCalendar, is_person: Callable[[str], bool]
    ) -> None:
        self.view = view
        self.calendar = calendar
        self.names = calendar.period_names
        self.is_person = is_person
        self.blocks = BlockMaker(view, calendar, is_person)

    def blocks_at(self, row: int, above: Sequence[int]) -> list[Block]:
        """The grids whose headings begin in the row, from left to right; none if there are none.

        ``above``: the rows since the last grid, in which months, weeks and titles may stand.
        """
        start = kind_of(self.view, row, self.names)
        if start is Kind.WEEKS:
            return self._week_blocks(row)
        if start is None or start not in {Kind.DATES, Kind.WEEKDAYS}:
            return []
        band: list[tuple[int, Kind]] = [(row, start)]
        for number in self._below(row):
            kind = kind_of(self.view, number, self.names)
            if kind is None or (kind is Kind.DATES and start is Kind.DATES
                                and not self._is_finer(band[0][0], number)):  # fmt: skip
                break
            band.append((number, kind))
        above = [n for n in above if n < row]
        made = self._assemble(band, above)
        return [block for block in made if block.data_columns or block.lost]

    def _week_blocks(self, row: int) -> list[Block]:
        """Grids whose columns are numbered weeks, unless days stand below the weeks."""
        below = [kind_of(self.view, number, self.names) for number in self._below(row)]
        if Kind.DATES in below or Kind.WEEKDAYS in below:
            return []
        mondays = {}
        for column in self.view.cells(row):
            clue = self.view.clue(row, column)
            monday = week_start(clue, self.calendar) if clue is not None else None
            if monday is not None:
                mondays[column] = monday
        if not mondays:
            return []
        block = self.blocks.new(sorted(mondays), [], row, row, row)
        block.whole_weeks = True
        block.columns = [
            DateColumn(column, monday + timedelta(days=offset), None)
            for column, monday in mondays.items()
            for offset in range(DAYS_IN_WEEK)
        ]
        return [block]

    def _below(self, row: int) -> list[int]:
        numbers = self.view.row_numbers
        found = []
        start = numbers.index(row) + 1
        for number in numbers[start : start + 4]:
            if number > row + 5 or self._has_person(number):
                break
            found.append(number)
        return found

    def _has_person(self, row: int) -> bool:
        return any(
            isinstance(value, str) and self.is_person(value)
            for value in list(self.view.cells(row).values())[:6]
        )

    def _is_finer(self, upper: int, lower: int) -> bool:
        """Whether the lower of two rows of dates has more different ones (weeks above days)."""
        return len(self._days(lower)) > len(self._days(upper))

    def _days(self, row: int) -> set[Clue]:
        clues = (self.view.clue(row, column) for column in self.view.cells(row))
        return {clue for clue in clues if clue is not None and clue.names_a_day}

    def _assemble(self, band: list[tuple[int, Kind]], above: Sequence[int]) -> list[Block]:
        dates = [row for row, kind in band if kind is Kind.DATES]
        weekday_rows = [row for row, kind in band if kind is Kind.WEEKDAYS]
        primary = max(dates, key=lambda row: (len(self._days(row)), -row)) if dates else 0
        weekdays = self._weekdays(weekday_rows)
        if primary and len(weekdays) > 1 and self._repeats_over(primary, weekdays):
            primary = 0
        rows = [row for row, _ in band]
        if not primary:
            primary_row = weekday_rows[0]
            columns = dict(weekdays)
        else:
            primary_row = primary
            columns = {}
        context = [*above, *(row for row in rows if row != primary_row)]
        last = rows[-1]
        if primary:
            return self.blocks.dated(primary, rows, context, weekdays, last)
        return self.blocks.of_weekdays(primary_row, rows, context, columns, last)

    def _weekdays(self, rows: Sequence[int]) -> dict[int, int]:
        found = {}
        for row in rows:
            for column in self.view.cells(row):
                clue = self.view.clue(row, column) or clue_without_period(
                    self.view, row, column, self.names
                )
                if clue is not None and clue.is_weekday and clue.weekday is not None:
                    found[column] = clue.weekday
        return found

    def _repeats_over(self, primary: int, weekdays: dict[int, int]) -> bool:
        """Whether one date of the row stands over several weekdays: it names their week."""
        seen: dict[Clue, set[int]] = {}
        last: Clue | None = None
        for column in sorted(weekdays):
            clue = self.view.clue(primary, column)
            last = clue if clue is not None and clue.names_a_day else last
            if last is not None:
                seen.setdefault(last, set()).add(weekdays[column])
        return bool(seen) and sum(len(days) > 1 for days in seen.values()) * 2 > len(seen)
