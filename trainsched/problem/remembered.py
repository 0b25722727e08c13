"""Indexes of facts that differ little: what has not changed is not indexed again.

Explanations ask of hundreds of organisations that differ from each other in one fact or two.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Generic, TypeVar

from trainsched.domain.calendar import WorkingPattern
from trainsched.domain.organisation import Organisation
from trainsched.domain.people import Staff, Trainee
from trainsched.domain.roster import RosterEntry
from trainsched.problem.cover import CoverDay, CoverIndexer, exclusive_duties
from trainsched.problem.demands import ActivityNeed, Demand, index_demands
from trainsched.problem.index import bound_stays_of, open_days_of, units_of
from trainsched.problem.people import PeopleIndexer, Person
from trainsched.problem.slots import SlotGrid, make_grid
from trainsched.problem.starts import Setting

Made = TypeVar("Made")
Key = tuple[str, str]
"""A requirement: trainee and activity."""
MOST_ORGANISATIONS = 4
"""Whose whole index is kept: the same facts are often asked about several times in a row."""


def key_of(demand: Demand) -> Key:
    """Trainee and activity of a demand."""
    return demand.requirement.trainee_id, demand.requirement.activity


class Indexed:
    """One organisation: its setting, and its cover days as far as they were asked for.

    ``like`` are organisations indexed before, whose cover days are the same wherever nobody who
    is there is another.
    """

    def __init__(
        self, organisation: Organisation, setting: Setting, like: Collection["Indexed"] = ()
    ) -> None:
        self.organisation = organisation
        self.setting = setting
        self.indexer = CoverIndexer(organisation, setting.grid, setting.people, setting.open_days)
        self._days: dict[tuple[int, int], CoverDay | None] = {}
        self._like = tuple(
            (other, changed)
            for other in like
            if (changed := self._changed_since(other)) is not None
        )

    @cached_property
    def demand_of(self) -> dict[Key, int]:
        """The number of each requirement."""
        return {key_of(demand): demand.index for demand in self.setting.demands}

    @cached_property
    def exclusive(self) -> frozenset[tuple[int, str]]:
        """The duties that take the whole person."""
        return exclusive_duties(self.organisation)

    @cached_property
    def bound_stays(self) -> dict[int, dict[tuple[int, int], str]]:
        """Where the roster binds whom, by day."""
        setting = self.setting
        return bound_stays_of(self.organisation, setting.grid, setting.people, self.exclusive)

    def _changed_since(self, other: "Indexed") -> int | None:
        """The slots of days on which cover may be another; None where all of it may be."""
        mine, theirs = self.organisation, other.organisation
        if (
            mine.duties != theirs.duties
            or mine.departments != theirs.departments
            or self.setting.grid is not other.setting.grid
            or self.setting.open_days is not other.setting.open_days
            or self.indexer.groups != other.indexer.groups
            or len(self.setting.people) != len(other.setting.people)
        ):
            return None
        changed = 0
        for person, before in zip(self.setting.people, other.setting.people, strict=True):
            if person is before:
                continue
            if _covers_as(person) != _covers_as(before):
                return None
            changed |= (person.usable ^ before.usable) | (person.stays_on ^ before.stays_on)
            for slot in person.rostered.keys() | before.rostered.keys():
                if person.rostered.get(slot) != before.rostered.get(slot):
                    changed |= 1 << slot
        return changed

    def cover_days(self, days: Collection[int], groups: Collection[int]) -> tuple[CoverDay, ...]:
        """The cover days of these groups of departments, in order of time."""
        unknown = {day for day in days if any((day, group) not in self._days for group in groups)}
        if unknown:
            unknown -= {day for day in unknown if self._know_from_another(day, groups)}
            made = {(d.day, d.group): d for d in self.indexer.days(unknown, groups)}
            for day in unknown:
                self._days.update({(day, g): made.get((day, g)) for g in groups})
        wanted = (self._days[day, group] for day in sorted(days) for group in sorted(groups))
        return tuple(cover_day for cover_day in wanted if cover_day is not None)

    def _know_from_another(self, day: int, groups: Collection[int]) -> bool:
        mask = self.setting.grid.day_mask(day)
        for other, changed in self._like:
            known = other._days
            if not changed & mask and all((day, group) in known for group in groups):
                self._days.update({(day, group): known[day, group] for group in groups})
                return True
        return False


def _covers_as(person: Person) -> tuple[object, ...]:
    """What says which duties somebody could cover, whenever they are there."""
    return (
        person.counts_in_cover,
        person.is_staff,
        person.departments,
        person.hosts,
        person.competences,
        person.band,
    )


class Remembered:
    """Indexes organisations one after another. ``amounts`` are the demands of the true facts.

    Amounts come from the facts as they are, so that somebody who is imagined to be at work more
    is not asked to learn more.
    """

    def __init__(self, amounts: Sequence[Demand]) -> None:
        self._amounts = {key_of(demand): demand for demand in amounts}
        self._last: deque[Indexed] = deque(maxlen=MOST_ORGANISATIONS)
        self._first: Indexed | None = None
        self._people = _People()
        self._grid = _Latest[SlotGrid]()
        self._open_days = _Latest[tuple[int, ...]]()
        self._units = _Latest[dict[str, tuple[int, ...]]]()
        self._named = _Latest[frozenset[str | None]]()
        self._asked = _Latest[tuple[ActivityNeed, ...]]()
        self._demands = _Latest[tuple[tuple[ActivityNeed, ...], tuple[Demand, ...]]]()

    def index(self, organisation: Organisation) -> Indexed:
        """The organisation, indexed."""
        for indexed in self._last:
            if indexed.organisation is organisation:
                return indexed
        like = [*self._last] if self._first is None else [self._first, *self._last]
        indexed = Indexed(organisation, self._setting(organisation), like)
        self._first = self._first or indexed
        self._last.append(indexed)
        return indexed

    def _setting(self, facts: Organisation) -> Setting:
        grid = self._grid.of((facts.calendar,), lambda: make_grid(facts.calendar))
        people = self._people.index(facts, grid)
        around = facts.calendar, facts.departments, facts.closures
        activities, demands = self._demands.of(
            (
                *around,
                *(facts.trainees, facts.curriculum, facts.training_plan, facts.activities),
                self._numbers(facts, people),
                tuple(person.days_at_work for person in people if not person.is_staff),
            ),
            lambda: self._true_amounts(*index_demands(facts, grid, people)),
        )
        return Setting(
            grid=grid,
            people=people,
            activities=activities,
            demands=demands,
            open_days=self._open_days.of(around, lambda: open_days_of(facts, grid)),
            units=self._units.of((facts.calendar, facts.equipment), lambda: units_of(facts, grid)),
        )

    def _numbers(self, facts: Organisation, people: tuple[Person, ...]) -> dict[str, int]:
        """The indexes of those whom demands and activities name."""
        named = self._named.of(
            (facts.trainees, facts.activities),
            lambda: frozenset(
                {trainee.training_officer for trainee in facts.trainees}
                | {staff_id for activity in facts.activities for staff_id in activity.staff}
            ),
        )
        return {p.person_id: p.index for p in people if not p.is_staff or p.person_id in named}

    def asked_of(self, setting: Setting, chosen: Collection[Key]) -> Setting:
        """The setting with no demands but these."""
        keys = frozenset(chosen)
        activities = self._asked.of(
            (setting.activities, setting.demands, keys),
            lambda: _of_chosen(setting, keys),
        )
        return replace(setting, activities=activities)

    def _true_amounts(
        self, activities: tuple[ActivityNeed, ...], demands: tuple[Demand, ...]
    ) -> tuple[tuple[ActivityNeed, ...], tuple[Demand, ...]]:
        return activities, tuple(self._with_amount(demand) for demand in demands)

    def _with_amount(self, demand: Demand) -> Demand:
        known = self._amounts.get(key_of(demand))
        if known is None:
            return demand
        return replace(demand, required=known.required, weekly=known.weekly)


class _Latest(Generic[Made]):
    """What was made lately, and from what: made again only from something else."""

    def __init__(self) -> None:
        self._known: deque[tuple[tuple[object, ...], Made]] = deque(maxlen=MOST_ORGANISATIONS)

    def of(self, facts: tuple[object, ...], make: Callable[[], Made]) -> Made:
        """What is made from these facts."""
        for known, made in reversed(self._known):
            if known == facts:
                return made
        self._known.append((facts, make()))
        return self._known[-1][1]


def _of_chosen(setting: Setting, chosen: Collection[Key]) -> tuple[ActivityNeed, ...]:
    return tuple(
        replace(
            need,
            demands=tuple(d for d in need.demands if key_of(setting.demands[d]) in chosen),
        )
        for need in setting.activities
    )


class _People:
    """People, each indexed again only where something about them is another."""

    def __init__(self) -> None:
        self._around: tuple[object, ...] = ()
        self._patterns: dict[WorkingPattern, int] = {}
        self._known: dict[str, tuple[Staff | Trainee, list[RosterEntry], Person]] = {}
        self._roster: tuple[RosterEntry, ...] | None = None
        self._entries: dict[str, list[RosterEntry]] = {}

    def index(self, organisation: Organisation, grid: SlotGrid) -> tuple[Person, ...]:
        """Staff first, then trainees, each in the order of the organisation."""
        around = (
            organisation.calendar,
            organisation.departments,
            organisation.cover,
            organisation.policy,
            organisation.rotations,
            organisation.university,
            organisation.closures,
        )
        if around != self._around:
            self._around = around
            self._known.clear()
            self._patterns = {}
        if organisation.roster is not self._roster:
            self._roster = organisation.roster
            self._entries = defaultdict(list)
            for entry in organisation.roster:
                self._entries[entry.person_id].append(entry)
        indexer = PeopleIndexer(organisation, grid)
        indexer.patterns = self._patterns
        people: list[Person] = []
        for member in organisation.staff:
            entries = self._entries.get(member.staff_id, [])
            known = self._same(member.staff_id, member, entries, len(people))
            people.append(known or indexer.staff(len(people), member, entries))
            self._known[member.staff_id] = member, entries, people[-1]
        for trainee in organisation.trainees:
            entries = self._entries.get(trainee.trainee_id, [])
            known = self._same(trainee.trainee_id, trainee, entries, len(people))
            people.append(known or indexer.trainee(len(people), trainee, entries))
            self._known[trainee.trainee_id] = trainee, entries, people[-1]
        return tuple(people)

    def _same(
        self, person_id: str, facts: Staff | Trainee, entries: list[RosterEntry], index: int
    ) -> Person | None:
        """The person as indexed before, under a new number; None where something has changed."""
        if person_id not in self._known:
            return None
        then, entries_then, person = self._known[person_id]
        if (then is not facts and then != facts) or entries_then != entries:
            return None
        return person if person.index == index else replace(person, index=index)
