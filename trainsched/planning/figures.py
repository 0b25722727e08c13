"""What is known of each goal, and how its value is read off the sessions."""

from dataclasses import dataclass
from fractions import Fraction

from trainsched.planning.draft import DraftSession, placed_by_demand
from trainsched.planning.goals.worst_off_trainee import (
    LOWEST_COUNTED_PRIORITY,
    required_periods,
)
from trainsched.problem.demands import PRIORITIES
from trainsched.problem.problem import Problem


@dataclass(slots=True)
class GoalFigures:
    """A goal's value, its proven lower bound, and whether it was searched for at all."""

    value: Fraction
    bound: Fraction
    was_attempted: bool = True

    @property
    def is_proved(self) -> bool:
        """Whether nothing better exists, given the goals before."""
        return self.was_attempted and self.bound >= self.value

    def raise_bound(self, bound: int | Fraction) -> None:
        """Take a further proven bound, never above the value."""
        self.bound = min(max(self.bound, Fraction(bound)), self.value)


def required_by_priority(problem: Problem) -> list[int]:
    """Required trainee-sessions of each priority."""
    return [
        sum(demand.required for demand in problem.demands if demand.priority == priority)
        for priority in range(len(PRIORITIES))
    ]


def unplaced_by_priority(problem: Problem, sessions: tuple[DraftSession, ...]) -> list[int]:
    """Required less placed trainee-sessions of each priority."""
    placed = placed_by_demand(sessions)
    missing = [0] * len(PRIORITIES)
    for demand in problem.demands:
        missing[demand.priority] += demand.required - placed.get(demand.index, 0)
    return missing


def placing_weights(required: list[int]) -> list[int]:
    """Weights that make one sum of unplaced sessions stand for their order of priority."""
    weights = [1] * len(required)
    for priority in range(len(required) - 2, -1, -1):
        weights[priority] = 1 + sum(
            weights[other] * required[other] for other in range(priority + 1, len(required))
        )
    return weights


def worst_share(problem: Problem, sessions: tuple[DraftSession, ...]) -> Fraction:
    """The largest share of required time that the sessions leave unplaced for one trainee."""
    return max(_shares(problem, sessions).values(), default=Fraction(0))


def worst_off(
    problem: Problem, sessions: tuple[DraftSession, ...], share: Fraction
) -> frozenset[int]:
    """The trainees who have at least that share unplaced."""
    shares = _shares(problem, sessions)
    return frozenset(trainee for trainee, own in shares.items() if own >= share)


def _shares(problem: Problem, sessions: tuple[DraftSession, ...]) -> dict[int, Fraction]:
    """The unplaced share of every trainee who needs anything."""
    periods = required_periods(problem)
    placed = placed_by_demand(sessions)
    missing = dict.fromkeys(periods, 0)
    for demand in problem.demands:
        if demand.priority <= LOWEST_COUNTED_PRIORITY:
            length = problem.activities[demand.activity].activity.length
            missing[demand.trainee] += length * (demand.required - placed.get(demand.index, 0))
    return {t: Fraction(missing[t], periods[t]) for t in periods if periods[t]}
