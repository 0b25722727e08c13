"""Write workbooks in canonical form: the same tables give the same bytes."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from trainsched.workbook.schema import Column, Sheet, sheet_named, sheets

CellValue = str | int | float | bool | date | datetime | None
GridRows = Sequence[Sequence[CellValue]]
TableRows = Sequence[Mapping[str, CellValue]]

CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""The fixed date of creation that makes written workbooks reproducible."""

DATE_FORMAT = "dd/mm/yyyy"
_WIDEST = 48
_NARROWEST = 8
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class Formats:
    """The few cell formats that our workbooks share."""

    def __init__(self, book: Workbook) -> None:
        self.header: Format = book.add_format(
            {"bold": True, "bg_color": "#D8E4F0", "border": 1, "valign": "top"}
        )
        self.required: Format = book.add_format(
            {"bold": True, "bg_color": "#BCD2E8", "border": 1, "valign": "top"}
        )
        self.date: Format = book.add_format({"num_format": DATE_FORMAT, "align": "left"})
        self.text: Format = book.add_format({"num_format": "@"})
        self.title: Format = book.add_format({"bold": True, "font_size": 14})
        self.wrapped: Format = book.add_format({"text_wrap": True, "valign": "top"})


def open_book(path: Path) -> Workbook:
    """A new workbook that writes text as text, with a fixed date of creation."""
    book = xlsxwriter.Workbook(str(path), dict(_OPTIONS))
    book.set_properties({"created": CREATED})
    return book


def write_workbook(
    path: Path | str, tables: Mapping[str, TableRows | GridRows], *, notes: bool = True
) -> None:
    """Write tables (sheet name to rows) as a workbook, sheets in the contract's order.

    A row is a mapping from canonical column name to value; columns that no row uses are left out
    unless required. A Roster sheet may be a grid instead: a list of lists, the header rows first.
    Sheets that the contract does not know are written last, as they are. ``notes`` puts the help
    texts on the headers. Raises ValueError for a mapping with a column the sheet does not have.
    """
    book = open_book(Path(path))
    formats = Formats(book)
    for name in _in_order(tables):
        page = book.add_worksheet(name)
        rows = tables[name]
        grid = [list(row) for row in rows if not isinstance(row, Mapping)]
        if grid:
            write_grid(page, formats, grid)
        else:
            table = [row for row in rows if isinstance(row, Mapping)]
            write_table(page, formats, sheet_named(name), table, notes=notes)
    book.close()


def write_table(
    page: Worksheet,
    formats: Formats,
    sheet: Sheet | None,
    rows: Sequence[Mapping[str, CellValue]],
    *,
    notes: bool,
    columns: Sequence[Column] | None = None,
) -> None:
    """Write a header and rows of mappings; of a known sheet, only columns in use or required."""
    used = {name for row in rows for name, value in row.items() if value is not None}
    given = list(dict.fromkeys(name for row in rows for name in row))
    if sheet is None:
        headers = given
    else:
        strange = set(given) - {column.name for column in sheet.columns}
        if strange:
            raise ValueError(f"{sheet.name} has no column {min(strange)}")
        shown = columns or [c for c in sheet.columns if c.required or c.name in used]
        headers = [column.name for column in shown]
    for position, name in enumerate(headers):
        column = sheet.column(name) if sheet is not None else None
        required = column is not None and column.required
        page.write_string(0, position, name, formats.required if required else formats.header)
        if column is not None and notes:
            page.write_comment(0, position, note_for(column), {"x_scale": 2})
    for number, row in enumerate(rows, start=1):
        for position, name in enumerate(headers):
            write_cell(page, formats, number, position, row.get(name))
    page.freeze_panes(1, 1)
    set_widths(page, [headers, *([row.get(name) for name in headers] for row in rows)])


def write_grid(page: Worksheet, formats: Formats, rows: Sequence[Sequence[CellValue]]) -> None:
    """Write rows as they are; the first is a header."""
    for number, row in enumerate(rows):
        for position, value in enumerate(row):
            write_cell(page, formats, number, position, value)
    page.freeze_panes(1, 1)
    set_widths(page, rows)


def write_cell(
    page: Worksheet, formats: Formats, row: int, position: int, value: CellValue
) -> None:
    """Write one value by its type: dates as dates, yes/no for booleans, text always as text."""
    if value is None or value == "":
        return
    if isinstance(value, bool):
        page.write_string(row, position, "yes" if value else "no")
    elif isinstance(value, date):
        page.write_datetime(row, position, value, formats.date)
    elif isinstance(value, int | float):
        page.write_number(row, position, value)
    else:
        page.write_string(row, position, str(value))


def set_widths(page: Worksheet, rows: Sequence[Sequence[CellValue]]) -> None:
    """Make columns wide enough for the first rows, within reason."""
    widths: dict[int, int] = {}
    for row in rows[:200]:
        for position, value in enumerate(row):
            length = 10 if isinstance(value, date) else len(str(value)) if value is not None else 0
            widths[position] = max(widths.get(position, _NARROWEST), length + 2)
    for position, width in widths.items():
        page.set_column(position, position, min(width, _WIDEST))


def note_for(column: Column) -> str:
    """The help text on a header: meaning, what is allowed, and what blank means."""
    parts = [column.help, "Required." if column.required else ""]
    if column.choices:
        parts.append(f"One of: {', '.join(column.choices)}.")
    if column.default:
        parts.append(f"Blank: {column.default}.")
    return " ".join(part for part in parts if part)


def _in_order(tables: Mapping[str, object]) -> list[str]:
    order = {sheet.name: number for number, sheet in enumerate(sheets())}

    def place(name: str) -> tuple[int, str]:
        known = sheet_named(name)
        return (order[known.name] if known is not None else len(order), name)

    return sorted(tables, key=place)
