"""Rows of a table with every cell parsed: what the facts are built from."""

from collections.abc import Mapping
from typing import Any

from trainsched.domain.problems import Place
from trainsched.workbook.cells.error import CellError
from trainsched.workbook.cells.parse import DayShape, parse_cell
from trainsched.workbook.grid import address
from trainsched.workbook.problem_list import ProblemList
from trainsched.workbook.tables import Table

_SENTENCE_WORDS = 4


class Record:
    """One row. Cells that are blank or faulty have no value; ``faulty`` names the faulty ones."""

    __slots__ = ("_columns", "_values", "faulty", "raw", "row", "sheet")

    def __init__(
        self,
        sheet: str,
        row: int,
        columns: Mapping[str, int],
        values: dict[str, object],
        raw: dict[str, object],
        faulty: frozenset[str],
    ) -> None:
        self.sheet = sheet
        self.row = row
        self._columns = columns
        self._values = values
        self.raw = raw
        self.faulty = faulty

    def get(self, column: str, default: Any = None) -> Any:
        """The value of a column, of the type that its parser gives; ``default`` if blank."""
        return self._values.get(column, default)

    def has(self, column: str) -> bool:
        """Whether the cell holds a value that could be read."""
        return column in self._values

    def has_all(self, *columns: str) -> bool:
        """Whether every one of the cells holds a value that could be read."""
        return all(column in self._values for column in columns)

    def filled(self, column: str) -> bool:
        """Whether anything stands in the cell, readable or not."""
        return column in self._values or column in self.faulty

    def place(self, column: str) -> Place:
        """Where the cell is; where the sheet lacks the column, the row's first cell."""
        number = self._columns.get(column)
        if number is None:
            number = min(self._columns.values())
        return Place(sheet=self.sheet, cell=address(self.row, number))


def read_records(table: Table, shape: DayShape, problems: ProblemList) -> list[Record]:
    """Parse all rows of a table; every fault is noted, and blank required cells too."""
    records: list[Record] = []
    for number, cells in table.rows():
        if _is_sentence(cells):
            place = Place(sheet=table.grid.sheet, cell=address(number, min(cells)))
            problems.notice(place, "This row holds a sentence alone; it was taken as a note.")
        else:
            records.append(_record(table, number, cells, shape, problems))
    return records


def _is_sentence(cells: Mapping[int, object]) -> bool:
    only = next(iter(cells.values()))
    return len(cells) == 1 and isinstance(only, str) and len(only.split()) >= _SENTENCE_WORDS


def _record(
    table: Table,
    number: int,
    cells: Mapping[int, object],
    shape: DayShape,
    problems: ProblemList,
) -> Record:
    values: dict[str, object] = {}
    raw: dict[str, object] = {}
    faulty: set[str] = set()
    for column in table.sheet.columns:
        position = table.columns.get(column.name)
        if position is None:
            continue
        cell = cells.get(position)
        place = Place(sheet=table.grid.sheet, cell=address(number, position))
        if cell is None:
            if column.required and not column.may_be_blank:
                faulty.add(column.name)
                remedy = f"Fill it in: {column.help}"
                problems.error(place, f"The cell for {column.name} is blank.", remedy)
            continue
        raw[column.name] = cell
        fault = table.grid.faults.get((number, position))
        if fault is not None:
            faulty.add(column.name)
            remedy = "Open the workbook in Excel, mend the cell and save it."
            problems.error(place, fault, remedy, cell)
            continue
        try:
            values[column.name] = parse_cell(column, cell, shape)
        except CellError as error:
            faulty.add(column.name)
            problem = f"{column.name}: {error.problem}"
            problems.error(place, problem, error.remedy, cell)
    return Record(table.grid.sheet, number, table.columns, values, raw, frozenset(faulty))
