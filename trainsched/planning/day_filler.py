"""A day's duty places filled by simple means, around whatever sessions there are.

Long places first, the scarcest before the others; then slot by slot, those who are rostered on a
duty before anybody else. It may miss a way that exists, never the other way round: what it fills
keeps every rule. Most days need no more than this; the others are written out for the solver.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from trainsched.planning.goals.changed_duties import RosteredDuty
from trainsched.planning.judgement import Vector
from trainsched.planning.matching import Matcher, left_empty
from trainsched.problem.cover import CoverDay, PlaceType
from trainsched.problem.problem import Problem

Engagements = Mapping[tuple[int, int], str]
"""The site of the session that a ``(person, slot)`` is in."""
Fill = tuple[int, int]
"""``(place, person)``."""


@dataclass(frozen=True, slots=True)
class Filled:
    """``fills`` are ``(place, person)``; ``missing`` is by place."""

    fills: tuple[Fill, ...]
    missing: tuple[int, ...]

    def shortfall(self, places: Sequence[PlaceType]) -> Vector:
        """Missing places by priority."""
        vector = [0, 0, 0]
        for place, count in zip(places, self.missing, strict=True):
            vector[place.priority] += count
        return vector[0], vector[1], vector[2]


class DayFiller:
    """Fills one day's places, whatever sessions people are in."""

    def __init__(
        self, problem: Problem, cover_day: CoverDay, rostered: tuple[RosteredDuty, ...] = ()
    ) -> None:
        self.problem = problem
        self.places = cover_day.places
        first = problem.grid.slot(cover_day.day, 0)
        self.slots = range(first, first + problem.grid.periods)
        self.bound = problem.bound_stays.get(cover_day.day, {})
        self.on_it: dict[int, set[int]] = defaultdict(set)
        for duty in rostered:
            for position in duty.places:
                self.on_it[position].update(duty.able)
        self.long = [n for n, p in enumerate(self.places) if p.exclusive and p.is_long]
        self.by_slot: dict[int, list[int]] = defaultdict(list)
        self.present: dict[tuple[int, str], list[int]] = defaultdict(list)
        for number, place in enumerate(self.places):
            if not place.exclusive:
                self.present[place.department, place.duty].append(number)
            elif not place.is_long:
                self.by_slot[place.slots[0]].append(number)

    def fill(self, engaged: Engagements) -> Filled:
        """Fill what can be filled around the sessions."""
        attempt = _Attempt(self, engaged)
        for number in sorted(self.long, key=lambda n: (len(self.places[n].candidates), n)):
            attempt.fill_long(number)
        for slot in sorted(self.by_slot):
            attempt.fill_slot(self.by_slot[slot])
        for numbers in self.present.values():
            attempt.fill_presence(numbers)
        attempt.fills.sort()
        filled = [0] * len(self.places)
        for number, _ in attempt.fills:
            filled[number] += 1
        missing = tuple(p.need - n for p, n in zip(self.places, filled, strict=True))
        return Filled(tuple(attempt.fills), missing)

    def least_shortfall(self, engaged: Engagements | None = None) -> Vector:
        """A lower bound, in order of priority, on what stays empty around the sessions.

        Places that compete in one slot are matched for themselves, long ones apart from the
        others or together with those of one slot, and everybody who is in no session may be
        anywhere: less is asked than of a real filling. Without sessions, the bound is on what
        stays empty anyway.
        """
        able = {id(place): _without(engaged, place) for place in self.places}

        def empty(places: Sequence[PlaceType]) -> Vector:
            in_order = sorted(places, key=lambda p: p.priority)
            return left_empty([(p.priority, p.need, able[id(p)]) for p in in_order])

        missing = [0, 0, 0]
        for places in self._apart:
            for priority, count in enumerate(empty(places)):
                missing[priority] += count
        least = missing[0], missing[1], missing[2]
        return max([least, *(empty(places) for places in self._with_long)])

    @cached_property
    def _apart(self) -> list[list[PlaceType]]:
        """Places that compete with each other, groups of which none is in two."""
        groups: dict[object, list[PlaceType]] = defaultdict(list)
        for place in self.places:
            duty = None if place.exclusive else (place.department, place.duty)
            groups[place.slots[0], place.is_long, duty].append(place)
        return list(groups.values())

    @cached_property
    def _with_long(self) -> list[list[PlaceType]]:
        """All that take the whole person in one slot, for each slot of a long one."""
        slots = {slot for number in self.long for slot in self.places[number].slots}
        return [
            [place for place in self.places if place.exclusive and slot in place.slots]
            for slot in sorted(slots)
        ]


