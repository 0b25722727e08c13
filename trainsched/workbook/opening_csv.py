"""A folder of .csv files, each a sheet named as the file without its ending."""

import csv
import io
from collections import Counter
from itertools import islice
from pathlib import Path

from trainsched.workbook.grid import Grid
from trainsched.workbook.names import tidy
from trainsched.workbook.refusal import RefusedError

MAX_BYTES = 200_000_000
_ENCODINGS = ("utf-8-sig", "cp1252")
_DELIMITERS = (",", ";", "\t")
_MAX_FIELD = 1_000_000
_ROWS_TRIED = 60


def open_csv_folder(folder: Path) -> tuple[Grid, ...]:
    """The sheets of a folder, by name. Raises RefusedError where there is nothing to read."""
    files = sorted(
        path
        for path in folder.iterdir()
        if path.suffix.casefold() == ".csv" and path.is_file() and not path.name.startswith(".")
    )
    if not files:
        raise RefusedError(
            "The folder holds no .csv files.",
            "Give an Excel workbook (.xlsx), or a folder of .csv files named after the sheets.",
        )
    if sum(path.stat().st_size for path in files) > MAX_BYTES:
        raise RefusedError(
            "The files are far larger than a workbook ever needs, so they were not opened.",
            "Keep only the rows that matter.",
        )
    return tuple(_grid(path) for path in files)


def open_csv_file(path: Path) -> Grid:
    """The one sheet of a text file. Raises RefusedError."""
    return _grid(path)


def _grid(path: Path) -> Grid:
    text = _decoded(path)
    csv.field_size_limit(_MAX_FIELD)
    delimiter = _delimiter(text)
    try:
        listed = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise RefusedError(
            f"{path.name} is not a table of comma-separated values.", "Save it again from Excel."
        ) from error
    rows: dict[int, dict[int, object]] = {}
    for number, values in enumerate(listed, start=1):
        filled: dict[int, object] = {n: value for n, value in enumerate(values, 1) if tidy(value)}
        if filled:
            rows[number] = filled
    return Grid(sheet=path.stem, rows=rows)


def _decoded(path: Path) -> str:
    content = path.read_bytes()
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RefusedError(
        f"{path.name} is not text in a known encoding.", "Save it from Excel as CSV UTF-8."
    )


def _delimiter(text: str) -> str:
    """The separator that cuts most of the first rows into as many cells; a comma in doubt.

    A title above the table, lists within cells and decimal commas do not do that.
    """
    return max(_DELIMITERS, key=lambda one: (_evenness(text, one), -_DELIMITERS.index(one)))


def _evenness(text: str, delimiter: str) -> float:
    rows = islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), _ROWS_TRIED)
    try:
        widths = Counter(len(row) - 1 for row in rows if any(map(str.strip, row)))
    except csv.Error:
        return 0.0
    cuts = sum(width * count for width, count in widths.items())
    return max((width * count for width, count in widths.items()), default=0) + cuts / 1000
