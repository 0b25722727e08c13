"""Name cells as people write them: notes and grades beside the name, posts without a person."""

import re
import unicodedata
from typing import NamedTuple

from trainsched.workbook.names import TITLES, tidy

_BRACKETS = re.compile(r"[(\[{]([^)\]}]*)[)\]}]?")
_DASH = re.compile(r"\s+[-–—]+\s*|\s*[–—]\s*|\s*[;:]\s+|\s*\*+")
_POSTED = (
    r"(?:band|bd|grade|b)\s?\d{1,2}[a-d]?|\d{1,2}[a-d]|[01]?\.\d+\s*(?:wte|fte)?"
    r"|1(?:\.0+)?\s*(?:wte|fte)|\d{1,3}(?:\.\d+)?\s?%"
    r"|\d{1,2}(?:\.\d+)?\s?(?:h|hrs?|hours?|days?)"
    r"|(?:wte|fte|ft|pt|ltft)|[01]\.\d+"
)
_AT_END = re.compile(rf"[\s,]+(?:{_POSTED})[\s,.]*$", re.IGNORECASE)
_ONLY_POST = re.compile(rf"(?:[\s,/]*(?:{_POSTED})[\s,/]*)+", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"(?:vacan(?:t|cy|cies)|bank|agency|locums?|tbc|tba|tbd|unfilled|unallocated|nobody|no one"
    r"|to be (?:confirmed|appointed|advised|announced)|new (?:starter|post|trainee|appointee)"
    r"|empty post|maternity cover|awaiting (?:appointment|recruitment))(?:[\s,].*)?"
    r"|.*\b(?:vacant|vacancy)"
    r"|(?:trainee|stp|post|starter|scientist|technologist|physicist)\s*(?:no\.?\s*)?\d{1,2}",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*[/&+|\n]\s*|\s+and\s+", re.IGNORECASE)


class NameCell(NamedTuple):
    """A name without what is written beside it. ``note``: words there that say more than a grade
    or hours.
    """

    name: str
    note: str


def name_cell(text: str) -> NameCell:
    """The name in a cell, and what is written beside it."""
    notes = [tidy(one) for one in _BRACKETS.findall(text)]
    name = tidy(_BRACKETS.sub(" ", text))
    parts = _DASH.split(name, maxsplit=1)
    name, after = tidy(parts[0]), tidy(parts[1]) if len(parts) > 1 else ""
    while (shorter := _AT_END.sub("", name)) != name:
        name = shorter
    notes.append(after)
    told = [note for note in notes if note and not _ONLY_POST.fullmatch(note)]
    return NameCell(name.strip(" ,."), "; ".join(told))


def is_placeholder(text: str) -> bool:
    """Whether the cell stands for a post without a person: a vacancy, bank or agency."""
    cell = name_cell(text)
    return any(_PLACEHOLDER.fullmatch(one) for one in (cell.name or tidy(text), cell.note) if one)


def split_names(text: str) -> list[str]:
    """The names of a cell that lists several."""
    return [tidy(part) for part in _BETWEEN.split(text.strip()) if tidy(part)]


def words_key(name: str) -> str:
    """The words of a name in no order, without case, accents and titles."""
    text = unicodedata.normalize("NFKD", tidy(name).casefold())
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    text = re.sub(r"['`\u2018\u2019\u00b4]", "", text)
    words = re.findall(r"[^\W_]+", text)
    return " ".join(sorted(word for word in words if word not in TITLES))
