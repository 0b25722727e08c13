"""The plain model solved goal after goal, by CP-SAT or by HiGHS."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from trainsched.domain.plan import GoalResult, GoalStatus
from trainsched.domain.progress import Progress
from trainsched.domain.rules import FIRST_PLAN_GOALS, GoalId
from trainsched.planning.goals.worst_off_trainee import ladder, required_periods
from trainsched.planning.unavoidable import judge_days
from trainsched.problem import index
from trainsched.problem.demands import PRIORITIES

from .plain_model import PlainModel, add_variables
from .plain_rules import add_rules, steps_of_worst_share, unplaced_sessions
from .planners import Outcome
from .rival_plan import RivalPlan, RivalSession, write_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from trainsched.domain.organisation import Organisation
    from trainsched.domain.progress import ProgressListener
    from trainsched.problem.problem import Problem

    from .measuring import Job
    from .solvers import Answer, Watch

    Solve = Callable[..., Answer]

SHARE_FOR_SOLVING = 0.95
"""Of the time limit; the rest is for writing the plan."""
SHARE_DIGITS = 6
PLACING_GOALS = (GoalId.UNPLACED_MUST, GoalId.UNPLACED_SHOULD, GoalId.UNPLACED_COULD)


def plan_plainly(
    organisation: Organisation, job: Job, progress: ProgressListener, solve: Solve
) -> Outcome:
    """Plan with the plain model: goals 1 to 3 as one exact weighted sum, then goal 4."""
    deadline = None
    if job.limit_seconds is not None:
        deadline = time.monotonic() + SHARE_FOR_SOLVING * job.limit_seconds
    problem = index(organisation)
    plain = add_variables(problem, judge_days(problem))
    add_rules(plain)
    search = _Search(plain, solve, job, deadline, progress)
    search.place()
    if search.values is None:
        return Outcome(None, search.deterministic_time, failure="no plan within the limit")
    search.spread_the_pain()
    rival = RivalPlan(_sessions(plain, search.values), _filled(plain, search.values))
    plan = write_plan(problem, rival, tuple(search.goals[goal] for goal in FIRST_PLAN_GOALS))
    return Outcome(plan, search.deterministic_time)


@dataclass(slots=True)
class _Search:
    plain: PlainModel
    solve: Solve
    job: Job
    deadline: float | None
    progress: ProgressListener
    values: Sequence[float] | None = None
    deterministic_time: float | None = None
    goals: dict[GoalId, GoalResult] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for goal in FIRST_PLAN_GOALS:
            self.goals[goal] = GoalResult(
                name=goal, value=None, bound=None, status=GoalStatus.NOT_ATTEMPTED
            )

    def place(self) -> None:
        """Fewest unplaced sessions: a weight is more than all that comes after can add up to."""
        required = required_by_priority(self.plain.problem)
        weights = weights_of(required)
        unplaced = [unplaced_sessions(self.plain, p) for p in range(len(PRIORITIES))]
        self.plain.model.minimize(sum(w * u for w, u in zip(weights, unplaced, strict=True)))
        hint_no_training(self.plain)
        answer = self._solve("placing sessions", None)
        if answer.values is None:
            return
        missing = self._missing()
        after_the_first = weights[0] - 1
        first_bound = -(-((answer.bound or 0) - after_the_first) // weights[0])
        bounds = missing if answer.is_proved else [max(0, first_bound), 0, 0]
        for goal, value, bound, expression in zip(
            PLACING_GOALS, missing, bounds, unplaced, strict=True
        ):
            self._note(goal, value, min(bound, value))
            self.plain.model.add(expression <= value)

    def spread_the_pain(self) -> None:
        """The largest unplaced share as small as possible, along the ladder of all shares."""
        share = self._worst_share()
        if share == 0:
            self._note(GoalId.WORST_OFF_TRAINEE, 0.0, 0.0)
            return
        if self.deadline is not None and time.monotonic() >= self.deadline:
            return
        steps = ladder(self.plain.problem, share)
        self.plain.model.minimize(steps_of_worst_share(self.plain, steps))
        self._hint()
        answer = self._solve(GoalId.WORST_OFF_TRAINEE.value, GoalId.WORST_OFF_TRAINEE)
        value = self._worst_share()
        bound = min(steps[min(max(answer.bound or 0, 0), len(steps) - 1)], value)
        # Given the goals before: only what is proved of them makes a proof of this one.
        self._note(
            GoalId.WORST_OFF_TRAINEE,
            round(float(value), SHARE_DIGITS),
            round(float(bound), SHARE_DIGITS),
        )

    def _solve(self, step: str, goal: GoalId | None) -> Answer:
        seconds = float("inf")
        if self.deadline is not None:
            seconds = max(0.0, self.deadline - time.monotonic())
        watch: Watch = lambda value, bound: self.progress(  # noqa: E731 - one line says it
            Progress(step, goal=goal, value=value, bound=bound)
        )
        answer = self.solve(self.plain.model, seconds, self.job.workers, self.job.seed, watch)
        if answer.values is not None:
            self.values = answer.values
            self.progress(Progress(step, goal=goal, value=answer.value, bound=answer.bound))
        if answer.deterministic_time is not None:
            self.deterministic_time = (self.deterministic_time or 0) + answer.deterministic_time
        return answer

    def _hint(self) -> None:
        model = self.plain.model
        model.clear_hints()
        for number, value in enumerate(self.values or ()):
            model.add_hint(model.get_int_var_from_proto_index(number), round(value))

    def _missing(self) -> list[int]:
        missing = [0] * len(PRIORITIES)
        for demand in self.plain.problem.demands:
            missing[demand.priority] += self._unplaced(demand.index)
        return missing

    def _unplaced(self, demand: int) -> int:
        values = self.values or ()
        return round(values[self.plain.unplaced[demand].index])

    def _worst_share(self) -> Fraction:
        problem = self.plain.problem
        missing: dict[int, int] = defaultdict(int)
        for demand in problem.demands:
            length = problem.activities[demand.activity].activity.length
            if demand.priority < len(PRIORITIES) - 1:
                missing[demand.trainee] += length * self._unplaced(demand.index)
        shares = [Fraction(missing[t], n) for t, n in required_periods(problem).items() if n]
        return max(shares, default=Fraction(0))

    def _note(self, goal: GoalId, value: float, bound: float) -> None:
        is_proved = bound >= value
        status = GoalStatus.PROVED_BEST if is_proved else GoalStatus.BEST_FOUND
        self.goals[goal] = GoalResult(name=goal, value=value, bound=bound, status=status)


def hint_no_training(plain: PlainModel) -> None:
    """Begin from the plan without any session: there always is one. CP-SAT is lost without."""
    for session in plain.sessions:
        starts = [literal for literals in session.starts.values() for literal in literals]
        by_name = (session.serves, session.joins, session.holds)
        others = [literal for literals in by_name for literal in literals.values()]
        for literal in others if session.is_direct else starts + others:
            plain.model.add_hint(literal, value=False)


def required_by_priority(problem: Problem) -> list[int]:
    """Required trainee-sessions of each priority."""
    return [
        sum(demand.required for demand in problem.demands if demand.priority == priority)
        for priority in range(len(PRIORITIES))
    ]


def weights_of(required: list[int]) -> list[int]:
    """Weights under which one session of a priority outweighs all of the later ones."""
    weights = [1]
    for later in reversed(required[1:]):
        weights.insert(0, weights[0] * later + weights[0])
    return weights


def _sessions(plain: PlainModel, values: Sequence[float]) -> tuple[RivalSession, ...]:
    found: list[RivalSession] = []
    for session in plain.sessions:
        for number, literals in session.starts.items():
            if not any(round(values[literal.index]) for literal in literals):
                continue
            offering = plain.problem.offerings[number]
            demands = [
                demand
                for demand in session.demands
                if any(round(values[at.index]) for at in session.attends(number, demand))
            ]
            staff = [
                (role, person)
                for role, people in enumerate(offering.roles)
                for person in people
                if (number, role, person) in session.serves
                and round(values[session.serves[number, role, person].index])
            ]
            listed = plain.problem.activities[session.activity].activity.equipment
            items = [
                item
                for position, alternatives in enumerate(listed)
                for item in alternatives
                if len(alternatives) == 1
                or (
                    (number, position, item) in session.holds
                    and round(values[session.holds[number, position, item].index])
                )
            ]
            found.append(RivalSession(number, tuple(demands), tuple(staff), tuple(items)))
    return tuple(found)


def _filled(plain: PlainModel, values: Sequence[float]) -> dict[int, tuple[tuple[int, int], ...]]:
    return {
        number: tuple(key for key, literal in written.fills.items() if round(values[literal.index]))
        for number, written in enumerate(plain.days)
    }
