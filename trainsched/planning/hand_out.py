"""Who covers what around a finished training plan: day by day, with the fewest changes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ortools.graph.python import min_cost_flow  # type: ignore[import-untyped]
from ortools.sat.python import cp_model

from trainsched.planning.day_filler import DayFiller, Engagements
from trainsched.planning.goals.changed_duties import (
    RosteredDuty,
    changes_of,
    rostered_duties,
)
from trainsched.planning.judgement import DayJudgement
from trainsched.planning.rules.one_place_at_a_time import exclude_each_other
from trainsched.planning.rules.travel import leave_time_to_travel
from trainsched.planning.stays import Stay, Stays
from trainsched.planning.written_out import WrittenDay, hold_rostered_people, write_out
from trainsched.problem.cover import CoverDay, PlaceType
from trainsched.problem.demands import PRIORITIES
from trainsched.problem.problem import Problem

COST_OF_ROSTERED = 1
COST_OF_OTHERS = 2
MOST_FOR_A_DAY = 1.0
"""Deterministic time for handing out one day with the fewest changes."""
MOST_FOR_A_QUESTION = 0.2
"""Deterministic time for the question whether a day can be covered at all."""


@dataclass(frozen=True, slots=True)
class DayCover:
    """``filled`` are ``(place, person)``; ``missing`` is by place; ``changes`` in duty-slots."""

    filled: tuple[tuple[int, int], ...]
    missing: tuple[int, ...]
    changes: int
    is_least: bool = True
    """Whether it is proved that no hand-out around the same sessions changes less."""


def hand_out_day(
    problem: Problem, number: int, judgement: DayJudgement, engaged: Engagements
) -> DayCover | None:
    """Fill the day's places around the sessions; None when cover would be worse than need be."""
    cover_day = problem.cover_days[number]
    rostered = rostered_duties(problem, cover_day)
    filled = _by_filling(problem, cover_day, judgement, rostered, engaged)
    if filled is not None:
        fewest = _fewest_changes(cover_day, rostered, engaged, sum(judgement.unavoidable))
        if filled.changes <= fewest:
            return replace(filled, is_least=True)
    mixed = any(duty.staying and len(duty.staying) < len(duty.able) for duty in rostered)
    is_simple = judgement.is_simple and not (mixed or _are_elsewhere(problem, cover_day, engaged))
    if is_simple and not any(judgement.unavoidable):
        simple = _by_flow(problem, cover_day, rostered, engaged)
        if simple is not None:
            return simple
    return _by_solving(problem, number, judgement, engaged, rostered, filled)


def covered_by_solving(
    problem: Problem, number: int, judgement: DayJudgement, engaged: Engagements
) -> bool | None:
    """Whether the day's places can be filled around the sessions; None where that stays open."""
    written = write_day(problem, number, judgement, engaged)
    status = day_solver(MOST_FOR_A_QUESTION).solve(written.model)
    if status == cp_model.INFEASIBLE:
        return False
    return True if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None


def _by_filling(
    problem: Problem,
    cover_day: CoverDay,
    judgement: DayJudgement,
    rostered: tuple[RosteredDuty, ...],
    engaged: Engagements,
) -> DayCover | None:
    """The simple way, where it leaves no more empty than need be."""
    filled = DayFiller(problem, cover_day, rostered).fill(engaged)
    if filled.shortfall(cover_day.places) != judgement.unavoidable:
        return None
    changes = count_changes(rostered, filled.fills)
    return DayCover(filled.fills, filled.missing, changes, is_least=False)


def _fewest_changes(
    cover_day: CoverDay,
    rostered: tuple[RosteredDuty, ...],
    engaged: Engagements,
    unavoidable: int,
) -> int:
    """A lower bound: whoever is free stays on their duty."""
    fewest = 0
    for duty in rostered:
        kept = duty.staying | {
            person
            for position in duty.places
            for person in duty.able
            if person in cover_day.places[position].candidates
            and _is_free(cover_day.places[position], person, engaged)
        }
        fewest += max(0, min(len(duty.able), duty.need - unavoidable) - len(kept))
    return fewest


def _by_flow(
    problem: Problem,
    cover_day: CoverDay,
    rostered: tuple[RosteredDuty, ...],
    engaged: Engagements,
) -> DayCover | None:
    """Slot by slot as a flow of least cost; None where people at other sites make it harder."""
    slots: dict[object, list[int]] = defaultdict(list)
    for position, place in enumerate(cover_day.places):
        key = place.slots[0]
        slots[(key,) if place.exclusive else (key, place.department, place.duty)].append(position)
    on_it = {
        (position, person) for duty in rostered for position in duty.places for person in duty.able
    }
    filled: list[tuple[int, int]] = []
    for positions in slots.values():
        found = _flow(problem, cover_day, positions, on_it, engaged)
        if found is None:
            return None
        filled += found
    filled.sort()
    return DayCover(tuple(filled), (0,) * len(cover_day.places), count_changes(rostered, filled))


def _flow(
    problem: Problem,
    cover_day: CoverDay,
    positions: list[int],
    on_it: set[tuple[int, int]],
    engaged: Engagements,
) -> list[tuple[int, int]] | None:
    flow = min_cost_flow.SimpleMinCostFlow()
    people = sorted({p for n in positions for p in cover_day.places[n].candidates})
    node = {person: number for number, person in enumerate(people, start=2)}
    place_node = {n: number for number, n in enumerate(positions, start=2 + len(people))}
    total = 0
    arcs: list[tuple[int, int, int]] = []
    for position in positions:
        place = cover_day.places[position]
        total += place.need
        flow.add_arc_with_capacity_and_unit_cost(0, place_node[position], place.need, 0)
        for person in place.candidates:
            if _is_free(place, person, engaged):
                rostered = (position, person) in on_it
                cost = _cost(problem, place, person, is_rostered=rostered)
                arc = flow.add_arc_with_capacity_and_unit_cost(
                    place_node[position], node[person], 1, cost
                )
                arcs.append((arc, position, person))
    for person in people:
        flow.add_arc_with_capacity_and_unit_cost(node[person], 1, 1, 0)
    flow.set_node_supply(0, total)
    flow.set_node_supply(1, -total)
    if flow.solve() != flow.OPTIMAL:
        return None
    return [(position, person) for arc, position, person in arcs if flow.flow(arc)]


