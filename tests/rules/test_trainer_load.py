"""trainer_load: nobody gives more sessions a week, a day, or in all than their limits."""

import pytest

from tests.organisations import (
    AM,
    PM,
    Kind,
    Role,
    activity,
    calendar,
    needs,
    organisation,
    policy,
    staff,
    trainee,
)
from tests.rules.judging import judge_pair, placed
from trainsched.domain.organisation import Organisation
from trainsched.domain.rules import RuleId

RULE = RuleId.TRAINER_LOAD


def facts(
    kind: Kind = Kind.TAUGHT, policy_values: dict[str, float] | None = None, **staff_facts: object
) -> Organisation:
    """One trainer and one trainee on Monday and Tuesday: four half-days for four sessions."""
    return organisation(
        calendar=calendar(days=(0, 1), periods=(AM, PM)),
        policy=policy(**(policy_values or {})),
        staff=(staff("S1", **staff_facts),),
        trainees=(trainee("T1"),),
        activities=(activity("A", kind=kind),),
        training_plan=(needs("T1", "A", 4),),
    )


@pytest.mark.parametrize(
    ("limit", "fits"),
    [
        ({"max_training_per_week": 3}, 3),
        ({"max_training_per_day": 1}, 2),
        ({"max_training": 2}, 2),
        ({"max_training": 0}, 0),
    ],
)
def test_the_limits_of_the_staff_sheet(limit: dict[str, object], fits: int) -> None:
    judge_pair(RULE, facts(), facts(**limit), loose_places=4, tight_places=fits)


@pytest.mark.parametrize(
    ("wte", "fits"),
    [
        # Two a week in full time; 0.6 of it is 1.2, rounded up 2; half of it is 1.
        (1.0, 2),
        (0.6, 2),
        (0.5, 1),
    ],
)
def test_the_policy_scaled_by_wte(wte: float, fits: int) -> None:
    weekly = {"max_training_per_week": 2}
    judge_pair(
        RULE,
        facts(wte=wte),
        facts(wte=wte, policy_values=weekly),
        loose_places=4,
        tight_places=fits,
    )


def test_a_limit_of_ones_own_is_taken_as_written() -> None:
    # Three a week for somebody of 0.5 WTE, whatever the policy says.
    own = facts(wte=0.5, max_training_per_week=3, policy_values={"max_training_per_week": 2})
    assert placed(own) == 3


@pytest.mark.parametrize("kind", [Kind.ASSESSMENT, Kind.REVIEW])
def test_assessment_and_review_count(kind: Kind) -> None:
    judge_pair(RULE, facts(kind), facts(kind, max_training=1), loose_places=4, tight_places=1)


def test_study_counts_for_nobody() -> None:
    assert placed(facts(Kind.STUDY, max_training=0)) == 4


def test_any_role_counts() -> None:
    # S2 supervises everything and has a limit of one in all.
    def supervised(**limit: object) -> Organisation:
        roles = (Role(name="trainer"), Role(name="supervisor", competences=("mpe",)))
        return facts().model_copy(
            update={
                "staff": (staff("S1"), staff("S2", competences=("mpe",), **limit)),
                "activities": (activity("A", roles=roles),),
            }
        )

    judge_pair(RULE, supervised(), supervised(max_training=1), loose_places=4, tight_places=1)


def test_a_week_is_a_calendar_week() -> None:
    # One a week, two weeks: two sessions.
    two_weeks = facts(max_training_per_week=1).model_copy(
        update={"calendar": calendar(days=(0, 1), weeks=2)}
    )
    assert placed(two_weeks) == 2
