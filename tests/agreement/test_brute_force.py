"""The planner against an oracle that tries everything, goal by goal, on tiny organisations.

Each seed is one organisation. Where its pins cannot all be kept, the planner must say so; where
there is too much to try, the next seed of the same row of seeds is taken, so that none is skipped.
"""

import pytest

from tests.agreement.brute_force import Oracle, TooLargeError
from tests.agreement.random_organisations import random_organisation
from trainsched.checker import check
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import GoalStatus
from trainsched.domain.problems import WorkbookError
from trainsched.domain.rules import GoalId
from trainsched.planning import plan_training

SEEDS_IN_A_ROW = 1_000_000

Goals = dict[GoalId, int | float] | None


def judged(seed: int) -> tuple[Organisation, Goals]:
    """The organisation of the seed and what the oracle says of it."""
    for further in range(seed, seed + 10 * SEEDS_IN_A_ROW, SEEDS_IN_A_ROW):
        organisation = random_organisation(further)
        try:
            return organisation, Oracle(organisation).best()
        except TooLargeError:
            continue
    raise AssertionError(f"no organisation of seed {seed} is small enough to try everything")


def compare(seed: int) -> None:
    """The planner reaches and proves what the oracle found, and the checker passes the plan."""
    organisation, best = judged(seed)
    if best is None:
        with pytest.raises(WorkbookError):
            planned(organisation)
        return
    plan = planned(organisation)
    assert {goal.name: goal.value for goal in plan.goals} == best
    assert {goal.name: goal.bound for goal in plan.goals} == best
    assert {goal.status for goal in plan.goals} == {GoalStatus.PROVED_BEST}
    assert check(organisation, plan) == []


def planned(organisation: Organisation):
    """The plan of one worker without a limit of time."""
    return plan_training(
        organisation, time_limit=None, seed=0, workers=1, progress=None, stop=None
    ).plan


@pytest.mark.parametrize("seed", range(200))
def test_planner_is_as_good_as_trying_everything(seed: int) -> None:
    compare(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(200, 1000))
def test_planner_is_as_good_as_trying_everything_on_many(seed: int) -> None:
    compare(seed)
