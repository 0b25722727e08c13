"""Duty places day by day: how many people each duty asks for, and who could fill them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

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

    def days(
        self,
        only_days: Collection[int] | None = None,
        only_groups: Collection[int] | None = None,
    ) -> tuple[CoverDay, ...]:
        """Every day of every group on which somebody is needed or rostered, in order of time.

        ``only_days`` and ``only_groups`` leave out what is not asked for; None leaves out nothing.
        """
        rostered = self._rostered()
        found: list[CoverDay] = []
        groups = set(self.groups if only_groups is None else only_groups)
        for day in range(len(self.grid.days)) if only_days is None else sorted(only_days):
            places: dict[int, list[PlaceType]] = defaultdict(list)
            for number, (department, duty) in enumerate(self.rows):
                if self.groups[department] not in groups:
                    continue
                if duty.staff_needed > 0 and duty.falls_on(self.grid.days[day]):
                    places[self.groups[department]] += self._places(number, day)
            for group in sorted(groups):
                mine = rostered.get((group, day), [])
                if places[group] or mine:
                    found.append(
                        CoverDay(
                            group=group,
                            day=day,
                            departments=tuple(
                                d for d, other in enumerate(self.groups) if other == group
                            ),
                            places=tuple(places[group]),
                            rostered=tuple(mine),
                        )
                    )
        return tuple(found)

    def _staff_of(self) -> dict[int, list[Person]]:
        by_department: dict[int, list[Person]] = defaultdict(list)
        for person in self.people:
            for department in person.departments:
                by_department[department].append(person)
        return by_department

    def _possible(self, department: int) -> list[Person]:
        trainees = [p for p in self.people if not p.is_staff and p.counts_in_cover]
        return self.staff_of[department] + trainees

    def _places(self, number: int, day: int) -> list[PlaceType]:
        department, duty = self.rows[number]
        if not self.open_days[department] & self.grid.day_mask(day):
            return []
        names = self.grid.calendar.period_names
        listed = [p for p, name in enumerate(names) if duty.periods is None or name in duty.periods]
        slots = [self.grid.slot(day, position) for position in listed]
        able = [p for p in self._possible(department) if may_cover(p, duty, department, day)]
        spans = [tuple(slots)] if duty.one_person else [(slot,) for slot in slots]
        return [
            PlaceType(
                row=number,
                department=department,
                duty=duty.duty,
                slots=span,
                need=duty.staff_needed,
                priority=PRIORITIES.index(duty.priority),
                exclusive=duty.presence is Presence.EXCLUSIVE,
                site=self.organisation.departments[department].site,
                candidates=tuple(
                    p.index for p in able if self._is_there(p, department, duty, list(span))
                ),
            )
            for span in spans
            if span
        ]

    def _is_there(self, person: Person, department: int, duty: Duty, slots: list[int]) -> bool:
        """Whether the person could be on the duty in all the slots.

        Free, or rostered to stay on just that duty; presence alone is also possible for those who
        stay on any duty of the same site.
        """
        for slot in slots:
            if person.usable >> slot & 1:
                continue
            rostered = person.rostered.get(slot)
            if not person.stays_on >> slot & 1 or rostered is None:
                return False
            where, what = rostered
            same_duty = (where, what) == (department, duty.duty)
            on_site = duty.presence is Presence.ON_SITE and person.is_staff
            if not (same_duty or (on_site and self._site(where) == self._site(department))):
                return False
        return True

    def _site(self, department: int) -> str:
        return self.organisation.departments[department].site

    def _rostered(self) -> dict[tuple[int, int], list[tuple[int, int]]]:
        found: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for person in self.people:
            for slot, (department, _) in sorted(person.rostered.items()):
                key = self.groups[department], self.grid.day_of(slot)
                found[key].append((person.index, slot))
        return found
