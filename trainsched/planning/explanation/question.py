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
from trainsched.planning.build import Build, Expression
from trainsched.planning.draft import DraftSession, make_sessions, read_choice
from trainsched.planning.explanation.budget import Budget
from trainsched.planning.explanation.rest import Rest
from trainsched.planning.explanation.starts_borne import starts_borne
from trainsched.planning.judgement import DayJudgement
from trainsched.planning.model import build_model
from trainsched.planning.unavoidable import judge_days
from trainsched.problem.chosen import ChosenProblem, Engaged, Key, Start, index_chosen
from trainsched.problem.offerings import Offering
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
    upset: int = 0
    """What was kept low, where the question was asked ``gently``."""


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
    borne = _Borne(rest)
    chosen = _index(
        organisation, rest, least, borne, standing=standing, within=within, starts=starts
    )
    if len(chosen.problem.offerings) == len(chosen.standing) and any(least.values()):
        budget.note(0.0, 0)
        return Found(Answer.IMPOSSIBLE, chosen.problem)
    build = build_model(chosen.problem, borne.judgements(chosen.problem), standing=chosen.standing)
    for key, count in sorted(least.items()):
        if count and key not in chosen.demand_of:
            return Found(Answer.IMPOSSIBLE, chosen.problem)
        if count:
            build.model.add(sum(build.placed(chosen.demand_of[key])) >= count)
    if gently:
        others = {session.id for session in rest.standing(rest.with_company(least, organisation))}
        upset = _moves(build, chosen, rest) if standing else _clashes(build, rest, others)
        build.model.minimize(upset)
    return _solve(build, chosen.problem, budget)


def starts_left(
    organisation: Organisation,
    rest: Rest,
    keys: Collection[Key],
    budget: Budget,
    starts: Collection[Start] | None = None,
) -> Problem:
    """The problem of these requirements by themselves, with the starts that cover could bear."""
    budget.note(0.0, 0)
    return _index(organisation, rest, keys, _Borne(rest), starts=starts).problem


def _index(
    organisation: Organisation,
    rest: Rest,
    keys: Collection[Key],
    borne: "_Borne",
    *,
    standing: bool = False,
    within: Mapping[Key, Collection[int]] | None = None,
    starts: Collection[Start] | None = None,
) -> ChosenProblem:
    free = rest.with_company(keys, organisation)
    fixed = rest.outside(within or {})
    return index_chosen(
        organisation,
        free,
        remembered=rest.remembered,
        standing=[*rest.standing(free), *fixed] if standing else fixed,
        published=rest.locked,
        within=within,
        starts=starts,
        narrowed=borne.starts,
    )


class _Borne:
    """Narrows a problem to the starts that cover could bear; keeps what it judged of its days."""

    def __init__(self, rest: Rest) -> None:
        self.rest = rest
        self.judged: dict[tuple[int, int], DayJudgement] = {}

    def starts(self, problem: Problem, engaged: Engaged) -> tuple[Offering, ...]:
        """The starts that are left."""
        judgements = judge_days(problem, self.rest.judged(problem.organisation))
        for cover_day, judgement in zip(problem.cover_days, judgements, strict=True):
            self.judged[cover_day.day, cover_day.group] = judgement
        return starts_borne(problem, judgements, engaged, self.rest.borne)

    def judgements(self, problem: Problem) -> tuple[DayJudgement, ...]:
        """Those of the days that are left."""
        return tuple(self.judged[d.day, d.group] for d in problem.cover_days)


def _clashes(build: Build, rest: Rest, others: Collection[str]) -> Expression:
    """Those who are in one of the other sessions at the time, each weighed by all it would move."""
    problem = build.problem

    def upset(person: int, number: int) -> int:
        return rest.upset(problem, problem.offerings[number], person, others)

    terms: list[Expression] = []
    for (number, demand), literal in build.attends.items():
        weight = upset(problem.demands[demand].trainee, number)
        if weight:
            terms.append(weight * literal)
    for (number, _, person), literal in build.serves.items():
        weight = upset(person, number)
        if weight:
            terms.append(weight * literal)
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
    upset = round(solver.objective_value) if build.model.has_objective() else 0
    return Found(Answer.POSSIBLE, problem, sessions, upset)
