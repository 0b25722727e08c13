"""On tiny random organisations with pins: whoever is away, there is a plan, and only pins that
could not be kept have given way."""

import pytest

import trainsched as ts
from tests.agreement.random_organisations import random_organisation
from trainsched.domain.plan import Plan
from trainsched.domain.problems import WorkbookError
from trainsched.planning import plan_training

SEEDS_IN_A_ROW = 1_000


def with_pins(seed: int) -> tuple[ts.Organisation, Plan]:
    """An organisation that has pins which can be kept, and its plan."""
    for further in range(seed, seed + 40 * SEEDS_IN_A_ROW, SEEDS_IN_A_ROW):
        organisation = random_organisation(further)
        if not organisation.pins:
            continue
        try:
            return organisation, plan_training(organisation, workers=1).plan
        except WorkbookError:
            continue
    raise AssertionError(f"no organisation of seed {seed} has pins that can be kept")


def judge(seed: int) -> int:
    """Judge every absence of one person on the date of a pin; return how many pins gave way."""
    organisation, plan = with_pins(seed)
    people = [*organisation.staff_by_id, *organisation.trainee_by_id]
    days = sorted({pin.date for pin in organisation.pins})
    given_way = 0
    for who, day in ((who, day) for who in people for day in days):
        later = ts.replan(organisation, plan, absent=[(who, day, day)], workers=1)
        assert ts.verify(organisation, later, published=plan) == []
        assert later.record.replan is not None
        news = later.record.replan.news
        for pin in news.pins_given_way:
            assert pin.away == (who,)
            kept = tuple(one for one in news.pins_given_way if one != pin)
            with_it = news.model_copy(update={"pins_given_way": kept}).applied_to(organisation)
            with pytest.raises(WorkbookError):
                plan_training(with_it, workers=1, published=plan)
            given_way += 1
    return given_way


@pytest.mark.parametrize("seed", range(12))
def test_only_pins_that_cannot_be_kept_give_way(seed: int) -> None:
    judge(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12, 80))
def test_only_pins_that_cannot_be_kept_give_way_on_many(seed: int) -> None:
    judge(seed)


def test_enough_give_way() -> None:
    """The tests above would pass if no pin ever gave way."""
    assert sum(judge(seed) for seed in range(6)) >= 5
