"""Rows of a grid that are nobody's: totals, headings of notes and tallies, legends."""

import re
from collections.abc import Sequence
from datetime import date

from trainsched.workbook.cells.text import text_of
from trainsched.workbook.grid import Cells
from trainsched.workbook.names import key_of
from trainsched.workbook.roster.codebook import CodeBook

_TOTALS = frozenset(
    key_of(word)
    for word in ("total", "sum", "count", "minimum", "min", "staffing", "required", "number",
                 "headcount", "staff in", "numbers", "shortfall", "average", "cover", "available")
)  # fmt: skip
_NOT_PEOPLE = _TOTALS | frozenset(
    key_of(word)
    for word in ("key", "legend", "note", "date", "day", "week", "name", "person", "staff",
                 "period", "session", "wk", "w/c", "comment", "remark", "request", "month", "n.b",
                 "nb", "please", "site", "team")
)  # fmt: skip
_SUMS = frozenset(key_of(word) for word in ("total", "sum", "count", "headcount"))
_NUMBERS = frozenset(key_of(word) for word in ("no", "number of", "nos", "how many", "leave"))
_NUMBERED = re.compile(r"(?:person|staff|name)\s*(?:no\.?\s*)?[a-z]?\d+", re.IGNORECASE)
_GROUPS = frozenset(key_of(word) for word in ("staff", "person", "name", "site", "team"))
_ENDINGS = frozenset(
    key_of(word)
    for word in ("key", "legend", "note", "notes", "request", "requests", "comment", "remarks",
                 "entitlement", "allowance", "tally", "balance", "leave tally", "leave summary",
                 "leave requests", "leave balance", "annual leave entitlement", "a/l entitlement",
                 "taken", "remaining", "days left", "carried over", "swaps", "codes", "key to rota",
                 "leave left", "al left", "leave taken", "used")
)  # fmt: skip


_ENTRIES = frozenset(
    key_of(word) for word in ("code", "shift", "duty", "duties", "roster", "rota", "activity",
                              "what", "entry", "name", "date")
)  # fmt: skip


def is_entry_label(value: object) -> bool:
    """Whether the text only says that entries stand beside it (``Shift``), not whose they are."""
    return key_of(text_of(value)) in _ENTRIES


def _first_word(text: str) -> str:
    words = text.replace(":", " ").split()
    return key_of(words[0]) if words else ""


def is_label(value: object) -> bool:
    """Whether the text is one that stands before a row of no person. ``Person 7`` is not."""
    text = text_of(value)
    return _first_word(text) in _NOT_PEOPLE and _NUMBERED.fullmatch(text) is None


def may_be_a_team(value: object) -> bool:
    """Whether the text begins with a word that may stand before a person's name as well."""
    return _first_word(text_of(value)) in _GROUPS


def counts_something(value: object) -> bool:
    """Whether any word of the text is one for counts (``RTP total``, ``No. in``)."""
    return any(key_of(word) in _TOTALS | _NUMBERS for word in text_of(value).split())


def is_total(value: object) -> bool:
    """Whether the text stands before a row of counts."""
    words = text_of(value).strip(" :").split()
    return bool(words) and (
        _first_word(words[0]) in _TOTALS or (len(words) < 5 and key_of(words[-1]) in _SUMS)
    )


def ends_the_grid(cells: Cells) -> bool:
    """Whether the row is the heading of notes, of a key or of a tally."""
    texts = [text_of(value).rstrip(": ") for value in cells.values()]
    if any(key_of(text) in _ENDINGS for text in texts):
        return True
    first = texts[0].split(":", 1)[0]
    return len(texts) == 1 and len(first.split()) <= 4 and _first_word(first) in _ENDINGS


def looks_like_a_tally(
    cells: Cells, columns: Sequence[tuple[int, date, tuple[str, ...] | None, str]], codes: CodeBook
) -> bool:
    """Whether a person's row below such a heading holds counts or words rather than codes."""
    said = [text_of(cells[column]) for column, *_ in columns if column in cells]
    return not said or len(said) < 2 or not all(codes.knows(text) for text in said)
