"""Merged cells: a file keeps their value in the first cell only; readers want it in each."""

from collections.abc import Iterable, Sequence

_MOST_CELLS = 100_000


def fill_merged(rows: dict[int, dict[int, object]], merged: Iterable[Sequence[int]]) -> None:
    """Copy values over merged ranges (first row, first column, last row, last column)."""
    filled = 0
    for top, left, bottom, right in merged:
        value = rows.get(top, {}).get(left)
        filled += (bottom - top + 1) * (right - left + 1)
        if value is None or filled > _MOST_CELLS:
            continue
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                rows.setdefault(row, {})[column] = value
