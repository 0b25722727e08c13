"""clinical_cover: protected time never makes cover worse than the unavoidable shortfall.

For a slot, people P and places of kinds k with demand D[k] and candidates N[k], all places but
``delta`` of them can be filled exactly when for every set of kinds K (Hall, Kőnig)
    people of N(K) who are left  >=  D(K) - delta.
Only one K for each distinct N(K) is needed: all kinds whose candidates lie in it. People who fill
a place by a variable of their own count for K only when that place is in K. The shortfall by
priority is right when the row holds for the musts, for musts and shoulds, and for all (a
transversal matroid: what the greedy order fills is best for every prefix). Where what is missing on
a day may be missing in this slot or that, ``delta`` is a variable of each slot, and their sum is
what may be missing that day.
Sessions stand in the rows themselves. One variable for "in some session then" makes the rows
shorter, and the model so much the harder to reduce that a proof takes twice as long.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from itertools import accumulate

from ortools.sat.python import cp_model

from trainsched.planning.build import Build, Expression, Literal
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
        _fill_places_by_person(build, number, cover_day, made)
        missing = _Missing(build, number, cover_day) if plan.is_traded else None
        for places in _by_slot(cover_day).values():
            _SlotRows(build, number, cover_day, places, made).add(missing)
        if missing is not None:
            missing.limit()


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
    build: Build, number: int, cover_day: CoverDay, made: dict[tuple[int, int], Literal]
) -> None:
    """Long places and uncertain presence are filled but for what is missing; others at most."""
    for position, place in enumerate(cover_day.places):
        filled = [made[position, p] for p in place.candidates if (position, p) in made]
        missing = build.missing.get((number, position), 0)
        if (filled or (number, position) in build.missing) and (
            place.is_long or not place.exclusive
        ):
            build.model.add(sum(filled) + missing == place.need)
        elif len(filled) > place.need:
            build.model.add(sum(filled) <= place.need)


def _by_slot(cover_day: CoverDay) -> dict[int, list[NumberedPlace]]:
    found: dict[int, list[NumberedPlace]] = defaultdict(list)
    for position, place in enumerate(cover_day.places):
        if place.exclusive and not place.is_long:
            found[place.slots[0]].append((position, place))
    return found


class _Missing:
    """What may be missing on a day on which it may be in one slot or another."""

    def __init__(self, build: Build, number: int, cover_day: CoverDay) -> None:
        self.model = build.model
        self.most = list(accumulate(build.judgements[number].unavoidable))
        self.by_prefix: list[list[Expression]] = [
            [
                build.missing[number, position]
                for position, place in enumerate(cover_day.places)
                if place.priority <= prefix and (number, position) in build.missing
            ]
            for prefix in range(len(PRIORITIES))
        ]

    def somewhere(self, prefix: int) -> Expression:
        """How many places of the first priorities are missing among some of a slot."""
        most = self.most[prefix]
        return self.model.new_int_var(0, most, "") if most else 0

    def count(self, prefix: int, missing: Expression) -> None:
        """Take those into account."""
        self.by_prefix[prefix].append(missing)

    def limit(self) -> None:
        """Nothing more is missing of the first priorities than without any training.

        That is the least there can be of the first, and so on: to be above it nowhere is to be at
        it everywhere.
        """
        for missing, most in zip(self.by_prefix, self.most, strict=True):
            if missing:
                self.model.add(sum(missing) <= most)


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

    def add(self, missing: _Missing | None) -> None:
        """Add the rows that can bind; ``missing``: where it may be in this slot or in another."""
        kinds = tuple((place.candidates, place.need, place.priority) for _, place in self.places)
        if missing is None:
            for row in _rows(kinds):
                spare = self._spare(row)
                if spare is not None:
                    self.build.model.add(spare >= 0)
            return
        for rows_by_prefix in _rows_where_traded(kinds):
            missing_here: Expression | None = None
            for prefix, rows in enumerate(rows_by_prefix):
                spares = [spare for row in rows if (spare := self._spare(row)) is not None]
                if spares:
                    missing_here = missing.somewhere(prefix)
                    for spare in spares:
                        self.build.model.add(spare + missing_here >= 0)
                if missing_here is not None:
                    missing.count(prefix, missing_here)

    def _spare(self, row: Row) -> Expression | None:
        """People who are left, less the places to fill; None where that is never less than 0."""
        people, positions, demand = row
        left = (people & self.ordinary).bit_count()
        gone = (people & self.may_leave).bit_count()
        gone += min((people & self.may_be_on_long).bit_count(), self.most_on_long)
        if left - gone >= demand:
            return None
        inside = {self.places[position][0] for position in positions}
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
        return gained - lost + (left - demand)


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
        return tuple(_of_prefix(kinds, len(PRIORITIES), 0, apart=True))
    return tuple(
        row
        for priority, shortfall in enumerate(shortfalls)
        for row in _of_prefix(kinds, priority, shortfall, apart=shortfall == 0)
    )


@lru_cache(maxsize=MOST_REMEMBERED)
def _rows_where_traded(kinds: tuple[Kind, ...]) -> tuple[tuple[tuple[Row, ...], ...], ...]:
    """Rows by priority, with nothing missing, for each component of kinds that share people.

    There are none for a priority that no kind of the component has: those before say it already.
    """
    found: list[tuple[tuple[Row, ...], ...]] = []
    for inside in _components([_mask(kind[0]) for kind in kinds]):
        important = {kinds[n][2] for n in inside}
        found.append(
            tuple(
                tuple(_of_prefix(kinds, prefix, 0, among=inside, apart=False))
                if prefix in important
                else ()
                for prefix in range(len(PRIORITIES))
            )
        )
    return tuple(found)


def _components(masks: list[int]) -> list[list[int]]:
    """The places of the masks, those together that are joined by common people."""
    found: list[tuple[int, list[int]]] = []
    for number, mask in enumerate(masks):
        joined = [component for component in found if component[0] & mask]
        found = [component for component in found if not component[0] & mask]
        people, members = mask, [number]
        for other, its in joined:
            people |= other
            members = its + members
        found.append((people, sorted(members)))
    return [members for _, members in found]


def _of_prefix(
    kinds: tuple[Kind, ...],
    priority: int,
    shortfall: int,
    *,
    among: Container[int] | None = None,
    apart: bool,
) -> Iterator[Row]:
    """Rows for the kinds (``among`` these) up to a priority, for each distinct set of people N(K).

    See ``_unions`` for ``apart``.
    """
    masks = {
        n: _mask(kind[0])
        for n, kind in enumerate(kinds)
        if kind[2] <= priority and (among is None or n in among)
    }
    for union in _unions(set(masks.values()), apart=apart):
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
