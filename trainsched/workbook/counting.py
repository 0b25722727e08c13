"""Every row of every sheet, counted once: used, reported or skipped."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from openpyxl.utils.cell import coordinate_from_string

from trainsched.domain.problems import Problem
from trainsched.workbook.grid import Grid


class SheetCounts(NamedTuple):
    """Rows of a sheet up to its last filled one: read = used + reported + skipped."""

    rows_read: int
    rows_used: int
    rows_reported: int
    rows_skipped: int


def count_rows(
    grids: Iterable[Grid], used_rows: Mapping[str, set[int]], problems: Iterable[Problem]
) -> dict[str, SheetCounts]:
    """The counts by sheet. A row is reported if any cell of it is in a problem."""
    reported: dict[str, set[int]] = {}
    for problem in problems:
        if problem.sheet is not None:
            rows = reported.setdefault(problem.sheet, set())
            rows.update(coordinate_from_string(cell)[1] for cell in problem.cells)
    counts: dict[str, SheetCounts] = {}
    for grid in grids:
        read = grid.last_row
        told = {row for row in reported.get(grid.sheet, ()) if row <= read}
        used = used_rows.get(grid.sheet, set()) - told
        skipped = read - len(used) - len(told)
        counts[grid.sheet] = SheetCounts(read, len(used), len(told), skipped)
    return counts
