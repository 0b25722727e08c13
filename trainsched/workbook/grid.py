"""What a sheet holds, whatever kind of file it came from: the seam between files and reading.

A reader of another kind of file (.xls, .ods, .csv) only has to make these.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

Cells = Mapping[int, object]
"""Values of one row by column number from 1; blank cells are left out."""

NEVER_CALCULATED = "The formula in this cell was never calculated, so its value is not known."


@dataclass(frozen=True, slots=True)
class Grid:
    """The filled cells of one sheet. Rows and columns count from 1, as a spreadsheet shows them.

    ``faults`` says of single cells why their value cannot be trusted (an Excel error, a formula
    that was never calculated). Values of merged cells stand in each cell of the merge.
    ``date_1904``: plain numbers that are dates count from 1904. ``fills`` are the colours of
    coloured cells, blank ones too; ``struck`` and ``comments`` say which cells are struck through
    and which carry a comment; ``lettered`` which are in bold or coloured letters, ``ruled`` which
    areas are coloured by rules. Most kinds of file tell nothing of these.
    """

    sheet: str
    rows: Mapping[int, Cells]
    faults: Mapping[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False
    date_1904: bool = False
    fills: Mapping[tuple[int, int], str] = field(default_factory=dict)
    struck: frozenset[tuple[int, int]] = frozenset()
    comments: frozenset[tuple[int, int]] = frozenset()
    lettered: frozenset[tuple[int, int]] = frozenset()
    ruled: tuple[tuple[int, int, int, int], ...] = ()

    @property
    def last_row(self) -> int:
        """The number of the last row that holds anything, 0 for an empty sheet."""
        return max(self.rows, default=0)

    def cells(self, row: int) -> Cells:
        """The filled cells of a row."""
        return self.rows.get(row, {})


def address(row: int, column: int) -> str:
    """The cell's address as a spreadsheet shows it."""
    return f"{get_column_letter(column)}{row}"
