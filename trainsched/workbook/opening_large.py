"""Large workbooks: read by the fast reader in a process of its own, the rest seen in their XML."""

import posixpath
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from trainsched.workbook.grid import NEVER_CALCULATED, Cells, Grid
from trainsched.workbook.opening_old import open_old

LARGE_BYTES = 12_000_000
LARGE_NOTICE = (
    "The workbook is large, so it was read without its colours, comments and struck-through cells."
)
ODD_NOTICE = (
    "Part of the workbook could not be read in the usual way, so it was read without its colours, "
    "comments and struck-through cells. Compare what was read with the workbook."
)
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ERROR = re.compile(rb'<c\s(?=[^>]*\bt="e")[^>]*\br="([A-Z]+\d+)"[^>]*>.{0,2000}?<v>(#[^<]*)</v>')
_NO_VALUE = re.compile(
    rb'<c\s[^>]*\br="([A-Z]+\d+)"[^>]*><f(?:\s[^>]*)?(?:/>|>([^<]*)</f>)'
    rb"\s*(?:<v\s*/>|<v></v>)?\s*</c>"
)
_HIDDEN_ROW = re.compile(rb'<row\s(?=[^>]*\bhidden="(?:1|true)")[^>]*\br="(\d+)"')
_COLUMN = re.compile(rb"<col\s([^>]*)/?>")
_ATTRIBUTE = re.compile(rb'(\w+)="([^"]*)"')
_MOST_COLUMNS = 16_384
_DATE_1904 = re.compile(rb'date1904="(?:1|true)"')


def is_large(path: Path) -> bool:
    """Whether an .xlsx is too large for the reader that sees everything."""
    with zipfile.ZipFile(path) as archive:
        parts = [info for info in archive.infolist() if info.filename.endswith(".xml")]
        return sum(info.file_size for info in parts) > LARGE_BYTES


def open_large(path: Path) -> tuple[Grid, ...]:
    """The sheets of a large .xlsx. Raises RefusedError."""
    grids = open_old(path)
    with zipfile.ZipFile(path) as archive:
        parts = _parts(archive)
        date_1904 = _DATE_1904.search(archive.read("xl/workbook.xml")) is not None
        return tuple(_with_faults(grid, archive.read(parts[grid.sheet]), date_1904=date_1904)
                     if grid.sheet in parts else grid for grid in grids)  # fmt: skip


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The file inside the workbook that holds each sheet."""
    try:
        book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
        links = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    except (KeyError, ET.ParseError):
        return {}
    targets = {one.get("Id"): one.get("Target", "") for one in links}
    names = set(archive.namelist())
    found = {}
    for sheet in book.iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_LINK), "")
        part = posixpath.normpath(posixpath.join("xl", target)) if target[:1] != "/" else target[1:]
        if part in names:
            found[sheet.get("name", "")] = part
    return found


def _with_faults(grid: Grid, xml: bytes, *, date_1904: bool) -> Grid:
    """The grid with what the fast reader does not see: errors, missing values, hidden parts."""
    faults: dict[tuple[int, int], str] = {}
    rows = dict(grid.rows)
    for match in _ERROR.finditer(xml) if b't="e"' in xml else ():
        value = match[2].decode()
        row, column = _place(match[1])
        faults[row, column] = f"The cell holds the Excel error {value}."
        _put(rows, row, column, value)
    for match in _NO_VALUE.finditer(xml) if b"<f" in xml else ():
        row, column = _place(match[1])
        faults[row, column] = NEVER_CALCULATED
        _put(rows, row, column, "=" + (match[2] or b"").decode("utf-8", "replace"))
    return Grid(
        sheet=grid.sheet,
        rows={row: rows[row] for row in sorted(rows)},
        faults=faults,
        hidden_rows=frozenset(int(match[1]) for match in _HIDDEN_ROW.finditer(xml)),
        hidden_columns=_hidden_columns(xml),
        hidden=grid.hidden,
        date_1904=date_1904,
    )


def _put(rows: dict[int, Cells], row: int, column: int, value: str) -> None:
    rows[row] = dict(sorted({**rows.get(row, {}), column: value}.items()))


def _place(cell: bytes) -> tuple[int, int]:
    letters, row = coordinate_from_string(cell.decode())
    return row, column_index_from_string(letters)


def _hidden_columns(xml: bytes) -> frozenset[int]:
    hidden: set[int] = set()
    for match in _COLUMN.finditer(xml[:200_000]):
        said = dict(_ATTRIBUTE.findall(match[1]))
        if said.get(b"hidden") in {b"1", b"true"} and b"min" in said and b"max" in said:
            hidden.update(range(int(said[b"min"]), min(int(said[b"max"]), _MOST_COLUMNS) + 1))
    return frozenset(hidden)
