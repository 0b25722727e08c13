"""One question, asked of changed facts: could this requirement have one session more.

The rest of the plan is stated once, here. One session more than the plan places, of the
requirement in question; every other one that counts keeps at least as many sessions as the plan
gives it. They may move. Which ones are held to that, and which sessions stand still, is said with
each question; leaving requirements out of it only makes it easier.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import Enum

from ortools.sat.python import cp_model

from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan, Session
from trainsched.planning.build import Build, Expression
from trainsched.planning.draft import DraftSession, make_sessions, read_choice
from trainsched.planning.explanation.budget import Budget
from trainsched.planning.model import build_model
from trainsched.planning.unavoidable import judge_days
from trainsched.problem.chosen import ChosenProblem, Key, index_chosen, key_of
from trainsched.problem.demands import PRIORITIES, Demand
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


@dataclass(slots=True)
class Rest:
    """What the plan gives to whom: how many sessions each requirement has, and who is with whom.

    ``problem`` is of the facts as they are.
    """

    organisation: Organisation
    plan: Plan
    problem: Problem
    lowest: int = len(PRIORITIES)
    """Requirements of this priority or a higher one keep what they have; others what is fixed."""
    placed: dict[Key, int] = field(default_factory=dict)
    kept: dict[Key, int] = field(default_factory=dict)
    """The sessions that each requirement keeps, where there are any."""
    sessions: list[Session] = field(default_factory=list)
    """The sessions that are kept; no others stand in the way."""
    demand_of: dict[Key, Demand] = field(default_factory=dict)
    of_activity: dict[str, list[Key]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for demand in self.problem.demands:
            key = key_of(demand)
            self.demand_of[key] = demand
            self.of_activity[key[1]].append(key)
            self.placed[key] = 0
        for session in self.plan.sessions:
            keeping = [key for key in keys_of(session) if self._keeps(key, session)]
            if keeping:
                self.sessions.append(session)
            for key in keeping:
                self.kept[key] = self.kept.get(key, 0) + 1
            for key in keys_of(session):
                self.placed[key] = self.placed.get(key, 0) + 1

    def _keeps(self, key: Key, session: Session) -> bool:
        """Whether the requirement keeps this session, or as good a one."""
        demand = self.demand_of.get(key)
        locked = self.organisation.locked_until
        return (
            (demand is not None and demand.priority <= self.lowest)
            or (locked is not None and session.date < locked)
            or any(
                (pin.activity, pin.date, pin.period)
                == (session.activity, session.date, session.period)
                and key[0] in pin.trainee_ids
                for pin in self.organisation.pins
            )
        )

    def counting(self, priority: int) -> "Rest":
        """The rest when requirements of a lower priority than this one may lose what they have."""
        return Rest(self.organisation, self.plan, self.problem, priority)

    def least(self, keys: Collection[Key], wanted: Key) -> dict[Key, int]:
        """What these requirements are to have at least: what they have, and the wanted one more."""
        least = {key: self.kept[key] for key in keys if key in self.kept}
        least[wanted] = self.placed[wanted] + 1
        return least

    def with_company(
        self, keys: Collection[Key], organisation: Organisation | None = None
    ) -> frozenset[Key]:
        """The requirements, what must come before them, and whoever could share their sessions.

        Who could is a matter of the facts: those of ``organisation``, where it is given.
        """
        activities = (organisation or self.organisation).activity_by_code
        found: set[Key] = set()
        waiting = sorted(keys)
        while waiting:
            key = waiting.pop()
            if key in found:
                continue
            found.add(key)
            demand = self.demand_of[key]
            activity = activities[key[1]]
            waiting += [key_of(self.problem.demands[d]) for d in demand.after]
            if activity.together or activity.group_max != 1:
                waiting += self.of_activity[key[1]]
        return frozenset(found)

    def standing(self, free: Collection[Key]) -> list[Session]:
        """The sessions of all requirements that are not free."""
        return [
            session for session in self.sessions if not any(key in free for key in keys_of(session))
        ]

    @property
    def locked(self) -> Plan | None:
        """The plan itself where its first weeks are locked, so that they stay as they are."""
        return None if self.organisation.locked_until is None else self.plan


def keys_of(session: Session) -> list[Key]:
    """The requirements that the session serves."""
    return [(trainee, session.activity) for trainee in session.trainees]


def ask(
    organisation: Organisation,
    rest: Rest,
    least: Mapping[Key, int],
    budget: Budget,
    *,
    standing: bool = False,
    gently: bool = False,
) -> Found:
    """Whether each requirement of ``least`` can have at least so many sessions at once.

    ``standing``: beside all other sessions of the plan, which stay as they are. Otherwise these
    are left out. ``gently``: of the ways to do it, one that keeps out of the way of those left
    out, or that moves few of the sessions that may move.
    """
    free = rest.with_company(least, organisation)
    others = rest.standing(free)
    chosen = index_chosen(
        organisation,
        free,
        amounts=rest.problem.demands,
        standing=others if standing else (),
        published=rest.locked,
    )
    if not chosen.problem.offerings and any(least.values()):
        return Found(Answer.IMPOSSIBLE, chosen.problem)
    build = build_model(chosen.problem, judge_days(chosen.problem))
    for key, count in sorted(least.items()):
        if count and key not in chosen.demand_of:
            return Found(Answer.IMPOSSIBLE, chosen.problem)
        if count:
            build.model.add(sum(build.placed(chosen.demand_of[key])) >= count)
    _keep_standing(build, chosen)
    if gently:
        upset = _moves(build, chosen, rest) if standing else _clashes(build, chosen.problem, others)
        build.model.minimize(upset)
    return _solve(build, chosen.problem, budget)


def _keep_standing(build: Build, chosen: ChosenProblem) -> None:
    for number, runs in chosen.standing.items():
        offering = chosen.problem.offerings[number]
        for demand in offering.attendees:
            build.model.add(build.attends[number, demand] == 1)
        for role, people in enumerate(offering.roles):
            for person in people:
                build.model.add(build.serves[number, role, person] == 1)
        build.model.add(build.runs[number] == runs)


def _clashes(build: Build, problem: Problem, others: list[Session]) -> Expression:
    busy = busy_slots(problem, others)
    terms: list[Expression] = []
    for (number, demand), literal in build.attends.items():
        person = problem.demands[demand].trainee
        if any((person, slot) in busy for slot in problem.offerings[number].slots):
            terms.append(literal)
    for (number, _, person), literal in build.serves.items():
        if any((person, slot) in busy for slot in problem.offerings[number].slots):
            terms.append(literal)
    return sum(terms)


def _moves(build: Build, chosen: ChosenProblem, rest: Rest) -> Expression:
    """Those who are no longer where the plan has them."""
    problem = chosen.problem
    busy = busy_slots(problem, rest.sessions)
    codes = [d.code for d in problem.organisation.departments]
    terms: list[Expression] = []
    for (number, demand), literal in build.attends.items():
        if number not in chosen.standing:
            person = problem.demands[demand].trainee
            if _is_planned(problem, busy, number, person, codes):
                terms.append(1 - literal)
    for (number, _, person), literal in build.serves.items():
        if number not in chosen.standing:
            planned = _is_planned(problem, busy, number, person, codes)
            terms.append(1 - literal if planned else literal)
    return sum(terms)


def _is_planned(
    problem: Problem,
    busy: dict[tuple[int, int], list[Session]],
    number: int,
    person: int,
    codes: list[str],
) -> bool:
    offering = problem.offerings[number]
    activity = problem.activities[offering.activity].activity.code
    where = codes[offering.department]
    return all(
        any(s.activity == activity and s.department == where for s in busy.get((person, slot), ()))
        for slot in offering.slots
    )


def busy_slots(problem: Problem, sessions: list[Session]) -> dict[tuple[int, int], list[Session]]:
    """Who is in which of the sessions in which slot."""
    by_id = {person.person_id: person.index for person in problem.people}
    grid = problem.grid
    busy: dict[tuple[int, int], list[Session]] = defaultdict(list)
    for session in sessions:
        first = grid.slot(grid.day_index[session.date], grid.calendar.position(session.period))
        people = [*session.trainees, *(entry.staff_id for entry in session.staff)]
        for person_id in people:
            for slot in range(first, first + session.length):
                if person_id in by_id:
                    busy[by_id[person_id], slot].append(session)
    return busy


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
