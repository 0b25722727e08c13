"""Cells as dates. Days come first in text; whatever could be read two ways is refused."""

from datetime import date, datetime
from functools import lru_cache

from trainsched.workbook.cells.clues import clue_of
from trainsched.workbook.cells.error import CellError
from trainsched.workbook.names import tidy

FORMS = ("%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%Y-%m-%d", "%d %b %Y", "%d %B %Y")
"""The forms of a date in text that are read."""

_FIRST_YEAR = 1990
_LAST_YEAR = 2150


def parse_date(raw: object) -> date:
    """The date in a cell: a real date, or text in one of the forms."""
    found = date_or_none(raw)
    if found is None:
        raise CellError(
            "This is not a date that can be read.",
            "Write a real date, or text with the day first, such as 31/12/2026 or 31 Dec 2026.",
        )
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise CellError(
            f"The year {found.year} cannot be meant.", "Write the year with four digits."
        )
    return found


def date_or_none(raw: object) -> date | None:
    """The date in a cell, or None where it holds no date in a form that is read."""
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    return _from_text(tidy(raw)) if isinstance(raw, str) else None


@lru_cache(maxsize=4096)
def _from_text(text: str) -> date | None:
    if text[:1].isdigit():
        for form in FORMS:
            try:
                return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
    clue = clue_of(text)
    return None if clue is None or clue.bare or clue.commencing else clue.full
