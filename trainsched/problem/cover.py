"""Duty places day by day: how many people each duty asks for, and who could fill them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from trainsched.domain.duties import Duty, Presence
from trainsched.domain.organisation import Organisation
from trainsched.domain.people import meets_band
from trainsched.problem.demands import PRIORITIES
from trainsched.problem.people import Person
from trainsched.problem.slots import SlotGrid


@dataclass(frozen=True, slots=True)
class PlaceType:
    """``need`` equal places of one duty row on one day.

    ``slots`` are all the slots that one person fills: one, or several for a one-person duty.
    ``candidates`` are people who could fill a place, in order of index.
    """

    row: int
    department: int
    duty: str
    slots: tuple[int, ...]
    need: int
    priority: int
    exclusive: bool
    site: str
    candidates: tuple[int, ...]

    @property
    def is_long(self) -> bool:
        """Whether one person must fill several slots."""
        return len(self.slots) > 1


@dataclass(frozen=True, slots=True)
class CoverDay:
    """The duty places of one group of departments that share people, on one day."""

    group: int
    day: int
    departments: tuple[int, ...]
    places: tuple[PlaceType, ...]
    rostered: tuple[tuple[int, int], ...]
    """``(person, slot)`` of every rostered duty of these departments on this day."""


def department_groups(organisation: Organisation, people: tuple[Person, ...]) -> tuple[int, ...]:
    """For each department the group it belongs to: departments that share a person are joined."""
    parent = list(range(len(organisation.departments)))

    def root(number: int) -> int:
        while parent[number] != number:
            number = parent[number]
        return number

    for person in people:
        for other in person.departments[1:]:
            first, second = sorted((root(person.departments[0]), root(other)))
            parent[second] = first
    return tuple(root(number) for number in range(len(parent)))


def exclusive_duties(organisation: Organisation) -> frozenset[tuple[int, str]]:
    """``(department, duty)`` of the duties that take the whole person."""
    codes = {d.code: number for number, d in enumerate(organisation.departments)}
    return frozenset(
        (codes[duty.department], duty.duty)
        for duty in organisation.duties
        if duty.presence is Presence.EXCLUSIVE
    )


def may_cover(person: Person, duty: Duty, department: int, day: int) -> bool:
    """Whether the person could fill a place of the duty row, time of day not considered."""
    if not person.counts_in_cover:
        return False
    if person.is_staff:
        if department not in person.departments:
            return False
    elif person.hosts[day] != department:
        return False
    if duty.competences and not set(duty.competences) & person.competences:
        return False
    return meets_band(person.band, duty.min_band)


class CoverIndexer:
    """Makes the cover days of an organisation."""

    def __init__(
        self,
        organisation: Organisation,
        grid: SlotGrid,
        people: tuple[Person, ...],
        open_days: tuple[int, ...],
    ) -> None:
        self.organisation = organisation
        self.grid = grid
        self.people = people
        self.open_days = open_days
        codes = {d.code: number for number, d in enumerate(organisation.departments)}
        self.rows = [(codes[duty.department], duty) for duty in organisation.duties]
        self.groups = department_groups(organisation, people)
        self.staff_of = self._staff_of()
        self._trainees = [p for p in people if not p.is_staff and p.counts_in_cover]
        self._staff_able: dict[int, list[Person]] = {}

    def days(
        self,
        only_days: Collection[int] | None = None,
        only_groups: Collection[int] | None = None,
    ) -> tuple[CoverDay, ...]:
        """Every day of every group on which somebody is needed or rostered, in order of time.

        ``only_days`` and ``only_groups`` leave out what is not asked for; None leaves out nothing.
        """
        groups = sorted(set(self.groups if only_groups is None else only_groups))
        days = range(len(self.grid.days)) if only_days is None else sorted(only_days)
        places: dict[tuple[int, int], list[PlaceType]] = defaultdict(list)
        for number, (department, duty) in enumerate(self.rows):
            if duty.staff_needed > 0 and self.groups[department] in groups:
                for day, found in self._places(number, days):
                    places[day, self.groups[department]] += found
        return tuple(
            CoverDay(
                group=group,
                day=day,
                departments=self._departments_of[group],
                places=tuple(places.get((day, group), ())),
                rostered=tuple(self._rostered.get((group, day), ())),
            )
            for day in days
            for group in groups
            if (day, group) in places or (group, day) in self._rostered
        )

    def _staff_of(self) -> dict[int, list[Person]]:
        by_department: dict[int, list[Person]] = defaultdict(list)
        for person in self.people:
            for department in person.departments:
                by_department[department].append(person)
        return by_department

    def _places(self, number: int, days: Iterable[int]) -> Iterator[tuple[int, list[PlaceType]]]:
        """The places of a row, by day; days without any are left out."""
        department, duty = self.rows[number]
        site = self.organisation.departments[department].site
        priority = PRIORITIES.index(duty.priority)
        exclusive = duty.presence is Presence.EXCLUSIVE
        names = self.grid.calendar.period_names
        listed = [p for p, name in enumerate(names) if duty.periods is None or name in duty.periods]
        spans = [tuple(listed)] if duty.one_person else [(position,) for position in listed]
        for day in days:
            first, mask = self.grid.slot(day, 0), self.grid.day_mask(day)
            if not (self.open_days[department] & mask and duty.falls_on(self.grid.days[day])):
                continue
            able = self._able(number, day)
            found: list[PlaceType] = []
            for span in spans:
                slots = tuple(first + position for position in span)
                able_then = self._candidates(able, department, duty, slots)
                found.append(
                    PlaceType(
                        *(number, department, duty.duty, slots, duty.staff_needed),
                        *(priority, exclusive, site, able_then),
                    )
                )
            if spans and spans[0]:
                yield day, found

    def _candidates(
        self, able: list[Person], department: int, duty: Duty, span: tuple[int, ...]
    ) -> tuple[int, ...]:
        mask = sum(1 << slot for slot in span)
        found: list[int] = []
        for person in able:
            missed = mask & ~person.usable
            if not missed or (
                not missed & ~person.stays_on and self._is_there(person, department, duty, span)
            ):
                found.append(person.index)
        return tuple(found)

    def _able(self, number: int, day: int) -> list[Person]:
        """Who may cover the row on the day, whether there or not; staff may on any day alike."""
        department, duty = self.rows[number]
        if number not in self._staff_able:
            staff = self.staff_of[department]
            self._staff_able[number] = [p for p in staff if may_cover(p, duty, department, day)]
        trainees = [p for p in self._trainees if may_cover(p, duty, department, day)]
        return self._staff_able[number] + trainees

    def _is_there(
        self, person: Person, department: int, duty: Duty, slots: tuple[int, ...]
    ) -> bool:
        """Whether somebody who stays on duties could be on this one in all the slots.

        Free, or rostered to stay on just that duty; presence alone is also possible for those who
        stay on any duty of the same site.
        """
        for slot in slots:
            if person.usable >> slot & 1:
                continue
            rostered = person.rostered.get(slot)
            if rostered is None:
                return False
            where, what = rostered
            same_duty = (where, what) == (department, duty.duty)
            on_site = duty.presence is Presence.ON_SITE and person.is_staff
            if not (same_duty or (on_site and self._site(where) == self._site(department))):
                return False
        return True

    def _site(self, department: int) -> str:
        return self.organisation.departments[department].site

    @cached_property
    def _rostered(self) -> dict[tuple[int, int], list[tuple[int, int]]]:
        found: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for person in self.people:
            for slot, (department, _) in sorted(person.rostered.items()):
                key = self.groups[department], self.grid.day_of(slot)
                found[key].append((person.index, slot))
        return dict(found)

    @cached_property
    def _departments_of(self) -> dict[int, tuple[int, ...]]:
        """The departments of each group."""
        found: dict[int, list[int]] = defaultdict(list)
        for department, group in enumerate(self.groups):
            found[group].append(department)
        return {group: tuple(departments) for group, departments in found.items()}
