"""Finding a declared sheet's table in a grid: its header row, its columns, its rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from trainsched.domain.problems import Place, Severity
from trainsched.workbook.cells.text import text_of
from trainsched.workbook.grid import Cells, Grid, address
from trainsched.workbook.names import did_you_mean, key_of
from trainsched.workbook.problem_list import ProblemList
from trainsched.workbook.schema import Column, Sheet

HEADER_SEARCH_ROWS = 20
_NO_DATA_WORDS = frozenset({"total", "sum", "note", "key", "legend", "source", "example"})


@dataclass(frozen=True, slots=True)
class Table:
    """A table found in a grid. ``columns`` maps canonical names to column numbers."""

    sheet: Sheet
    grid: Grid
    header_row: int
    columns: Mapping[str, int]

    def rows(self) -> Iterator[tuple[int, Cells]]:
        """The rows that hold data: below the header, not hidden, neither note nor total."""
        header = self.grid.cells(self.header_row)
        needed = [self.columns[column.name] for column in self.sheet.required_columns]
        for number, cells in self.grid.rows.items():
            if number <= self.header_row or number in self.grid.hidden_rows:
                continue
            if not any(column in cells for column in self.columns.values()):
                continue
            if _repeats(cells, header) or _is_note(cells, needed):
                continue
            yield number, cells


@cache
def _columns_by_key(sheet: Sheet) -> dict[str, Column]:
    found = {key: column for column in sheet.columns for key in column.keys[1:]}
    # A canonical name always wins over another column's alias.
    return found | {column.keys[0]: column for column in sheet.columns}


def find_header(grid: Grid, sheet: Sheet) -> tuple[int, int]:
    """The most likely header row and how many required columns it matches; (0, 0) if none."""
    by_key = _columns_by_key(sheet)
    best = (0, 0)
    for number, cells in grid.rows.items():
        if number > HEADER_SEARCH_ROWS:
            break
        found = {
            by_key[key].name
            for value in cells.values()
            if isinstance(value, str) and (key := key_of(value)) in by_key
        }
        needed = sum(column.name in found for column in sheet.required_columns)
        if needed == len(sheet.required_columns):
            return number, needed
        if needed > best[1]:
            best = (number, needed)
    return best


def read_table(grid: Grid, sheet: Sheet, problems: ProblemList) -> Table | None:
    """The table of a declared sheet, with notices of what is not read; None if there is none."""
    note_hidden(grid, problems)
    if not grid.rows:
        return None
    header_row, _ = find_header(grid, sheet)
    if header_row == 0:
        problems.error(
            Place(sheet=grid.sheet, cell="A1"),
            f"No header row was found on the sheet {grid.sheet}.",
            f"Give it a row of headers with {_names(sheet.required_columns)}.",
        )
        return None
    columns = _match_columns(grid, sheet, header_row, problems)
    missing = [column for column in sheet.required_columns if column.name not in columns]
    for column in missing:
        problems.error(
            Place(sheet=grid.sheet, cell=address(header_row, min(grid.cells(header_row)))),
            f"The column {column.name} is missing from the sheet {grid.sheet}.",
            f"Add a column with the header {column.name}: {column.help}",
        )
    _note_hidden_headers(grid, header_row, columns, problems)
    return None if missing else Table(sheet, grid, header_row, columns)


def _note_hidden_headers(
    grid: Grid, header_row: int, columns: Mapping[str, int], problems: ProblemList
) -> None:
    """Say which columns of a table are hidden: people are described by them all the same."""
    hidden = sorted(number for number in columns.values() if number in grid.hidden_columns)
    if hidden:
        problems.add(
            Severity.NOTICE,
            Place(sheet=grid.sheet),
            f"{len(hidden)} hidden column{'s were' if len(hidden) > 1 else ' was'} read like the "
            "others.",
            "Unhide them to see what they say, or clear them.",
            cells=[address(header_row, number) for number in hidden],
        )


def note_hidden(grid: Grid, problems: ProblemList) -> None:
    """Say which filled rows are hidden and so not read."""
    rows = [number for number in grid.rows if number in grid.hidden_rows]
    if rows:
        problems.add(
            Severity.NOTICE,
            Place(sheet=grid.sheet),
            f"{len(rows)} hidden row{'s were' if len(rows) > 1 else ' was'} not read.",
            "Unhide rows that should count.",
            cells=[address(row, min(grid.rows[row])) for row in rows],
        )


def note_hidden_columns(grid: Grid, problems: ProblemList) -> None:
    """Say which filled columns of a roster are hidden and so not read."""
    filled = {column for cells in grid.rows.values() for column in cells}
    columns = sorted(filled & grid.hidden_columns)
    if columns:
        problems.add(
            Severity.NOTICE,
            Place(sheet=grid.sheet),
            f"{len(columns)} hidden column{'s were' if len(columns) > 1 else ' was'} not read.",
            "Unhide columns that should count.",
            cells=[
                address(next(row for row, cells in grid.rows.items() if column in cells), column)
                for column in columns
            ],
        )


def _match_columns(
    grid: Grid, sheet: Sheet, header_row: int, problems: ProblemList
) -> dict[str, int]:
    by_key = _columns_by_key(sheet)
    columns: dict[str, int] = {}
    headers = {number: text_of(value) for number, value in grid.cells(header_row).items()}
    # A header that is the column's own name beats one that is only an alias of it.
    for number in sorted(headers, key=lambda n: (not _is_canonical(headers[n], by_key), n)):
        header = headers[number]
        place = Place(sheet=grid.sheet, cell=address(header_row, number))
        column = by_key.get(key_of(header))
        if column is None:
            hint = did_you_mean(header, [column.name for column in sheet.columns])
            problem = f"The column '{header}' is not one that this sheet has, so it was not read."
            problems.add(Severity.NOTICE, place, problem, hint, value=header)
        elif column.name in columns:
            first = address(header_row, columns[column.name])
            problem = f"Two headers mean {column.name}; only the one in {first} was read."
            same = _is_canonical(header, by_key) == _is_canonical(
                headers[columns[column.name]], by_key
            )
            severity = Severity.WARNING if same else Severity.NOTICE
            remedy = "Rename or remove one of them."
            problems.add(severity, place, problem, remedy, value=header)
        else:
            columns[column.name] = number
    return columns


def _is_canonical(header: str, by_key: Mapping[str, Column]) -> bool:
    key = key_of(header)
    return key in by_key and by_key[key].keys[0] == key


def _repeats(cells: Cells, header: Cells) -> bool:
    return len(cells) > 1 and all(header.get(number) == value for number, value in cells.items())


def _is_note(cells: Cells, needed: list[int]) -> bool:
    """A total or note under the table: such a word first, and required cells left blank."""
    first = next(iter(cells.values()))
    if not isinstance(first, str) or all(column in cells for column in needed):
        return False
    words = first.replace(":", " ").split()
    return bool(words) and key_of(words[0]) in _NO_DATA_WORDS


def _names(columns: tuple[Column, ...]) -> str:
    return ", ".join(column.name for column in columns)
