"""Whose row it is: named in the row, by the sheet, or by the title above the grid."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from trainsched.domain.calendar import PlanCalendar
from trainsched.workbook.cells.clues import clue_of
from trainsched.workbook.cells.days import period_or_none, weekday_or_none
from trainsched.workbook.cells.text import text_of
from trainsched.workbook.grid import Cells
from trainsched.workbook.person_index import Found, PersonIndex
from trainsched.workbook.roster.block import Block
from trainsched.workbook.roster.row_labels import is_entry_label
from trainsched.workbook.roster.view import View


@dataclass
class WhoseRow:
    """Tells the person of a row."""

    view: View
    people: PersonIndex
    calendar: PlanCalendar

    def found(self, cells: Cells, block: Block) -> Found | None:
        """The person whose row it is, from any cell left of the dates."""
        texts = []
        for column in block.labels:
            value = cells.get(column)
            if value is None or (column == block.week_column and clue_of(value) is not None):
                continue
            text = text_of(value)
            found = self.people.look_up(text)
            if found.person_id is not None:
                return found
            texts.append(text)
        for one, other in pairwise(texts):
            found = self.people.look_up(f"{one} {other}")
            if found.person_id is not None:
                return found
        return None

    def periods(self, labels: dict[int, str]) -> tuple[tuple[str, ...] | None, dict[int, str]]:
        """The periods that the row names for itself, and its other labels."""
        for column, text in labels.items():
            period = period_or_none(text, self.calendar.period_names)
            if period is not None:
                return (period,), {c: t for c, t in labels.items() if c != column}
        return None, labels

    def of_sheet(self, labels: Mapping[int, str], block: Block) -> str | None:
        """The person of a sheet that is theirs alone, for rows that name nobody else."""
        person_id = self.people.find(text_of(self.view.grid.sheet)) or self._of_title(block)
        if person_id is None:
            return None
        rest = [
            text for column, text in labels.items()
            if column != block.week_column and not is_entry_label(text)
            and weekday_or_none(text) is None and clue_of(text) is None
            and self.people.find(text) != person_id
        ]  # fmt: skip
        return person_id if not rest else None

    def _of_title(self, block: Block) -> str | None:
        """The only person that the titles above the grid name."""
        named = set()
        for row in self.view.row_numbers:
            # In a turned sheet, what stands above the grid stands left of its headings.
            if row >= (block.first_row if self.view.turned else block.first_heading):
                break
            for value in self.view.cells(row).values():
                text = text_of(value)
                found = self.people.find(text) or self.people.find(text.rpartition(":")[2].strip())
                if found is not None:
                    named.add(found)
        return named.pop() if len(named) == 1 else None
