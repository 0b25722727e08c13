"""How much searching a plan may cost, in deterministic time."""

from trainsched.problem.problem import Problem

LEAST = 8.0
MOST = 120.0
PER_CHOICE = 0.0003
DETERMINISTIC_PER_SECOND = 0.4
"""Deterministic time that a second of the clock is sure to hold on two ordinary cores."""


def deterministic_limit(problem: Problem, time_limit: float | None) -> float:
    """The whole budget: by the size of the problem, and no more than the clock will allow."""
    choices = sum(
        len(offering.attendees) + sum(len(people) for people in offering.roles)
        for offering in problem.offerings
    )
    by_size = min(MOST, LEAST + PER_CHOICE * choices)
    if time_limit is None:
        return by_size
    return min(by_size, DETERMINISTIC_PER_SECOND * time_limit)
