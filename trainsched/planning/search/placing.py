"""The counted goals: what is not placed, in order of priority.

One weighted sum stands for all of them, since its bound then proves them together. A problem that
one model can hold is solved as a whole; else, or where that does not settle it, a department at a
time and then weeks of everything. Goals still open are settled one by one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from trainsched.domain.rules import GoalId
from trainsched.planning.build import Build, Expression
from trainsched.planning.draft import DraftSession, placed_by_demand
from trainsched.planning.engine import FIRST_DIVER_ONLY, SECOND_DIVER_THEN_CROWD, Turns
from trainsched.planning.figures import (
    GoalFigures,
    placing_weights,
    required_by_priority,
    unplaced_by_priority,
)
from trainsched.planning.goals.unplaced_could import unplaced_could
from trainsched.planning.goals.unplaced_must import unplaced_must
from trainsched.planning.goals.unplaced_should import unplaced_should
from trainsched.planning.search.aims import EVERYTHING_LEFT, Aim, Pursued, pursue, sweep
from trainsched.planning.search.state import Search
from trainsched.planning.search.windows import (
    CHOICES_IN_WEEKS,
    Window,
    blocks,
    choices,
    open_window,
    runs_of_weeks,
    weeks_of_everything,
    whole_window,
)
from trainsched.problem.problem import Problem

MOST_CHOICES_AS_A_WHOLE = 60_000
SHARE_OF_PLACING = 0.6
SHARE_OF_ONE_GOAL = 0.15
MOST_ROUNDS = 3
MOST_FOR_A_DIVE = 2.5
MOST_FOR_WEEKS = 1.0
MOST_FOR_A_BLOCK = 12.0
MOST_FOR_A_WINDOW = 2.5
"""Deterministic time, the last four."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A goal that counts something of the sessions: how to say it, to count it, and its limit."""

    goal: GoalId
    express: Callable[[Build], Expression]
    count: Callable[[tuple[DraftSession, ...]], int]
    most: int


def counted_goals(problem: Problem) -> tuple[Counted, ...]:
    """The counted goals of a problem, in their order."""
    required = required_by_priority(problem)

    def unplaced(goal: GoalId, priority: int, express: Callable[[Build], Expression]) -> Counted:
        return Counted(
            goal,
            express,
            lambda sessions: unplaced_by_priority(problem, sessions)[priority],
            required[priority],
        )

    return (
        unplaced(GoalId.UNPLACED_MUST, 0, unplaced_must),
        unplaced(GoalId.UNPLACED_SHOULD, 1, unplaced_should),
        unplaced(GoalId.UNPLACED_COULD, 2, unplaced_could),
    )


def note_counted(search: Search) -> None:
    """Note what the counted goals come to for the sessions so far."""
    for counted in counted_goals(search.problem):
        value = Fraction(counted.count(search.sessions))
        known = search.figures.get(counted.goal)
        bound = Fraction(0) if known is None else known.bound
        search.figures[counted.goal] = GoalFigures(value, min(bound, value))


def keep_counted(search: Search, build: Build) -> None:
    """No counted goal gets worse than it stands."""
    for counted in counted_goals(search.problem):
        build.model.add(counted.express(build) <= int(search.figures[counted.goal].value))


