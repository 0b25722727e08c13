"""Tables of duties: dates and duties along the sides, names in the cells."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from trainsched.domain.problems import Severity
from trainsched.workbook.cells.text import text_of
from trainsched.workbook.grid import Cells
from trainsched.workbook.person_index import PersonIndex
from trainsched.workbook.problem_list import ProblemList
from trainsched.workbook.roster.block import Block
from trainsched.workbook.roster.codebook import CodeBook
from trainsched.workbook.roster.statements import Statements
from trainsched.workbook.roster.view import View

_Column = tuple[int, date, tuple[str, ...] | None, str]
_MOST_WORDS = 4
_NO_HEADING = "Nothing says what the people named here do then"


@dataclass
class DutyRows:
    """Reads rows whose cells name people, under the code or duty that labels the row."""

    view: View
    people: PersonIndex
    codes: CodeBook
    statements: Statements
    problems: ProblemList
    unmatched: list[str] = field(default_factory=list)
    _unlabelled: dict[int, int] = field(default_factory=dict)

    def read(
        self,
        row: int,
        cells: Cells,
        block: Block,
        columns: Sequence[_Column],
        label: str,
        periods: tuple[str, ...] | None,
        used_rows: set[int],
    ) -> bool:
        """Take the row if it is one of names; False if it is not."""
        inside = {column: text_of(cells[column]) for column, *_ in columns if column in cells}
        every = {c: text_of(cells[c]) for c in block.data_columns if c in cells}
        if not self._names_people(every, label):
            return False
        if not label and not self._is_first_unlabelled(row, block):
            for column in inside:
                self._not_read(row, column)
            return True
        for column, day, own, _ in columns:
            if column not in inside:
                continue
            spoken = own if periods is None else tuple(
                p for p in periods if own is None or p in own
            )  # fmt: skip
            if self._take(row, column, day, spoken, inside[column], label):
                used_rows.add(self.view.sheet_row(row, column))
        return True

    def _names_people(self, texts: dict[int, str], label: str) -> bool:
        if not texts:
            return False
        named = [
            text for text in texts.values()
            if (found := self.people.look_up(text)).person_id or found.several
        ]  # fmt: skip
        if not label and not self.view.turned:
            return len(named) == len(texts)
        if 2 * len(named) >= len(texts):
            return True
        if not label or not self.codes.knows(label):
            return False
        others = [text for text in texts.values() if self.codes.knows(text)]
        return bool(named) or (not others and all(self._looks_named(t) for t in texts.values()))

    @staticmethod
    def _looks_named(text: str) -> bool:
        letters = [c for c in text if c.isalpha()]
        return len(letters) > 2 and len(text.split()) <= _MOST_WORDS and text[0].isupper()

    def _is_first_unlabelled(self, row: int, block: Block) -> bool:
        return self._unlabelled.setdefault(block.primary, row) == row

    def _take(
        self,
        row: int,
        column: int,
        day: date,
        periods: tuple[str, ...] | None,
        text: str,
        label: str,
    ) -> bool:
        sheet, cell = self.view.grid.sheet, self.view.cell_name(row, column)
        found = self.people.look_up(text)
        ids = [found.person_id] if found.person_id else list(found.several)
        for person_id in ids:
            if label:
                self.statements.take(person_id, day, periods, label, sheet, cell)
            else:
                self.statements.doubt(person_id, day, periods, text, sheet, cell, _NO_HEADING)
        if found.note:
            self.problems.add(
                Severity.NOTICE,
                self.view.place(row, column),
                "Words beside the name were not read.",
                "If they change who does it, write the name of the person who does.",
                value=text,
            )
        if not ids and (found.placeholder or self.codes.knows(text)):
            self.problems.add(
                Severity.NOTICE if found.placeholder else Severity.WARNING,
                self.view.place(row, column),
                "This is no person's name where one is expected, so it was not read.",
                "Write the name of the person who does this.",
                value=text,
            )
        elif not ids:
            self._ask(row, column, text)
        return bool(ids)

    def _ask(self, row: int, column: int, text: str) -> None:
        place = self.view.place(row, column)
        self.problems.add(
            Severity.QUESTION,
            place,
            "Who is this? Nobody on the Staff and Trainees sheets has this id or exact name, or "
            "more than one has, so the entry was not used.",
            self.people.proposal(text),
            value=text,
        )
        self.unmatched.append(str(place))

    def _not_read(self, row: int, column: int) -> None:
        self.problems.add(
            Severity.NOTICE,
            self.view.place(row, column),
            "Names without a heading beside the ones that were read; they were not read.",
            "Write above them what these people do.",
        )
