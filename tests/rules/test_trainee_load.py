"""trainee_load: the most taught periods a day for a trainee, by the policy."""

import pytest

from tests.organisations import (
    AM,
    PM,
    Kind,
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

RULE = RuleId.TRAINEE_LOAD


def facts(
    most: int | str = "none", sessions: int = 2, kind: Kind = Kind.TAUGHT, length: int = 1
) -> Organisation:
    """One trainer and one trainee, one day of two periods."""
    return organisation(
        calendar=calendar(periods=(AM, PM)),
        policy=policy(max_taught_periods_per_day=most),
        staff=(staff("S1"),),
        trainees=(trainee("T1"),),
        activities=(activity("A", kind=kind, length=length),),
        training_plan=(needs("T1", "A", sessions),),
    )


@pytest.mark.parametrize("kind", [Kind.TAUGHT, Kind.ASSESSMENT, Kind.REVIEW])
def test_one_taught_period_a_day(kind: Kind) -> None:
    # Both half-days have room; one period a day leaves one session.
    judge_pair(RULE, facts(kind=kind), facts(1, kind=kind), loose_places=2, tight_places=1)


def test_periods_count_not_sessions() -> None:
    # One session of two periods is already more than one period.
    judge_pair(
        RULE,
        facts(2, sessions=1, length=2),
        facts(1, sessions=1, length=2),
        loose_places=1,
        tight_places=0,
    )


def test_study_is_not_taught() -> None:
    assert placed(facts(1, kind=Kind.STUDY)) == 2