def _are_elsewhere(problem: Problem, cover_day: CoverDay, engaged: Engagements) -> bool:
    """Whether a session takes somebody to another site than a duty of theirs on this day."""
    first = problem.grid.slot(cover_day.day, 0)
    slots = range(first, first + problem.grid.periods)
    return any(
        engaged.get((person, slot), place.site) != place.site
        for place in cover_day.places
        for person in place.candidates
        for slot in slots
    )


def _cost(problem: Problem, place: PlaceType, person: int, *, is_rostered: bool) -> int:
    """What it costs to put somebody on a place: those who stay there first, then the rostered."""
    who = problem.people[person]
    if all(who.is_bound(slot) for slot in place.slots):
        return 0
    return COST_OF_ROSTERED if is_rostered else COST_OF_OTHERS


def _is_free(place: PlaceType, person: int, engaged: Engagements) -> bool:
    if place.exclusive:
        return all((person, slot) not in engaged for slot in place.slots)
    return all(engaged.get((person, slot), place.site) == place.site for slot in place.slots)


def count_changes(rostered: tuple[RosteredDuty, ...], filled: Iterable[tuple[int, int]]) -> int:
    """The changed duty-slots of a day's fills."""
    by_place: dict[int, set[int]] = defaultdict(set)
    for position, person in filled:
        by_place[position].add(person)
    changes = 0
    for duty in rostered:
        on_duty: set[int] = set().union(*(by_place[position] for position in duty.places))
        kept = (on_duty & set(duty.able)) | duty.staying
        changes += max(0, min(len(duty.able), len(on_duty)) - len(kept))
    return changes


@dataclass(slots=True)
class WrittenOutDay:
    """A day's cover around its sessions, for the solver."""

    model: cp_model.CpModel
    written: WrittenDay


def write_day(
    problem: Problem, number: int, judgement: DayJudgement, engaged: Engagements
) -> WrittenOutDay:
    """The day's model: every place by person, no more missing than need be."""
    cover_day = problem.cover_days[number]
    model = cp_model.CpModel()
    stays = Stays()
    hold_rostered_people(problem, model, stays, cover_day.day)
    _hold_engaged(problem, model, stays, cover_day, engaged)
    written = write_out(problem, model, stays, cover_day)
    exclude_each_other(model, stays)
    leave_time_to_travel(problem, model, stays, days=(cover_day.day,))
    for priority in range(len(PRIORITIES)):
        model.add(sum(written.missing_of(priority)) == judgement.unavoidable[priority])
    return WrittenOutDay(model, written)


def day_solver(most: float) -> cp_model.CpSolver:
    """A solver for one day, with ``most`` deterministic time.

    Too few people for the places is seen at once by the linear relaxation of all rows, and hardly
    ever by propagation.
    """
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.catch_sigint_signal = False
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0
    solver.parameters.linearization_level = 2
    solver.parameters.max_deterministic_time = most
    return solver


def _by_solving(
    problem: Problem,
    number: int,
    judgement: DayJudgement,
    engaged: Engagements,
    rostered: tuple[RosteredDuty, ...],
    filled: DayCover | None,
) -> DayCover | None:
    """Written out for the solver; ``filled`` is what the simple way found."""
    cover_day = problem.cover_days[number]
    day = write_day(problem, number, judgement, engaged)
    model, written = day.model, day.written
    on_it = {(n, person) for duty in rostered for n in duty.places for person in duty.able}
    costs = sum(
        _cost(problem, cover_day.places[n], person, is_rostered=(n, person) in on_it) * literal
        for (n, person), literal in written.fills.items()
    )
    changed = [
        changes_of(model, duty, [written.missing[n] for n in duty.places], written.fills)
        for duty in rostered
    ]
    most = 1 + COST_OF_OTHERS * sum(place.need for place in cover_day.places)
    model.minimize(most * sum(changed) + costs)
    if filled is not None:
        chosen = set(filled.filled)
        for key, literal in written.fills.items():
            model.add_hint(literal, int(key in chosen))
    solver = day_solver(MOST_FOR_A_DAY)
    status = solver.solve(model)
    if status == cp_model.UNKNOWN:
        if filled is not None:
            return filled
        model.clear_objective()  # type: ignore[no-untyped-call]  # any right one will do then
        solver.parameters.max_deterministic_time = float("inf")
        status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    is_least = status == cp_model.OPTIMAL and model.has_objective()
    fills = [key for key, literal in sorted(written.fills.items()) if solver.value(literal)]
    missing = tuple(
        solver.value(written.missing[position]) for position in range(len(cover_day.places))
    )
    return DayCover(tuple(fills), missing, count_changes(rostered, fills), is_least)


def _hold_engaged(
    problem: Problem,
    model: cp_model.CpModel,
    stays: Stays,
    cover_day: CoverDay,
    engaged: Engagements,
) -> None:
    always = model.new_constant(1)
    first = problem.grid.slot(cover_day.day, 0)
    for person in sorted({p for place in cover_day.places for p in place.candidates}):
        for slot in range(first, first + problem.grid.periods):
            if (person, slot) in engaged:
                stays.add(person, slot, Stay(always, engaged[person, slot]))
