"""A sheet as its readers look at it: with dates across, whichever way round it was typed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise

from trainsched.domain.problems import Place
from trainsched.workbook.cells.clues import Clue, clue_of
from trainsched.workbook.cells.days import period_or_none
from trainsched.workbook.cells.text import text_of
from trainsched.workbook.grid import Cells, Grid, address

_ROWS_LOOKED_AT = 1500
_COLUMNS_LOOKED_AT = 800
_WEEKDAYS_ENOUGH = 4


@dataclass
class View:
    """The visible cells of a grid. ``turned``: rows and columns have changed places."""

    grid: Grid
    turned: bool = False
    rows: dict[int, Cells] = field(default_factory=dict)

    def cells(self, row: int) -> Cells:
        """The filled cells of a row of the view."""
        return self.rows.get(row, {})

    def cell_name(self, row: int, column: int) -> str:
        """The address of a cell in the sheet itself."""
        return address(column, row) if self.turned else address(row, column)

    def place(self, row: int, column: int) -> Place:
        """Where a cell is in the sheet itself."""
        return Place(sheet=self.grid.sheet, cell=self.cell_name(row, column))

    def sheet_row(self, row: int, column: int) -> int:
        """The number of the sheet's row that holds a cell of the view."""
        return column if self.turned else row

    def clue(self, row: int, column: int) -> Clue | None:
        """What a cell says of a date; a cell with a fault was meant to say something."""
        value = self.cells(row).get(column)
        if value is None:
            return None
        if self.grid.faults:
            key = (column, row) if self.turned else (row, column)
            if key in self.grid.faults:
                return Clue(broken=True)
        return clue_of(value, date_1904=self.grid.date_1904)

    @cached_property
    def row_numbers(self) -> list[int]:
        """The numbers of filled rows, in order."""
        return list(self.rows)


def visible(grid: Grid) -> dict[int, Cells]:
    """The cells that are not in hidden rows or columns."""
    if not grid.hidden_rows and not grid.hidden_columns:
        return dict(grid.rows)
    rows: dict[int, Cells] = {}
    for number, cells in grid.rows.items():
        if number in grid.hidden_rows:
            continue
        kept = {c: v for c, v in cells.items() if c not in grid.hidden_columns}
        if kept:
            rows[number] = kept
    return rows


def view_of(grid: Grid) -> View:
    """The sheet with its dates across."""
    rows = visible(grid)
    straight = View(grid, turned=False, rows=rows)
    across, across_bare, weekdays = _runs(rows, grid)
    if across > 0 and len(rows) > _ROWS_LOOKED_AT:
        return straight
    turned = _turn(rows)
    down, down_bare, _ = _runs(turned, grid)
    if max(across, down) > 1:
        is_turned = down > across
    elif across == down == across_bare == down_bare == 0:
        is_turned = weekdays < 2 and not _dated(rows, grid) and _dated(turned, grid)
    else:
        is_turned = down > across or (
            down_bare >= 3 and down_bare > 3 * across_bare and weekdays < _WEEKDAYS_ENOUGH
        )
    if weekdays >= _WEEKDAYS_ENOUGH and is_turned and _are_weekly(turned, grid):
        is_turned = False
    return View(grid, turned=True, rows=turned) if is_turned else straight


def _dated(rows: dict[int, Cells], grid: Grid) -> bool:
    """Whether a date stands anywhere but at the head of a row."""
    for cells in list(rows.values())[:_ROWS_LOOKED_AT]:
        for value in list(cells.values())[1:_COLUMNS_LOOKED_AT]:
            clue = clue_of(value, date_1904=grid.date_1904)
            if clue is not None and clue.full is not None:
                return True
    return False


def _turn(rows: dict[int, Cells]) -> dict[int, Cells]:
    turned: dict[int, dict[int, object]] = {}
    for number, cells in rows.items():
        for column, value in cells.items():
            turned.setdefault(column, {})[number] = value
    return dict(sorted(turned.items()))


def _runs(rows: dict[int, Cells], grid: Grid) -> tuple[int, int, int]:
    """How many neighbours along rows are days that follow each other: dates, bare numbers; and
    the most weekdays in one row.
    """
    dated = bare = weekdays = 0
    for cells in list(rows.values())[:_ROWS_LOOKED_AT]:
        last: Clue | None = None
        named = 0
        for value in list(cells.values())[:_COLUMNS_LOOKED_AT]:
            clue = clue_of(value, date_1904=grid.date_1904)
            if clue is None:
                last = None
                continue
            named += clue.is_weekday
            if clue.day is None:
                continue
            if last is not None and last.day is not None:
                step = clue.day - last.day
                serial = clue.bare and clue.month is not None
                if clue.bare and not serial:
                    bare += step == 1
                elif step in range(8) or clue.day <= 7:
                    dated += 1
            last = clue
        weekdays = max(weekdays, named)
    return dated, bare, weekdays


def _are_weekly(rows: dict[int, Cells], grid: Grid) -> bool:
    """Whether the dates of the fullest row are whole weeks apart, or repeat."""
    for cells in rows.values():
        clues = [clue_of(value, date_1904=grid.date_1904) for value in cells.values()]
        days = [clue for clue in clues if clue is not None and clue.day is not None]
        if len(days) < 2 or 2 * len(days) < len(cells) - 3:
            continue
        full = [clue.full for clue in days]
        if any(clue.names_a_week for clue in days):
            return True
        known = [day for day in full if day is not None]
        if len(known) == len(days):
            return all((b - a).days % 7 == 0 for a, b in pairwise(known))
        return False
    return False


def split_period(value: object, names: Iterable[str]) -> tuple[object, str | None]:
    """A heading without the period it ends or begins with (``Mon 1 Sep AM``), and that period."""
    return _split_text(value, tuple(names)) if isinstance(value, str) else (value, None)


@lru_cache(maxsize=16_384)
def _split_text(value: str, names: tuple[str, ...]) -> tuple[str, str | None]:
    words = text_of(value).replace("(", " ").replace(")", " ").split()
    if len(words) > 1:
        for rest, word in ((words[:-1], words[-1]), (words[1:], words[0])):
            period = period_or_none(word, names)
            if period is not None:
                return " ".join(rest), period
    return value, None
