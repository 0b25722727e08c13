"""The unavoidable shortfall: the duty places nobody could fill even without any training."""

from collections import defaultdict

from ortools.sat.python import cp_model

from trainsched.planning.day_filler import DayFiller
from trainsched.planning.judgement import DayJudgement, Vector
from trainsched.planning.rules.one_place_at_a_time import exclude_each_other
from trainsched.planning.rules.travel import leave_time_to_travel
from trainsched.planning.stays import Stays
from trainsched.planning.written_out import hold_rostered_people, write_out
from trainsched.problem.cover import CoverDay
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
    filler = DayFiller(problem, cover_day)
    least = filler.least_shortfall()
    is_long = any(place.is_long for place in cover_day.places)
    if not is_long and not _may_wander(problem, cover_day):
        return DayJudgement(least, is_simple=True)  # each slot for itself is the whole truth then
    if filler.fill({}).shortfall(cover_day.places) == least:
        return DayJudgement(least, is_simple=False)
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
