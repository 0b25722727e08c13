"""From a workbook file to the facts, with every problem found on the way."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

from trainsched.domain.organisation import Organisation
from trainsched.domain.problems import Problem, WorkbookError
from trainsched.workbook.cells.parse import DayShape
from trainsched.workbook.contents import (
    Contents,
    check_required_sheets,
    sort_sheets,
)
from trainsched.workbook.counting import SheetCounts, count_rows
from trainsched.workbook.declared_lists import (
    declared_programmes,
    merge_programmes,
    usual_codes,
)
from trainsched.workbook.facts import departments, funding, people
from trainsched.workbook.facts.accreditation import check_accreditation
from trainsched.workbook.facts.activities import read_activities
from trainsched.workbook.facts.needs import Needs, check_needs
from trainsched.workbook.facts.pins import read_pins
from trainsched.workbook.facts.references import check_references
from trainsched.workbook.grid import Grid
from trainsched.workbook.mapping import Mapping
from trainsched.workbook.opening import open_file
from trainsched.workbook.person_index import PersonIndex
from trainsched.workbook.problem_list import ProblemList
from trainsched.workbook.records import Record, read_records
from trainsched.workbook.refusal import RefusedError
from trainsched.workbook.roster.codebook import read_codes
from trainsched.workbook.roster.finding import find_rosters
from trainsched.workbook.roster.reading import NO_ROSTERS, RostersRead, read_rosters
from trainsched.workbook.roster.statements import RosterRead
from trainsched.workbook.schema import sheets
from trainsched.workbook.settings import read_settings
from trainsched.workbook.sources import Sources
from trainsched.workbook.tables import read_table


@dataclass(frozen=True)
class Reading:
    """What came of reading a file. ``organisation`` is None when there is any error.

    ``problems``: errors first, then by sheet and cell. ``counts`` by sheet.
    """

    organisation: Organisation | None
    problems: tuple[Problem, ...]
    counts: dict[str, SheetCounts] = field(default_factory=dict)
    rosters: RostersRead = NO_ROSTERS
    staff_ids: tuple[str, ...] = ()
    trainee_ids: tuple[str, ...] = ()

    @cached_property
    def roster_reading(self) -> tuple[RosterRead, ...]:
        """One entry for each person, date and period of which the roster says something."""
        return self.rosters.with_codes()

    def facts(self) -> Organisation:
        """The organisation. Raises WorkbookError with every problem when there is none."""
        if self.organisation is None:
            raise WorkbookError(self.problems)
        return self.organisation


def load(
    path: Path | str,
    *,
    models_dir: Path | str | None = None,
    today: date | None = None,
    mapping: Mapping | None = None,
) -> Reading:
    """Read a workbook. Never raises for what is in the file: see ``Reading.problems``.

    ``mapping``: answers given before, of who a written name is and what a code means.
    ``today`` stands in for the day of reading, from which a missing start_date is reckoned.
    """
    with _no_garbage_collection():
        return _load(Path(path), models_dir, today, mapping)


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """A million small values without cycles: looking for some among them doubles the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _load(
    path: Path, models_dir: Path | str | None, today: date | None, mapping: Mapping | None
) -> Reading:
    try:
        opened = open_file(path)
    except RefusedError as error:
        problems = ProblemList()
        problems.error(None, error.problem, error.remedy, path.name)
        return Reading(None, problems.problems({}))
    stem = path.name if path.is_dir() else path.stem
    return read_grids(
        opened.grids,
        stem,
        models_dir=models_dir,
        today=today,
        notices=opened.notices,
        mapping=mapping,
    )


def read_grids(
    grids: tuple[Grid, ...],
    stem: str,
    *,
    models_dir: Path | str | None = None,
    today: date | None = None,
    notices: tuple[str, ...] = (),
    mapping: Mapping | None = None,
) -> Reading:
    """Read the sheets of a workbook, whatever file they came from. ``stem`` is its plain name.

    ``notices``: what has to be said of this kind of file.
    """
    problems = ProblemList()
    for notice in notices:
        problems.notice(None, notice, "Save it from Excel as .xlsx if that matters.")
    folder = Path(models_dir) if models_dir is not None else None
    today = today or datetime.now(UTC).date()
    return _Reader(grids, problems, folder, mapping or Mapping()).read(stem, today)


