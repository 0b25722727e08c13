"""Replans against the oracle: fewest moves and every goal around them, in tiny organisations."""

import pytest

from tests.agreement.brute_force import Oracle, TooLargeError
from tests.agreement.random_news import random_news
from tests.agreement.random_organisations import SMALL, random_organisation
from tests.agreement.test_brute_force import SEEDS_IN_A_ROW
from trainsched.checker import check
from trainsched.checker.goals.moved_sessions import what_it_is
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import GoalStatus, Plan
from trainsched.domain.problems import WorkbookError
from trainsched.domain.rules import GoalId
from trainsched.planning import plan_training

Goals = dict[GoalId, int | float] | None


def judged(seed: int) -> tuple[Organisation, Plan, Goals]:
    """An organisation with news, the plan before them, and what the oracle says of a replan."""
    for further in range(seed, seed + 10 * SEEDS_IN_A_ROW, SEEDS_IN_A_ROW):
        organisation = random_organisation(further)
        try:
            plan = plan_training(organisation, workers=1).plan
            later, published = random_news(further, organisation, plan)
            return later, published, Oracle(later, earlier=published).best()
        except (TooLargeError, WorkbookError):
            continue
    raise AssertionError(f"no organisation of seed {seed} is small enough to try everything")


def compare(seed: int) -> None:
    """Every goal is the oracle's and proved; what is moved is named as the checker counts it."""
    later, published, best = judged(seed)
    if best is None:
        with pytest.raises(WorkbookError):
            plan_training(later, workers=1, published=published)
        return
    plan = plan_training(later, workers=1, published=published).plan
    assert {goal.name: goal.value for goal in plan.goals} == best
    assert {goal.name: goal.bound for goal in plan.goals} == best
    assert {goal.status for goal in plan.goals} == {GoalStatus.PROVED_BEST}
    assert check(later, plan, published=published) == []
    again = plan_training(later, workers=1, published=plan).plan
    assert [what_it_is(s) for s in again.sessions] == [what_it_is(s) for s in plan.sessions]


@pytest.mark.parametrize("limit", ["MOST_CHOICES_AS_A_WHOLE", "MOST_CHOICES_FOR_ONE_GO"])
@pytest.mark.parametrize("seed", range(40))
def test_a_search_close_by_claims_no_more_than_is_true(
    limit: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As for larger organisations: it may miss the best, but never say so.
    monkeypatch.setattr(f"trainsched.planning.search.replan.{limit}", 0)
    later, published, best = judged(seed)
    if best is None:
        return
    plan = plan_training(later, workers=1, published=published).plan
    assert check(later, plan, published=published) == []
    for found, least in zip(plan.goals, best.values(), strict=True):
        assert found.value is not None
        assert found.bound is not None
        assert found.bound <= least <= found.value
        if found.value > least:
            # Later goals start from another place than the oracle's.
            break


def bound(seed: int) -> None:
    """On larger ones no bound is above what another search finds, and what is proved agrees."""
    organisation = random_organisation(seed, SMALL)
    try:
        plan = plan_training(organisation, time_limit=5, workers=1).plan
        later, published = random_news(seed, organisation, plan)
        replans = [
            plan_training(later, time_limit=5, seed=other, workers=1, published=published).plan
            for other in (0, 1)
        ]
    except WorkbookError:
        assert organisation.pins or later.locked_until
        return
    for replan in replans:
        assert check(later, replan, published=published) == []
    for one, two in (replans, reversed(replans)):
        for mine, theirs in zip(one.goals[:2], two.goals[:2], strict=True):
            assert mine.bound is not None
            assert theirs.value is not None
            assert mine.bound <= theirs.value
            if mine.value != theirs.value:
                assert GoalStatus.BEST_FOUND in (mine.status, theirs.status)
                break


@pytest.mark.parametrize("seed", range(8))
def test_bounds_hold_on_larger_organisations(seed: int) -> None:
    bound(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8, 60))
def test_bounds_hold_on_many_larger_organisations(seed: int) -> None:
    bound(seed)


@pytest.mark.parametrize("seed", range(100))
def test_a_replan_moves_no_more_than_trying_everything_says(seed: int) -> None:
    compare(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 600))
def test_many_replans_move_no_more_than_trying_everything_says(seed: int) -> None:
    compare(seed)
