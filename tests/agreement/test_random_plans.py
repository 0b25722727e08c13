"""Larger random organisations: every plan passes the checker, and comes out the same twice."""

import pytest

from tests.agreement.random_organisations import SMALL, random_organisation
from trainsched.checker import check
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import GoalStatus, Plan
from trainsched.domain.problems import WorkbookError
from trainsched.planning import plan_training

SECONDS = 5


def planned(organisation: Organisation, seed: int = 0) -> Plan:
    """The plan within a few seconds of work, best or not."""
    return plan_training(
        organisation, time_limit=SECONDS, seed=seed, workers=1, progress=None, stop=None
    ).plan


def judge(seed: int) -> None:
    """The checker passes the plan, a second run repeats it, another solver seed proves the same."""
    organisation = random_organisation(seed, SMALL)
    try:
        plan = planned(organisation)
    except WorkbookError:
        # Pins that clash with each other or with cover; the tiny organisations judge that.
        assert organisation.pins
        return
    assert check(organisation, plan) == []
    assert planned(organisation).to_json() == plan.to_json()
    other = planned(organisation, seed=1)
    assert check(organisation, other) == []
    for one, two in zip(plan.goals, other.goals, strict=True):
        if {one.status, two.status} != {GoalStatus.PROVED_BEST}:
            break
        assert one.value == two.value


@pytest.mark.parametrize("seed", range(15))
def test_plans_pass_the_checker_and_repeat(seed: int) -> None:
    judge(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(15, 100))
def test_many_plans_pass_the_checker_and_repeat(seed: int) -> None:
    judge(seed)
