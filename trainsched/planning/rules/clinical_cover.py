"""clinical_cover: protected time never makes cover worse than the unavoidable shortfall.

For a slot, people P and places of kinds k with demand D[k] and candidates N[k], all places but
``delta`` of them can be filled exactly when for every set of kinds K (Hall, Kőnig)
    people of N(K) who are left  >=  D(K) - delta.
Only one K for each distinct N(K) is needed: all kinds whose candidates lie in it. People who fill
a place by a variable of their own count for K only when that place is in K. The shortfall by
priority is right when the row holds for the musts, for musts and shoulds, and for all (a
transversal matroid: what the greedy order fills is best for every prefix).
Sessions stand in the rows themselves. One variable for "in some session then" makes the rows
shorter, and the model so much the harder to reduce that a proof takes twice as long.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ortools.sat.python import cp_model

from trainsched.planning.build import Build, Literal
from trainsched.planning.matching import Matcher
from trainsched.planning.written_out import keep_assignments
from trainsched.problem.cover import CoverDay, PlaceType
from trainsched.problem.demands import PRIORITIES

NumberedPlace = tuple[int, PlaceType]
Kind = tuple[tuple[int, ...], int, int]
"""Places of a slot: ``(candidates, need, priority)``."""
Row = tuple[int, tuple[int, ...], int]
"""``(people as a mask, positions of the kinds that lie in it, places to fill)``."""
MOST_REMEMBERED = 20_000


def keep_clinical_cover(build: Build) -> None:
    """Add the rule for every day that training can touch."""
    for number, plan in build.cover_plans.items():
        cover_day = build.problem.cover_days[number]
        made = {
            (place, person): build.fills[number, place, person]
            for place, type_ in enumerate(cover_day.places)
            for person in type_.candidates
            if (number, place, person) in build.fills
        }
        keep_assignments(build.problem, build.model, build.stays, cover_day, made)
        if plan.written_out:
            _keep_shortfall(build, number, cover_day)
            continue
        _fill_places_by_person(build, cover_day, made)
        for places in _by_slot(cover_day).values():
            _SlotRows(build, number, cover_day, places, made).add()


def _keep_shortfall(build: Build, number: int, cover_day: CoverDay) -> None:
    for priority in range(len(PRIORITIES)):
        missing = [
            build.missing[number, position]
            for position, place in enumerate(cover_day.places)
            if place.priority == priority
        ]
        if missing:
            build.model.add(sum(missing) == build.judgements[number].unavoidable[priority])


def _fill_places_by_person(
    build: Build, cover_day: CoverDay, made: dict[tuple[int, int], Literal]
) -> None:
    """Long places and uncertain presence are filled in full; others at most in full."""
    for position, place in enumerate(cover_day.places):
        filled = [made[position, p] for p in place.candidates if (position, p) in made]
        if not filled:
            continue
        if place.is_long or not place.exclusive:
            build.model.add(sum(filled) == place.need)
        elif len(filled) > place.need:
            build.model.add(sum(filled) <= place.need)


def _by_slot(cover_day: CoverDay) -> dict[int, list[NumberedPlace]]:
    found: dict[int, list[NumberedPlace]] = defaultdict(list)
    for position, place in enumerate(cover_day.places):
        if place.exclusive and not place.is_long:
            found[place.slots[0]].append((position, place))
    return found


class _SlotRows:
    """The counting rows of one slot."""

    def __init__(
        self,
        build: Build,
        number: int,
        cover_day: CoverDay,
        places: list[NumberedPlace],
        made: dict[tuple[int, int], Literal],
    ) -> None:
        self.build = build
        self.places = places
        self.slot = places[0][1].slots[0]
        self.by_person = build.cover_plans[number].by_person
        self.long: dict[int, list[Literal]] = defaultdict(list)
        for position, place in enumerate(cover_day.places):
            if place.exclusive and place.is_long and self.slot in place.slots:
                for person in place.candidates:
                    self.long[person].append(made[position, person])
        everybody = {person for _, place in places for person in place.candidates}
        self.made_by: dict[int, list[tuple[int, Literal]]] = defaultdict(list)
        for position, place in places:
            for person in place.candidates if made else ():
                if (position, person) in made:
                    self.made_by[person].append((position, made[position, person]))
        self.ordinary = _mask(everybody - self.by_person)
        self.may_leave = self.ordinary & _mask(
            person
            for person in everybody
            if person in self.made_by or build.sessions_at(person, self.slot)
        )
        self.may_be_on_long = self.ordinary & ~self.may_leave & _mask(self.long)
        self.most_on_long = sum(
            place.need
            for place in cover_day.places
            if place.exclusive and place.is_long and self.slot in place.slots
        )

    def add(self) -> None:
        """Add the rows that can bind."""
        kinds = tuple((place.candidates, place.need, place.priority) for _, place in self.places)
        for people, inside, demand in _rows(kinds):
            self._add_row(people, [self.places[position] for position in inside], demand)

    def _add_row(self, people: int, kinds: list[NumberedPlace], demand: int) -> None:
        left = (people & self.ordinary).bit_count()
        gone = (people & self.may_leave).bit_count()
        gone += min((people & self.may_be_on_long).bit_count(), self.most_on_long)
        if left - gone >= demand:
            return  # nothing that could happen in this slot would break the row
        inside = {position for position, _ in kinds}
        losses: list[Literal] = []
        for person in _members(people & (self.may_leave | self.may_be_on_long)):
            losses += [fills for n, fills in self.made_by.get(person, ()) if n not in inside]
            losses += self.build.sessions_at(person, self.slot)
            losses += self.long.get(person, ())
        gains = [
            fills
            for person in sorted(self.by_person)
            for n, fills in self.made_by.get(person, ())
            if n in inside
        ]
        lost, gained = cp_model.LinearExpr.sum(losses), cp_model.LinearExpr.sum(gains)
        self.build.model.add(gained - lost >= demand - left)


@lru_cache(maxsize=MOST_REMEMBERED)
def _rows(kinds: tuple[Kind, ...]) -> tuple[Row, ...]:
    """The rows of places of these kinds: for all, and for each prefix that must fall short.

    Windows of one plan ask for the same slots again and again.
    """
    people = {person for candidates, _, _ in kinds for person in candidates}
    matcher = Matcher(people)
    needed = filled = 0
    shortfalls: list[int] = []
    for priority in range(len(PRIORITIES)):
        for candidates, need, important in kinds:
            if important == priority:
                needed += need
                filled += matcher.fill(candidates, need)
        shortfalls.append(needed - filled)
    if not any(shortfalls):
        return tuple(_of_prefix(kinds, len(PRIORITIES), 0))
    return tuple(
        row
        for priority, shortfall in enumerate(shortfalls)
        for row in _of_prefix(kinds, priority, shortfall)
    )


def _of_prefix(kinds: tuple[Kind, ...], priority: int, shortfall: int) -> Iterator[Row]:
    """Rows for the kinds up to a priority, for each distinct set of people N(K)."""
    masks = {n: _mask(kind[0]) for n, kind in enumerate(kinds) if kind[2] <= priority}
    for union in _unions(set(masks.values()), apart=shortfall == 0):
        inside = tuple(n for n, mask in masks.items() if mask | union == union)
        yield union, inside, sum(kinds[n][1] for n in inside) - shortfall


def _unions(distinct: set[int], *, apart: bool) -> list[int]:
    """Each distinct set of people N(K), as a mask.

    ``apart``: kinds that share nobody need no row together, since theirs add up to it. That is so
    only where no place may stay empty: a shortfall is for all kinds together.
    """
    unions = set(distinct)
    waiting = sorted(distinct)
    while waiting:
        union = waiting.pop()
        for mask in sorted(distinct):
            grown = union | mask
            if (union & mask or not apart) and grown not in unions:
                unions.add(grown)
                waiting.append(grown)
    return sorted(unions)


def _mask(people: Iterable[int]) -> int:
    return sum(1 << person for person in people)


def _members(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
