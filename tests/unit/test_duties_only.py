"""A bound on what the posts for all duties cost, in whole steps of their prices."""

import math

import pytest

from trainsched.expansion.duties_only import least_cost_from


@pytest.mark.parametrize(
    ("bound", "step", "least"),
    [
        (39.999999999, 1, 40),
        (40.0, 1, 40),
        (40.2, 1, 41),
        (95.0, 30, 120),
        (4_000_000.01, 1, 4_000_000),  # solvers are wrong by some part of large numbers
        (4_000_000.9, 1, 4_000_001),
        (0.0, 50, 0),
        (-math.inf, 1, 0),  # the search was cut off before it knew any
        (math.nan, 1, 0),
    ],
)
def test_the_cost_is_no_less_than_its_bound(bound: float, step: int, least: int) -> None:
    assert least_cost_from(bound, step) == least
