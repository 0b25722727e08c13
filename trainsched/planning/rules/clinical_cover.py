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
from itertools import accumulate

from ortools.sat.python import cp_model

from trainsched.planning.build import Build, Expression, Literal
from trainsched.planning.counting_rows import Row, mask_of, members_of, rows_of, rows_where_traded
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
        if place.is_long or not place.exclusive:
            if filled or (number, position) in build.missing:
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

    def somewhere(self, prefix: int, before: Expression) -> Expression:
        """How many places of the first priorities are missing among some of a slot.

        ``before``: how many of the priorities before the last of them.
        """
        most = self.most[prefix]
        if not most:
            return 0
        missing = self.model.new_int_var(0, most, "")
        if not isinstance(before, int):
            self.model.add(missing >= before)
        return missing

    def count(self, prefix: int, missing: Expression) -> None:
        """Take those into account."""
        if not isinstance(missing, int):
            self.by_prefix[prefix].append(missing)

    def limit(self) -> None:
        """Nothing more is missing of the first priorities than is allowed.

        That is the least there can be of the first, and so on: to be above it nowhere is to be at
        it everywhere. (Where more is allowed, as for a proof, less is asked so.)
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
        self.ordinary = mask_of(everybody - self.by_person)
        self.may_leave = self.ordinary & mask_of(
            person
            for person in everybody
            if person in self.made_by or build.sessions_at(person, self.slot)
        )
        self.may_be_on_long = self.ordinary & ~self.may_leave & mask_of(self.long)
        self.most_on_long = sum(
            place.need
            for place in cover_day.places
            if place.exclusive and place.is_long and self.slot in place.slots
        )

    def add(self, missing: _Missing | None) -> None:
        """Add the rows that can bind; ``missing``: where it may be in this slot or in another."""
        kinds = tuple((place.candidates, place.need, place.priority) for _, place in self.places)
        if missing is None:
            for row in rows_of(kinds):
                spare = self._spare(row)
                if spare is not None:
                    self.build.model.add(spare >= 0)
            return
        for rows_by_prefix in rows_where_traded(kinds):
            missing_here: Expression = 0
            for prefix, rows in enumerate(rows_by_prefix):
                spares = [spare for row in rows if (spare := self._spare(row)) is not None]
                if spares:
                    missing_here = missing.somewhere(prefix, missing_here)
                    for spare in spares:
                        self.build.model.add(spare + missing_here >= 0)
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
        for person in members_of(people & (self.may_leave | self.may_be_on_long)):
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
