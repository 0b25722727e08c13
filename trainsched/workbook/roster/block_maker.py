"""Makes the grids of a sheet from their headings: which columns are which dates and periods."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from trainsched.domain.calendar import DAYS_IN_WEEK, PlanCalendar, monday_of
from trainsched.workbook.cells.clues import Clue, clue_of, context_of
from trainsched.workbook.cells.days import period_or_none
from trainsched.workbook.cells.text import text_of
from trainsched.workbook.names import key_of
from trainsched.workbook.roster.around import Around, carry_months, week_start
from trainsched.workbook.roster.block import Block, DateColumn
from trainsched.workbook.roster.heading_rows import (
    Kind,
    is_plain,
    kind_of,
)
from trainsched.workbook.roster.sequence import are_month_first, date_line, turned_month_first
from trainsched.workbook.roster.view import View, split_period

_NAMING = frozenset(
    key_of(word)
    for word in ("name", "names", "person", "id", "staff_id", "staff", "trainee_id", "trainee",
                 "employee", "staff member", "date", "dates", "day", "week", "w/c",
                 "week commencing")
)  # fmt: skip


class BlockMaker:
    """Makes grids, from left to right, under heading rows that were found."""

    def __init__(
        self, view: View, calendar: PlanCalendar, is_person: Callable[[str], bool]
    ) -> None:
        self.view = view
        self.calendar = calendar
        self.names = calendar.period_names
        self.is_person = is_person
        self.around = Around(view, is_person)

    def _segments(self, columns: Sequence[int], rows: Sequence[int], last: int) -> list[list[int]]:
        """The columns split where people's names begin again."""
        segments: list[list[int]] = []
        previous = None
        for column in columns:
            gap = range(previous + 1, column) if previous is not None else ()
            if previous is None or any(self._is_label_column(one, rows, last) for one in gap):
                segments.append([])
            segments[-1].append(column)
            previous = column
        return segments

    def _is_label_column(self, column: int, rows: Sequence[int], last: int) -> bool:
        for row in rows:
            value = self.view.cells(row).get(column)
            if isinstance(value, str) and key_of(value) in _NAMING:
                return True
        people = 0
        for row in self.view.row_numbers:
            if last < row <= last + 25:
                value = self.view.cells(row).get(column)
                people += isinstance(value, str) and self.is_person(value)
        return people > 0 and not self.view.turned

    def dated(
        self,
        primary: int,
        rows: Sequence[int],
        context: Sequence[int],
        weekdays: dict[int, int],
        last: int,
    ) -> list[Block]:
        """The grids under a row of dates, with weekdays and periods in the rows beside it."""
        clues: dict[int, Clue] = {}
        periods: dict[int, tuple[str, ...]] = {}
        inline = Clue()
        around: dict[int, int] = {}
        for column in sorted(self.view.cells(primary)):
            clue = self.view.clue(primary, column)
            if clue is None:
                rest, period = split_period(self.view.cells(primary)[column], self.names)
                clue = clue_of(rest) if period else None
                if clue is not None and period is not None:
                    periods[column] = (period,)
            if clue is None:
                continue
            if clue.is_month:
                month = inline.month if clue.month is None else clue.month
                inline = Clue(month=month, year=clue.year)
            elif clue.names_a_day:
                made = self._completed(clue, column, context, inline, weekdays)
                if clue.month is None and inline.month is None and made.month is not None:
                    around[column] = made.month
                clues[column] = made
        carry_months(clues, around)
        lower = [row for row in rows if row > primary]
        spread = self._spread(clues, primary, lower, periods)
        found: list[Block] = []
        for columns in self._segments(sorted(spread), rows, last):
            block = self.new(columns, found, min(rows), last, primary)
            self._date_segment(block, columns, spread, clues, periods, rows)
            found.append(block)
        return found

    def _completed(
        self,
        clue: Clue,
        column: int,
        context: Sequence[int],
        inline: Clue,
        weekdays: dict[int, int],
    ) -> Clue:
        if clue.weekday is None and column in weekdays:
            clue = clue._replace(weekday=weekdays[column])
        if clue.month is not None and clue.year is not None:
            return clue
        around = self.around.clue(context, column)
        month = clue.month or inline.month
        if clue.month is None and month is None and around.week is None:
            # Days under a week's first day may run into the next month: the run decides.
            month = around.month if not around.commencing else None
        year = clue.year or inline.year
        if year is None and around.year is not None and around.month in {None, month}:
            year = around.year
        return clue._replace(month=month, year=year)

    def _spread(
        self,
        clues: dict[int, Clue],
        primary: int,
        lower: Sequence[int],
        periods: dict[int, tuple[str, ...]],
    ) -> dict[int, int]:
        """Columns of the grid, each with the column of the date that stands over it."""
        over = {column: column for column in clues}
        known = sorted(clues)
        for row in lower:
            if kind_of(self.view, row, self.names, min(known)) is not Kind.PERIODS:
                continue
            for column, value in self.view.cells(row).items():
                period = period_or_none(text_of(value), self.names)
                left = [one for one in known if one <= column]
                if period is None or not left:
                    continue
                if column in clues or column not in self.view.cells(primary):
                    over[column] = left[-1]
                    periods[column] = (period,)
        return over

    def new(
        self, columns: Sequence[int], found: Sequence[Block], first: int, last: int, primary: int
    ) -> Block:
        """A grid of these columns, its labels left of them or shared with the grid before."""
        before = found[-1].last_column if found else 0
        labels = list(range(before + 1, min(columns)))
        if found and not any(self._is_label_column(c, range(first, last + 1), last)
                             for c in labels):  # fmt: skip
            labels = found[-1].labels
        return Block(first_heading=first, first_row=last + 1, labels=labels, primary=primary)

    def _date_segment(
        self,
        block: Block,
        columns: Sequence[int],
        spread: dict[int, int],
        clues: dict[int, Clue],
        periods: dict[int, tuple[str, ...]],
        rows: Sequence[int],
    ) -> None:
        mine = {spread[column]: clues[spread[column]] for column in columns}
        turned = turned_month_first(mine)
        if turned is not None:
            block.read_month_first = list(columns)
            mine = turned
        elif are_month_first(mine):
            block.month_first = True
            block.lost = list(columns)
            return
        line = date_line(mine, self.calendar, repeats=bool(periods))
        block.mended = dict(line.mended)
        block.lost = list(line.lost)
        block.periods = {c: periods[c] for c in columns if c in periods}
        commencing = self._are_whole_weeks(block, mine, line.dates, rows)
        for column in columns:
            day = line.dates.get(spread[column])
            if day is None:
                continue
            if commencing:
                for offset in range(DAYS_IN_WEEK):
                    block.columns.append(
                        DateColumn(column, monday_of(day) + timedelta(days=offset), None)
                    )
            else:
                block.columns.append(DateColumn(column, day, periods.get(column)))

    def _are_whole_weeks(
        self, block: Block, clues: dict[int, Clue], dates: dict[int, date], rows: Sequence[int]
    ) -> bool:
        days = sorted(set(dates.values()))
        if any((b - a).days % DAYS_IN_WEEK for a, b in pairwise(days)):
            return False
        said = sum(clue.commencing for clue in clues.values()) * 2 > len(clues)
        for row in rows:
            for column in block.labels:
                value = self.view.cells(row).get(column)
                clue = context_of(value) if isinstance(value, str) else None
                text = text_of(value).casefold() if isinstance(value, str) else ""
                said = said or "commencing" in text or text.startswith(("w/c", "w/b")) or (
                    clue is not None and clue.commencing
                )  # fmt: skip
        block.guessed_weeks = (
            not said and len(days) >= 3 and len(days) == len(dates)
            and all(day.weekday() == 0 for day in days)
        )  # fmt: skip
        block.whole_weeks = said or block.guessed_weeks
        return block.whole_weeks

    def of_weekdays(
        self,
        primary: int,
        rows: Sequence[int],
        context: Sequence[int],
        weekdays: dict[int, int],
        last: int,
    ) -> list[Block]:
        """The grids under weekdays alone, whose week is named around them or in their rows."""
        periods: dict[int, tuple[str, ...]] = {}
        for column in weekdays:
            _, period = split_period(self.view.cells(primary).get(column), self.names)
            if period is not None:
                periods[column] = (period,)
        over = self._spread(dict.fromkeys(weekdays, Clue()), primary, rows, periods)
        found: list[Block] = []
        for columns in self._segments(sorted(over), rows, last):
            block = self.new(columns, found, min(rows), last, primary)
            block.periods = {c: periods[c] for c in columns if c in periods}
            mondays = {column: self._monday(context, over[column]) for column in columns}
            if all(mondays.values()) and self._week_column(block, last) is None:
                for column, monday in mondays.items():
                    if monday is not None:
                        day = monday + timedelta(days=weekdays[over[column]])
                        block.columns.append(DateColumn(column, day, periods.get(column)))
            else:
                block.weekdays = {column: weekdays[over[column]] for column in columns}
                block.week_column = self._week_column(block, last) or 0
            found.append(block)
        return found

    def _monday(self, context: Sequence[int], column: int) -> date | None:
        return week_start(self.around.clue(context, column), self.calendar)

    def _week_column(self, block: Block, last: int) -> int | None:
        """The column in which rows name their own week, if there is one."""
        counts: dict[int, int] = {}
        for row in [n for n in self.view.row_numbers if n > last][:12]:
            for column in block.labels:
                clue = self.view.clue(row, column)
                if clue is not None and not clue.broken and (
                    clue.names_a_week or (clue.day is not None and not is_plain(clue))
                ):  # fmt: skip
                    counts[column] = counts.get(column, 0) + 1
        return max(counts, key=lambda column: (counts[column], -column), default=None)
