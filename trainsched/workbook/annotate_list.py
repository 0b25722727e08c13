"""The sheet of an annotated workbook that lists all its problems, with links to the cells."""

from collections.abc import Mapping, Sequence

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from trainsched.domain.problems import Problem, Severity

PROBLEMS_SHEET = "Problems"
TITLE = "Problems found by trainsched check"
_HEADERS = (
    ("severity", 11),
    ("sheet", 16),
    ("cell", 9),
    ("all cells", 22),
    ("value", 22),
    ("problem", 58),
    ("remedy", 48),
)
_HEADER_ROW = 4
_LINK = 3
_CELLS_SHOWN = 30
_FONT = "Calibri"
_LINE_POINTS = 15
_LONGEST_TEXT = 32_000
"""Excel holds 32,767 letters in a cell."""


def write_problem_sheet(
    book: Workbook,
    problems: Sequence[Problem],
    titles: Mapping[str, str],
    fills: Mapping[Severity, str],
) -> None:
    """Put the list first in the workbook. An earlier list of ours makes room for it.

    ``titles``: the name in this workbook of each sheet that a problem may name.
    """
    for old in book.worksheets:
        if old.title.startswith(PROBLEMS_SHEET) and old["A1"].value == TITLE:
            book.remove(old)
    taken = {name.casefold() for name in book.sheetnames}
    name, number = PROBLEMS_SHEET, 1
    while name.casefold() in taken:
        number += 1
        name = f"{PROBLEMS_SHEET} {number}"
    page = book.create_sheet(name, 0)
    _write_words(page, problems)
    for column, (header, width) in enumerate(_HEADERS, start=1):
        cell = page.cell(_HEADER_ROW, column, header)
        cell.font = Font(name=_FONT, bold=True)
        cell.fill = PatternFill("solid", fgColor="FFBCD2E8")
        page.column_dimensions[cell.column_letter].width = width
    for row, problem in enumerate(problems, start=_HEADER_ROW + 1):
        _write_row(page, row, problem, titles, fills)
    last = _HEADER_ROW + max(len(problems), 1)
    page.freeze_panes = f"A{_HEADER_ROW + 1}"
    page.auto_filter.ref = f"A{_HEADER_ROW}:G{last}"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"
    _show_first(book)


def _write_words(page: Worksheet, problems: Sequence[Problem]) -> None:
    page["A1"] = TITLE
    page["A1"].font = Font(name=_FONT, bold=True, size=14)
    counts = [
        f"{severity}: {sum(one.severity is severity for one in problems)}" for severity in Severity
    ]
    page["A2"] = ", ".join(counts).capitalize() + (
        ". Click a cell's address to go there. Only errors stop a plan."
        if problems
        else ". Nothing needs mending."
    )


def _write_row(
    page: Worksheet,
    row: int,
    problem: Problem,
    titles: Mapping[str, str],
    fills: Mapping[Severity, str],
) -> None:
    rest = len(problem.cells) - _CELLS_SHOWN
    listed = ", ".join(problem.cells[:_CELLS_SHOWN]) + (f" and {rest} more" if rest > 0 else "")
    values = (
        str(problem.severity),
        problem.sheet or "(the whole file)",
        problem.cell or "",
        listed,
        problem.value or "",
        problem.problem,
        problem.remedy,
    )
    for column, value in enumerate(values, start=1):
        if not value:
            continue
        cell = page.cell(row, column)
        # Set as text by hand: the library would take a value such as =1+1 for a formula.
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST_TEXT]
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
        cell.font = Font(name=_FONT)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    # Not every program fits the height of a row to its wrapped text by itself.
    lines = max(1 + len(value) // width for value, (_, width) in zip(values, _HEADERS, strict=True))
    page.row_dimensions[row].height = _LINE_POINTS * min(lines, 20)
    page.cell(row, 1).fill = PatternFill("solid", fgColor=fills[problem.severity])
    if problem.sheet is not None and problem.sheet in titles:
        _link(page, row, titles[problem.sheet], problem.cell)


def _link(page: Worksheet, row: int, title: str, address: str | None) -> None:
    quoted = title.replace("'", "''")
    cell = page.cell(row, _LINK if address else 2)
    cell.hyperlink = Hyperlink(
        ref=cell.coordinate, location=f"'{quoted}'!{address or 'A1'}", display=str(cell.value)
    )
    cell.font = Font(name=_FONT, color="FF0563C1", underline="single")


def _show_first(book: Workbook) -> None:
    """Let the list be what is seen on opening, and no other sheet be selected with it."""
    book.active = 0
    for number, page in enumerate(book.worksheets):
        page.sheet_view.tabSelected = number == 0
