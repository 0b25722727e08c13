"""The counted goals: what is not placed, in order of priority, and what a replan moves.

One weighted sum stands for all of them, since its bound then proves them together.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from trainsched.domain.rules import GoalId
from trainsched.planning.build import Build, Expression
from trainsched.planning.draft import DraftSession
from trainsched.planning.figures import (
    GoalFigures,
    placing_weights,
    required_by_priority,
    unplaced_by_priority,
)
from trainsched.planning.goals.moved_sessions import moved_sessions, moved_value
from trainsched.planning.goals.unplaced_could import unplaced_could
from trainsched.planning.goals.unplaced_must import unplaced_must
from trainsched.planning.goals.unplaced_should import unplaced_should
from trainsched.planning.search.aims import Aim
from trainsched.planning.search.state import Search
from trainsched.planning.search.windows import (
    Window,
)
from trainsched.problem.problem import Problem


@dataclass(frozen=True, slots=True)
class Counted:
    """A goal that counts something of the sessions: how to say it, to count it, and its limits.

    ``least`` is what the facts alone say it must be.
    """

    goal: GoalId
    express: Callable[[Build], Expression]
    count: Callable[[tuple[DraftSession, ...]], int]
    most: int
    least: int = 0


class _Remembered:
    """Unplaced sessions by priority, counted once for the plan so far and once for a new one."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._known: list[tuple[tuple[DraftSession, ...], list[int]]] = []

    def __call__(self, sessions: tuple[DraftSession, ...]) -> list[int]:
        for known, missing in self._known:
            if known is sessions:
                return missing
        self._known = [*self._known[-1:], (sessions, unplaced_by_priority(self.problem, sessions))]
        return self._known[-1][1]


def counted_goals(problem: Problem) -> tuple[Counted, ...]:
    """The counted goals of a problem, in their order."""
    required = required_by_priority(problem)
    unplaced_in = _Remembered(problem)

    def unplaced(goal: GoalId, priority: int, express: Callable[[Build], Expression]) -> Counted:
        return Counted(
            goal,
            express,
            lambda sessions: unplaced_in(sessions)[priority],
            required[priority],
        )

    return (
        unplaced(GoalId.UNPLACED_MUST, 0, unplaced_must),
        *_moved(problem),
        unplaced(GoalId.UNPLACED_SHOULD, 1, unplaced_should),
        unplaced(GoalId.UNPLACED_COULD, 2, unplaced_could),
    )


def _moved(problem: Problem) -> tuple[Counted, ...]:
    """In a replan the sessions that move stand second."""
    if problem.earlier is None:
        return ()
    return (
        Counted(
            GoalId.MOVED_SESSIONS,
            moved_sessions,
            lambda sessions: moved_value(problem, sessions),
            most=len(problem.earlier.sessions),
            least=problem.earlier.gone,
        ),
    )


def note_counted(search: Search) -> None:
    """Note what the counted goals come to for the sessions so far."""
    for counted in counted_goals(search.problem):
        value = Fraction(counted.count(search.sessions))
        known = search.figures.get(counted.goal)
        bound = Fraction(counted.least) if known is None else known.bound
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
        """Only where somebody who waits could have a session, or one that moved could move back."""
        if any(c.count(self.search.sessions) > c.least for c in _moved(self.search.problem)):
            return True
        offerings, waiting = self.search.problem.offerings, self.search.standing.waiting
        return any(not waiting.isdisjoint(offerings[number].attendees) for number in freed)

    def objective(self, build: Build, window: Window) -> Expression:  # noqa: ARG002
        """The weighted sum."""
        return sum(
            weight * counted.express(build)
            for weight, counted in zip(self.weights, self.goals, strict=True)
        )

    def present(self) -> int:
        """The weighted sum of the sessions so far."""
        return self.weighed(self.search.sessions)

    def accept(self, sessions: tuple[DraftSession, ...], window: Window) -> bool:  # noqa: ARG002
        """Take fewer unplaced sessions."""
        if self.weighed(sessions) >= self.present():
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

    def take_bounds(self) -> None:
        """Take what is known of each goal by itself."""
        known = [int(self.search.figures[counted.goal].bound) for counted in self.goals]
        self.raise_bound(sum(w * bound for w, bound in zip(self.weights, known, strict=True)))

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

    def weighed(self, sessions: tuple[DraftSession, ...]) -> int:
        """The weighted sum of any sessions."""
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
