"""The share of sessions that go ahead when people are away, against what can be worked out."""

import pytest

from tests.organisations import activity, needs, organisation, staff, trainee
from trainsched.checker.survival import survival_of
from trainsched.domain.plan import Plan
from trainsched.domain.standbys import Standbys
from trainsched.planning import plan_training
from trainsched.planning.standbys import name_standbys

TOLERANCE = 0.08
"""Five standard errors of a share near one half in 400 draws is 0.125; these lie nearer."""


def one_session(*, with_colleague: bool = True) -> tuple[Plan, Standbys]:
    people = (staff("S1"), staff("S2")) if with_colleague else (staff("S1"),)
    organised = organisation(
        staff=people,
        trainees=(trainee("T1"),),
        activities=(activity("A"),),
        training_plan=(needs("T1", "A"),),
    )
    plan = plan_training(organised, seed=0, workers=1).plan
    return plan, name_standbys(organised, plan)


def test_with_nobody_away_all_go_ahead_and_with_everybody_away_none() -> None:
    plan, standbys = one_session()
    for rate, share in ((0.0, 1.0), (1.0, 0.0)):
        found = survival_of(plan, rate, standbys=standbys)
        assert found is not None
        assert (found.without_standbys, found.with_standbys) == (share, share)


def test_the_shares_are_near_what_chance_gives() -> None:
    # Trainer and trainee there: 0.6 x 0.6. With a standby: 0.6 x (0.6 + 0.4 x 0.6).
    plan, standbys = one_session()
    found = survival_of(plan, 0.4, standbys=standbys)
    assert found is not None
    assert found.without_standbys == pytest.approx(0.36, abs=TOLERANCE)
    assert found.with_standbys == pytest.approx(0.504, abs=TOLERANCE)


def test_without_standbys_nothing_is_said_of_them() -> None:
    plan, standbys = one_session(with_colleague=False)
    found = survival_of(plan, 0.4)
    assert found is not None
    assert found.with_standbys is None
    named = survival_of(plan, 0.4, standbys=standbys)
    assert named is not None
    assert named.with_standbys == named.without_standbys


def test_the_same_seed_gives_the_same_and_naming_standbys_changes_no_fate() -> None:
    plan, standbys = one_session()
    first, again = survival_of(plan, 0.3, seed=4), survival_of(plan, 0.3, seed=4)
    other, named = survival_of(plan, 0.3, seed=5), survival_of(plan, 0.3, standbys=standbys, seed=4)
    assert first == again
    assert first != other
    assert first is not None
    assert named is not None
    assert named.without_standbys == first.without_standbys


def test_a_plan_without_sessions_has_no_share() -> None:
    organised = organisation()
    plan = plan_training(organised, seed=0, workers=1).plan
    assert survival_of(plan, 0.1) is None
