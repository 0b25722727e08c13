"""Cells as text, ids, lists, yes and no, and words of a fixed list."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time

from trainsched.domain.roster import code_key
from trainsched.workbook.cells.error import CellError
from trainsched.workbook.names import did_you_mean, tidy

_SEPARATORS = re.compile(r"[;,\n]")
_YES = frozenset({"yes", "y", "true", "1"})
_NO = frozenset({"no", "n", "false", "0"})


def text_of(raw: object) -> str:
    """The cell as its reader sees it: numbers without a needless ``.0``, dates day first."""
    if isinstance(raw, str):
        return tidy(raw)
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, datetime) and raw.time() == time.min:
        return raw.strftime("%d/%m/%Y")
    if isinstance(raw, datetime):
        return raw.strftime("%d/%m/%Y %H:%M")
    if isinstance(raw, date):
        return raw.strftime("%d/%m/%Y")
    return str(raw)


def parse_id(raw: object) -> str:
    """An id: text stays as typed (``007``), a number loses its ``.0``."""
    if isinstance(raw, bool | date | time):
        raise CellError(
            "A code is expected, but Excel holds a date, a time or a truth value here.",
            "Format the cell as text and type the code again.",
        )
    return text_of(raw)


def parse_ids(raw: object) -> tuple[str, ...]:
    """A list of ids, each once, in the order given."""
    if not isinstance(raw, str):
        return (parse_id(raw),)
    items = (tidy(item) for item in _SEPARATORS.split(raw))
    return tuple(dict.fromkeys(item for item in items if item))


def split_list(text: str) -> list[str]:
    """The items of a list in a cell, tidied, empty ones left out."""
    return [item for item in (tidy(part) for part in _SEPARATORS.split(text)) if item]


def parse_yes_no(raw: object) -> bool:
    """Yes or no in any of the usual spellings."""
    word = text_of(raw).casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise CellError("This is neither yes nor no.", "Write yes or no.")


def parse_choice(raw: object, choices: Sequence[str]) -> str:
    """One word of a fixed list, whatever its case, spacing and punctuation."""
    word = text_of(raw)
    by_key = {code_key(choice): choice for choice in choices}
    found = by_key.get(code_key(word))
    if found is None:
        hint = did_you_mean(word, choices)
        raise CellError(
            "This word is not one of those that may stand here.",
            f"{hint} Write one of: {', '.join(choices)}.".strip(),
        )
    return found


def parse_equipment(raw: object) -> tuple[tuple[str, ...], ...]:
    """Items of equipment; ``a|b`` is one of the two. An item listed twice takes two units."""
    items: list[tuple[str, ...]] = []
    for item in split_list(raw) if isinstance(raw, str) else [parse_id(raw)]:
        alternatives = tuple(dict.fromkeys(tidy(one) for one in item.split("|")))
        if "" in alternatives:
            raise CellError(
                f"An alternative is missing beside the bar in '{item}'.",
                "Write alternatives as linac1|linac2, and separate items by ;.",
            )
        items.append(alternatives)
    return tuple(items)
