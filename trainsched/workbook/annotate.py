"""The user's own workbook with its faulty cells coloured and noted, and a list of all problems.

Everything of theirs is kept as far as the library can; what it cannot keep is said.
"""

import warnings
import zipfile
from collections.abc import Sequence
from copy import copy
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.comments import Comment
from openpyxl.styles import Border, PatternFill, Side
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from trainsched.domain.problems import Problem, Severity
from trainsched.workbook.annotate_colours import (
    NOTE_START,
    OUR_FILLS,
    SEVERITY_BORDERS,
    SEVERITY_FILLS,
)
from trainsched.workbook.annotate_list import write_problem_sheet
from trainsched.workbook.annotate_parts import keep_results, what_was_lost
from trainsched.workbook.grid import Grid
from trainsched.workbook.opening import open_file

MOST_NOTES = 5000
"""Excel opens workbooks with more notes than this very slowly; the rest is in the list alone."""
_AUTHOR = "trainsched"
_RANK = {severity: number for number, severity in enumerate(Severity)}
_TITLE_LENGTH = 31


def annotate(source: Path, out: Path, problems: Sequence[Problem]) -> tuple[str, ...]:
    """Write a copy of ``source`` to ``out`` (.xlsx) with every problem marked in it.

    Gives sentences on what of the user's workbook the copy does not have. Raises RefusedError for
    a file that cannot be opened, OSError if ``out`` cannot be written.
    """
    if not _is_new_excel(source):
        return _annotate_cells(source, out, problems)
    try:
        return _annotate_book(source, out, problems)
    except OSError:
        raise
    except Exception:  # noqa: BLE001 - a file that one library reads can upset the other in any way
        return _annotate_cells(source, out, problems)


def _annotate_cells(source: Path, out: Path, problems: Sequence[Problem]) -> tuple[str, ...]:
    """Mark a new workbook that holds the cells as they were read."""
    book, titles = _book_of(open_file(source).grids)
    _mark(book, problems, titles)
    book.save(out)
    return ("The copy holds the cells as they were read, without the look of your file.",)


def _annotate_book(source: Path, out: Path, problems: Sequence[Problem]) -> tuple[str, ...]:
    """Mark the user's own workbook."""
    with warnings.catch_warnings(record=True) as caught, source.open("rb") as file:
        warnings.simplefilter("always")
        # By its content: the library refuses a file whose ending is wrong.
        book = openpyxl.load_workbook(file, rich_text=True)
    _mark(book, problems, {name: name for name in book.sheetnames})
    book.save(out)
    keep_results(source, out, [page.title for page in book.worksheets])
    return what_was_lost(source, out, [str(one.message) for one in caught])


def _is_new_excel(source: Path) -> bool:
    if source.is_dir() or not zipfile.is_zipfile(source):
        return False
    with zipfile.ZipFile(source) as archive:
        return "xl/workbook.xml" in archive.namelist()


def _book_of(grids: Sequence[Grid]) -> tuple[Workbook, dict[str, str]]:
    """A new workbook with the cells of the grids, and the title of each sheet in it."""
    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    titles: dict[str, str] = {}
    for grid in grids:
        page = book.create_sheet(_free_title(grid.sheet, book.sheetnames))
        titles[grid.sheet] = page.title
        page.sheet_state = "hidden" if grid.hidden else "visible"
        for row, cells in grid.rows.items():
            for column, value in cells.items():
                _write(page.cell(row, column), value)
    return book, titles


def _free_title(name: str, taken: Sequence[str]) -> str:
    plain = "".join("_" if letter in r"[]:*?/\'" else letter for letter in name)
    title = plain[:_TITLE_LENGTH] or "Sheet"
    number = 1
    while title.casefold() in {other.casefold() for other in taken}:
        number += 1
        title = f"{plain[: _TITLE_LENGTH - 4]} {number}"
    return title


def _write(cell: Cell, value: object) -> None:
    """Write a value as it is. Text stays text, whatever it begins with."""
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    else:
        cell.value = value  # type: ignore[assignment]


