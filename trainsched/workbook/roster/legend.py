"""A key that people write under, beside or behind their roster: what codes are called there."""

import re
from collections.abc import Collection, Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from trainsched.domain.problems import Place
from trainsched.domain.roster import Meaning, code_key
from trainsched.workbook.cells.text import text_of
from trainsched.workbook.grid import Cells, Grid, address
from trainsched.workbook.names import tidy
from trainsched.workbook.roster.codebook import CodeBook

_ITEM = re.compile(
    r"\s*(\S(?:.{0,18}?\S)?)\s*(?:=|:|\u2013|\u2014|->|\u2192|\s-\s)\s*(\S.{1,79})\s*"
)
_BETWEEN_ITEMS = re.compile(r"[\n;,|]")
_SEPARATORS = re.compile(r"[=:\u2013\u2014\u2192]|->|\s-\s")
_LONGEST_TEXT = 600
_LONGEST_CODE = 20
_SHORTEST_WORDS = 3
_SEVERAL = "="


class KeyEntry(NamedTuple):
    """What a key says of a code, and where."""

    words: str
    place: Place


class Legend:
    """What is written about codes outside the entries of rosters. Nothing of it is used unasked."""

    def __init__(self, grids: Iterable[Grid], codes: CodeBook) -> None:
        self._grids = tuple(grids)
        self._codes = codes

    def find(
        self, codes: Iterable[str], entries: AbstractSet[tuple[str, str]]
    ) -> dict[str, KeyEntry]:
        """What keys say of the codes, by their normal form. ``entries``: sheets and cells of
        rosters, which are no part of a key.
        """
        wanted = {key for code in codes if (key := code_key(code))}
        found: dict[str, KeyEntry] = {}
        if not wanted:
            return found
        keys: dict[str, str] = {}
        for grid in self._grids:
            for row, cells in grid.rows.items():
                for column, key, words in _entries(cells, wanted, keys):
                    both = {(grid.sheet, address(row, at)) for at in (column, column + 1)}
                    if entries.isdisjoint(both) and code_key(words) not in wanted:
                        place = Place(sheet=grid.sheet, cell=address(row, column))
                        found.setdefault(key, KeyEntry(words, place))
        return found

    def proposal(self, entry: KeyEntry) -> str:
        """A sentence that offers what a key says as the answer."""
        said = self._codes.read(entry.words)
        first = said.said[0]
        if said.trouble or len(said.said) > 1:
            return (
                f"The key in {entry.place} says '{entry.words}': add the code to the Codes sheet "
                "with the meaning that fits this, or mend the cell."
            )
        duty = f" and the duty {first.duty}" if first.meaning is Meaning.DUTY else ""
        return (
            f"The key in {entry.place} says '{entry.words}': if that holds, add the code to the "
            f"Codes sheet with the meaning {first.meaning}{duty}."
        )


def _entries(
    cells: Cells, wanted: Collection[str], keys: dict[str, str]
) -> Iterator[tuple[int, str, str]]:
    """Columns, codes and words of a row's key entries: in one cell, or in two side by side.

    ``keys`` remembers the normal forms of texts: the same few stand in very many cells.
    """
    for column, value in cells.items():
        if value.__class__ is not str:
            continue
        text = str(value)
        key = keys.get(text)
        if key is None:
            key = keys[text] = _normal(text)
        if key in wanted:
            beside = text_of(cells.get(column + 1, ""))
            if sum(letter.isalpha() for letter in beside) >= _SHORTEST_WORDS:
                yield column, key, beside
        elif key == _SEVERAL:
            for item in (text, *_BETWEEN_ITEMS.split(text)):
                found = _ITEM.fullmatch(item)
                if found is not None and (key := code_key(found[1])) in wanted:
                    words = _BETWEEN_ITEMS.split(found[2])[0] if item is text else found[2]
                    yield column, key, tidy(words)


def _normal(text: str) -> str:
    """The normal form of a short text; a sign of its own for one that may hold key entries."""
    if len(text) <= _LONGEST_TEXT and _SEPARATORS.search(text):
        return _SEVERAL
    return code_key(text) if len(text) < _LONGEST_CODE else ""
