"""Old Excel and OpenDocument files: read by a child process, so that none can stop us."""

import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from trainsched.workbook.grid import Grid
from trainsched.workbook.merged import fill_merged
from trainsched.workbook.names import tidy
from trainsched.workbook.opening_hidden import Hidden
from trainsched.workbook.refusal import RefusedError

NOTICE = (
    "In this kind of file, cells with an Excel error look blank, and colours, comments and "
    "struck-through cells are not seen."
)
NOTICE_OF_HIDDEN = (
    "In this kind of file, hidden rows and columns cannot be told from others and were read, cells "
    "with an Excel error look blank, and colours, comments and struck-through cells are not seen."
)
_SECONDS = 120


def open_old(path: Path) -> tuple[Grid, ...]:
    """The sheets of an .xls, .xlsb or .ods file. Raises RefusedError."""
    script = Path(__file__).with_name("old_formats.py")
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(script), str(path)],
            capture_output=True,
            timeout=_SECONDS,
            check=True,
        )
        sheets = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise RefusedError(
            "The file is damaged, protected by a password, or not of the kind that its ending says."
        ) from error
    if not sheets:
        raise RefusedError("The file holds no sheets with cells.")
    return tuple(_grid(sheet) for sheet in sheets)


def with_hidden(grid: Grid, hidden: Hidden) -> Grid:
    """The grid with what is hidden of it."""
    last_column = max((column for cells in grid.rows.values() for column in cells), default=0)
    return replace(
        grid,
        hidden_rows=_numbers(hidden.rows, grid.last_row),
        hidden_columns=_numbers(hidden.columns, last_column),
    )


def _numbers(ranges: Iterable[tuple[int, int]], last: int) -> frozenset[int]:
    return frozenset(n for first, end in ranges for n in range(first, min(end, last) + 1))


def _grid(sheet: dict[str, Any]) -> Grid:
    rows: dict[int, dict[int, object]] = {}
    # The same few texts stand in very many cells: one copy of each is kept, and looked at once.
    texts: dict[str, str | None] = {}
    for row, values in sheet["rows"]:
        cells: dict[int, object] = {}
        for column, value in enumerate(values, 1):
            if value is None:
                continue
            if isinstance(value, dict):
                cells[column] = datetime.fromisoformat(value["date"])
            elif not isinstance(value, str):
                cells[column] = value
            else:
                if value not in texts:
                    texts[value] = value if tidy(value) else None
                text = texts[value]
                if text is not None:
                    cells[column] = text
        if cells:
            rows[row] = cells
    fill_merged(rows, sheet["merged"])
    return Grid(
        sheet=sheet["name"],
        rows={row: dict(sorted(rows[row].items())) for row in sorted(rows)},
        hidden=sheet["hidden"],
    )
