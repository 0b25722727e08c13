"""Which places of one duty the people named in a plan fill: the reading that does it most justice.

A plan says who is on a duty, not in which place. With places for the whole day beside others,
several readings can leave equally little empty; the one that agrees with the plan is taken.
"""

from collections.abc import Iterator, Mapping
from itertools import islice

from trainsched.checker.days import LEVELS, Day, Filling, Need
from trainsched.checker.unavoidable import least_missing

READINGS_AT_MOST = 5000
"""Enough for any real duty; a plan that puts a crowd on one is at fault in any case."""


def explain(day: Day, stated: Mapping[int, int]) -> Filling:
    """The filling with least missing that leaves empty what is ``stated`` by position.

    Where no such filling agrees, one that fills the most places over all periods.
    """
    if _has_room_for_all(day):
        return _filled_by_all(day)
    found = least_missing(day)
    best = found if found is not None else Filling({}, ())
    if empty_places(day, best) == stated or all(len(n.positions) == 1 for n in day.needs):
        return best
    possible = islice(_readings(day, 0, {}), READINGS_AT_MOST)
    readings = [reading for reading in possible if reading.missing == best.missing]
    agreeing = [reading for reading in readings if empty_places(day, reading) == stated]
    if agreeing:
        return agreeing[0]
    return min(readings, key=lambda r: sum(empty_places(day, r).values()), default=best)


def _has_room_for_all(day: Day) -> bool:
    """Whether everybody has a place: one need in each slot, and no more people than places."""
    positions = [position for need in day.needs for position in need.positions]
    return (
        not day.given
        and len({need.site for need in day.needs}) <= 1
        and len(set(positions)) == len(positions)
        and all(len(need.able) <= need.places for need in day.needs)
    )


def _filled_by_all(day: Day) -> Filling:
    missing = [0] * len(LEVELS)
    for need in day.needs:
        missing[need.level] += need.places - len(need.able)
    return Filling({index: need.able for index, need in enumerate(day.needs)}, tuple(missing))


def empty_places(day: Day, filling: Filling) -> dict[int, int]:
    """Empty places by position, without the positions that have none."""
    empty: dict[int, int] = {}
    for index, need in enumerate(day.needs):
        missing = need.places - len(filling.people.get(index, ()))
        for position in need.positions:
            empty[position] = empty.get(position, 0) + missing
    return {position: missing for position, missing in empty.items() if missing > 0}


def _readings(day: Day, index: int, decided: dict[int, frozenset[str]]) -> Iterator[Filling]:
    """Every way to give places over several periods to people, the rest filled at best."""
    if index == len(day.needs):
        rest = _without(day, decided)
        filling = least_missing(rest)
        if filling is not None:
            yield Filling({**filling.people, **decided}, filling.missing)
        return
    need = day.needs[index]
    if len(need.positions) == 1:
        yield from _readings(day, index + 1, decided)
        return
    taken = {
        person
        for other, people in decided.items()
        if not set(day.needs[other].positions).isdisjoint(need.positions)
        for person in people
    }
    for people in _subsets(sorted(need.able - taken), need.places):
        yield from _readings(day, index + 1, {**decided, index: people})


def _subsets(people: list[str], at_most: int) -> Iterator[frozenset[str]]:
    """All sets of so many of the people or fewer, the larger ones first."""
    if not people or at_most <= 0:
        yield frozenset()
        return
    for rest in _subsets(people[1:], at_most - 1):
        yield rest | {people[0]}
    yield from _subsets(people[1:], at_most)


def _without(day: Day, decided: Mapping[int, frozenset[str]]) -> Day:
    """The day with the decided needs closed to everybody else, and their people taken."""

    def left(index: int, need: Need) -> Need:
        if index in decided:
            return need._replace(able=decided[index])
        taken = {
            person
            for other, people in decided.items()
            if not set(day.needs[other].positions).isdisjoint(need.positions)
            for person in people
        }
        return need._replace(able=need.able - taken)

    return Day(tuple(left(i, need) for i, need in enumerate(day.needs)), day.too_far)
