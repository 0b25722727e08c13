"""Opening a file safely: what is refused, and the filled cells of every sheet of the rest."""

import re
import warnings
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.worksheet.worksheet import Worksheet

from trainsched.workbook.grid import Grid
from trainsched.workbook.merged import fill_merged
from trainsched.workbook.names import tidy
from trainsched.workbook.opening_csv import open_csv_folder
from trainsched.workbook.opening_old import NOTICE, OLD_ENDINGS, open_old
from trainsched.workbook.refusal import RefusedError

READ_ENDINGS = (".xlsx", ".xlsm")
MAX_UNPACKED_BYTES = 200_000_000
MAX_RATIO = 200
_OLE_SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
_NEVER_CALCULATED = "The formula in this cell was never calculated, so its value is not known."
_UNCALCULATED = re.compile(rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")


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
    if path.suffix.casefold() in OLD_ENDINGS and path.is_file():
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                _check_sizes(archive)
        return Opened(open_old(path), {}, (NOTICE,))
    uncalculated = _guard(path)
    book = _load(path, data_only=True)
    pages = book.worksheets
    if not pages:
        raise RefusedError("The file holds no sheets with cells.")
    unknown = _uncalculated_cells(path) if uncalculated else {}
    return Opened(
        grids=tuple(_grid(page, unknown.get(page.title, {})) for page in pages),
        properties={entry.name: str(entry.value) for entry in _properties(book)},
    )


def _properties(book: openpyxl.Workbook) -> list[Any]:
    found: Any = getattr(book, "custom_doc_props", None)
    return list(found.props) if found is not None else []


def _guard(path: Path) -> bool:
    """Refuse what must not be opened; say whether formulas without a value are inside."""
    if path.name.startswith("~$"):
        raise RefusedError(
            "This is a temporary file of Excel, not the workbook.",
            "Close the workbook in Excel and choose the file without ~$ before its name.",
        )
    if not path.is_file():
        raise RefusedError(
            "There is no such file.",
            "Give the path of an Excel workbook (.xlsx).",
        )
    if path.suffix.casefold() not in READ_ENDINGS:
        raise RefusedError(f"Files ending in '{path.suffix}' are not read.")
    try:
        with path.open("rb") as file:
            start = file.read(8)
        if not start:
            raise RefusedError("The file is empty.", "Choose the file again, or save it again.")
        if start == _OLE_SIGNATURE:
            raise RefusedError(
                "The file is protected by a password, or is an old .xls under a new name.",
                "Open it in Excel, remove the password and save it as .xlsx.",
            )
        with zipfile.ZipFile(path) as archive:
            _check_sizes(archive)
            return any(
                _UNCALCULATED.search(archive.read(name))
                for name in archive.namelist()
                if name.startswith("xl/worksheets/") and name.endswith(".xml")
            )
    except OSError as error:
        raise RefusedError(
            f"The file cannot be read ({error.strerror}).", "Check that you may open it."
        ) from error
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError) as error:
        raise RefusedError("The file is damaged, or is no Excel workbook.") from error


def _check_sizes(archive: zipfile.ZipFile) -> None:
    sizes = [(info.file_size, info.compress_size) for info in archive.infolist()]
    unpacked = sum(size for size, _ in sizes)
    packed = max(1, sum(size for _, size in sizes))
    if unpacked > MAX_UNPACKED_BYTES or unpacked / packed > MAX_RATIO:
        raise RefusedError(
            "The file unpacks to far more than a workbook ever needs, so it was not opened.",
            "Copy the sheets that matter into a new workbook and use that.",
        )


def _load(path: Path, *, data_only: bool) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return openpyxl.load_workbook(path, data_only=data_only, keep_links=False)
        except Exception as error:
            # A damaged file can fail in any way inside the library.
            raise RefusedError("The file is damaged, or is no Excel workbook.") from error


def _uncalculated_cells(path: Path) -> dict[str, dict[tuple[int, int], str]]:
    """The formulas of every sheet by place: looked up only where a value is missing."""
    book = _load(path, data_only=False)
    return {
        page.title: {
            place: str(cell.value) for place, cell in page._cells.items() if cell.data_type == "f"
        }
        for page in book.worksheets
    }


def _grid(page: Worksheet, formulas: dict[tuple[int, int], str]) -> Grid:
    rows: dict[int, dict[int, object]] = {}
    faults: dict[tuple[int, int], str] = {}
    # iter_rows would walk every cell up to the furthest one; a stray value in XFD1048576 is common.
    for (row, column), cell in page._cells.items():
        value = cell.value
        if value is None:
            if (row, column) in formulas:
                rows.setdefault(row, {})[column] = formulas[row, column]
                faults[row, column] = _NEVER_CALCULATED
            continue
        if value.__class__ is str:
            if cell.data_type == "e" and value in ERROR_CODES:
                faults[row, column] = f"The cell holds the Excel error {value}."
            elif not tidy(value):
                continue
        rows.setdefault(row, {})[column] = value
    ranges = page.merged_cells.ranges
    fill_merged(rows, [(one.min_row, one.min_col, one.max_row, one.max_col) for one in ranges])
    return Grid(
        sheet=page.title,
        rows={row: dict(sorted(rows[row].items())) for row in sorted(rows)},
        faults=faults,
        hidden_rows=frozenset(n for n, row in page.row_dimensions.items() if row.hidden),
        hidden_columns=_hidden_columns(page),
        hidden=page.sheet_state != "visible",
    )


def _hidden_columns(page: Worksheet) -> frozenset[int]:
    hidden: set[int] = set()
    for dimension in page.column_dimensions.values():
        if dimension.hidden and dimension.min is not None and dimension.max is not None:
            hidden.update(range(dimension.min, dimension.max + 1))
    return frozenset(hidden)
