"""One question, asked of changed facts: could this requirement have one session more.

One session more than the plan places, of the requirement in question; every other one that counts
keeps at least as many sessions as the plan gives it. They may move. Which ones are held to that,
and which sessions stand still, is said with each question; leaving requirements out of it only
makes it easier.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum

from ortools.sat.python import cp_model

from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Session
from trainsched.planning.build import Build, Expression
from trainsched.planning.draft import DraftSession, make_sessions, read_choice
from trainsched.planning.explanation.budget import Budget
from trainsched.planning.explanation.rest import Rest
from trainsched.planning.model import build_model
from trainsched.planning.unavoidable import judge_days
from trainsched.problem.chosen import ChosenProblem, Key, Start, index_chosen
from trainsched.problem.problem import Problem

MOST_FOR_AN_ANSWER = 4.0
"""Deterministic time for one answer; these questions take a tenth of it as a rule."""


class Answer(Enum):
    """Whether it can be done. ``OPEN``: not settled within the limits."""

    POSSIBLE = "possible"
    IMPOSSIBLE = "impossible"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Found:
    """An answer, with the sessions of the chosen requirements where it is possible."""

    answer: Answer
    problem: Problem
    sessions: tuple[DraftSession, ...] = ()


def ask(
    organisation: Organisation,
    rest: Rest,
    least: Mapping[Key, int],
    budget: Budget,
    *,
    standing: bool = False,
    gently: bool = False,
    within: Mapping[Key, Collection[int]] | None = None,
    starts: Collection[Start] | None = None,
) -> Found:
    """Whether each requirement of ``least`` can have at least so many sessions at once.

    ``standing``: beside all other sessions of the plan, which stay as they are. Otherwise these
    are left out. ``gently``: of the ways to do it, one that keeps out of the way of those left
    out, or that moves few of the sessions that may move. ``within``: some requirements may move
    their sessions of these calendar weeks only, and into these weeks. ``starts``: no sessions
    but at these are looked at, so that "impossible" says nothing of others.
    """
    free = rest.with_company(least, organisation)
    others = rest.standing(free)
    fixed = rest.outside(within or {})
    chosen = index_chosen(
        organisation,
        free,
        remembered=rest.remembered,
        standing=[*others, *fixed] if standing else fixed,
        published=rest.locked,
        within=within,
        starts=starts,
    )
    if not chosen.problem.offerings and any(least.values()):
        return Found(Answer.IMPOSSIBLE, chosen.problem)
    judgements = judge_days(chosen.problem, rest.judged(organisation))
    build = build_model(chosen.problem, judgements, standing=chosen.standing)
    for key, count in sorted(least.items()):
        if count and key not in chosen.demand_of:
            return Found(Answer.IMPOSSIBLE, chosen.problem)
        if count:
            build.model.add(sum(build.placed(chosen.demand_of[key])) >= count)
    if gently:
        upset = _moves(build, chosen, rest) if standing else _clashes(build, chosen, rest, others)
        build.model.minimize(upset)
    return _solve(build, chosen.problem, budget)


def _clashes(build: Build, chosen: ChosenProblem, rest: Rest, others: list[Session]) -> Expression:
    """Those who are in one of the other sessions at the time."""
    problem = chosen.problem
    standing = {session.id for session in others}

    def is_busy(person: int, number: int) -> bool:
        who = problem.people[person].person_id
        return any(
            session.id in standing
            for slot in problem.offerings[number].slots
            for session in rest.busy.get((who, slot), ())
        )

    terms: list[Expression] = []
    for (number, demand), literal in build.attends.items():
        if is_busy(problem.demands[demand].trainee, number):
            terms.append(literal)
    for (number, _, person), literal in build.serves.items():
        if is_busy(person, number):
            terms.append(literal)
    return sum(terms)


def _moves(build: Build, chosen: ChosenProblem, rest: Rest) -> Expression:
    """Those who are no longer where the plan has them."""
    problem = chosen.problem
    codes = [d.code for d in problem.organisation.departments]

    def is_planned(person: int, number: int) -> bool:
        offering, who = problem.offerings[number], problem.people[person].person_id
        what = problem.activities[offering.activity].activity.code, codes[offering.department]
        return all(
            any((s.activity, s.department) == what for s in rest.busy.get((who, slot), ()))
            for slot in offering.slots
        )

    terms: list[Expression] = []
    for (number, demand), literal in build.attends.items():
        if number not in chosen.standing and is_planned(problem.demands[demand].trainee, number):
            terms.append(1 - literal)
    for (number, _, person), literal in build.serves.items():
        if number not in chosen.standing:
            terms.append(1 - literal if is_planned(person, number) else literal)
    return sum(terms)


def _solve(build: Build, problem: Problem, budget: Budget) -> Found:
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.catch_sigint_signal = False
    parameters.num_workers = 1
    parameters.linearization_level = 2  # that it is impossible is proved by relaxation, if at all
    parameters.random_seed = budget.seed
    parameters.symmetry_level = 0
    parameters.cp_model_probing_level = 0
    parameters.max_deterministic_time = budget.next_share(MOST_FOR_AN_ANSWER)
    if budget.seconds_left is not None:
        parameters.max_time_in_seconds = max(budget.seconds_left, 0.01)
    status = solver.solve(build.model)
    budget.note(float(solver.response_proto.deterministic_time), len(build.model.proto.variables))
    if status == cp_model.INFEASIBLE:
        return Found(Answer.IMPOSSIBLE, problem)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Found(Answer.OPEN, problem)
    sessions = make_sessions(problem, read_choice(build, solver.value))
    return Found(Answer.POSSIBLE, problem, sessions)
