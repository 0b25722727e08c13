"""The goals about which sessions there are, taken together as one weighted sum.

These are the unplaced sessions by priority and, in a replan, the earlier sessions that were moved.
"""

from collections.abc import Callable

from trainsched.domain.rules import GoalId
from trainsched.planning.build import Build, Expression
from trainsched.planning.draft import DraftSession, placed_by_demand
from trainsched.planning.goals.moved_sessions import moved_sessions, moved_value
from trainsched.planning.goals.unplaced_could import unplaced_could
from trainsched.planning.goals.unplaced_must import unplaced_must
from trainsched.planning.goals.unplaced_should import unplaced_should
from trainsched.problem.demands import PRIORITIES
from trainsched.problem.problem import Problem

PlacingGoals = tuple[tuple[GoalId, Callable[[Build], Expression]], ...]


def placing_goals(problem: Problem) -> PlacingGoals:
    """The goals in their order, each with what makes its expression."""
    moved: PlacingGoals = ((GoalId.MOVED_SESSIONS, moved_sessions),)
    return (
        (GoalId.UNPLACED_MUST, unplaced_must),
        *(() if problem.earlier is None else moved),
        (GoalId.UNPLACED_SHOULD, unplaced_should),
        (GoalId.UNPLACED_COULD, unplaced_could),
    )


def placing_values(problem: Problem, sessions: tuple[DraftSession, ...]) -> list[int]:
    """The value of each of the goals."""
    missing = unplaced_by_priority(problem, sessions)
    if problem.earlier is None:
        return missing
    return [missing[0], moved_value(problem, sessions), *missing[1:]]


def placing_at_most(problem: Problem) -> list[int]:
    """What each of the goals can be at worst."""
    required = required_by_priority(problem)
    if problem.earlier is None:
        return required
    return [required[0], len(problem.earlier.sessions), *required[1:]]


def placing_at_least(problem: Problem) -> list[int]:
    """What the facts alone say each of the goals must be."""
    if problem.earlier is None:
        return [0] * len(PRIORITIES)
    return [0, problem.earlier.gone, *[0] * (len(PRIORITIES) - 1)]


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


def placing_weights(at_most: list[int]) -> list[int]:
    """Weights that make one sum of the goals stand for their order."""
    weights = [1] * len(at_most)
    for place in range(len(at_most) - 2, -1, -1):
        weights[place] = 1 + sum(
            weights[other] * at_most[other] for other in range(place + 1, len(at_most))
        )
    return weights
