"""Rosters laid out as grids: people and dates, or duties and dates with names in the cells."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from openpyxl.utils import get_column_letter

from trainsched.domain.calendar import PlanCalendar
from trainsched.domain.problems import Place, Severity
from trainsched.workbook.cells.text import text_of
from trainsched.workbook.grid import Cells, Grid
from trainsched.workbook.person_index import Found, PersonIndex
from trainsched.workbook.problem_list import ProblemList
from trainsched.workbook.roster.block import Block
from trainsched.workbook.roster.codebook import CodeBook
from trainsched.workbook.roster.colours import Colours
from trainsched.workbook.roster.headings import Headings
from trainsched.workbook.roster.names_in_cells import DutyRows
from trainsched.workbook.roster.remarks import Remarks
from trainsched.workbook.roster.row_labels import (
    ends_the_grid,
    is_total,
    looks_like_a_tally,
)
from trainsched.workbook.roster.statements import Statements
from trainsched.workbook.roster.unknown_rows import UnknownRows
from trainsched.workbook.roster.view import View, view_of
from trainsched.workbook.roster.week_rows import Column, WeekRows
from trainsched.workbook.roster.whose_row import WhoseRow


@dataclass
class WideRoster:
    """A roster laid out as grids, and all that its reading needs."""

    grid: Grid
    calendar: PlanCalendar
    people: PersonIndex
    codes: CodeBook
    statements: Statements
    problems: ProblemList
    used_rows: set[int] = field(default_factory=set)
    outside: dict[str, date] = field(default_factory=dict)
    unmatched: list[str] = field(default_factory=list)
    filled_outside: int = 0
    _read_lines: set[int] = field(default_factory=set)
    _date_lines: set[int] = field(default_factory=set)

    @cached_property
    def view(self) -> View:
        """The sheet with its dates across."""
        return view_of(self.grid)

    @cached_property
    def headings(self) -> Headings:
        """The reader of the sheet's headings."""
        return Headings(self.view, self.calendar, self._is_person)

    @cached_property
    def remarks(self) -> Remarks:
        """What is said of the sheet as a whole."""
        return Remarks(self.view, self.problems, self.calendar)

    @cached_property
    def colours(self) -> Colours:
        """What blank cells say by their colour."""
        return Colours(self.view, self.calendar, self.codes, self.statements, self.problems)

    @cached_property
    def whose(self) -> WhoseRow:
        """The judge of whose row it is."""
        return WhoseRow(self.view, self.people, self.calendar)

    @cached_property
    def unknown_rows(self) -> UnknownRows:
        """The judge of rows of nobody that is known."""
        return UnknownRows(self.view, self.calendar, self.people, self.codes, self.problems)

    @cached_property
    def duty_rows(self) -> DutyRows:
        """The reader of rows with names in their cells."""
        return DutyRows(self.view, self.people, self.codes, self.statements, self.problems)

    def _is_person(self, text: str) -> bool:
        return self.people.find(text_of(text)) is not None

    def read(self) -> tuple[int, list[str]]:
        """Read all rows. Gives the number of dates passed over, and cells of unmatched persons."""
        blocks: list[Block] = []
        above: list[int] = []
        columns: list[WeekRows] = []
        found = ended = False
        for row in self.view.row_numbers:
            if blocks and row < blocks[0].first_row:
                continue
            cells = self.view.cells(row)
            known = [self.whose.found(cells, block) for block in blocks]
            own_week = any(one.names_a_week(row) for one in columns)
            nobody = not any(one and one.person_id for one in known)
            if nobody and not own_week and not self._is_total_row(cells):
                opened = self.headings.blocks_at(row, above[-8:])
                if opened:
                    found, ended, above, blocks = True, False, [], opened
                    columns = [self._open(block) for block in blocks]
                    continue
                above.append(row)
                ended = ended or (bool(blocks) and ends_the_grid(cells))
            else:
                above = []
            for number, block in enumerate(blocks):
                self._take(
                    row, cells, block, columns[number].columns_of(row), known[number], ended=ended
                )
        if not found:
            self._no_dates()
            return 0, []
        self.colours.settle(self._heading_row)
        self.remarks.comments(self.used_rows)
        self.remarks.looks(self._read_lines, self._date_lines)
        if self.outside:
            self._note_outside()
        self.unmatched += self.duty_rows.unmatched
        return len(set(self.outside.values())), self.unmatched

    def _no_dates(self) -> None:
        self.problems.error(
            Place(sheet=self.grid.sheet, cell="A1"),
            f"No row of dates was found on the sheet {self.grid.sheet}.",
            "Write a date above every column, as a real date or with the day first "
            "(01/09/2026), or use the columns staff_id, date, period, code.",
        )

    @staticmethod
    def _is_total_row(cells: Cells) -> bool:
        return is_total(next(iter(cells.values())))

    # ------------------------------------------------------------------ headings

    def _open(self, block: Block) -> WeekRows:
        """The columns to read, with their letters; what is strange about them is noted."""
        columns: list[Column] = []
        for one in block.columns:
            if self.calendar.holds(one.date):
                letter = "" if self.view.turned else get_column_letter(one.column)
                columns.append((one.column, one.date, one.periods, letter))
            elif not block.whole_weeks:
                self.outside[self.view.cell_name(block.primary, one.column)] = one.date
        self._date_lines |= block.data_columns
        self.remarks.headings(block)
        self._heading_row = block.primary
        return WeekRows(self.view, block, self.calendar, self.remarks, columns, self.outside)

    # ------------------------------------------------------------------ rows

    def _take(
        self,
        row: int,
        cells: Cells,
        block: Block,
        columns: list[Column],
        found: Found | None,
        *,
        ended: bool,
    ) -> None:
        labels = {c: text_of(cells[c]) for c in block.labels if c in cells}
        periods, labels = self.whose.periods(labels)
        person_id = found.person_id if found is not None else None
        if person_id is None and periods and not labels:
            person_id = self._last_person
        if person_id is None:
            person_id = self.whose.of_sheet(labels, block)
        if person_id is not None:
            if ended and looks_like_a_tally(cells, columns, self.codes):
                self.remarks.tally(row, min(cells))
                return
            self._last_person = person_id
            if block.weekdays and not columns:
                self._no_week(row, cells, block)
                return
            self._read_row(row, cells, person_id, columns, periods)
            self.filled_outside += sum(one.column in cells for one in block.columns) - sum(
                column in cells for column, *_ in columns
            )
            if found is not None and found.note:
                self.remarks.beside_name(row, min(labels, default=min(cells)))
            self.colours.row(row, cells, person_id, columns, periods)
            self.remarks.sentences(row, cells, block)
            return
        self._last_person = None
        self._read_other_row(row, cells, block, columns, labels, periods, ended=ended)

    _last_person: str | None = None
    _heading_row: int = 0

    def _no_week(self, row: int, cells: Cells, block: Block) -> None:
        """A person's row under weekdays of which no week is known."""
        filled = [column for column in block.weekdays if column in cells]
        if filled and not any(
            self.view.cell_name(row, column) in self.outside for column in filled
        ):
            self.problems.error(
                self.view.place(row, min(filled)),
                "Only weekdays stand above these cells, and which week they are of is not said, so "
                "they were not read.",
                "Write a date above every column, or w/c and the week's first day in the title, in "
                "the sheet's name or in a column of its own.",
            )

    def _read_row(
        self,
        row: int,
        cells: Cells,
        person_id: str,
        columns: Sequence[Column],
        own: tuple[str, ...] | None,
    ) -> None:
        sheet, take, turned = self.grid.sheet, self.statements.take, self.view.turned
        marked = self.remarks.is_marked
        self._read_lines.add(row)
        if not turned:
            self.used_rows.add(row)
        for column, day, periods, letter in columns:
            value = cells.get(column)
            if value is None:
                continue
            text = value if isinstance(value, str) else text_of(value)
            name = self.view.cell_name(row, column) if turned else f"{letter}{row}"
            if turned:
                self.used_rows.add(column)
            if own is not None:
                periods = tuple(p for p in own if periods is None or p in periods)  # noqa: PLW2901
            trouble = self.remarks.trouble(row, column) if marked else None
            if trouble is not None:
                self.statements.doubt(person_id, day, periods, text, sheet, name, *trouble)
                continue
            take(person_id, day, periods, text.strip(), sheet, name)

    def _read_other_row(
        self,
        row: int,
        cells: Cells,
        block: Block,
        columns: list[Column],
        labels: dict[int, str],
        periods: tuple[str, ...] | None,
        *,
        ended: bool,
    ) -> None:
        """A row of nobody that is known: a vacancy, a duty, somebody unknown, or only words."""
        placeholder = next(
            (c for c, text in labels.items() if self.people.look_up(text).placeholder), None
        )
        if placeholder is not None:
            if any(column in cells for column, *_ in columns):
                self.remarks.placeholder(row, placeholder)
            return
        label = next((text for text in labels.values()), "")
        if is_total(label):
            return
        code = next((text for text in labels.values() if self.codes.knows(text)), label)
        if self.duty_rows.read(row, cells, block, columns, code, periods, self.used_rows):
            return
        below = ended and looks_like_a_tally(cells, columns, self.codes)
        if not below and self.unknown_rows.looks_like_somebody(cells, block, labels):
            self.unmatched.append(self.unknown_rows.ask(row, cells, labels))
        elif self.view.turned and not ended and not labels:
            self.remarks.words_beside(row, [c for c, *_ in columns if c in cells])

    def _note_outside(self) -> None:
        dates = len(set(self.outside.values()))
        filled = self.filled_outside
        self.problems.add(
            Severity.NOTICE,
            Place(sheet=self.grid.sheet),
            f"{dates} date{'s' if dates > 1 else ''} outside the plan "
            f"({filled} filled cell{'' if filled == 1 else 's'}) passed over.",
            "Change start_date or weeks on the Settings sheet if they should count.",
            cells=list(self.outside),
        )
