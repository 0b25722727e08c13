"""The plain model of the benchmark keeps the same rules, and proves the same values.

It is written apart from the planner's model but for the cover, so it judges the planner as well.
"""

from pathlib import Path

import pytest

from scripts.benchmark.measuring import Job
from scripts.benchmark.plain_planner import plan_plainly
from scripts.benchmark.solvers import solve_with_cpsat, solve_with_highs
from tests.agreement.random_organisations import SMALL, TINY, random_organisation
from trainsched.checker import check
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import GoalStatus, Plan
from trainsched.domain.problems import WorkbookError
from trainsched.planning import plan_training

JOB = Job(Path("unused.xlsx"), "plain", limit_seconds=30.0, workers=1)
GOALS_OF_THE_PLAIN_MODEL = 4


def planned_plainly(organisation: Organisation, solve: object = solve_with_cpsat) -> Plan:
    plan = plan_plainly(organisation, JOB, lambda _: None, solve).plan  # type: ignore[arg-type]
    assert plan is not None
    return plan


def judge(organisation: Organisation) -> None:
    """Both plans pass the checker, and their first goals agree as far as both are proved."""
    try:
        ours = plan_training(organisation, time_limit=10.0, workers=1).plan
    except WorkbookError:
        return
    plain = planned_plainly(organisation)
    assert check(organisation, plain) == []
    pairs = list(zip(ours.goals, plain.goals, strict=True))[:GOALS_OF_THE_PLAIN_MODEL]
    for one, two in pairs:
        if {one.status, two.status} != {GoalStatus.PROVED_BEST}:
            break
        assert (one.name, one.value) == (two.name, two.value)


@pytest.mark.parametrize("seed", range(25))
def test_tiny_organisations(seed: int) -> None:
    judge(random_organisation(seed, TINY))


@pytest.mark.parametrize("seed", range(4))
def test_small_organisations(seed: int) -> None:
    judge(random_organisation(seed, SMALL))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(25, 200))
def test_many_tiny_organisations(seed: int) -> None:
    judge(random_organisation(seed, TINY))


@pytest.mark.parametrize("seed", [1, 2])
def test_highs_proves_the_same(seed: int) -> None:
    organisation = random_organisation(seed, TINY)
    plain = planned_plainly(organisation)
    highs = planned_plainly(organisation, solve_with_highs)
    assert check(organisation, highs) == []
    assert highs.goals[:GOALS_OF_THE_PLAIN_MODEL] == plain.goals[:GOALS_OF_THE_PLAIN_MODEL]
