"""The bound of the worst-off trainee's share by counting: never above what some sharing reaches."""

from fractions import Fraction
from itertools import product

import pytest

from tests.agreement.random_organisations import random_organisation
from trainsched.planning.goals.worst_off_trainee import (
    LOWEST_COUNTED_PRIORITY,
    least_share,
    required_periods,
)
from trainsched.problem.index import index
from trainsched.problem.problem import Problem

MOST_WAYS = 20_000


def shares(problem: Problem) -> dict[int, Fraction]:
    """For each number of missing sessions the least share of the worst-off, by every way."""
    counted = [d for d in problem.demands if d.priority <= LOWEST_COUNTED_PRIORITY]
    periods = required_periods(problem)
    least: dict[int, Fraction] = {}
    for missing in product(*(range(demand.required + 1) for demand in counted)):
        lacking = dict.fromkeys(periods, 0)
        for demand, count in zip(counted, missing, strict=True):
            lacking[demand.trainee] += problem.activities[demand.activity].activity.length * count
        worst = max((Fraction(n, periods[t]) for t, n in lacking.items()), default=Fraction(0))
        total = sum(missing)
        least[total] = min(worst, least.get(total, worst))
    return least


@pytest.mark.parametrize("seed", range(40))
def test_the_bound_is_what_the_best_sharing_reaches(seed: int) -> None:
    problem = index(random_organisation(seed))
    ways = 1
    for demand in problem.demands:
        ways *= demand.required + 1
    if ways > MOST_WAYS:
        return
    for missing, share in shares(problem).items():
        assert least_share(problem, missing) == share
