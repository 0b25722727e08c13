"""Whether cover could bear that some people are in a session: bounds, found by counting.

A bound asks less than a real filling of the day would: what it refuses is truly impossible, what
it lets pass may be so. Days alike are looked at once, in whatever facts they come up.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from trainsched.planning.judgement import Vector
from trainsched.planning.matching import Kind, left_empty
from trainsched.problem.cover import CoverDay, PlaceType
from trainsched.problem.demands import PRIORITIES

Engaged = Mapping[tuple[int, int], str]
"""The site of the session that a ``(person, slot)`` is in."""


class CoverBounds:
    """Remembers bounds: by days, and by places that compete with each other."""

    def __init__(self) -> None:
        self._days: dict[object, DayBound] = {}
        self._masks: dict[tuple[int, ...], int] = {}
        self._left_empty: dict[tuple[Kind, ...], Vector] = {}

    def of_day(
        self, cover_day: CoverDay, first: int, engaged: Engaged, least: Vector
    ) -> "DayBound":
        """The bound of a day that begins with slot ``first``, with some people in sessions."""
        places = tuple(
            _Place(place, place.slots[0] - first, self._able(place, engaged))
            for place in cover_day.places
        )
        signature = least, tuple(place.facts for place in places)
        if signature not in self._days:
            self._days[signature] = DayBound(len(self._days), places, least, self)
        return self._days[signature]

    def _able(self, place: PlaceType, engaged: Engaged) -> int:
        """Those who could fill a place, as a mask."""
        candidates = place.candidates
        if candidates not in self._masks:
            self._masks[candidates] = sum(1 << person for person in candidates)
        able = self._masks[candidates]
        if engaged:
            here = None if place.exclusive else place.site
            for person in candidates:
                if any(engaged.get((person, slot), here) != here for slot in place.slots):
                    able ^= 1 << person
        return able

    def left_empty(self, kinds: tuple[Kind, ...]) -> Vector:
        """How many places stay empty by priority, the important ones being filled first."""
        if kinds not in self._left_empty:
            self._left_empty[kinds] = left_empty(kinds)
        return self._left_empty[kinds]


class _Place:
    """Equal places of a day, apart from the date. ``duty`` is None for those that take all of one.

    ``facts`` is all of it, to compare by.
    """

    __slots__ = ("able", "duty", "facts", "need", "priority", "site", "slots")

    def __init__(self, place: PlaceType, position: int, able: int) -> None:
        self.slots = sum(1 << slot for slot in place.slots) >> (place.slots[0] - position)
        self.priority = place.priority
        self.need = place.need
        self.duty = None if place.exclusive else (place.department, place.duty)
        self.site = place.site
        self.able = able
        self.facts = (self.slots, self.priority, self.need, able, self.duty, self.site)


class DayBound:
    """One day of one group of departments that share people.

    In one slot the exclusive places are matched among themselves, those that take longer being
    counted in each of their slots; and groups of places that have none in common add up.
    """

    def __init__(
        self, number: int, places: Sequence[_Place], least: Vector, bounds: CoverBounds
    ) -> None:
        self.number = number
        self.places = places
        self.least = least
        self.bounds = bounds
        self.everybody = 0
        apart: dict[tuple[int, object], list[int]] = defaultdict(list)
        slots: dict[int, list[int]] = defaultdict(list)
        for position, place in enumerate(places):
            self.everybody |= place.able
            apart[place.slots, place.duty].append(position)
            if place.duty is None:
                for slot in _members(place.slots):
                    slots[slot].append(position)
        if not any(least):  # then the slots say it all of places that take the whole person
            apart = {key: positions for key, positions in apart.items() if key[1] is not None}
        self.apart = [self._in_order(positions) for positions in apart.values()]
        self.slots = [self._in_order(positions) for positions in slots.values()]
        self._answers: dict[tuple[int, int, str], bool] = {}

    def _in_order(self, positions: list[int]) -> tuple[int, ...]:
        return tuple(sorted(positions, key=lambda n: (self.places[n].priority, n)))

    def bears(self, people: int, slots: int, site: str) -> bool:
        """Whether these could be in a session in these slots (masks), as far as counting shows."""
        gone = people & self.everybody
        if not gone:
            return True
        key = gone, slots, site
        known = self._answers.get(key)
        if known is None:
            known = self._answers[key] = self._find_out(gone, slots, site)
        return known

    def _find_out(self, gone: int, slots: int, site: str) -> bool:
        able = [
            place.able & ~gone
            if place.slots & slots and (place.duty is None or place.site != site)
            else place.able
            for place in self.places
        ]
        if any(self._empty(positions, able) > self.least for positions in self.slots):
            return False
        together = [0] * len(PRIORITIES)
        for positions in self.apart:
            for priority, count in enumerate(self._empty(positions, able)):
                together[priority] += count
        return (together[0], together[1], together[2]) <= self.least

    def _empty(self, positions: tuple[int, ...], able: Sequence[int]) -> Vector:
        places = self.places
        return self.bounds.left_empty(
            tuple((places[n].priority, places[n].need, able[n]) for n in positions)
        )


def _members(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
