"""In a replan, duties too stay with whom the earlier plan had on them, as far as that is free.

No goal asks for it, and no goal pays for it: sessions, missing places and the number of changes to
the roster stay as they are. Only days whose cover differs are handed out again.
"""

from dataclasses import replace

from ortools.sat.python import cp_model

from trainsched.planning.day_filler import Engagements
from trainsched.planning.draft import DraftSession, engagements
from trainsched.planning.engine import Engine
from trainsched.planning.goals.changed_duties import changes_of, rostered_duties
from trainsched.planning.hand_out import (
    MOST_FOR_A_DAY,
    DayCover,
    count_changes,
    day_solver,
    write_day,
)
from trainsched.planning.judgement import DayJudgement
from trainsched.problem.problem import Problem

MOST_FOR_ALL_DAYS = 3.0
"""Deterministic time."""


def keep_duties(
    problem: Problem,
    judgements: tuple[DayJudgement, ...],
    sessions: tuple[DraftSession, ...],
    cover: dict[int, DayCover],
    engine: Engine,
) -> dict[int, DayCover]:
    """The cover with as many people as can be on the duties that they had before."""
    if problem.earlier is None or not problem.earlier.on_duty:
        return cover
    engaged = engagements(problem, sessions)
    kept = dict(cover)
    left = MOST_FOR_ALL_DAYS
    for number, day in cover.items():
        if left <= 0 or engine.must_stop:
            break
        if _newcomers(problem, number, day.filled):
            solver = day_solver(min(MOST_FOR_A_DAY, left))
            kept[number] = _hand_out_as_before(
                problem, number, judgements[number], engaged, day, solver
            )
            left -= float(solver.response_proto.deterministic_time)
    return kept


def _newcomers(problem: Problem, number: int, filled: tuple[tuple[int, int], ...]) -> int:
    """In how many duty-slots somebody is who was not there before."""
    return sum(_new_slots(problem, number, position, person) for position, person in filled)


def _new_slots(problem: Problem, number: int, position: int, person: int) -> int:
    place = problem.cover_days[number].places[position]
    before = frozenset() if problem.earlier is None else problem.earlier.on_duty
    return sum((place.department, place.duty, slot, person) not in before for slot in place.slots)


def _hand_out_as_before(
    problem: Problem,
    number: int,
    judgement: DayJudgement,
    engaged: Engagements,
    now: DayCover,
    solver: cp_model.CpSolver,
) -> DayCover:
    rostered = rostered_duties(problem, problem.cover_days[number])
    day = write_day(problem, number, judgement, engaged)
    changed = [
        changes_of(
            day.model, duty, [day.written.missing[n] for n in duty.places], day.written.fills
        )
        for duty in rostered
    ]
    day.model.add(sum(changed) <= now.changes)
    day.model.minimize(
        sum(
            _new_slots(problem, number, position, person) * literal
            for (position, person), literal in day.written.fills.items()
        )
    )
    chosen = set(now.filled)
    for key, literal in day.written.fills.items():
        day.model.add_hint(literal, int(key in chosen))
    if solver.solve(day.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return now
    fills = tuple(k for k, literal in sorted(day.written.fills.items()) if solver.value(literal))
    if _newcomers(problem, number, fills) >= _newcomers(problem, number, now.filled):
        return now
    missing = tuple(solver.value(day.written.missing[n]) for n in range(len(now.missing)))
    changes = count_changes(rostered, fills)
    return replace(now, filled=fills, missing=missing, changes=changes)
