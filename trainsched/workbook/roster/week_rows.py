"""Grids whose rows name their own week, or their own month, under weekdays or day numbers."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from openpyxl.utils import get_column_letter

from trainsched.domain.calendar import PlanCalendar
from trainsched.workbook.cells.clues import Clue
from trainsched.workbook.roster.around import week_start
from trainsched.workbook.roster.block import Block
from trainsched.workbook.roster.heading_rows import Kind, is_plain, kind_of
from trainsched.workbook.roster.remarks import Remarks
from trainsched.workbook.roster.sequence import date_line
from trainsched.workbook.roster.view import View

Column = tuple[int, date, tuple[str, ...] | None, str]
"""A column to read: its number, date, periods and letters."""


@dataclass
class WeekRows:
    """Which dates the columns of one block stand for, row by row."""

    view: View
    block: Block
    calendar: PlanCalendar
    remarks: Remarks
    columns: list[Column]
    outside: dict[str, date]
    _mondays: dict[int, date] = field(init=False)
    _months: dict[int, date] = field(init=False)

    def __post_init__(self) -> None:
        self._mondays = self._weeks() if self.block.weekdays else {}
        self._months = {} if self.block.weekdays else self._named_months()

    def _named_months(self) -> dict[int, date]:
        """The first day of the month of every row that names one, under headings of day numbers."""
        headings = [self.view.clue(self.block.primary, one.column) for one in self.block.columns]
        if not all(clue is not None and is_plain(clue) for clue in headings):
            return {}
        clues: dict[int, Clue] = {}
        for row in self.view.row_numbers:
            if row < self.block.first_row:
                continue
            if kind_of(self.view, row, self.calendar.period_names) is Kind.DATES:
                break
            for column in self.block.labels:
                clue = self.view.clue(row, column)
                if clue is not None and clue.is_month and clue.month is not None:
                    clues[row] = Clue(1, clue.month, clue.year)
        if len({clue.month for clue in clues.values()}) < 2:
            return {}
        return date_line(clues, self.calendar, repeats=True).dates

    def _weeks(self) -> dict[int, date]:
        """The Monday of every row that has a week of its own."""
        clues = {}
        for row in self.view.row_numbers:
            if row < self.block.first_row:
                continue
            if not self.names_a_week(row) and kind_of(
                self.view, row, self.calendar.period_names
            ) in {Kind.WEEKDAYS, Kind.DATES}:
                break
            clue = self.view.clue(row, self.block.week_column) if self.block.week_column else None
            if clue is not None and (clue.names_a_week or clue.names_a_day):
                clues[row] = clue
        numbered = {row: c for row, c in clues.items() if c.day is None and not c.broken}
        dated = {row: c for row, c in clues.items() if row not in numbered}
        line = date_line(dated, self.calendar, repeats=True) if dated else None
        mondays: dict[int, date] = {}
        for row, clue in clues.items():
            if line is not None and row in line.dates:
                mondays[row] = line.dates[row] - timedelta(days=line.dates[row].weekday())
            elif row in numbered and (start := week_start(clue, self.calendar)) is not None:
                mondays[row] = start
        if line is not None and self.block.week_column:
            for row, day in line.mended.items():
                self.remarks.mended(row, self.block.week_column, day)
            for row in line.lost:
                self.remarks.lost(row, self.block.week_column)
        return mondays

    def names_a_week(self, row: int) -> bool:
        """Whether the row names its own week where the block's rows do so."""
        if not self.block.weekdays or not self.block.week_column:
            return False
        return self.view.clue(row, self.block.week_column) is not None

    def columns_of(self, row: int) -> list[Column]:
        """The columns of the row, with their dates; none where its week is not known."""
        if self._months:
            return self._of_month(row)
        if not self.block.weekdays:
            return self.columns
        earlier = [one for one in self._mondays if one <= row]
        if not earlier or (self.block.week_column in self.view.cells(row) and row not in earlier):
            return []
        monday = self._mondays[earlier[-1]]
        made = []
        for column, weekday in self.block.weekdays.items():
            day = monday + timedelta(days=weekday)
            letter = "" if self.view.turned else get_column_letter(column)
            if self.calendar.holds(day):
                made.append((column, day, self.block.periods.get(column), letter))
            elif column in self.view.cells(row):
                self.outside[self.view.cell_name(row, column)] = day
        return made

    def _of_month(self, row: int) -> list[Column]:
        month = self._months.get(row)
        made: list[Column] = []
        for one in self.block.columns if month is not None else ():
            clue = self.view.clue(self.block.primary, one.column)
            try:
                day = month.replace(day=clue.day if clue is not None and clue.day else 1)  # type: ignore[union-attr]
            except ValueError:
                continue
            letter = "" if self.view.turned else get_column_letter(one.column)
            if self.calendar.holds(day):
                made.append((one.column, day, one.periods, letter))
            elif one.column in self.view.cells(row):
                self.outside[self.view.cell_name(row, one.column)] = day
        return made
