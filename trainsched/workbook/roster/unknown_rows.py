"""Rows of a grid under no known name: somebody unknown, or only words and counts."""

from collections.abc import Mapping
from dataclasses import dataclass

from trainsched.domain.calendar import PlanCalendar
from trainsched.domain.problems import Severity
from trainsched.workbook.cells.days import period_or_none, weekday_or_none
from trainsched.workbook.cells.text import text_of
from trainsched.workbook.grid import Cells
from trainsched.workbook.person_index import PersonIndex
from trainsched.workbook.problem_list import ProblemList
from trainsched.workbook.roster.block import Block
from trainsched.workbook.roster.codebook import CodeBook
from trainsched.workbook.roster.row_labels import counts_something, is_label, may_be_a_team
from trainsched.workbook.roster.view import View


@dataclass
class UnknownRows:
    """Judges rows of which no person is known, and asks whose they are."""

    view: View
    calendar: PlanCalendar
    people: PersonIndex
    codes: CodeBook
    problems: ProblemList

    def looks_like_somebody(self, cells: Cells, block: Block, labels: Mapping[int, str]) -> bool:
        """Whether an unmatched row looks like a person's, not like a heading, total or note."""
        columns = block.data_columns
        said = [text_of(value) for column, value in cells.items() if column in columns]
        if not said or (block.whole_weeks and not labels):
            return False
        names = self.calendar.period_names
        if not labels:
            return not self.view.turned and not all(
                weekday_or_none(text) is not None
                or period_or_none(text, names)
                or text.replace(".", "").isdigit()
                for text in said
            )
        label = next(iter(labels.values()))
        in_codes = all(self.codes.knows(text) for text in said)
        if all(text == label for text in said):
            return False
        if is_label(label) and not (may_be_a_team(label) and in_codes):
            return False
        counted = all(text.replace(".", "").isdigit() for text in said)
        if counted and (self.codes.knows(label) or counts_something(label)):
            return False
        if self.view.turned and not any(self.codes.knows(text) for text in said):
            return False
        return not (len(said) <= 1 and self.codes.knows(label))

    def ask(self, row: int, cells: Cells, labels: Mapping[int, str]) -> str:
        """Note the question whose row it is, and give its cell."""
        column = min(labels, default=0)
        text = labels.get(column, "")
        if column > 2 and not self.view.turned:
            column = min(cells)
        place = self.view.place(row, column or 1)
        several = len(self.people.look_up(text).several) > 1
        self.problems.add(
            Severity.QUESTION,
            place,
            "This cell names several people, so whose row it is cannot be told and the row was "
            "not used." if several else
            "Who is this? Nobody on the Staff and Trainees sheets has this id or exact name, or "
            "more than one has, so the row was not used.",
            self.people.proposal(text) if text else "Write the person's id in the first column.",
            value=text or None,
        )  # fmt: skip
        return str(place)