def _mark(book: Workbook, problems: Sequence[Problem], titles: dict[str, str]) -> None:
    """Colour and note the cells; then put the list before all other sheets."""
    for page in book.worksheets:
        _forget_earlier_marks(page)
    by_cell: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        for place in problem.cells or ((problem.cell,) if problem.cell else ()):
            by_cell.setdefault((problem.sheet or "", place), []).append(problem)
    painter, notes = _Painter(), 0
    for (sheet, place), found in sorted(by_cell.items(), key=_worst_first):
        if titles.get(sheet) not in book.sheetnames:
            continue
        page = book[titles[sheet]]
        if not isinstance(page, Worksheet):
            continue
        cell = _top_left(page, place)
        worst = min((one.severity for one in found), key=_RANK.__getitem__)
        painter.colour(cell, worst)
        if notes < MOST_NOTES:
            _note(cell, found)
            notes += 1
    write_problem_sheet(book, problems, titles, SEVERITY_FILLS)


def _worst_first(item: tuple[tuple[str, str], list[Problem]]) -> tuple[int, str, int, str]:
    (sheet, address), found = item
    letters, row = coordinate_from_string(address)
    return (min(_RANK[one.severity] for one in found), sheet, row, letters.rjust(3))


def _top_left(page: Worksheet, address: str) -> Cell:
    """The cell, or for one inside a merge the one that holds its value: only that takes a note."""
    cell = page[address]
    if isinstance(cell, Cell):
        return cell
    for merged in page.merged_cells.ranges:
        if address in merged:
            return page.cell(merged.min_row, merged.min_col)  # type: ignore[return-value]
    raise KeyError(address)


class _Painter:
    """Colours cells. Cells that look alike share one look, or thousands of them take minutes."""

    def __init__(self) -> None:
        self._looks: dict[tuple[tuple[int, ...], Severity], Any] = {}

    def colour(self, cell: Cell, severity: Severity) -> None:
        """Fill the cell. One with a colour of its own keeps it, as it may be a code: a frame."""
        inside: Any = cell
        before = (tuple(inside._style), severity)
        if before in self._looks:
            inside._style = copy(self._looks[before])
            return
        if cell.fill.fill_type is None:
            cell.fill = PatternFill("solid", fgColor=SEVERITY_FILLS[severity])
        else:
            side = Side(style="thick", color=SEVERITY_BORDERS[severity])
            cell.border = Border(left=side, right=side, top=side, bottom=side)
        self._looks[before] = copy(inside._style)


def _note(cell: Cell, found: Sequence[Problem]) -> None:
    theirs = cell.comment
    said = "\n\n".join(f"{one.severity}: {one.problem} {one.remedy}".strip() for one in found)
    ours = ILLEGAL_CHARACTERS_RE.sub("", f"{NOTE_START}\n{said}")
    text = f"{theirs.text.rstrip()}\n\n{ours}" if theirs is not None else ours
    note = Comment(text, theirs.author or _AUTHOR if theirs is not None else _AUTHOR)
    note.width = 360
    # About 50 letters go on a line of this width.
    note.height = 18 * (2 + sum(1 + len(line) // 50 for line in text.splitlines()))
    cell.comment = note


def _forget_earlier_marks(page: Worksheet) -> None:
    """Take away the notes and colours of an earlier check, so that none outlives its mending."""
    frames = set(SEVERITY_BORDERS.values())
    for cell in list(page._cells.values()):
        theirs = cell.comment
        if theirs is None or NOTE_START not in theirs.text:
            continue
        kept = theirs.text.split(NOTE_START)[0].rstrip()
        cell.comment = Comment(kept, theirs.author) if kept else None
        colour = getattr(cell.fill, "fgColor", None)
        if colour is not None and colour.rgb in OUR_FILLS:
            cell.fill = PatternFill()
        frame = cell.border.left.color if cell.border.left is not None else None
        if frame is not None and frame.rgb in frames:
            cell.border = Border()
