"""Wide rosters: a person in the first column, dates across, perhaps periods below the dates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from openpyxl.utils import get_column_letter

from trainsched.domain.calendar import PlanCalendar
from trainsched.domain.problems import Place, Severity
from trainsched.workbook.cells.dates import date_or_none
from trainsched.workbook.cells.days import period_or_none, weekday_or_none
from trainsched.workbook.cells.text import text_of
from trainsched.workbook.grid import Cells, Grid, address
from trainsched.workbook.names import key_of
from trainsched.workbook.person_index import PersonIndex
from trainsched.workbook.problem_list import ProblemList
from trainsched.workbook.roster.codebook import CodeBook
from trainsched.workbook.roster.statements import Statements
from trainsched.workbook.tables import HEADER_SEARCH_ROWS

_NOT_PEOPLE = frozenset(
    {"total", "sum", "count", "key", "legend", "note", "minimum", "min", "date", "day", "week",
     "staffing", "required", "name", "person", "staff", "period", "session"}
)  # fmt: skip
_IDENTIFYING = frozenset(
    key_of(word)
    for word in ("name", "person", "id", "staff_id", "staff", "trainee_id", "trainee", "employee")
)


@dataclass(slots=True)
class _Block:
    """The columns of a grid: which date, and which period if not the whole day."""

    header_row: int
    first_row: int
    dates: dict[int, date] = field(default_factory=dict)
    periods: dict[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def first_column(self) -> int:
        return min(self.dates)


@dataclass(slots=True)
class WideRoster:
    """A wide roster and all that its reading needs."""

    grid: Grid
    calendar: PlanCalendar
    people: PersonIndex
    codes: CodeBook
    statements: Statements
    problems: ProblemList
    used_rows: set[int] = field(default_factory=set)

    def read(self) -> tuple[int, list[str]]:
        """Read all rows. Gives the number of dates passed over, and cells of unmatched persons."""
        block = self._find_block(1, HEADER_SEARCH_ROWS)
        if block is None:
            self.problems.error(
                Place(sheet=self.grid.sheet, cell="A1"),
                f"No row of dates was found on the sheet {self.grid.sheet}.",
                "Write a date above every column, as a real date or with the day first "
                "(01/09/2026), or use the columns staff_id, date, period, code.",
            )
            return 0, []
        outside: dict[str, date] = {}
        filled = 0
        unmatched: list[str] = []
        columns = self._open_block(block, outside)
        for number, cells in self.grid.rows.items():
            if number < block.first_row or number in self.grid.hidden_rows:
                continue
            person_id = self._person(cells, block)
            if person_id is not None:
                self.used_rows.add(number)
                filled += self._read_row(number, cells, person_id, block, columns)
                continue
            again = self._block_at(number)
            if again is not None:
                block = again
                columns = self._open_block(block, outside)
            elif self._asks_for_somebody(cells, block):
                unmatched.append(self._ask(number, cells))
        if outside:
            self._note_outside(outside, filled)
        return len(set(outside.values())), unmatched

    def _find_block(self, first: int, last: int) -> _Block | None:
        for number in self.grid.rows:
            if first <= number <= last and number not in self.grid.hidden_rows:
                block = self._block_at(number)
                if block is not None:
                    return block
        return None

    def _block_at(self, number: int) -> _Block | None:
        """The block whose dates stand in this row, if the row is one of dates."""
        cells = self.grid.cells(number)
        first = next(iter(cells))
        dates = {
            column: day
            for column, value in cells.items()
            if column > 1 and (day := date_or_none(value)) is not None
        }
        others = sum(column > 1 and column != first for column in cells)
        if not dates or (first in dates and first > 1 and len(dates) < others):
            return None
        before = sum(1 < column < min(dates) for column in cells)
        if 3 * len(dates) < others - before:
            return None
        block = _Block(header_row=number, first_row=number + 1, dates=dates)
        self._read_lower_headers(block)
        return block

    def _read_lower_headers(self, block: _Block) -> None:
        """Rows of periods or weekdays below the dates."""
        names = self.calendar.period_names
        while True:
            cells = self.grid.cells(block.first_row)
            under = {c: text_of(v) for c, v in cells.items() if c >= block.first_column}
            if not under or any(c < block.first_column for c in cells if not _is_label(cells[c])):
                return
            periods = {c: period_or_none(text, names) for c, text in under.items()}
            if all(periods.values()):
                self._spread_dates(block, list(under))
                block.periods = {c: (p,) for c, p in periods.items() if p and c in block.dates}
            elif any(weekday_or_none(text) is None for text in under.values()):
                return
            block.first_row += 1

    def _spread_dates(self, block: _Block, columns: Sequence[int]) -> None:
        """A date stands over all period columns up to the next date."""
        known = sorted(block.dates)
        header = self.grid.cells(block.header_row)
        for column in columns:
            if column not in block.dates and column not in header:
                left = [other for other in known if other < column]
                if left:
                    block.dates[column] = block.dates[left[-1]]

    def _open_block(
        self, block: _Block, outside: dict[str, date]
    ) -> list[tuple[int, date, tuple[str, ...] | None, str]]:
        """The columns to read, with their letters; columns that are not read are noted."""
        columns = []
        for column in sorted(block.dates):
            day = block.dates[column]
            if self.calendar.holds(day):
                letter = get_column_letter(column)
                columns.append((column, day, block.periods.get(column), letter))
            else:
                outside[address(block.header_row, column)] = day
        self._note_unread_columns(block)
        return columns

    def _note_unread_columns(self, block: _Block) -> None:
        filled = {column for row, cells in self.grid.rows.items() if row >= block.first_row
                  for column in cells}  # fmt: skip
        for column, value in self.grid.cells(block.header_row).items():
            text = text_of(value)
            if column in block.dates or column == 1 or key_of(text) in _IDENTIFYING:
                continue
            place = Place(sheet=self.grid.sheet, cell=address(block.header_row, column))
            problem = f"The column '{text}' is under no date, so it was not read."
            looks_dated = any(letter.isdigit() for letter in text) and column in filled
            severity = Severity.WARNING if looks_dated else Severity.NOTICE
            remedy = "If it is a date, write it as a real date or with the day first: 01/09/2026."
            self.problems.add(severity, place, problem, remedy if looks_dated else "", value=text)
        for column in sorted(filled - set(block.dates) - set(self.grid.cells(block.header_row))):
            if column > block.first_column:
                place = Place(sheet=self.grid.sheet, cell=address(block.header_row, column))
                self.problems.warning(
                    place,
                    "Cells under this blank header were not read.",
                    "Write the date above them, or clear them.",
                )

    def _person(self, cells: Cells, block: _Block) -> str | None:
        for column, value in cells.items():
            if column >= block.first_column:
                return None
            found = self.people.find(text_of(value))
            if found is not None:
                return found
        return None

    def _read_row(
        self,
        number: int,
        cells: Cells,
        person_id: str,
        block: _Block,
        columns: Sequence[tuple[int, date, tuple[str, ...] | None, str]],
    ) -> int:
        """Take the row's cells; gives how many filled ones are outside the plan."""
        sheet, take = self.grid.sheet, self.statements.take
        inside = 0
        for column, day, periods, letter in columns:
            value = cells.get(column)
            if value is not None:
                inside += 1
                text = value if isinstance(value, str) else text_of(value)
                take(person_id, day, periods, text.strip(), sheet, f"{letter}{number}")
        return sum(column in block.dates for column in cells) - inside

    def _asks_for_somebody(self, cells: Cells, block: _Block) -> bool:
        """Whether an unmatched row looks like a person's, not like a heading, total or note."""
        said = [text_of(value) for column, value in cells.items() if column in block.dates]
        labels = [text_of(v) for column, v in cells.items() if column < block.first_column]
        if not said:
            return False
        names = self.calendar.period_names
        if not labels:
            return not all(
                weekday_or_none(text) is not None
                or period_or_none(text, names)
                or text.replace(".", "").isdigit()
                for text in said
            )
        label = labels[0]
        if all(text == label for text in said) or _is_label(label):
            return False
        return not (len(said) <= 1 and self.codes.knows(label))

    def _ask(self, number: int, cells: Cells) -> str:
        column = min(cells)
        text = text_of(cells[column]) if column < 2 else ""
        cell = address(number, 1)
        self.problems.add(
            Severity.QUESTION,
            Place(sheet=self.grid.sheet, cell=cell),
            "Who is this? Nobody on the Staff and Trainees sheets has this id or exact name, or "
            "more than one has, so the row was not used.",
            self.people.proposal(text) if text else "Write the person's id in the first column.",
            value=text or None,
        )
        return f"{self.grid.sheet}!{cell}"

    def _note_outside(self, outside: Mapping[str, date], filled: int) -> None:
        dates = len(set(outside.values()))
        self.problems.add(
            Severity.NOTICE,
            Place(sheet=self.grid.sheet),
            f"{dates} date{'s' if dates > 1 else ''} outside the plan "
            f"({filled} filled cell{'' if filled == 1 else 's'}) passed over.",
            "Change start_date or weeks on the Settings sheet if they should count.",
            cells=list(outside),
        )


def _is_label(value: object) -> bool:
    words = text_of(value).replace(":", " ").split()
    return bool(words) and key_of(words[0]) in _NOT_PEOPLE
