"""Cells as numbers: whole numbers, money, fractions, whole-time equivalents, academic years."""

import math
import re

from trainsched.workbook.cells.error import CellError
from trainsched.workbook.cells.text import split_list, text_of
from trainsched.workbook.names import tidy

_THOUSANDS = re.compile(r"^-?\d{1,3}(,\d{3})+(\.\d+)?$")
_ACADEMIC = re.compile(r"^(?:AY)?\s*(20\d\d)(?:\s*[/-]\s*(?:20)?(\d\d))?$", re.IGNORECASE)


def parse_number(raw: object, minimum: float | None = None, maximum: float | None = None) -> float:
    """A number within its limits; whole ones come back as int."""
    number = _number(raw)
    _within(number, minimum, maximum)
    return int(number) if number.is_integer() else number


def parse_whole(raw: object, minimum: float | None = None, maximum: float | None = None) -> int:
    """A whole number within its limits: ``12.0`` is 12, ``0.5`` is refused."""
    number = _number(raw)
    if not number.is_integer():
        raise CellError("This must be a whole number.", "Write a whole number, such as 1 or 12.")
    _within(number, minimum, maximum)
    return int(number)


def parse_pounds(raw: object, minimum: float | None = None, maximum: float | None = None) -> int:
    """Money in whole pounds; a pound sign and commas may stand in it."""
    if isinstance(raw, str):
        raw = tidy(raw).removeprefix("£").replace("GBP", "").strip()
    return parse_whole(raw, minimum, maximum)


def parse_rate(raw: object) -> float:
    """A fraction from 0 to 1, or a percentage with its sign."""
    number = _fraction(raw)
    if not 0 <= number <= 1:
        raise CellError(
            "This must be from 0 to 1, or from 0% to 100%.", "Write 0.2 or 20% for a fifth."
        )
    return number


def parse_wte(raw: object) -> float:
    """A whole-time equivalent: above 0, at most 1; ``60%`` is 0.6."""
    number = _fraction(raw)
    if not 0 < number <= 1:
        raise CellError(
            "A whole-time equivalent is above 0 and at most 1.",
            "Write 1 for full time, 0.6 or 60% for three days of five.",
        )
    return number


def parse_academic_year(raw: object) -> int:
    """The year in which an academic year starts: 2027, ``2027/28``."""
    found = _ACADEMIC.match(text_of(raw))
    if found is None or (found[2] and int(found[2]) != (int(found[1]) + 1) % 100):
        raise CellError("This is not an academic year.", "Write the year of its start: 2027.")
    return int(found[1])


def parse_shares(raw: object) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Departments with their shares: ``RT 0.6; NM 0.4``; without shares the second is empty."""
    codes: list[str] = []
    shares: list[float] = []
    for item in split_list(raw) if isinstance(raw, str) else [text_of(raw)]:
        code, _, share = item.rpartition(" ")
        if code and share[0].isdigit() and share.rstrip("%").replace(".", "", 1).isdigit():
            codes.append(code)
            shares.append(parse_wte(share))
        else:
            codes.append(item)
    if shares and len(shares) != len(codes):
        raise CellError(
            "Some departments have a share and some have none.",
            "Give every department its share: RT 0.6; NM 0.4.",
        )
    if len(set(codes)) != len(codes):
        raise CellError("A department stands here twice.", "List each department once.")
    return tuple(codes), tuple(shares)


def _number(raw: object) -> float:
    if isinstance(raw, int | float) and not isinstance(raw, bool) and math.isfinite(raw):
        return float(raw)
    if isinstance(raw, str):
        text = tidy(raw)
        if _THOUSANDS.match(text):
            text = text.replace(",", "")
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if math.isfinite(number) and "_" not in text:
            return number
    raise CellError("This is not a number.", "Write a number in digits.")


def _fraction(raw: object) -> float:
    text = tidy(raw) if isinstance(raw, str) else ""
    if text.endswith("%"):
        return round(_number(text[:-1]) / 100, 10)
    return _number(raw)


def _within(number: float, minimum: float | None, maximum: float | None) -> None:
    if minimum is not None and number < minimum:
        raise CellError(f"This is below {minimum:g}.", f"Write {minimum:g} or more.")
    if maximum is not None and number > maximum:
        raise CellError(f"This is above {maximum:g}.", f"Write {maximum:g} or less.")
