"""Which sheets of a file are rosters, and by which people and dates they are read."""

import dataclasses
from datetime import date
from typing import NamedTuple

from trainsched.domain.calendar import PlanCalendar
from trainsched.domain.problems import Place
from trainsched.workbook.contents import Contents, note_unknown
from trainsched.workbook.grid import Grid
from trainsched.workbook.person_index import PersonIndex
from trainsched.workbook.problem_list import ProblemList
from trainsched.workbook.roster.codebook import CodeBook
from trainsched.workbook.roster.lone import is_dated_grid, survey
from trainsched.workbook.roster.reading import is_plainly_a_roster
from trainsched.workbook.settings import note_no_start
from trainsched.workbook.sources import Sources

_PEOPLE_SHEETS = frozenset({"Staff", "Trainees"})


class FoundRosters(NamedTuple):
    """The roster sheets, and what to read them with."""

    grids: list[Grid]
    people: PersonIndex
    sources: Sources


def find_rosters(
    contents: Contents,
    sources: Sources,
    people: PersonIndex,
    *,
    codes: CodeBook,
    today: date,
) -> FoundRosters:
    """The rosters of a file. Where it has no sheets of people, those are whom the rosters name."""
    calendar, problems = sources.settings.calendar, sources.problems
    if not _PEOPLE_SHEETS.isdisjoint(contents.tables):
        note_no_start(sources.settings, problems)
        unnamed: list[Grid] = []
        if not contents.rosters:
            plain = [one for one in contents.unknown if is_plainly_a_roster(one, calendar, people)]
            # Where nobody is called as on the sheets of people, it is asked who they are.
            unnamed = plain or [
                one for one in contents.unknown if is_dated_grid(one, calendar, codes)
            ]
        return FoundRosters(_listed(contents, unnamed, problems), people, sources)
    unnamed = [grid for grid in contents.unknown if is_dated_grid(grid, calendar, codes)]
    grids = _listed(contents, unnamed, problems)
    is_dated = "start_date" in sources.settings.places
    found = survey(grids, calendar, codes, today, dated=is_dated)
    if found.people:
        _note_alone(found.calendar, problems, dated=is_dated)
    else:
        note_no_start(sources.settings, problems)
    settings = dataclasses.replace(sources.settings, calendar=found.calendar)
    return FoundRosters(
        grids,
        PersonIndex([(name, name) for name in found.people], []),
        dataclasses.replace(sources, settings=settings),
    )


def _listed(contents: Contents, unnamed: list[Grid], problems: ProblemList) -> list[Grid]:
    """The sheets called rosters and those that look like one; the rest is said not to be read."""
    for grid in unnamed:
        problems.notice(
            Place(sheet=grid.sheet),
            f"No sheet is called Roster; the sheet {grid.sheet} looks like one and was read as one."
            if not contents.rosters
            else f"The sheet {grid.sheet} looks like a roster and was read as one.",
            "Begin its name with Roster, or with another word on a second roster sheet.",
        )
    note_unknown([grid for grid in contents.unknown if grid not in unnamed], problems)
    return [*contents.rosters, *unnamed]


def _note_alone(calendar: PlanCalendar, problems: ProblemList, *, dated: bool) -> None:
    problems.notice(
        None,
        "There are no sheets of Staff and Trainees, so the roster was read alone: people are "
        "called as they are written in it.",
        "To plan, add the missing sheets to this workbook, or copy the roster into one that "
        "trainsched template writes.",
    )
    if not dated:
        problems.notice(
            None,
            f"No start_date is set, so all dates of the roster were read, from "
            f"{calendar.start_date:%d/%m/%Y} on. Dates without a year were taken to be in a row "
            "with the others, or near today.",
            "Set start_date on a Settings sheet if that is wrong.",
        )