def _without(engaged: Engagements | None, place: PlaceType) -> int:
    """The candidates of the place whom no session keeps from it, as a mask."""
    here = None if place.exclusive else place.site
    able = 0
    for person in place.candidates:
        if not engaged or all(engaged.get((person, s), here) == here for s in place.slots):
            able |= 1 << person
    return able


class _Attempt:
    """One filling of a day in the making."""

    def __init__(self, filler: DayFiller, engaged: Engagements) -> None:
        self.filler = filler
        self.problem = filler.problem
        self.places = filler.places
        self.engaged = engaged
        self.fills: list[Fill] = []
        self.on_duty: dict[tuple[int, int], str] = {}
        self.present_at: dict[tuple[int, int], str] = {}

    def fill_long(self, number: int) -> None:
        """Fill a duty of one person over several slots: the rostered first, the least skilled."""
        place = self.places[number]
        on_it = self.filler.on_it[number]
        able = [person for person in place.candidates if self._is_free(person, place)]
        able.sort(key=lambda p: (p not in on_it, self._uses(p), p))
        for person in able[: place.need]:
            self._put(number, place, person)

    def _uses(self, person: int) -> int:
        return sum(person in place.candidates for place in self.places)

    def fill_slot(self, numbers: list[int]) -> None:
        """Fill the exclusive places of one slot, keeping the rostered where they are."""
        able = {
            number: [p for p in self.places[number].candidates if self._is_free(p, place)]
            for number in numbers
            for place in (self.places[number],)
        }
        matcher = Matcher({person for people in able.values() for person in people})
        by_priority = sorted(numbers, key=lambda n: (self.places[n].priority, n))
        kept: dict[int, int] = {}
        for number in by_priority:
            rostered = [p for p in able[number] if p in self.filler.on_it[number]]
            kept[number] = matcher.fill(rostered, self.places[number].need, number)
        for number in by_priority:
            matcher.widen(number, able[number])
        for number in by_priority:
            matcher.fill(able[number], self.places[number].need - kept[number], number)
        for number, person in matcher.filled():
            self._put(number, self.places[number], person)

    def fill_presence(self, numbers: list[int]) -> None:
        """Fill the places of one on-site duty, the long ones first."""
        taken: set[tuple[int, int]] = set()
        for number in sorted(numbers, key=lambda n: (-len(self.places[n].slots), n)):
            place = self.places[number]
            left = place.need
            for person in place.candidates:
                if not left:
                    break
                if any((person, s) in taken for s in place.slots):
                    continue
                if self._is_there(person, place):
                    self.fills.append((number, person))
                    taken.update((person, slot) for slot in place.slots)
                    self.present_at.update(((person, s), place.site) for s in place.slots)
                    left -= 1

    def _put(self, number: int, place: PlaceType, person: int) -> None:
        self.fills.append((number, person))
        self.on_duty.update(((person, slot), place.site) for slot in place.slots)

    def _is_free(self, person: int, place: PlaceType) -> bool:
        for slot in place.slots:
            if (person, slot) in self.engaged or (person, slot) in self.on_duty:
                return False
        return self._can_travel(person, place.slots, place.site)

    def _can_travel(self, person: int, slots: Iterable[int], site: str) -> bool:
        """Whether every other stay of the day leaves room; stricter than the rule, as a pair."""
        for other in self.filler.slots:
            where = self._stay(person, other)
            if where is None or where == site:
                continue
            for slot in slots:
                if slot == other:
                    return False
                first, from_site, second, to_site = (
                    (slot, site, other, where) if slot < other else (other, where, slot, site)
                )
                if not self.problem.leaves_room_to_travel(first, from_site, second, to_site):
                    return False
        return True

    def _stay(self, person: int, slot: int) -> str | None:
        key = person, slot
        return self.engaged.get(key) or self.on_duty.get(key) or self.filler.bound.get(key)

    def _is_there(self, person: int, place: PlaceType) -> bool:
        return all(
            (self._stay(person, slot) or place.site) == place.site
            and self.present_at.get((person, slot), place.site) == place.site
            for slot in place.slots
        )
