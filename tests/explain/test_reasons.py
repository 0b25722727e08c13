"""The reasons within a plan: each says what is true, and what was not looked into is said to be."""

import re
from unittest.mock import patch

import pytest

from tests.agreement.random_organisations import random_organisation
from tests.organisations import (
    AM,
    PM,
    Role,
    activity,
    calendar,
    duty,
    needs,
    organisation,
    pattern,
    staff,
    trainee,
)
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import GoalStatus, Reason
from trainsched.domain.problems import WorkbookError
from trainsched.domain.rules import GoalId, RuleId
from trainsched.planning import cover_questions, plan_training

PLACING = (GoalId.UNPLACED_MUST, GoalId.UNPLACED_SHOULD, GoalId.UNPLACED_COULD)


def reasons(organised: Organisation) -> tuple[Reason, ...]:
    plan = plan_training(organised, seed=0, workers=1).plan
    (item,) = plan.unplaced
    return item.reasons


def test_two_who_can_be_spared_one_by_one_but_not_together() -> None:
    # Two roles, two who teach, one duty: either can go, not both.
    organised = organisation(
        staff=(staff("S1"), staff("S2")),
        trainees=(trainee("T1"),),
        activities=(activity("A", roles=(Role(name="one"), Role(name="two"))),),
        duties=(duty("clinic"),),
        training_plan=(needs("T1", "A"),),
    )
    (only,) = reasons(organised)
    assert only.rule is RuleId.CLINICAL_COVER
    assert only.detail.startswith("At 1 of 1 possible starts")


def test_one_person_for_two_roles() -> None:
    organised = organisation(
        staff=(staff("S1", competences=("a", "b")), staff("S2", competences=("c",))),
        trainees=(trainee("T1"),),
        activities=(
            activity(
                "A",
                roles=(
                    Role(name="one", competences=("a",)),
                    Role(name="two", competences=("b",)),
                ),
            ),
        ),
        training_plan=(needs("T1", "A"),),
    )
    (only,) = reasons(organised)
    assert only.rule is RuleId.QUALIFIED
    assert "different people" in only.detail


def test_a_group_names_who_cannot_come() -> None:
    # Both must come to A together, and T2 has B at the only time, which matters more.
    organised = organisation(
        staff=(staff("S1"), staff("S2")),
        trainees=(trainee("T1"), trainee("T2"), trainee("T3", pattern=pattern(periods=("PM",)))),
        activities=(activity("A", group_min=2, group_max=2), activity("B")),
        training_plan=(
            needs("T1", "A", priority="could"),
            needs("T2", "A", priority="could"),
            needs("T2", "B"),
        ),
    )
    plan = plan_training(organised, seed=0, workers=1).plan
    found = {item.trainee_id: item.reasons for item in plan.unplaced}
    (first,) = found["T1"]
    assert first.rule is RuleId.GROUP_SIZE
    assert "T2" in first.detail
    (second,) = found["T2"]
    assert second.rule is RuleId.ONE_PLACE_AT_A_TIME


def test_a_group_is_not_blamed_where_cover_is_in_the_way() -> None:
    organised = organisation(
        staff=(staff("S1"),),
        trainees=(trainee("T1"), trainee("T2")),
        activities=(activity("A", together=True, group_max=None),),
        duties=(duty("clinic"),),
        training_plan=(needs("T1", "A"), needs("T2", "A")),
    )
    plan = plan_training(organised, seed=0, workers=1).plan
    assert {r.rule for item in plan.unplaced for r in item.reasons} == {RuleId.CLINICAL_COVER}


def test_what_was_not_looked_into_is_said_to_be() -> None:
    organised = organisation(
        calendar=calendar(days=(0, 1), periods=(AM, PM)),
        staff=(staff("S1"),),
        trainees=(trainee("T1"),),
        activities=(activity("A"),),
        duties=(duty("clinic"),),
        training_plan=(needs("T1", "A"),),
    )
    with patch.multiple(cover_questions, MOST_COUNTED=1, LEAST_COUNTED=1):
        found = reasons(organised)
    assert [reason.rule for reason in found] == [RuleId.CLINICAL_COVER] * 2
    assert "At 1 of 4" in found[0].detail
    assert "At 3 of 4 possible starts it was not looked into" in found[1].detail


def judge(seed: int) -> int:
    """In a plan proved best, something is in the way at every start; return how many were said."""
    organised = random_organisation(seed)
    try:
        plan = plan_training(organised, seed=0, workers=1).plan
    except WorkbookError:
        return 0
    goals = {goal.name: goal.status for goal in plan.goals}
    assert all(goals[name] is GoalStatus.PROVED_BEST for name in PLACING), seed
    said = 0
    for item in plan.unplaced:
        assert item.reasons
        for reason in item.reasons:
            assert "nothing was found" not in reason.detail, (seed, item)
            assert "not looked into" not in reason.detail, (seed, item)
            numbers = re.match(r"At (\d+) of (\d+) possible starts", reason.detail)
            if numbers is not None:
                assert 0 < int(numbers[1]) <= int(numbers[2])
                said += 1
    return said


def test_on_random_organisations_something_is_in_the_way_at_every_start() -> None:
    assert sum(judge(seed) for seed in range(60)) > 20


@pytest.mark.slow
@pytest.mark.parametrize("first", range(60, 660, 100))
def test_on_more_random_organisations(first: int) -> None:
    assert sum(judge(seed) for seed in range(first, first + 100)) > 20
