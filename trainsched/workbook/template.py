"""The blank workbook that coordinators start from, with lists to choose from and notes."""

from collections.abc import Mapping
from pathlib import Path

from xlsxwriter.worksheet import Worksheet

from trainsched.domain.people import BANDS
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
from trainsched.workbook.write import (
    CellValue,
    Formats,
    GridRows,
    TableRows,
    open_book,
    write_grid,
    write_table,
)

_ROWS_WITH_LISTS = 1000
_YES_NO = ("yes", "no")
_WORDS = """\
Fill in at least the sheets Departments, Staff, Trainees and Curriculum. Leave the others if you \
do not need them.
Darker headers must be filled in. Rest the pointer on a header to read what belongs there.
Codes for people, departments and activities are yours to choose. Write them the same on every \
sheet.
The sheet Roster may also be a grid: a person in the first column, dates across, codes in the \
cells. Several sheets are welcome if their names begin with Roster.
Do not write reasons for absence. A code that means absent is enough.
Check the workbook before planning: it tells you every problem with its cell and its remedy.
The sheets from Programmes to Assumptions are only for questions of capacity and funding.
"""


def write_template(path: Path | str, *, example: bool = False) -> None:
    """Write the template; with ``example``, small coherent rows of invented people are in it."""
    tables: Mapping[str, TableRows | GridRows] = example_tables() if example else {}
    book = open_book(Path(path))
    formats = Formats(book)
    _write_readme(book.add_worksheet(README_SHEET), formats)
    for sheet in sheets():
        page = book.add_worksheet(sheet.name)
        rows = tables.get(sheet.name, [])
        grid = [list(row) for row in rows if not isinstance(row, Mapping)]
        if grid:
            write_grid(page, formats, grid)
            continue
        table = [row for row in rows if isinstance(row, Mapping)]
        if sheet.name == "Settings":
            _write_settings(page, formats, sheet, table)
            continue
        write_table(page, formats, sheet, table, notes=True, columns=sheet.columns)
        for position, column in enumerate(sheet.columns):
            _prepare(page, formats, position, column)
    book.close()


def _write_readme(page: Worksheet, formats: Formats) -> None:
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 100)
    page.write_string(0, 0, "How to fill in this workbook", formats.title)
    row = 2
    for words in _WORDS.splitlines():
        page.write_string(row, 1, words, formats.wrapped)
        row += 1
    row += 1
    for sheet in sheets():
        page.write_string(row, 0, sheet.name + (" (needed)" if sheet.required else ""))
        page.write_string(row, 1, sheet.help, formats.wrapped)
        row += 1


def _write_settings(
    page: Worksheet, formats: Formats, sheet: Sheet, given: list[Mapping[str, CellValue]]
) -> None:
    values = {row["setting"]: row["value"] for row in given}
    rows: list[Mapping[str, CellValue]] = [
        {"setting": setting.name, "value": values.get(setting.name)} for setting in SETTINGS
    ]
    write_table(page, formats, sheet, rows, notes=True)
    page.set_column(0, 0, 18)
    page.set_column(1, 1, 36)
    for number, setting in enumerate(SETTINGS, start=1):
        page.write_comment(number, 0, setting_note(setting), {"x_scale": 2})
        if setting.choices:
            _offer(page, number, 1, number, setting.choices)
        if setting.type is CellType.DATE and values.get(setting.name) is None:
            page.write_blank(number, 1, None, formats.date)


def setting_note(setting: Setting) -> str:
    """The help text of a setting, with what is allowed and its default."""
    choices = f" One of: {', '.join(setting.choices)}." if setting.choices else ""
    return f"{setting.help}{choices} Default: {setting.default}."


def _prepare(page: Worksheet, formats: Formats, position: int, column: Column) -> None:
    """Give a column its width, its format and, where there is one, its list."""
    width = min(max(len(column.name) + 3, 10), 40)
    if column.type is CellType.DATE:
        page.set_column(position, position, 12, formats.date)
    elif column.type in {CellType.ID, CellType.IDS}:
        page.set_column(position, position, width, formats.text)
    else:
        page.set_column(position, position, width)
    choices = _choices(column)
    if choices:
        _offer(page, 1, position, _ROWS_WITH_LISTS, choices)


def _choices(column: Column) -> tuple[str, ...]:
    if column.type is CellType.YES_NO:
        return _YES_NO
    if column.type is CellType.BAND:
        return BANDS
    return column.choices


def _offer(
    page: Worksheet, first_row: int, position: int, last_row: int, choices: tuple[str, ...]
) -> None:
    # A warning, not a stop: the reader takes other spellings, and a list never knows everything.
    page.data_validation(
        first_row,
        position,
        last_row,
        position,
        {
            "validate": "list",
            "source": list(choices),
            "error_type": "warning",
            "error_title": "Not in the list",
            "error_message": "This word is not in the list. Keep it?",
        },
    )