class _Reader:
    """One reading of one file, from sheets to organisation."""

    def __init__(
        self,
        grids: tuple[Grid, ...],
        problems: ProblemList,
        models_dir: Path | None,
        mapping: Mapping,
    ) -> None:
        self.grids = grids
        self.mapping = mapping
        self.problems = problems
        self.models_dir = models_dir
        self.used_rows: dict[str, set[int]] = {}
        self.unread: set[str] = set()

    def read(self, stem: str, today: date) -> Reading:
        contents = sort_sheets(self.grids, self.problems)
        no_shape = DayShape((), ())
        settings = read_settings(
            self._records(contents, "Settings", no_shape),
            self.problems,
            stem=stem,
            today=today,
            models_dir=self.models_dir,
        )
        records = {
            sheet.name: self._records(contents, sheet.name, settings.shape)
            for sheet in sheets()
            if sheet.name != "Settings"
        }
        present = frozenset(contents.tables)
        sources = Sources(settings, self.problems, records, present)
        filled = frozenset(name for name, rows in records.items() if rows)
        check_required_sheets(contents, filled, frozenset(self.unread), self.problems)
        organisation, rosters = self._facts(sources, contents, today)
        order = {grid.sheet: number for number, grid in enumerate(self.grids)}
        found = self.problems.problems(order)
        return Reading(
            organisation=None if self.problems.has_errors else organisation,
            problems=found,
            counts=count_rows(self.grids, self.used_rows, found),
            rosters=rosters,
            staff_ids=tuple(person.staff_id for person in organisation.staff),
            trainee_ids=tuple(person.trainee_id for person in organisation.trainees),
        )

    def _records(self, contents: Contents, name: str, shape: DayShape) -> list[Record]:
        grid = contents.tables.get(name)
        if grid is None:
            return []
        sheet = next(sheet for sheet in sheets() if sheet.name == name)
        table = read_table(grid, sheet, self.problems)
        if table is None:
            if grid.rows:
                self.unread.add(name)
            return []
        records = read_records(table, shape, self.problems)
        self.used_rows[grid.sheet] = {record.row for record in records}
        return records

    def _facts(
        self, sources: Sources, contents: Contents, today: date
    ) -> tuple[Organisation, RostersRead]:
        settings = sources.settings
        staff = people.read_staff(sources)
        trainees = people.read_trainees(sources)
        rotations = people.read_rotations(sources)
        index = PersonIndex(
            [(person.staff_id, person.name) for person in staff],
            [(person.trainee_id, person.name) for person in trainees],
            self.mapping.people,
        )
        codes = read_codes(sources, usual_codes(self.models_dir, self.problems), self.mapping.codes)
        found = find_rosters(
            contents,
            sources,
            index,
            codes=codes,
            today=today,
        )
        rosters = read_rosters(
            found.sources,
            found.grids,
            found.people,
            staff=staff,
            trainees=trainees,
            rotations=rotations,
            codes=codes,
            keys=contents.unknown,
        )
        for sheet, rows in rosters.used_rows.items():
            self.used_rows.setdefault(sheet, set()).update(rows)
        needs = Needs(sources, trainees)
        activities = read_activities(sources)
        declared = declared_programmes(self.models_dir, self.problems)
        check_references(sources, declared)
        listed = departments.read_departments(sources)
        known = {activity.code for activity in activities}
        if all(need.activity in known for need in needs.requirements):
            check_needs(sources, needs, trainees, activities)
            by_code = {activity.code: activity for activity in activities}
            check_accreditation(sources, listed, trainees, rotations, needs.requirements, by_code)
        organisation = Organisation(
            name=settings.name,
            calendar=settings.calendar,
            cover=settings.cover,
            cover_goal=settings.cover_goal,
            locked_until=settings.locked_until,
            policy=settings.policy,
            departments=listed,
            staff=staff,
            trainees=trainees,
            rotations=rotations,
            university=people.read_university(sources),
            duties=departments.read_duties(sources),
            activities=activities,
            curriculum=needs.curriculum,
            training_plan=needs.training_plan,
            equipment=departments.read_equipment(sources),
            closures=departments.read_closures(sources),
            travel=departments.read_travel(sources),
            preferences=people.read_preferences(sources, index),
            pins=read_pins(sources, activities, needs.requirements),
            programmes=merge_programmes(declared, funding.read_programmes(sources)),
            targets=funding.read_targets(sources),
            hei_places=funding.read_hei_places(sources),
            posts=funding.read_posts(sources),
            workforce=funding.read_workforce(sources),
            assumptions=funding.read_assumptions(sources),
            notices=tuple(sorted(sources.notices)),
            places=dict(sorted(sources.places.items())),
        )
        # The entries are of the domain's own making: checking 200,000 of them again takes seconds.
        return organisation.model_copy(update={"roster": rosters.entries}), rosters
