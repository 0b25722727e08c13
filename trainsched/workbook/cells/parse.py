"""One way in to all parsers: the value of a cell by the type of its column."""

from typing import NamedTuple

from trainsched.workbook.cells import dates, days, numbers, roles, text
from trainsched.workbook.schema import CellType, Column, Setting


class DayShape(NamedTuple):
    """What the parsers of days, periods and patterns need to know of the calendar."""

    period_names: tuple[str, ...]
    working_days: tuple[int, ...]


def parse_cell(column: Column | Setting, raw: object, shape: DayShape) -> object:
    """The value of a cell that is not blank. Raises CellError."""
    kind = column.type
    if kind in _PLAIN:
        return _PLAIN[kind](raw)
    if kind in _BOUNDED:
        return _BOUNDED[kind](raw, column.minimum, column.maximum)
    if kind in _IN_A_DAY:
        return _IN_A_DAY[kind](raw, shape.period_names)
    if kind is CellType.CHOICE:
        return text.parse_choice(raw, column.choices)
    return raw


_PLAIN = {
    CellType.TEXT: text.text_of,
    CellType.ID: text.parse_id,
    CellType.IDS: text.parse_ids,
    CellType.YES_NO: text.parse_yes_no,
    CellType.RATE: numbers.parse_rate,
    CellType.WTE: numbers.parse_wte,
    CellType.ACADEMIC_YEAR: numbers.parse_academic_year,
    CellType.DATE: dates.parse_date,
    CellType.DAYS: days.parse_days,
    CellType.ROLES: roles.parse_roles,
    CellType.EQUIPMENT: text.parse_equipment,
    CellType.SHARES: numbers.parse_shares,
    CellType.BAND: roles.parse_band,
}

_BOUNDED = {
    CellType.WHOLE: numbers.parse_whole,
    CellType.NUMBER: numbers.parse_number,
    CellType.POUNDS: numbers.parse_pounds,
}

_IN_A_DAY = {
    CellType.PERIOD: days.parse_period,
    CellType.PERIODS: days.parse_periods,
    CellType.PATTERN: days.parse_pattern,
}
