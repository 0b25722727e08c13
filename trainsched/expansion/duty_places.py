"""Who could fill which places, of those who are there and of everybody who might be bought.

In a slot a person is on one exclusive duty at most. Only the largest sets of places that meet in a
slot are needed: a set within another says nothing more.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import gcd

from trainsched.expansion.facts import holder_id
from trainsched.expansion.offer import Offer, PostPlace
from trainsched.problem.index import index

Fill = tuple[int, int, int]
"""``(cover day, position of the place, person)``."""
Places = frozenset[tuple[int, int]]
"""``(cover day, position)`` of places."""
Solution = tuple[frozenset[int], tuple[Fill, ...]]
"""The people who are bought, and who fills what."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Exclusive places of one slot, of ``needed`` people in all.

    ``present``: how many staff could fill any of them. ``able`` are the units that could.
    """

    slot: int
    places: Places
    needed: int
    present: int
    able: frozenset[int]

    @property
    def bought(self) -> int:
        """How many people must be bought to fill them at the least."""
        return self.needed - self.present


class DutyPlaces:
    """All places, with the units that might be bought as ``holders`` and their persons.

    Prices are in pounds a year.
    """

    def __init__(self, offer: Offer) -> None:
        self.offer = offer
        self.holders = offer.every_unit
        self.problem = index(offer.with_every_unit)
        number_of = {person.person_id: person.index for person in self.problem.people}
        self.units = [number_of[holder_id(h.post, h.number)] for h in self.holders]
        prices = [offer.prices.of_post(offer.posts[h.post]) for h in self.holders]
        self.price = dict(zip(self.units, prices, strict=True))
        self.step = max(gcd(*prices), 1) if prices else 1
        """Every cost is a multiple of it, in pounds."""
        self.need: dict[tuple[int, int], int] = {}
        self.fills: list[Fill] = []
        for number, cover_day in enumerate(self.problem.cover_days):
            for position, place in enumerate(cover_day.places):
                self.need[number, position] = place.need
                self.fills += [(number, position, person) for person in place.candidates]
        self.moments = list(self._moments())
        self.meetings = self._meetings()
        """For each person the largest sets of places of which they can fill one only."""

    def _moments(self) -> Iterator[Moment]:
        bought = set(self.units)
        for number, cover_day in enumerate(self.problem.cover_days):
            at: dict[int, list[int]] = defaultdict(list)
            for position, place in enumerate(cover_day.places):
                for slot in place.slots if place.exclusive else ():
                    at[slot].append(position)
            for slot, positions in at.items():
                places = [cover_day.places[position] for position in positions]
                could = {person for place in places for person in place.candidates}
                needed = sum(place.need for place in places)
                met = frozenset((number, n) for n in positions)
                yield Moment(slot, met, needed, len(could - bought), frozenset(could & bought))

    def _meetings(self) -> dict[int, list[Places]]:
        found: dict[int, set[Places]] = defaultdict(set)
        for places in (*(moment.places for moment in self.moments), *self._together()):
            for person, theirs in self.by_person(places).items():
                found[person].add(theirs)
        return {person: _largest(sets) for person, sets in sorted(found.items())}

    def _together(self) -> Iterator[Places]:
        """Places of one duty that takes nobody, in a slot: a person counts for one of them."""
        for number, cover_day in enumerate(self.problem.cover_days):
            at: dict[tuple[int, int, str], list[int]] = defaultdict(list)
            for position, place in enumerate(cover_day.places):
                for slot in () if place.exclusive else place.slots:
                    at[slot, place.department, place.duty].append(position)
            for positions in at.values():
                yield frozenset((number, n) for n in positions)

    def candidates(self, number: int, position: int) -> tuple[int, ...]:
        """Who could fill a place of a cover day."""
        return self.problem.cover_days[number].places[position].candidates

    def by_person(self, places: Iterable[tuple[int, int]]) -> dict[int, Places]:
        """Of these places those that each person could fill."""
        found: dict[int, set[tuple[int, int]]] = defaultdict(set)
        for number, position in places:
            for person in self.candidates(number, position):
                found[person].add((number, position))
        return {person: frozenset(theirs) for person, theirs in found.items()}

    def pairs_in_order(self) -> list[tuple[int, int]]:
        """Units that are alike, one after the other: the second is bought only with the first."""
        rows: dict[PostPlace, list[int]] = defaultdict(list)
        for holder, person in zip(self.holders, self.units, strict=True):
            rows[holder.post, holder.department].append(person)
        return [pair for row in rows.values() for pair in pairwise(row)]

    def limits(self) -> list[tuple[list[int], int]]:
        """Units of one post in all departments, where there are more than may be bought of it."""
        found: list[tuple[list[int], int]] = []
        for post in self.offer.organisation.posts:
            mine = [
                person
                for holder, person in zip(self.holders, self.units, strict=True)
                if holder.post == post.post
            ]
            if post.max_posts is not None and post.max_posts < len(mine):
                found.append((mine, post.max_posts))
        return found

    def out_of_reach(self) -> str | None:
        """What not even everybody together can fill, in a sentence; None where nothing shows."""
        for cover_day in self.problem.cover_days:
            for place in cover_day.places:
                if len(place.candidates) < place.need:
                    department = self.problem.organisation.departments[place.department]
                    what = f"{place.duty} in {department.code}"
                    return self._too_few(place.slots[0], what, place.need, len(place.candidates))
        for moment in self.moments:
            could = moment.present + len(moment.able)
            if could < moment.needed:
                return self._too_few(moment.slot, "All duties together", moment.needed, could)
        return None

    def _too_few(self, slot: int, what: str, needed: int, could: int) -> str:
        grid = self.problem.grid
        day = grid.days[grid.day_of(slot)]
        period = self.problem.organisation.calendar.period_names[grid.position_of(slot)]
        return (
            f"{what}, {day:%d %b %Y} {period}: {needed} needed, and with all listed posts "
            f"{could} could."
        )

    @property
    def least_pounds(self) -> int:
        """What the moment costs that takes most, if it is filled with the cheapest who could."""
        return max(
            (
                sum(sorted(self.price[person] for person in moment.able)[: max(moment.bought, 0)])
                for moment in self.moments
            ),
            default=0,
        )

    def most_units(self, pounds: int) -> int:
        """How many units can be paid with so much at the most."""
        left, count = pounds, 0
        for price in sorted(self.price.values()):
            left -= price
            if left < 0:
                break
            count += 1
        return count

    @property
    def pounds_of_all(self) -> int:
        """What all units together cost."""
        return sum(self.price.values())

    def pounds(self, solution: Solution) -> int:
        """What the people of the solution cost."""
        return sum(self.price[person] for person in solution[0])


def _largest(sets: set[Places]) -> list[Places]:
    """Those that lie in no other."""
    kept: list[Places] = []
    holding: dict[tuple[int, int], list[int]] = defaultdict(list)
    for places in sorted(sets, key=lambda s: (-len(s), sorted(s))):
        rarest = min(places, key=lambda place: len(holding[place]))
        if not any(places <= kept[n] for n in holding[rarest]):
            for place in places:
                holding[place].append(len(kept))
            kept.append(places)
    return kept
