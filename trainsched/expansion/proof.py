"""The plan that proves an answer: a whole plan of the scenario, begun with its must sessions."""

import time
from dataclasses import replace
from fractions import Fraction

from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan
from trainsched.domain.rules import FIRST_PLAN_GOALS, GoalId
from trainsched.expansion.named import carried_over
from trainsched.planning.assemble import assemble
from trainsched.planning.draft import DraftSession
from trainsched.planning.engine import Engine
from trainsched.planning.figures import GoalFigures
from trainsched.planning.hand_out import DayCover
from trainsched.planning.judgement import DayJudgement
from trainsched.planning.search import Search, finish_goals
from trainsched.planning.search.by_department import bound_departments
from trainsched.planning.search.placing_stage import place_sessions
from trainsched.planning.search.sharing import spread_the_pain
from trainsched.planning.unavoidable import judge_days
from trainsched.problem.index import index
from trainsched.problem.problem import Problem

SHARE_FOR_THE_REST = 0.2
"""Of the clock's time that is left."""
FOR_THE_REST = 5.0
FOR_THE_REST_OF_ONE_OF_MANY = 0.5
"""Deterministic time for the sessions that need not be placed, and for later goals."""


def prove(
    scenario: Organisation,
    musts: Problem,
    sessions: tuple[DraftSession, ...],
    engine: Engine,
    *,
    most: float = FOR_THE_REST,
) -> Plan:
    """A whole plan that holds the must sessions; ``musts`` is the problem they are numbered in."""
    problem = index(scenario)
    judgements = judge_days(problem)
    within = Engine(
        seed=engine.seed,
        workers=engine.workers,
        deterministic_limit=most,
        deadline=_until(engine),
        stop=engine.stop,
        progress=engine.progress,
    )
    search = Search(problem, judgements, within)
    search.sessions = carried_over(musts, problem, sessions)
    if sum(map(_seats, search.sessions)) < sum(map(_seats, sessions)):
        raise RuntimeError("a must session that was placed is not possible in the whole plan")
    place_sessions(search)
    spread_the_pain(search)
    bound_departments(search)
    finish_goals(search)
    return assemble(problem, search)


def _seats(session: DraftSession) -> int:
    return len(session.demands)


def musts_alone(
    problem: Problem,
    judgements: tuple[DayJudgement, ...],
    sessions: tuple[DraftSession, ...],
    engine: Engine,
) -> Plan:
    """The plan of a problem of musts alone, for the checker: sessions, duties, no later goal."""
    search = Search(problem, judgements, engine, sessions=sessions)
    search.hand_out()
    nothing = Fraction(0)
    search.figures = {
        goal: GoalFigures(nothing, nothing, was_attempted=goal is GoalId.UNPLACED_MUST)
        for goal in FIRST_PLAN_GOALS
    }
    search.figures[GoalId.CHANGED_DUTIES].value = search.changes
    return assemble(problem, search)


def _until(engine: Engine) -> float | None:
    """A part of the time that is left: there are other questions too."""
    if engine.deadline is None:
        return None
    now = time.monotonic()
    return now + SHARE_FOR_THE_REST * max(engine.deadline - now, 0.0)


def prove_cover(
    scenario: Organisation, whole: Problem, filled: dict[int, DayCover], engine: Engine
) -> Plan:
    """A plan without any training; every duty is filled as in ``whole``, a larger problem."""
    problem = index(scenario)
    new = {person.person_id: person.index for person in problem.people}
    number = {person.index: new.get(person.person_id, -1) for person in whole.people}
    search = Search(problem, (DayJudgement((0, 0, 0), is_simple=False),) * len(filled), engine)
    search.cover = {
        day: replace(cover, filled=tuple((n, number[person]) for n, person in cover.filled))
        for day, cover in filled.items()
    }
    search.figures = {goal: GoalFigures(Fraction(0), Fraction(0)) for goal in FIRST_PLAN_GOALS}
    return assemble(problem, search)
