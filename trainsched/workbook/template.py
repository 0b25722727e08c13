"""The blank workbook that coordinators start from, with lists to choose from and notes."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from trainsched.workbook.example import example_tables
from trainsched.workbook.schema import (
    README_SHEET,
    CellType,
    Column,
    Setting,
    Sheet,
    sheets,
)
from trainsched.workbook.schema_work import SETTINGS
from trainsched.workbook.template_validation import validate_column, validate_setting
from trainsched.workbook.write import (
    CellValue,
    Formats,
    GridRows,
    TableRows,
    open_book,
    write_grid,
    write_table,
)

_WIDEST = 40
_README_WIDTH = 112
_LETTERS_ON_A_LINE = 118
_LINE_POINTS = 15
_DAY_FORMAT = "ddd dd/mm/yyyy"
_WIDTHS = {
    CellType.IDS: 24,
    CellType.TEXT: 16,
    CellType.PATTERN: 20,
    CellType.ROLES: 24,
    CellType.EQUIPMENT: 16,
    CellType.DAYS: 12,
    CellType.PERIODS: 12,
}
_TAB_NEEDED, _TAB_OTHER = "#2F6EA5", "#BFBFBF"
_WORDS = """\
Fill in at least the sheets Departments, Staff, Trainees and Curriculum. Leave the others if you \
do not need them.
Darker headers must be filled in. Rest the pointer on a header to read what belongs there.
Codes for people, departments and activities are yours to choose. Write them the same on every \
sheet.
The sheet Roster may also be a grid: a person in the first column, dates across, codes in the \
cells. Several sheets are welcome if their names begin with Roster.
Do not write reasons for absence. A code that means absent is enough.
Before planning, trainsched check tells you every problem with its cell and its remedy.
The sheets from Programmes to Assumptions are only for questions of capacity and funding.
"""


def write_template(path: Path | str, *, example: bool = False) -> None:
    """Write the template; with ``example``, small coherent rows of invented people are in it."""
    tables: Mapping[str, TableRows | GridRows] = example_tables() if example else {}
    book = open_book(Path(path))
    formats = Formats(book)
    left = _left(book)
    _write_readme(book.add_worksheet(README_SHEET), book, formats)
    for sheet in sheets():
        page = book.add_worksheet(sheet.name)
        page.set_tab_color(_TAB_NEEDED if sheet.required else _TAB_OTHER)
        _set_up_printing(page, sheet.name)
        rows = tables.get(sheet.name, [])
        grid = [list(row) for row in rows if not isinstance(row, Mapping)]
        if grid:
            _write_roster(page, book, formats, grid)
            continue
        table = [row for row in rows if isinstance(row, Mapping)]
        if sheet.name == "Settings":
            _write_settings(page, book, formats, sheet, table)
            continue
        write_table(page, formats, sheet, table, notes=True, columns=sheet.columns)
        for position, column in enumerate(sheet.columns):
            longest = max((len(str(row.get(column.name) or "")) for row in table), default=0)
            _prepare(page, formats, position, column, longest, left)
    book.close()


def _write_roster(
    page: Worksheet, book: Workbook, formats: Formats, grid: list[list[CellValue]]
) -> None:
    """A grid of people down and dates across, whose header looks like one."""
    days: Format = book.add_format(
        {"bold": True, "bg_color": "#BCD2E8", "border": 1, "num_format": _DAY_FORMAT}
    )
    days.set_align("left")
    write_grid(page, formats, grid)
    for position, value in enumerate(grid[0]):
        if isinstance(value, date):
            page.write_datetime(0, position, value, days)
        else:
            page.write_string(0, position, str(value), formats.required)
    page.write_comment(0, 0, sheet_note(), {"x_scale": 2})
    page.set_column(0, 0, 12, formats.text)
    page.set_column(1, len(grid[0]) - 1, 15)


def sheet_note() -> str:
    """What the first header of a roster grid says to those who rest the pointer on it."""
    return (
        "People by id or name, dates across, a code in each cell. Blank: as the working pattern "
        "says. What codes mean is on the sheet Codes."
    )


def _write_readme(page: Worksheet, book: Workbook, formats: Formats) -> None:
    page.set_column(0, 0, 24)
    page.set_column(1, 1, _README_WIDTH)
    page.hide_gridlines(2)
    page.set_landscape()
    page.fit_to_pages(1, 1)
    page.write_string(0, 0, "How to fill in this workbook", formats.title)
    link = book.add_format({"font_color": "#0563C1", "underline": 1, "valign": "top"})
    row = 2
    for words in _WORDS.splitlines():
        _write_sentence(page, formats, row, words)
        row += 1
    row += 1
    for sheet in sheets():
        words = sheet.name + (" (needed)" if sheet.required else "")
        page.write_url(row, 0, f"internal:'{sheet.name}'!A1", link, words)
        _write_sentence(page, formats, row, sheet.help)
        row += 1


def _write_sentence(page: Worksheet, formats: Formats, row: int, words: str) -> None:
    page.write_string(row, 1, words, formats.wrapped)
    # Not every program fits the height of a row to its wrapped text by itself.
    page.set_row(row, _LINE_POINTS * (1 + len(words) // _LETTERS_ON_A_LINE))


def _left(book: Workbook) -> Format:
    """Numbers on the left, as text is, so that they do not run into the next column."""
    return book.add_format({"align": "left"})


def _write_settings(
    page: Worksheet,
    book: Workbook,
    formats: Formats,
    sheet: Sheet,
    given: list[Mapping[str, CellValue]],
) -> None:
    values = {row["setting"]: row["value"] for row in given}
    rows: list[Mapping[str, CellValue]] = [
        {"setting": setting.name, "value": values.get(setting.name)} for setting in SETTINGS
    ]
    write_table(page, formats, sheet, rows, notes=True)
    page.set_column(0, 0, 18)
    page.set_column(1, 1, 36, _left(book))
    for number, setting in enumerate(SETTINGS, start=1):
        page.write_comment(number, 0, setting_note(setting), {"x_scale": 2})
        validate_setting(page, number, setting)
        if setting.type is CellType.DATE and values.get(setting.name) is None:
            page.write_blank(number, 1, None, formats.date)


def setting_note(setting: Setting) -> str:
    """The help text of a setting, with what is allowed and its default."""
    choices = f" One of: {', '.join(setting.choices)}." if setting.choices else ""
    return f"{setting.help}{choices} Default: {setting.default}."


def _prepare(
    page: Worksheet, formats: Formats, position: int, column: Column, longest: int, left: Format
) -> None:
    """Give a column its width, its format and, where there is one, its rule."""
    # A list's button takes the room of two letters beside the header's name.
    width = min(max(len(column.name) + 3, longest + 2, _WIDTHS.get(column.type, 10)), _WIDEST)
    if column.type is CellType.DATE:
        page.set_column(position, position, max(width, 12), formats.date)
    elif column.type in {CellType.ID, CellType.IDS}:
        page.set_column(position, position, width, formats.text)
    else:
        page.set_column(position, position, width, left)
    validate_column(page, position, column)


def _set_up_printing(page: Worksheet, title: str) -> None:
    """Each sheet on pages as wide as itself, with its headers on every one."""
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_header(f"&L{title}")
    page.repeat_rows(0)
