"""What the template offers and questions as people fill it in: lists, dates, numbers.

All of it warns and nothing stops: the reader takes other spellings, and no list knows everything.
"""

from datetime import date
from typing import Any

from openpyxl.utils import get_column_letter
from xlsxwriter.worksheet import Worksheet

from trainsched.domain.people import BANDS
from trainsched.workbook.schema import CellType, Column, Setting, sheet_named

LAST_ROW = 1000
_EARLIEST, _LATEST = date(2000, 1, 1), date(2100, 12, 31)
_YES_NO = ("yes", "no")
_WHERE_CODES_ARE = {
    "department": ("Departments", "department"),
    "staff": ("Staff", "staff_id"),
    "trainee": ("Trainees", "trainee_id"),
    "duty": ("Duties", "duty"),
}
"""The sheet and column that lists what a column may refer to."""


def validate_column(page: Worksheet, position: int, column: Column) -> None:
    """Put the rule of a column on its cells below the header."""
    rule = _rule(column)
    if rule:
        page.data_validation(1, position, LAST_ROW, position, rule)


def validate_setting(page: Worksheet, row: int, setting: Setting) -> None:
    """Put the rule of a setting on its value."""
    rule = _rule_of_type(setting)
    if rule:
        page.data_validation(row, 1, row, 1, rule)


def _rule(column: Column) -> dict[str, Any]:
    if column.type is CellType.YES_NO:
        return _list_of(_YES_NO)
    if column.type is CellType.BAND:
        return _list_of(BANDS)
    if column.refers in _WHERE_CODES_ARE and column.type in {CellType.ID, CellType.TEXT}:
        return _list_from(*_WHERE_CODES_ARE[column.refers])
    return _rule_of_type(column)


def _rule_of_type(cell: Column | Setting) -> dict[str, Any]:
    if cell.choices:
        return _list_of(cell.choices)
    if cell.type is CellType.DATE and cell.default != "none":
        return _between("date", _EARLIEST, _LATEST, "A date is expected here, such as 01/09/2026.")
    if cell.type is CellType.WHOLE and cell.minimum is not None:
        return _whole_number(cell.minimum, cell.maximum)
    if cell.type is CellType.WTE:
        return _between("decimal", 0, 1, "Whole-time equivalent: above 0, at most 1.")
    return {}


def _list_of(choices: tuple[str, ...]) -> dict[str, Any]:
    return {"validate": "list", "source": list(choices), **_warning("the list")}


def _list_from(sheet_name: str, column_name: str) -> dict[str, Any]:
    sheet = sheet_named(sheet_name)
    if sheet is None:
        raise KeyError(sheet_name)
    letter = get_column_letter(sheet.columns.index(sheet.column(column_name)) + 1)
    source = f"='{sheet.name}'!${letter}$2:${letter}${LAST_ROW + 1}"
    return {"validate": "list", "source": source, **_warning(f"the sheet {sheet.name}")}


def _whole_number(minimum: float, maximum: float | None) -> dict[str, Any]:
    if maximum is not None:
        words = f"A whole number from {minimum:g} to {maximum:g} is expected here."
        return _between("integer", minimum, maximum, words)
    words = f"A whole number from {minimum:g} up is expected here."
    return {
        "validate": "integer",
        "criteria": ">=",
        "value": minimum,
        **_warning("", words),
    }


def _between(kind: str, least: Any, most: Any, words: str) -> dict[str, Any]:
    return {
        "validate": kind,
        "criteria": "between",
        "minimum": least,
        "maximum": most,
        **_warning("", words),
    }


def _warning(listed_on: str, words: str = "") -> dict[str, Any]:
    return {
        "error_type": "warning",
        "error_title": f"Not in {listed_on}"[:32] if listed_on else "Please look again",
        "error_message": (words or f"This is not in {listed_on}.") + " Keep it?",
    }
