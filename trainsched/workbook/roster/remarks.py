"""What has to be said of a roster sheet: headings that were mended or not read, marks, colours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from trainsched.domain.calendar import PlanCalendar
from trainsched.domain.problems import Place, Severity
from trainsched.workbook.cells.text import text_of
from trainsched.workbook.grid import Cells, address
from trainsched.workbook.names import key_of
from trainsched.workbook.problem_list import ProblemList
from trainsched.workbook.roster.block import Block
from trainsched.workbook.roster.view import View

_IDENTIFYING = frozenset(
    key_of(word)
    for word in ("name", "person", "id", "staff_id", "staff", "trainee_id", "trainee", "employee")
)
NO_PERSON = (
    "This is a post without a named person (a vacancy, bank or agency), so its entries were "
    "skipped."
)
NO_PERSON_REMEDY = "Put the person on the Staff sheet and write their name if somebody is in post."
_WORDS_OF_A_SENTENCE = 3
_DATE_REMEDY = "If it is a date, write it as a real date or with the day first: 01/09/2026."


@dataclass
class Remarks:
    """Notes problems of a sheet as a whole."""

    view: View
    problems: ProblemList
    calendar: PlanCalendar

    @property
    def is_marked(self) -> bool:
        """Whether any cell of the sheet is struck through, or holds an error."""
        return bool(self.view.grid.struck or self.view.grid.faults)

    def trouble(self, row: int, column: int) -> tuple[str, str] | None:
        """Why what a cell holds cannot be taken as it stands, and the remedy; None if it can."""
        key = self._key(row, column)
        fault = self.view.grid.faults.get(key)
        if fault is not None:
            return fault.rstrip("."), "Open the workbook in Excel, mend the cell and save it."
        if key in self.view.grid.struck:
            return (
                "The entry is struck through, so whether it holds is not known",
                "Clear the cell, or take the line out of it.",
            )
        return None

    def _key(self, row: int, column: int) -> tuple[int, int]:
        return (column, row) if self.view.turned else (row, column)

    def headings(self, block: Block) -> None:
        """Say which headings were mended, which could not be read, and which are no dates."""
        for column, day in block.mended.items():
            self.mended(block.primary, column, day)
        if block.month_first:
            self._month_first(block)
        if block.read_month_first:
            self._read_month_first(block)
        for column in () if block.month_first else block.lost:
            self.lost(block.primary, column)
        self._weekday_slips(block)
        if block.guessed_weeks:
            self.problems.warning(
                self.view.place(block.primary, block.first_column),
                "The dates are all Mondays, one a week, so each entry was read as holding for the "
                "whole week.",
                "Write 'w/c' before the dates if that is so, or put in the other days.",
            )
        if not self.view.turned:
            self._unread_columns(block)

    def _month_first(self, block: Block) -> None:
        self.problems.add(
            Severity.ERROR,
            self.view.place(block.primary, block.first_column),
            "These dates are a month apart if read with the day first, and days that follow each "
            "other with the month first, so none of them was read.",
            "Write them as real dates, or with the day first: 31/12/2026.",
            cells=[self.view.cell_name(block.primary, column) for column in block.lost],
        )

    def _read_month_first(self, block: Block) -> None:
        self.problems.add(
            Severity.WARNING,
            self.view.place(block.primary, block.first_column),
            "Some of these dates are none with the day first, and all follow each other with the "
            "month first, so all were read with the month first.",
            "Write them as real dates, or with the day first: 31/12/2026.",
            cells=[self.view.cell_name(block.primary, c) for c in block.read_month_first],
        )

    def mended(self, row: int, column: int, day: date) -> None:
        """A date that was mistyped and that its neighbours settle."""
        self.problems.warning(
            self.view.place(row, column),
            f"This date does not fit the dates beside it; it was read as {day:%a %d/%m/%Y}.",
            "Mend the date.",
            self.view.cells(row).get(column),
        )

    def lost(self, row: int, column: int) -> None:
        """A heading of which no date can be told for sure."""
        fault = self.view.grid.faults.get(self._key(row, column))
        if fault is not None:
            self.problems.warning(
                self.view.place(row, column),
                f"{fault} It was to be a date; the entries that belong to it were not read.",
                "Open the workbook in Excel and save it, or write the date itself.",
                self.view.cells(row).get(column),
            )
            return
        self.problems.warning(
            self.view.place(row, column),
            "This date does not fit the dates beside it, and what it should be is not plain, so "
            "the entries that belong to it were not read.",
            "Mend the date.",
            self.view.cells(row).get(column),
        )

    def _weekday_slips(self, block: Block) -> None:
        for one in block.columns:
            clue = self.view.clue(block.primary, one.column)
            if (
                clue is not None
                and clue.weekday is not None
                and not clue.broken
                and not block.whole_weeks
                and clue.weekday != one.date.weekday()
                and one.column not in block.mended
            ):
                self.problems.warning(
                    self.view.place(block.primary, one.column),
                    f"The weekday does not fit the date: {one.date:%d/%m/%Y} is a "
                    f"{one.date:%A}. The date was followed.",
                    "Mend the weekday or the date.",
                    self.view.cells(block.primary).get(one.column),
                )  # fmt: skip

    def _unread_columns(self, block: Block) -> None:
        view = self.view
        known = block.data_columns | set(block.lost)
        headings = range(block.first_heading, block.first_row)
        heading = view.cells(block.primary)
        filled = {c for row, cells in view.rows.items() if row >= block.first_row for c in cells}
        labels = set(block.labels)
        for column, value in heading.items():
            text = text_of(value)
            if column in known or column == 1 or key_of(text) in _IDENTIFYING or column in labels:
                continue
            if column < block.first_column or (
                column > block.last_column and not self._is_last(block)
            ):
                continue
            if (clue := view.clue(block.primary, column)) is not None and clue.is_month:
                continue
            looks_dated = any(letter.isdigit() for letter in text) and column in filled
            self.problems.add(
                Severity.WARNING if looks_dated else Severity.NOTICE,
                view.place(block.primary, column),
                f"The column '{text}' is under no date, so it was not read.",
                _DATE_REMEDY if looks_dated else "",
                value=text,
            )
        for column in sorted(filled - known - set(heading)):
            if block.first_column < column < block.last_column and not any(
                column in view.cells(row) for row in headings
            ):
                self.problems.warning(
                    view.place(block.primary, column),
                    "Cells under this blank header were not read.",
                    "Write the date above them, or clear them.",
                )

    def _is_last(self, block: Block) -> bool:
        return not any(
            self.view.clue(block.primary, column) is not None
            for column in self.view.cells(block.primary)
            if column > block.last_column
        )

    # ------------------------------------------------------------------ rows

    def placeholder(self, row: int, column: int) -> None:
        """A row of a post without a person."""
        self.problems.add(
            Severity.NOTICE,
            self.view.place(row, column),
            NO_PERSON,
            NO_PERSON_REMEDY,
        )

    def beside_name(self, row: int, column: int) -> None:
        """Words beside a name."""
        self.problems.add(
            Severity.NOTICE,
            self.view.place(row, column),
            "Words beside the name were not read.",
            "If they change when the person works, write it in the grid or on the Staff sheet.",
        )

    def sentences(self, row: int, cells: Cells, block: Block) -> None:
        """Sentences right of the last date, in the row of a person."""
        last = block.last_column
        if max(cells) <= last or not self._is_last(block):
            return
        beyond = [
            column
            for column, value in cells.items()
            if column > last
            and isinstance(value, str)
            and len(value.split()) >= _WORDS_OF_A_SENTENCE
        ]
        self.words_beside(row, beyond)

    def words_beside(self, row: int, columns: Sequence[int]) -> None:
        """Words in a line of their own, or beside the entries of a grid."""
        if columns:
            self.problems.add(
                Severity.NOTICE,
                Place(sheet=self.view.grid.sheet),
                "Words beside the entries were not read.",
                "Write into the entries what should count.",
                cells=[self.view.cell_name(row, column) for column in columns],
            )

    def tally(self, row: int, column: int) -> None:
        """A person's row in a block of counts or notes below the grid."""
        self.problems.add(
            Severity.NOTICE,
            self.view.place(row, column),
            "These rows below the grid look like a tally or notes, so they were not read.",
            "Move them to another sheet, or write their dates above them if they are a roster.",
        )

    def comments(self, used_rows: set[int]) -> None:
        """Comments in rows that were used: they may change what a cell means."""
        grid = self.view.grid
        if grid.comments:
            marked = sorted(key for key in grid.comments if key[0] in used_rows)
            if marked:
                self.problems.add(
                    Severity.NOTICE,
                    Place(sheet=grid.sheet),
                    f"{len(marked)} cell{'s carry' if len(marked) > 1 else ' carries'} a comment, "
                    "which was not read.",
                    "Write into the cell what should count.",
                    cells=[address(*key) for key in marked],
                )

    def looks(self, rows: set[int], columns: set[int]) -> None:
        """Colours of rules and of letters in entries that were read, of which we know nothing.

        ``rows`` and ``columns`` are those of the view that hold entries.
        """
        grid = self.view.grid
        if self.view.turned:
            rows, columns = columns, rows
        if any(_meets(area, rows, columns) for area in grid.ruled):
            self.problems.add(
                Severity.NOTICE,
                Place(sheet=grid.sheet),
                "Rules colour cells of this roster (conditional formatting). Such colours are not "
                "in the cells and were not read.",
                "Where only such a colour says something, write it into the cell.",
            )
        entries = sum(
            len(columns & cells.keys()) for row, cells in grid.rows.items() if row in rows
        )
        marked = sorted(one for one in grid.lettered if one[0] in rows and one[1] in columns)
        # Where most entries are so, it is only how the sheet looks.
        if marked and 2 * len(marked) <= entries:
            self.problems.add(
                Severity.NOTICE,
                Place(sheet=grid.sheet),
                f"{len(marked)} entr{'ies are' if len(marked) > 1 else 'y is'} in bold or coloured "
                "letters, which was not read.",
                "If that says something, such as a duty on call, write it into the cells.",
                cells=[address(*key) for key in marked],
            )


def _meets(area: tuple[int, int, int, int], rows: set[int], columns: set[int]) -> bool:
    first_row, first_column, last_row, last_column = area
    return any(first_row <= row <= last_row for row in rows) and any(
        first_column <= column <= last_column for column in columns
    )
