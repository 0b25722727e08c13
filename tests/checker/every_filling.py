"""The unavoidable shortfall of a tiny day by trying every filling: slow, and hard to get wrong.

It shares nothing with the checker: places are taken one after the other, each is given to every
person in turn or to nobody, and the filling is judged as a whole at the end.
"""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from trainsched.domain.duties import Duty, Presence, Priority
from trainsched.domain.organisation import CoverMode, Organisation
from trainsched.domain.people import Staff, meets_band
from trainsched.domain.roster import Meaning, RosterEntry


class Place(NamedTuple):
    row: Duty
    periods: tuple[int, ...]


def least_missing_by_trying(organisation: Organisation, day: date) -> tuple[int, ...]:
    """Missing places by priority (must, should, could), all departments taken together."""
    places = [
        place
        for row in organisation.duties
        for place in _places(organisation, row)
        for _ in range(row.staff_needed)
    ]
    return min(_missing(filling) for filling in _fillings(organisation, day, places))


def _places(organisation: Organisation, row: Duty) -> list[Place]:
    names = organisation.calendar.period_names
    listed = tuple(n for n, name in enumerate(names) if row.periods is None or name in row.periods)
    if row.one_person:
        return [Place(row, listed)] if listed else []
    return [Place(row, (n,)) for n in listed]


def _missing(filling: list[tuple[Place, str | None]]) -> tuple[int, ...]:
    empty = [place.row.priority for place, person in filling if person is None]
    return tuple(empty.count(priority) for priority in Priority)


def _fillings(
    organisation: Organisation, day: date, places: list[Place]
) -> Iterator[list[tuple[Place, str | None]]]:
    filling: list[tuple[Place, str | None]] = []

    def fill(number: int) -> Iterator[list[tuple[Place, str | None]]]:
        if number == len(places):
            if _travel_is_possible(organisation, day, filling):
                yield list(filling)
            return
        place = places[number]
        choices = [p.staff_id for p in organisation.staff if _able(organisation, day, place, p)]
        for person in [*choices, None]:
            if person is not None and not _fits(organisation, day, filling, place, person):
                continue
            filling.append((place, person))
            yield from fill(number + 1)
            filling.pop()

    yield from fill(0)


def _entry(organisation: Organisation, person: str, day: date, n: int) -> RosterEntry | None:
    name = organisation.calendar.period_names[n]
    found = [
        e for e in organisation.roster if (e.person_id, e.date, e.period) == (person, day, name)
    ]
    return found[0] if found else None


def _fixed(organisation: Organisation, person: str, day: date, n: int) -> RosterEntry | None:
    entry = _entry(organisation, person, day, n)
    if organisation.cover is not CoverMode.AS_ROSTERED or entry is None:
        return None
    return entry if entry.meaning is Meaning.DUTY else None


def _able(organisation: Organisation, day: date, place: Place, person: Staff) -> bool:
    row = place.row
    if row.competences and not set(row.competences) & set(person.competences):
        return False
    if row.department not in person.departments or not meets_band(person.band, row.min_band):
        return False
    return all(_free(organisation, day, row, person, n) for n in place.periods)


def _free(organisation: Organisation, day: date, row: Duty, person: Staff, n: int) -> bool:
    fixed = _fixed(organisation, person.staff_id, day, n)
    if fixed is not None:
        own = (fixed.department, fixed.duty) == (row.department, row.duty)
        there = _site(organisation, fixed.department or "") == _site(organisation, row.department)
        return own or (there and row.presence is Presence.ON_SITE)
    entry = _entry(organisation, person.staff_id, day, n)
    if entry is not None:
        return entry.meaning in (Meaning.WORK, Meaning.DUTY)
    name = organisation.calendar.period_names[n]
    return person.pattern.works(day, name, organisation.calendar)


def _site(organisation: Organisation, department: str) -> str:
    return {d.code: d.site for d in organisation.departments}[department]


def _fits(
    organisation: Organisation,
    day: date,
    filling: list[tuple[Place, str | None]],
    place: Place,
    person: str,
) -> bool:
    """No two exclusive places, no two places of one duty, no two sites in one slot."""
    site = _site(organisation, place.row.department)
    for other, who in filling:
        if who != person or not set(other.periods) & set(place.periods):
            continue
        if {other.row.presence, place.row.presence} == {Presence.EXCLUSIVE}:
            return False
        if (other.row.department, other.row.duty) == (place.row.department, place.row.duty):
            return False
        if _site(organisation, other.row.department) != site:
            return False
    for n in place.periods:
        stay = _rostered_stay(organisation, person, day, n)
        if stay is not None and stay != site:
            return False
    return True


def _rostered_stay(organisation: Organisation, person: str, day: date, n: int) -> str | None:
    """The site of the exclusive duty on which the roster holds the person."""
    fixed = _fixed(organisation, person, day, n)
    if fixed is None:
        return None
    rows = [
        r for r in organisation.duties if (r.department, r.duty) == (fixed.department, fixed.duty)
    ]
    exclusive = not rows or any(row.presence is Presence.EXCLUSIVE for row in rows)
    return _site(organisation, fixed.department or "") if exclusive else None


def _travel_is_possible(
    organisation: Organisation, day: date, filling: list[tuple[Place, str | None]]
) -> bool:
    periods = organisation.calendar.periods
    for person in organisation.staff:
        stays: dict[int, tuple[str, bool]] = {}
        for place, who in filling:
            if who == person.staff_id and place.row.presence is Presence.EXCLUSIVE:
                site = _site(organisation, place.row.department)
                stays.update(dict.fromkeys(place.periods, (site, False)))
        for n in range(len(periods)):
            rostered = _rostered_stay(organisation, person.staff_id, day, n)
            if rostered is not None:
                stays[n] = (rostered, True)
        order = sorted(stays)
        for a, b in pairwise(order):
            (from_site, fixed_a), (to_site, fixed_b) = stays[a], stays[b]
            gap = periods[b].start - periods[a].end
            if fixed_a and fixed_b:
                continue
            if from_site != to_site and gap < _minutes(organisation, from_site, to_site):
                return False
    return True


def _minutes(organisation: Organisation, from_site: str, to_site: str) -> int:
    listed = {(leg.from_site, leg.to_site): leg.minutes for leg in organisation.travel}
    default = organisation.policy.whole("default_travel_minutes")
    return listed.get((from_site, to_site), listed.get((to_site, from_site), default))
