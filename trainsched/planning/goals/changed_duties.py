"""changed_duties: fewest rostered duty-slots moved to another person.

Per exclusive duty and slot: R are the people rostered on it who could have done it, r those of
them who are on it, f the places filled. max(0, min(|R|, f) - r) places changed hands.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from ortools.sat.python import cp_model

from trainsched.planning.build import Build, Expression, Literal
from trainsched.problem.cover import CoverDay
from trainsched.problem.problem import Problem


@dataclass(frozen=True, slots=True)
class RosteredDuty:
    """A duty in a slot with the people rostered on it who could do it, and its places.

    ``staying`` are those of them whom the roster binds to it: they are on it in any case.
    """

    department: int
    duty: str
    slot: int
    able: tuple[int, ...]
    staying: frozenset[int]
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
            staying = frozenset(p for p in able if problem.people[p].is_bound(slot))
            found.append(RosteredDuty(department, duty, slot, able, staying, places, need))
    return tuple(found)


def changes_of(
    model: cp_model.CpModel,
    rostered: RosteredDuty,
    missing: list[Literal],
    fills: Mapping[tuple[int, int], Literal],
) -> Expression:
    """The changes of one duty in one slot, from ``fills[place, person]`` and missing places."""
    kept: list[Expression] = [
        fills[position, person]
        for position in rostered.places
        for person in rostered.able
        if (position, person) in fills and person not in rostered.staying
    ]
    most = min(len(rostered.able), rostered.need)
    fillable: Expression = most
    if missing:
        fillable = model.new_int_var(0, most, "")
        model.add_min_equality(fillable, [len(rostered.able), rostered.need - sum(missing)])
    if not rostered.staying:
        return fillable - sum(kept)
    changes = model.new_int_var(0, most, "")
    model.add(changes >= fillable - len(rostered.staying) - sum(kept))
    return changes


def changed_duties(build: Build) -> Expression:
    """The changes on all days that training can touch."""
    total: list[Expression] = []
    for number in build.cover_plans:
        cover_day = build.problem.cover_days[number]
        for rostered in rostered_duties(build.problem, cover_day):
            fills = {
                (position, person): build.fills[number, position, person]
                for position in rostered.places
                for person in rostered.able
                if (number, position, person) in build.fills
            }
            missing = [
                build.missing[number, position]
                for position in rostered.places
                if (number, position) in build.missing
            ]
            total.append(changes_of(build.model, rostered, missing, fills))
    return sum(total)
