"""The unavoidable shortfall: the duty places nobody could fill even without any training."""

from collections import defaultdict

from ortools.sat.python import cp_model

from trainsched.planning.judgement import DayJudgement, Vector
from trainsched.planning.matching import Matcher
from trainsched.planning.rules.one_place_at_a_time import exclude_each_other
from trainsched.planning.rules.travel import leave_time_to_travel
from trainsched.planning.stays import Stays
from trainsched.planning.written_out import hold_rostered_people, write_out
from trainsched.problem.cover import CoverDay, PlaceType
from trainsched.problem.demands import PRIORITIES
from trainsched.problem.problem import Problem


def judge_days(problem: Problem) -> tuple[DayJudgement, ...]:
    """Judge every cover day of the problem. Equal days are judged once."""
    known: dict[object, DayJudgement] = {}
    judgements: list[DayJudgement] = []
    for cover_day in problem.cover_days:
        signature = _signature(problem, cover_day)
        if signature not in known:
            known[signature] = _judge(problem, cover_day)
        judgements.append(known[signature])
    return tuple(judgements)


def _signature(problem: Problem, cover_day: CoverDay) -> object:
    first = cover_day.day * problem.grid.periods
    stays = tuple(
        (person, slot - first, problem.people[person].rostered[slot])
        for person, slot in cover_day.rostered
        if problem.people[person].is_bound(slot)
    )
    return stays, tuple(
        (p.row, tuple(slot - first for slot in p.slots), p.candidates) for p in cover_day.places
    )


def _judge(problem: Problem, cover_day: CoverDay) -> DayJudgement:
    exclusive = [place for place in cover_day.places if place.exclusive]
    is_simple = not any(place.is_long for place in cover_day.places) and not _may_wander(
        problem, cover_day
    )
    if is_simple:
        return DayJudgement(_by_matching(cover_day), is_simple=True)
    if _fills_easily(problem, cover_day, exclusive):
        return DayJudgement((0, 0, 0), is_simple=False)
    return DayJudgement(_by_solving(problem, cover_day), is_simple=False)


def _may_wander(problem: Problem, cover_day: CoverDay) -> bool:
    """Whether duties could take anybody to two sites on this day."""
    sites: dict[int, set[str]] = defaultdict(set)
    for place in cover_day.places:
        for person in place.candidates:
            sites[person].add(place.site)
    for person, slot in cover_day.rostered:
        if problem.people[person].is_bound(slot):
            sites[person].add(problem.site_of(problem.people[person].rostered[slot][0]))
    return any(len(found) > 1 for found in sites.values())


def _by_matching(cover_day: CoverDay) -> Vector:
    """Slot by slot, the most important places first: what is filled stays filled."""
    missing = [0, 0, 0]
    for places in _independent(cover_day):
        matcher = Matcher({person for place in places for person in place.candidates})
        for place in sorted(places, key=lambda p: p.priority):
            missing[place.priority] += place.need - matcher.fill(place.candidates, place.need)
    return missing[0], missing[1], missing[2]


def _independent(cover_day: CoverDay) -> list[list[PlaceType]]:
    """Places that compete for people: the exclusive ones of a slot, and each on-site duty."""
    found: dict[object, list[PlaceType]] = defaultdict(list)
    for place in cover_day.places:
        key = place.slots[0] if place.exclusive else (place.slots[0], place.department, place.duty)
        found[key].append(place)
    return list(found.values())


def _fills_easily(problem: Problem, cover_day: CoverDay, exclusive: list[PlaceType]) -> bool:
    """Try to fill every place by a simple order; success proves that nothing is missing."""
    if _may_wander(problem, cover_day):
        return False
    away: dict[int, set[int]] = defaultdict(set)
    scarce = sorted((p for p in exclusive if p.is_long), key=lambda p: len(p.candidates))
    flexible = {
        person: sum(person in place.candidates for place in exclusive)
        for place in scarce
        for person in place.candidates
    }
    for place in scarce:
        free = [p for p in place.candidates if not any(p in away[s] for s in place.slots)]
        chosen = sorted(free, key=lambda p: (flexible[p], p))[: place.need]
        if len(chosen) < place.need:
            return False
        for slot in place.slots:
            away[slot].update(chosen)
    for places in _independent(cover_day):
        short = [place for place in places if not (place.exclusive and place.is_long)]
        if not short:
            continue
        people = {person for place in short for person in place.candidates}
        if short[0].exclusive:
            people -= away[short[0].slots[0]]
        matcher = Matcher(people)
        for place in short:
            if matcher.fill(place.candidates, place.need) < place.need:
                return False
    return not _has_long_presence(cover_day)


def _has_long_presence(cover_day: CoverDay) -> bool:
    """Whether an on-site duty asks one person for several slots beside other rows of its own."""
    rows: dict[tuple[int, str], set[int]] = defaultdict(set)
    long: set[tuple[int, str]] = set()
    for place in cover_day.places:
        if not place.exclusive:
            rows[place.department, place.duty].add(place.row)
            if place.is_long:
                long.add((place.department, place.duty))
    return any(len(rows[key]) > 1 for key in long)


def _by_solving(problem: Problem, cover_day: CoverDay) -> Vector:
    model = cp_model.CpModel()
    stays = Stays()
    hold_rostered_people(problem, model, stays, cover_day.day)
    written = write_out(problem, model, stays, cover_day)
    exclude_each_other(model, stays)
    leave_time_to_travel(problem, model, stays, days=(cover_day.day,))
    most = 1 + sum(place.need for place in cover_day.places)
    model.minimize(
        sum(
            most ** (len(PRIORITIES) - 1 - place.priority) * written.missing[number]
            for number, place in enumerate(cover_day.places)
        )
    )
    solver = cp_model.CpSolver()
    solver.parameters.catch_sigint_signal = False
    solver.parameters.num_workers = 1
    status = solver.solve(model)
    if status != cp_model.OPTIMAL:  # the model always has a solution, and no limit was set
        raise RuntimeError("the unavoidable shortfall of a day was not proved")
    missing = [
        sum(solver.value(variable) for variable in written.missing_of(priority))
        for priority in range(len(PRIORITIES))
    ]
    return missing[0], missing[1], missing[2]
