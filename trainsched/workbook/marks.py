"""What cells carry besides their value: colours, a line through them, comments."""

from typing import Any, NamedTuple

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from trainsched.workbook.annotate_colours import OUR_FILLS, is_our_note

_MOST_FILLS = 200_000
_BLACK = frozenset({"000000", "FFFFFF"})
_THEME_BLACK = frozenset({0, 1})
_WHITE = frozenset({"00000000", "FFFFFFFF", "00FFFFFF"}) | OUR_FILLS


class Marks(NamedTuple):
    """The marks of a sheet by row and column.

    ``lettered``: filled cells in bold or coloured letters. ``ruled``: the areas, from their first
    row and column to their last, whose colours follow rules (conditional formatting).
    """

    fills: dict[tuple[int, int], str]
    struck: frozenset[tuple[int, int]]
    comments: frozenset[tuple[int, int]]
    lettered: frozenset[tuple[int, int]]
    ruled: tuple[tuple[int, int, int, int], ...]


def mark_cells(book: openpyxl.Workbook, page: Worksheet) -> Marks:
    """The marks of a sheet's cells. Colours are named as the file names them."""
    inside: Any = book
    colours = [_colour(fill) for fill in inside._fills]
    lined = [bool(font.strike) for font in inside._fonts]
    special = [bool(font.b) or _is_coloured(font.color) for font in inside._fonts]
    fills: dict[tuple[int, int], str] = {}
    struck: set[tuple[int, int]] = set()
    comments: set[tuple[int, int]] = set()
    lettered: set[tuple[int, int]] = set()
    cells: dict[tuple[int, int], Any] = page._cells
    for place, cell in cells.items():
        style = cell._style
        colour = colours[style.fillId] if style.fillId < len(colours) else ""
        if colour and len(fills) < _MOST_FILLS:
            fills[place] = colour
        if style.fontId < len(lined) and lined[style.fontId] and cell.value is not None:
            struck.add(place)
        if style.fontId < len(special) and special[style.fontId] and cell.value is not None:
            lettered.add(place)
        note = getattr(cell, "_comment", None)
        if note is not None and not is_our_note(note.text or ""):
            comments.add(place)
    return Marks(
        fills, frozenset(struck), frozenset(comments), frozenset(lettered), _ruled_areas(page)
    )


def _ruled_areas(page: Worksheet) -> tuple[tuple[int, int, int, int], ...]:
    return tuple(
        (area.min_row, area.min_col, area.max_row, area.max_col)
        for rules in page.conditional_formatting
        for area in rules.cells.ranges
    )


def _is_coloured(colour: Any) -> bool:
    """Whether letters have a colour of their own rather than the usual black."""
    if colour is None:
        return False
    if colour.type == "rgb" and isinstance(colour.rgb, str):
        return colour.rgb[-6:] not in _BLACK
    if colour.type == "theme":
        return colour.theme not in _THEME_BLACK
    return colour.type == "indexed" and colour.indexed not in {8, 64}


def _colour(fill: Any) -> str:
    """A name for a fill's colour; "" for none and for white."""
    if getattr(fill, "fill_type", None) != "solid":
        return ""
    colour = fill.fgColor
    if colour.type == "rgb" and isinstance(colour.rgb, str):
        return "" if colour.rgb in _WHITE else f"#{colour.rgb[-6:]}"
    if colour.type == "theme":
        plain = colour.theme == 0 and not colour.tint
        return "" if plain else f"theme colour {colour.theme} {colour.tint:+.2f}"
    if colour.type == "indexed":
        return "" if colour.indexed in {9, 64, 65} else f"colour {colour.indexed}"
    return ""
