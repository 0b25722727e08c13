"""Which sheet of a file is which: declared sheets, rosters, and what is not read."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from trainsched.domain.problems import Place
from trainsched.workbook.grid import Grid
from trainsched.workbook.names import did_you_mean, key_of
from trainsched.workbook.problem_list import ProblemList
from trainsched.workbook.schema import NOT_DATA, sheet_named, sheets


@dataclass(slots=True)
class Contents:
    """The sheets to read: declared ones by canonical name, and the rosters in their order.

    ``unknown`` are sheets of other names: where no sheet is called a roster, one may be.
    """

    tables: dict[str, Grid] = field(default_factory=dict)
    rosters: list[Grid] = field(default_factory=list)
    unknown: list[Grid] = field(default_factory=list)


def sort_sheets(grids: Iterable[Grid], problems: ProblemList) -> Contents:
    """Sort a file's sheets; hidden, unknown and doubled ones are noted."""
    contents = Contents()
    for grid in grids:
        if key_of(grid.sheet) in NOT_DATA:
            continue
        place = Place(sheet=grid.sheet)
        known = sheet_named(grid.sheet)
        if grid.hidden:
            if grid.rows:
                problem = f"The sheet {grid.sheet} is hidden, so it was not read."
                problems.notice(place, problem, "Unhide it if it should count.")
        elif known is None:
            if grid.rows:
                contents.unknown.append(grid)
        elif known.family:
            contents.rosters.append(grid)
        elif known.name in contents.tables:
            first = contents.tables[known.name].sheet
            problems.error(
                place,
                f"The sheets {first} and {grid.sheet} are both {known.name}.",
                "Put all rows on one sheet, or rename the one that should not count.",
            )
        else:
            contents.tables[known.name] = grid
    return contents


def note_unknown(grids: Iterable[Grid], problems: ProblemList) -> None:
    """Say which sheets were not read because their names are not known."""
    for grid in grids:
        problems.notice(
            Place(sheet=grid.sheet),
            f"The sheet {grid.sheet} is not one that is known, so it was not read.",
            did_you_mean(grid.sheet, [sheet.name for sheet in sheets()]),
        )


def check_required_sheets(
    contents: Contents, filled: frozenset[str], unread: frozenset[str], problems: ProblemList
) -> None:
    """Note every sheet that a plan cannot do without. ``filled``: sheets that have rows;
    ``unread``: sheets whose headers are faulty, which is said already.

    With Targets or Posts, staff, trainees and curriculum may be empty: a new department is asked
    about.
    """
    present = frozenset(contents.tables)
    is_new = not filled.isdisjoint({"Targets", "Posts"})
    for sheet in sheets():
        may_be_empty = sheet.name != "Departments" and is_new
        if not sheet.required or may_be_empty:
            continue
        if sheet.name not in present:
            problems.error(
                None,
                f"The sheet {sheet.name} is missing.",
                f"Add a sheet {sheet.name} with the columns "
                f"{', '.join(column.name for column in sheet.required_columns)}.",
            )
        elif sheet.name not in filled | unread:
            grid = contents.tables[sheet.name]
            place = Place(sheet=grid.sheet)
            if sheet.name == "Trainees":
                problems.warning(
                    place, "The sheet Trainees has no rows, so nothing is planned.", "Add rows."
                )
            else:
                problem = f"The sheet {sheet.name} has no rows."
                problems.error(place, problem, "Add at least one row.")
    if present.isdisjoint({"Curriculum", "Training plan"}) and not is_new:
        problems.error(
            None,
            "The sheets Curriculum and Training plan are both missing.",
            "Add one of them; the sheet Curriculum says what every trainee of a programme needs.",
        )
