"""changed_duties: fewest rostered duty-slots moved to another person.

Per exclusive duty and slot: R are the people rostered on it who could have done it, r those of
them who are on it, f the places filled. min(|R|, f) - r places changed hands.
"""

from collections import defaultdict
from dataclasses import dataclass

from trainsched.planning.build import Build, Expression
from trainsched.problem.cover import CoverDay
from trainsched.problem.problem import Problem


@dataclass(frozen=True, slots=True)
class RosteredDuty:
    """A duty in a slot with the people rostered on it who could do it, and its places."""

    department: int
    duty: str
    slot: int
    able: tuple[int, ...]
    places: tuple[int, ...]
    need: int


def rostered_duties(problem: Problem, cover_day: CoverDay) -> tuple[RosteredDuty, ...]:
    """Every exclusive duty and slot of the day that the roster names able people for."""
    wanted: dict[tuple[int, str, int], set[int]] = defaultdict(set)
    for person, slot in cover_day.rostered:
        department, duty = problem.people[person].rostered[slot]
        wanted[department, duty, slot].add(person)
    found: list[RosteredDuty] = []
    for (department, duty, slot), people in sorted(wanted.items()):
        places = tuple(
            position
            for position, place in enumerate(cover_day.places)
            if place.exclusive
            and (place.department, place.duty) == (department, duty)
            and slot in place.slots
        )
        candidates = {p for position in places for p in cover_day.places[position].candidates}
        able = tuple(sorted(people & candidates))
        if able:
            need = sum(cover_day.places[position].need for position in places)
            found.append(RosteredDuty(department, duty, slot, able, places, need))
    return tuple(found)


def changed_duties(build: Build) -> Expression:
    """The changes on all days that training can touch."""
    total: list[Expression] = []
    for number in build.cover_plans:
        cover_day = build.problem.cover_days[number]
        for rostered in rostered_duties(build.problem, cover_day):
            kept = sum(
                build.fills[number, position, person]
                for position in rostered.places
                for person in rostered.able
                if (number, position, person) in build.fills
            )
            total.append(_fillable(build, number, rostered) - kept)
    return sum(total)


def _fillable(build: Build, number: int, rostered: RosteredDuty) -> Expression:
    """min(|R|, filled places): a constant where every place is filled."""
    people = len(rostered.able)
    missing = [
        build.missing[number, position]
        for position in rostered.places
        if (number, position) in build.missing
    ]
    if not missing:
        return min(people, rostered.need)
    most = min(people, rostered.need)
    fillable = build.model.new_int_var(0, most, f"fillable[{number},{rostered.slot}]")
    build.model.add_min_equality(fillable, [people, rostered.need - sum(missing)])
    return fillable
