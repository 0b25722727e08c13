"""Blank cells that say something by their colour alone."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from trainsched.domain.calendar import PlanCalendar
from trainsched.domain.problems import Place, Severity
from trainsched.workbook.cells.text import text_of
from trainsched.workbook.grid import Cells
from trainsched.workbook.problem_list import ProblemList
from trainsched.workbook.roster.codebook import CodeBook
from trainsched.workbook.roster.statements import Statements
from trainsched.workbook.roster.view import View

_Column = tuple[int, date, tuple[str, ...] | None, str]


@dataclass(slots=True)
class _Coloured:
    """A blank coloured cell of a person's row."""

    row: int
    column: int
    colour: str
    person_id: str
    date: date
    periods: tuple[str, ...] | None


@dataclass
class Colours:
    """Gathers the coloured cells of people's rows, and says what those without words mean."""

    view: View
    calendar: PlanCalendar
    codes: CodeBook
    statements: Statements
    problems: ProblemList
    _blank: list[_Coloured] = field(default_factory=list)
    _columns: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    _rows: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    def _key(self, row: int, column: int) -> tuple[int, int]:
        return (column, row) if self.view.turned else (row, column)

    def row(
        self,
        row: int,
        cells: Cells,
        person_id: str,
        columns: Sequence[_Column],
        own: tuple[str, ...] | None,
    ) -> None:
        """Take a person's row."""
        fills = self.view.grid.fills
        if not fills:
            return
        for column, day, periods, _ in columns:
            colour = fills.get(self._key(row, column), "")
            self._columns[column].append(colour)
            self._rows[row].append(colour)
            if colour and column not in cells and self.calendar.is_open(day):
                self._blank.append(_Coloured(row, column, colour, person_id, day, own or periods))

    def settle(self, heading_row: int) -> None:
        """Say what the coloured blank cells mean: what a key says, else ``busy``."""
        sheet = self.view.grid.sheet
        keys: dict[str, str] = {}
        for one in self._blank:
            if self._is_shading(one, heading_row):
                continue
            cell = self.view.cell_name(one.row, one.column)
            if one.colour not in keys:
                keys[one.colour] = self._key_of(one.colour)
            code = keys[one.colour]
            if code:
                self.statements.take(one.person_id, one.date, one.periods, code, sheet, cell)
                self.problems.add(
                    Severity.NOTICE,
                    Place(sheet=sheet, cell=cell),
                    f"Blank cells of the colour {one.colour} were read as '{code}', as the key on "
                    "this sheet says.",
                    "Write the code into the cells if they mean something else.",
                )
            else:
                self.statements.doubt(
                    one.person_id, one.date, one.periods, "", sheet, cell,
                    f"A blank cell has the colour {one.colour}, and no key on the sheet says what "
                    "that means",
                )  # fmt: skip

    def _is_shading(self, one: _Coloured, heading_row: int) -> bool:
        """Whether the whole column or the whole row has the colour: then it is only shading."""
        column, row = self._columns[one.column], self._rows[one.row]
        heading = self.view.grid.fills.get(self._key(heading_row, one.column), "")
        return (
            heading == one.colour
            or (len(column) > 1 and set(column) == {one.colour})
            or (len(row) > 3 and set(row) == {one.colour})
        )

    def _key_of(self, colour: str) -> str:
        """The code that a coloured cell outside the grid shows, in itself or right beside it."""
        fills, rows = self.view.grid.fills, self.view.grid.rows
        for (row, column), other in fills.items():
            if other != colour or self._is_of_a_person(row, column):
                continue
            cells = rows.get(row, {})
            for at in (column, column + 1):
                text = text_of(cells[at]) if at in cells else ""
                if text and self.codes.knows(text):
                    return text
                if text:
                    break
        return ""

    def _is_of_a_person(self, row: int, column: int) -> bool:
        at = (column, row) if self.view.turned else (row, column)
        return at[0] in self._rows and at[1] in self._columns