class PlacingAim(Aim):
    """All counted goals at once, weighted so that an earlier one always wins."""

    step = "placing sessions"

    def __init__(self, search: Search) -> None:
        super().__init__(search)
        self.goals = counted_goals(search.problem)
        self.weights = placing_weights([counted.most for counted in self.goals])
        self.bound = 0
        """Proven for the weighted sum over all plans."""

    def is_worth_while(self, freed: frozenset[int]) -> bool:
        """Only where somebody who waits for a session could have one."""
        placed = placed_by_demand(self.search.sessions)
        demands, offerings = self.search.problem.demands, self.search.problem.offerings
        waiting = {d.index for d in demands if placed.get(d.index, 0) < d.required}
        return any(not waiting.isdisjoint(offerings[number].attendees) for number in freed)

    def objective(self, build: Build, window: Window) -> Expression:  # noqa: ARG002
        """The weighted sum."""
        return sum(
            weight * counted.express(build)
            for weight, counted in zip(self.weights, self.goals, strict=True)
        )

    def present(self) -> int:
        """The weighted sum of the sessions so far."""
        return self._weighted(self.search.sessions)

    def accept(self, sessions: tuple[DraftSession, ...], window: Window) -> bool:  # noqa: ARG002
        """Take fewer unplaced sessions."""
        if self._weighted(sessions) >= self.present():
            return False
        self.search.sessions = sessions
        self.note()
        return True

    def raise_bound(self, bound: int) -> None:
        """Take a proven bound of the weighted sum."""
        self.bound = max(self.bound, bound)
        self.note()
        rest = sum(
            weight * counted.most
            for weight, counted in zip(self.weights[1:], self.goals[1:], strict=True)
        )
        first = -(-(self.bound - rest) // self.weights[0])
        self.search.figures[self.goals[0].goal].raise_bound(max(first, 0))

    def note(self) -> None:
        """Note each goal's value as it stands."""
        note_counted(self.search)
        if self.present() <= self.bound:
            for counted in self.goals:
                figures = self.search.figures[counted.goal]
                figures.raise_bound(figures.value)

    def proves_all(self) -> bool:
        """Whether every counted goal is proved best."""
        return all(self.search.figures[counted.goal].is_proved for counted in self.goals)

    def _weighted(self, sessions: tuple[DraftSession, ...]) -> int:
        return sum(
            weight * counted.count(sessions)
            for weight, counted in zip(self.weights, self.goals, strict=True)
        )


class OneCountedAim(Aim):
    """One counted goal for itself; those before it are kept."""

    def __init__(self, placing: PlacingAim, position: int) -> None:
        super().__init__(placing.search)
        self.placing = placing
        self.counted = placing.goals[position]
        self.earlier = placing.goals[:position]
        self.goal = self.counted.goal
        self.step = self.goal.value

    def objective(self, build: Build, window: Window) -> Expression:  # noqa: ARG002
        """The goal's count."""
        for counted in self.earlier:
            build.model.add(counted.express(build) <= int(self.search.figures[counted.goal].value))
        return self.counted.express(build)

    def present(self) -> int:
        """The count as it stands."""
        return self.counted.count(self.search.sessions)

    def accept(self, sessions: tuple[DraftSession, ...], window: Window) -> bool:
        """Take what is better by the order of all counted goals."""
        return self.placing.accept(sessions, window)


def place_sessions(search: Search) -> None:
    """Place as many sessions as can be, the most important first."""
    aim = PlacingAim(search)
    aim.note()
    if aim.proves_all():
        return
    placing = _Placing(search, aim)
    if choices(search.problem) <= MOST_CHOICES_AS_A_WHOLE:
        everything = frozenset(range(len(search.problem.offerings)))
        aim.raise_bound(placing.settle(everything))
        _settle_one_by_one(search, aim)
        return
    for block in blocks(search.problem):
        if placing.is_over():
            return
        placing.settle(block)
    pieces = [*weeks_of_everything(search.problem), *blocks(search.problem)]
    sweep(search, aim, pieces, placing.is_over, most=MOST_FOR_A_WINDOW, turns=FIRST_DIVER_ONLY)
    if not (aim.proves_all() or search.engine.must_stop):
        aim.raise_bound(placing.bound_by_blocks())


class _Placing:
    """How blocks are settled, within this stage's share of the time."""

    def __init__(self, search: Search, aim: PlacingAim) -> None:
        self.search, self.aim = search, aim
        self.until = search.engine.deterministic_left * (1 - SHARE_OF_PLACING)

    def is_over(self) -> bool:
        """Whether nothing is left to do, or no time."""
        engine = self.search.engine
        return engine.is_spent or engine.deterministic_left <= self.until or self.aim.proves_all()

    def settle(self, block: frozenset[int]) -> int:
        """Place a block's sessions, all others standing; return the bound that was proved.

        The first diver often ends it. If not, its bound is mostly right and what it placed a good
        beginning: runs of weeks are improved until the bound is met. Only then the whole block
        once more, with all means.
        """
        search, aim = self.search, self.aim
        bound = self._pursue(block, FIRST_DIVER_ONLY, MOST_FOR_A_DIVE).bound
        offerings = [search.problem.offerings[number] for number in sorted(block)]
        for _ in range(MOST_ROUNDS):
            before = aim.present()
            for weeks in runs_of_weeks(search.problem, offerings, CHOICES_IN_WEEKS):
                if aim.present() <= bound or self.is_over():
                    break
                self._pursue(weeks, FIRST_DIVER_ONLY, MOST_FOR_WEEKS)
            if aim.present() in (before, bound):
                break
        if aim.present() > bound and not self.is_over():
            again = self._pursue(block, SECOND_DIVER_THEN_CROWD, MOST_FOR_A_BLOCK)
            bound = max(bound, again.bound)
        return bound

    def _pursue(self, freed: frozenset[int], turns: Turns, most: float) -> Pursued:
        search = self.search
        window = open_window(search.problem, search.judgements, search.sessions, freed)
        return pursue(search, window, self.aim, most=most, turns=turns)

    def bound_by_blocks(self) -> int:
        """A bound for all plans: no block places more than it could with nothing else planned."""
        search, aim = self.search, self.aim
        nothing = sum(w * counted.most for w, counted in zip(aim.weights, aim.goals, strict=True))
        most_placed = 0
        for block in blocks(search.problem):
            if search.engine.is_spent:
                return 0
            window = open_window(search.problem, search.judgements, (), block)
            build = window.build()
            build.model.minimize(aim.objective(build, window))
            solved = search.engine.solve(
                build.model,
                EVERYTHING_LEFT,
                aim.step,
                most=MOST_FOR_A_DIVE,
                turns=FIRST_DIVER_ONLY,
            )
            most_placed += nothing - solved.bound
        return nothing - most_placed


def _settle_one_by_one(search: Search, placing: PlacingAim) -> None:
    """Each goal that is still open on its own: a better value, or a better bound."""
    for position, counted in enumerate(placing.goals):
        if placing.proves_all() or search.engine.is_spent:
            return
        if not search.figures[counted.goal].is_proved:
            aim = OneCountedAim(placing, position)
            whole = whole_window(search.problem, search.judgements, search.sessions)
            bound = pursue(search, whole, aim, share=SHARE_OF_ONE_GOAL).bound
            search.figures[counted.goal].raise_bound(bound)
