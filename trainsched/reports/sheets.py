"""How our result workbooks look: headings, widths, filters, print set-up; the same bytes always."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from textwrap import wrap
from typing import Literal

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from trainsched.workbook.write import CellValue

Cell = CellValue
CellKind = Literal["text", "wrapped", "date", "whole", "hours", "share", "number"]

NUMBER_KINDS: tuple[CellKind, ...] = ("whole", "hours", "share", "number")

A4 = 9
LINE_HEIGHT = 15
FILL_OF_A_LINE = 0.95
"""Words do not fill a line to its end."""
FILTER_BUTTON = 4
"""Characters that the filter's button takes of a heading."""
NARROWEST, WIDEST = 7, 44
SHORT_HEADING = 16
"""Characters with the button: longer headings may take several lines."""
FIRST_ROWS = 500
"""Widths are taken from this many rows: enough to look right, quick on large plans."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet; ``width`` in characters, None: as wide as what it holds."""

    title: str
    kind: CellKind = "text"
    width: float | None = None


class Styles:
    """The cell formats of a result workbook."""

    def __init__(self, book: Workbook) -> None:
        base = {"valign": "top"}
        right = {**base, "align": "right", "indent": 1}
        heading = {
            "bold": True,
            "bg_color": "#1D4F7C",
            "font_color": "#FFFFFF",
            "text_wrap": True,
        }
        self.heading: Format = book.add_format({**base, **heading, "border": 1})
        # Set in from the right, where the filter's button is.
        self.number_heading: Format = book.add_format(
            {**base, **heading, "border": 1, "align": "right", "indent": 2}
        )
        self.title: Format = book.add_format({"bold": True, "font_size": 16})
        self.question: Format = book.add_format({"bold": True, "font_size": 12, **base})
        self.strong: Format = book.add_format({**base, "bold": True, "text_wrap": True})
        self.bold: Format = book.add_format({"bold": True})
        self.plain: Format = book.add_format({})
        self.alarm: Format = book.add_format(
            {**base, "bold": True, "font_color": "#9C0006", "bg_color": "#FFC7CE"}
        )
        self.kinds: dict[CellKind, Format] = {
            "text": book.add_format({**base, "num_format": "@"}),
            "wrapped": book.add_format({**base, "text_wrap": True}),
            "date": book.add_format({**base, "num_format": "dd/mm/yyyy", "align": "left"}),
            "whole": book.add_format({**right, "num_format": "#,##0"}),
            "number": book.add_format({**right, "num_format": "General"}),
            "share": book.add_format({**right, "num_format": "0%"}),
            "hours": book.add_format({**right, "num_format": "#,##0.0"}),
        }


def write_sheet(
    book: Workbook,
    styles: Styles,
    name: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    *,
    frozen_columns: int = 0,
) -> Worksheet:
    """Write a sheet with one heading row: frozen, filtered, ready to print across one page."""
    page = book.add_worksheet(name)
    lines_of_heading = 1
    for position, column in enumerate(columns):
        of_numbers = column.kind in NUMBER_KINDS
        style = styles.number_heading if of_numbers else styles.heading
        page.write_string(0, position, column.title, style)
        width = column.width or fitting_width(column, position, rows)
        page.set_column(position, position, width)
        lines_of_heading = max(lines_of_heading, len(heading_lines(column.title, width)))
    if lines_of_heading > 1:
        page.set_row(0, LINE_HEIGHT * lines_of_heading)
    for number, row in enumerate(rows, start=1):
        lines = lines_needed(columns, row)
        if lines > 1:
            page.set_row(number, LINE_HEIGHT * lines)
        for position, (column, value) in enumerate(zip(columns, row, strict=True)):
            write_cell(page, number, position, value, styles.kinds[column.kind])
    page.freeze_panes(1, frozen_columns)
    page.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    set_up_print(page, name)
    page.repeat_rows(0)
    return page


def write_cell(page: Worksheet, row: int, position: int, value: Cell, style: Format) -> None:
    """Write one value by its type; text is always text, whatever it begins with."""
    if value is None or value == "":
        page.write_blank(row, position, None, style)
    elif isinstance(value, date):
        page.write_datetime(row, position, value, style)
    elif isinstance(value, str):
        page.write_string(row, position, value, style)
    else:
        page.write_number(row, position, value, style)


def lines_needed(columns: Sequence[Column], row: Sequence[Cell]) -> int:
    """How many lines the longest wrapped text of a row takes; not every program works it out."""
    return max(
        (
            ceil(len(value) / (column.width * FILL_OF_A_LINE))
            for column, value in zip(columns, row, strict=True)
            if column.kind == "wrapped" and column.width and isinstance(value, str)
        ),
        default=1,
    )


def fitting_width(column: Column, position: int, rows: Sequence[Sequence[Cell]]) -> float:
    """A width that shows the values of the first rows, and the heading in a few lines."""
    longest = max(len(word) for word in column.title.split()) + FILTER_BUTTON
    if len(column.title) + FILTER_BUTTON <= SHORT_HEADING:
        longest = len(column.title) + FILTER_BUTTON
    if column.kind == "date":
        return max(longest, 12)
    for row in rows[:FIRST_ROWS]:
        longest = max(longest, len(str(row[position] if row[position] is not None else "")) + 2)
    return min(max(longest, NARROWEST), WIDEST)


def heading_lines(title: str, width: float) -> list[str]:
    """The lines of a heading in a column of that width, beside the filter's button."""
    return wrap(title, max(int(width) - FILTER_BUTTON, 1), break_long_words=False)


def set_up_print(page: Worksheet, name: str) -> None:
    """A4 across, one page wide, with the sheet's name and page numbers."""
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.set_footer(f"&L{name.replace('&', '&&')}&RPage &P of &N")
