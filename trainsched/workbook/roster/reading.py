"""All rosters of a workbook and its Leave sheet, read into one list of entries."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from trainsched.domain.calendar import PlanCalendar
from trainsched.domain.people import Rotation, Staff, Trainee
from trainsched.domain.problems import Place
from trainsched.domain.roster import RosterEntry, code_key
from trainsched.workbook.cells.text import text_of
from trainsched.workbook.grid import Grid
from trainsched.workbook.person_index import PersonIndex
from trainsched.workbook.roster.codebook import CodeBook
from trainsched.workbook.roster.headings import Headings
from trainsched.workbook.roster.legend import Legend
from trainsched.workbook.roster.lists import read_leave, read_long
from trainsched.workbook.roster.statements import RosterRead, Statements, Workplaces
from trainsched.workbook.roster.view import view_of
from trainsched.workbook.roster.wide import WideRoster
from trainsched.workbook.schema_people import ROSTER
from trainsched.workbook.sources import Sources
from trainsched.workbook.tables import (
    find_header,
    note_hidden,
    note_hidden_columns,
    read_table,
)

_WORDS_ONLY = ("key", "note", "code", "legend", "help", "readme", "instruction")
_CELLS_SHOWN = 8
_ROWS_TRIED = 300
_CELLS_TRIED = 60


class RostersRead(NamedTuple):
    """The entries that facts keep, and aside their codes, which facts must not keep."""

    entries: tuple[RosterEntry, ...]
    codes: tuple[str, ...]
    used_rows: Mapping[str, set[int]]

    def with_codes(self) -> tuple[RosterRead, ...]:
        """The entries as they were understood, with the codes as typed."""
        return tuple(
            RosterRead(
                entry.person_id,
                entry.date,
                entry.period,
                entry.meaning,
                entry.duty,
                code,
                entry.sheet,
                entry.cell,
            )
            for entry, code in zip(self.entries, self.codes, strict=True)
        )


NO_ROSTERS = RostersRead((), (), {})


def read_rosters(
    sources: Sources,
    grids: Sequence[Grid],
    people: PersonIndex,
    *,
    staff: Sequence[Staff],
    trainees: Sequence[Trainee],
    rotations: Iterable[Rotation],
    codes: CodeBook,
    keys: Iterable[Grid] = (),
) -> RostersRead:
    """Read every roster sheet and the Leave sheet; what plans must repeat goes to the notices.

    ``keys``: other sheets on which codes may be explained.

    """
    duties = [
        (record.get("department"), record.get("duty"))
        for record in sources.of("Duties")
        if record.has_all("department", "duty")
    ]
    workplaces = Workplaces(staff, trainees, rotations, duties)
    statements = Statements(sources, codes, workplaces)
    calendar, problems = sources.settings.calendar, sources.problems
    unmatched: list[str] = []
    used_rows: dict[str, set[int]] = {}
    for grid in grids:
        if not grid.rows or _is_words_only(sources, grid):
            continue
        if find_header(grid, ROSTER)[1] == len(ROSTER.required_columns):
            table = read_table(grid, ROSTER, problems)
            if table is None:
                continue
            used_rows[grid.sheet] = {number for number, _ in table.rows()}
            outside, unknown = read_long(table, calendar, people, statements, problems)
        else:
            note_hidden(grid, problems)
            note_hidden_columns(grid, problems)
            wide = WideRoster(grid, calendar, people, codes, statements, problems)
            outside, unknown = wide.read()
            used_rows[grid.sheet] = wide.used_rows
        unmatched += unknown
        if outside:
            sources.notices.append(
                f"{grid.sheet}: {outside} date{'s' if outside > 1 else ''} outside the plan "
                "passed over."
            )
    unmatched += read_leave(sources, calendar, people, statements)
    patterns = {person.staff_id: person.pattern for person in staff}
    patterns |= {person.trainee_id: person.pattern for person in trainees}
    settled = statements.settle(patterns, Legend((*grids, *keys), codes))
    _add_notices(sources, statements, unmatched)
    return RostersRead(settled.entries, settled.texts, used_rows)


def is_plainly_a_roster(grid: Grid, calendar: PlanCalendar, people: PersonIndex) -> bool:
    """Whether a sheet of any name has the columns of a list of entries, or a grid of dates with
    at least one known person.
    """
    if not grid.rows:
        return False
    if find_header(grid, ROSTER)[1] == len(ROSTER.required_columns):
        return True
    view = view_of(grid)
    named = [
        text
        for cells in list(view.rows.values())[:_ROWS_TRIED]
        for value in list(cells.values())[:_CELLS_TRIED]
        if isinstance(value, str) and people.find(text := text_of(value)) is not None
    ]
    if not named and people.find(text_of(grid.sheet)) is None:
        return False
    headings = Headings(view, calendar, lambda text: people.find(text_of(text)) is not None)
    above: list[int] = []
    for row in view.row_numbers[:_ROWS_TRIED]:
        if any(len(block.data_columns) > 1 for block in headings.blocks_at(row, above)):
            return True
        above.append(row)
    return False


def _is_words_only(sources: Sources, grid: Grid) -> bool:
    rest = code_key(grid.sheet).removeprefix(code_key(ROSTER.name))
    if not any(word in rest for word in _WORDS_ONLY):
        return False
    sources.problems.notice(
        Place(sheet=grid.sheet),
        f"The sheet {grid.sheet} was taken as words for people and not read.",
        "Rename it if it is a roster; codes belong on the sheet Codes.",
    )
    return True


def _add_notices(sources: Sources, statements: Statements, unmatched: Sequence[str]) -> None:
    """What plans repeat. Codes themselves stay out: they may give a reason for absence."""
    unknown = statements.doubts.places(questions=False)
    asked = statements.doubts.places(questions=True)
    for cells, what in (
        (unknown, "not understood and read as busy"),
        (asked, "open to question and read as busy"),
    ):
        if cells:
            many = "Roster cells" if len(cells) > 1 else "Roster cell"
            sources.notices.append(f"{len(cells)} {many.lower()} {what}: {_shown(cells)}.")
    if unmatched:
        sources.notices.append(
            f"{len(unmatched)} row{'s' if len(unmatched) > 1 else ''} not used, because the "
            f"person is not known: {_shown(unmatched)}."
        )


def _shown(cells: Sequence[str]) -> str:
    rest = len(cells) - _CELLS_SHOWN
    return ", ".join(cells[:_CELLS_SHOWN]) + (f" and {rest} more" if rest > 0 else "")
