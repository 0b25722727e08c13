"""clinical_cover: protected time never makes cover worse than the unavoidable shortfall.

For a slot, people P and places of kinds k with demand D[k] and candidates N[k], all places but
``delta`` of them can be filled exactly when for every set of kinds K (Hall, Kőnig)
    people of N(K) who are left  >=  D(K) - delta.
Only one K for each distinct N(K) is needed: all kinds whose candidates lie in it. People who fill
a place by a variable of their own count for K only when that place is in K. The shortfall by
priority is right when the row holds for the musts, for musts and shoulds, and for all (a
transversal matroid: what the greedy order fills is best for every prefix).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from trainsched.planning.build import Build, Literal
from trainsched.planning.matching import Matcher
from trainsched.planning.written_out import keep_assignments
from trainsched.problem.cover import CoverDay, PlaceType
from trainsched.problem.demands import PRIORITIES

NumberedPlace = tuple[int, PlaceType]


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
        self.made = made
        self.slot = places[0][1].slots[0]
        self.by_person = build.cover_plans[number].by_person
        self.long: dict[int, list[Literal]] = defaultdict(list)
        for position, place in enumerate(cover_day.places):
            if place.exclusive and place.is_long and self.slot in place.slots:
                for person in place.candidates:
                    self.long[person].append(made[position, person])
        everybody = {person for _, place in places for person in place.candidates}
        self.ordinary = _mask(everybody - self.by_person)
        self.may_leave = self.ordinary & _mask(
            person
            for person in everybody
            if build.sessions_at(person, self.slot)
            or any((position, person) in made for position, _ in places)
        )
        self.may_be_on_long = self.ordinary & ~self.may_leave & _mask(self.long)
        self.most_on_long = sum(
            place.need
            for place in cover_day.places
            if place.exclusive and place.is_long and self.slot in place.slots
        )

    def add(self) -> None:
        """Add the rows that can bind: for all places, and for each prefix that must fall short."""
        people = {person for _, place in self.places for person in place.candidates}
        matcher = Matcher(people)
        needed = filled = 0
        shortfalls: list[int] = []
        for priority in range(len(PRIORITIES)):
            for _, place in self.places:
                if place.priority == priority:
                    needed += place.need
                    filled += matcher.fill(place.candidates, place.need)
            shortfalls.append(needed - filled)
        if not any(shortfalls):
            self._add_rows(self.places, 0)
            return
        for priority, shortfall in enumerate(shortfalls):
            prefix = [numbered for numbered in self.places if numbered[1].priority <= priority]
            if prefix:
                self._add_rows(prefix, shortfall)

    def _add_rows(self, places: list[NumberedPlace], shortfall: int) -> None:
        for people, kinds in _neighbourhoods(places, apart=shortfall == 0):
            self._add_row(people, kinds, sum(p.need for _, p in kinds) - shortfall)

    def _add_row(self, people: int, kinds: list[NumberedPlace], demand: int) -> None:
        left = (people & self.ordinary).bit_count()
        gone = (people & self.may_leave).bit_count()
        gone += min((people & self.may_be_on_long).bit_count(), self.most_on_long)
        if left - gone >= demand:
            return  # nothing that could happen in this slot would break the row
        inside = {position for position, _ in kinds}
        outside = [numbered for numbered in self.places if numbered[0] not in inside]
        losses: list[Literal] = []
        for person in _members(people & self.ordinary):
            losses += [self.made[n, person] for n, _ in outside if (n, person) in self.made]
            engaged = self.build.is_engaged(person, self.slot)
            if engaged is not None:
                losses.append(engaged)
            losses += self.long[person]
        gains = [
            self.made[position, person]
            for position, place in kinds
            for person in place.candidates
            if person in self.by_person
        ]
        self.build.model.add(left - sum(losses) + sum(gains) >= demand)


def _neighbourhoods(
    places: list[NumberedPlace], *, apart: bool
) -> Iterator[tuple[int, list[NumberedPlace]]]:
    """Each distinct set of people N(K), as a mask, with all the kinds that lie in it.

    ``apart``: kinds that share nobody need no row together, since theirs add up to it. That is so
    only where no place may stay empty: a shortfall is for all kinds together.
    """
    masks = {n: sum(1 << person for person in place.candidates) for n, place in places}
    distinct = sorted(set(masks.values()))
    unions = set(distinct)
    waiting = list(distinct)
    while waiting:
        union = waiting.pop()
        for mask in distinct:
            grown = union | mask
            if (union & mask or not apart) and grown not in unions:
                unions.add(grown)
                waiting.append(grown)
    for union in sorted(unions):
        kinds = [(n, place) for n, place in places if masks[n] | union == union]
        yield union, kinds


def _mask(people: Iterable[int]) -> int:
    return sum(1 << person for person in people)


def _members(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
