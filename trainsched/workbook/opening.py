"""Opening a file safely: what is refused, and the filled cells of every sheet of the rest."""

import re
import warnings
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from trainsched.workbook.file_kinds import FileKind, kind_of_file
from trainsched.workbook.grid import NEVER_CALCULATED, Grid
from trainsched.workbook.marks import mark_cells
from trainsched.workbook.merged import fill_merged
from trainsched.workbook.names import tidy
from trainsched.workbook.opening_csv import open_csv_file, open_csv_folder
from trainsched.workbook.opening_hidden import hidden_parts
from trainsched.workbook.opening_large import (
    LARGE_NOTICE,
    ODD_NOTICE,
    is_large,
    open_large,
)
from trainsched.workbook.opening_old import NOTICE, NOTICE_OF_HIDDEN, open_old, with_hidden
from trainsched.workbook.refusal import RefusedError

_UNCALCULATED = re.compile(rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_NO_WORKBOOK = "The file is damaged, or is no Excel workbook."


class Opened(NamedTuple):
    """The sheets of a file, in its order, and its custom document properties as text.

    ``notices``: what readers of this kind of file have to be told.
    """

    grids: tuple[Grid, ...]
    properties: dict[str, str]
    notices: tuple[str, ...] = ()


def open_file(path: Path) -> Opened:
    """The sheets and properties of a workbook file. Raises RefusedError; nothing is ever run."""
    if path.is_dir():
        return Opened(open_csv_folder(path), {})
    kind = kind_of_file(path)
    if kind is FileKind.CSV:
        return Opened((open_csv_file(path),), {})
    if kind is FileKind.OLD:
        return _open_old(path)
    return _open_xlsx(path)


def _open_old(path: Path) -> Opened:
    grids = open_old(path)
    hidden = hidden_parts(path)
    if hidden is None:
        return Opened(grids, {}, (NOTICE_OF_HIDDEN,))
    known = (with_hidden(grid, hidden[grid.sheet]) if grid.sheet in hidden else grid
             for grid in grids)  # fmt: skip
    return Opened(tuple(known), {}, (NOTICE,))


def _open_xlsx(path: Path) -> Opened:
    try:
        if is_large(path):
            return Opened(open_large(path), {}, (LARGE_NOTICE,))
        uncalculated = _holds_uncalculated(path)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError, OSError) as error:
        raise RefusedError(_NO_WORKBOOK) from error
    try:
        return _open_whole(path, with_formulas=uncalculated)
    except RefusedError:
        return _open_otherwise(path)


def _open_whole(path: Path, *, with_formulas: bool) -> Opened:
    book = _load(path, data_only=True)
    pages = book.worksheets
    if not pages:
        raise RefusedError("The file holds no sheets with cells.")
    unknown = _uncalculated_cells(path) if with_formulas else {}
    try:
        grids = tuple(_grid(book, page, unknown.get(page.title, {})) for page in pages)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise RefusedError(_NO_WORKBOOK) from error
    return Opened(
        grids=grids, properties={entry.name: str(entry.value) for entry in _properties(book)}
    )


def _open_otherwise(path: Path) -> Opened:
    """A workbook at some part of which the usual reader stumbles, such as a chart or a style."""
    try:
        return Opened(open_large(path), {}, (ODD_NOTICE,))
    except (RefusedError, KeyError, ValueError, zipfile.BadZipFile, OSError) as error:
        raise RefusedError(_NO_WORKBOOK) from error


def _properties(book: openpyxl.Workbook) -> list[Any]:
    found: Any = getattr(book, "custom_doc_props", None)
    return list(found.props) if found is not None else []


def _holds_uncalculated(path: Path) -> bool:
    """Whether formulas without a value are inside."""
    with zipfile.ZipFile(path) as archive:
        return any(
            _UNCALCULATED.search(archive.read(name))
            for name in archive.namelist()
            if name.startswith("xl/worksheets/") and name.endswith(".xml")
        )


def _load(path: Path, *, data_only: bool) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            # From an open file: the library goes by endings, and those may be wrong.
            with path.open("rb") as file:
                return openpyxl.load_workbook(file, data_only=data_only, keep_links=False)
        except Exception as error:
            # A damaged file can fail in any way inside the library.
            raise RefusedError(_NO_WORKBOOK) from error


def _uncalculated_cells(path: Path) -> dict[str, dict[tuple[int, int], str]]:
    """The formulas of every sheet by place: looked up only where a value is missing."""
    book = _load(path, data_only=False)
    return {
        page.title: {
            place: str(cell.value) for place, cell in page._cells.items() if cell.data_type == "f"
        }
        for page in book.worksheets
    }


def _grid(book: openpyxl.Workbook, page: Worksheet, formulas: dict[tuple[int, int], str]) -> Grid:
    rows: dict[int, dict[int, object]] = {}
    faults: dict[tuple[int, int], str] = {}
    # iter_rows would walk every cell up to the furthest one; a stray value in XFD1048576 is common.
    for (row, column), cell in page._cells.items():
        value = cell.value
        if value is None:
            if (row, column) in formulas:
                rows.setdefault(row, {})[column] = formulas[row, column]
                faults[row, column] = NEVER_CALCULATED
            continue
        if value.__class__ is str:
            if cell.data_type == "e" and value in ERROR_CODES:
                faults[row, column] = f"The cell holds the Excel error {value}."
            elif not tidy(value):
                continue
        rows.setdefault(row, {})[column] = value
    ranges = page.merged_cells.ranges
    fill_merged(rows, [(one.min_row, one.min_col, one.max_row, one.max_col) for one in ranges])
    marks = mark_cells(book, page)
    return Grid(
        sheet=page.title,
        rows={row: dict(sorted(rows[row].items())) for row in sorted(rows)},
        faults=faults,
        hidden_rows=frozenset(n for n, row in page.row_dimensions.items() if row.hidden),
        hidden_columns=_hidden_columns(page),
        hidden=page.sheet_state != "visible",
        date_1904=book.epoch == CALENDAR_MAC_1904,
        fills=marks.fills,
        struck=marks.struck,
        comments=marks.comments,
        lettered=marks.lettered,
        ruled=marks.ruled,
    )


def _hidden_columns(page: Worksheet) -> frozenset[int]:
    hidden: set[int] = set()
    for dimension in page.column_dimensions.values():
        if dimension.hidden and dimension.min is not None and dimension.max is not None:
            hidden.update(range(dimension.min, dimension.max + 1))
    return frozenset(hidden)
