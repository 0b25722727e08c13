"""spacing: the most in a week and a day, and the least distance, of one trainee's activity."""

import pytest

from tests.organisations import (
    AM,
    PM,
    WEDNESDAY,
    activity,
    calendar,
    needs,
    organisation,
    staff,
    trainee,
)
from tests.rules.judging import judge_pair, placed
from trainsched.domain.organisation import Organisation
from trainsched.domain.rules import RuleId

RULE = RuleId.SPACING


def facts(sessions: int, days: tuple[int, ...] = (0, 1), **timing: object) -> Organisation:
    """One trainer, one trainee, two periods a day."""
    return organisation(
        calendar=calendar(days=days, periods=(AM, PM)),
        staff=(staff("S1"),),
        trainees=(trainee("T1"),),
        activities=(activity("A"),),
        training_plan=(needs("T1", "A", sessions, **timing),),
    )


@pytest.mark.parametrize(
    ("timing", "fits"),
    [
        # Four half-days on Monday and Tuesday.
        ({"max_per_week": 3}, 3),
        ({"max_per_day": 1}, 2),
        # Differing by at least one day is one a day; by two days is one of Monday and Tuesday.
        ({"min_gap_days": 1}, 2),
        ({"min_gap_days": 2}, 1),
    ],
)
def test_each_limit_takes_its_share(timing: dict[str, object], fits: int) -> None:
    judge_pair(RULE, facts(4), facts(4, **timing), loose_places=4, tight_places=fits)


def test_the_gap_is_between_dates() -> None:
    # Monday and Wednesday differ by two days, not by three.
    assert placed(facts(2, days=(0, 2), min_gap_days=2)) == 2
    assert placed(facts(2, days=(0, 2), min_gap_days=3)) == 1


def test_weeks_run_from_monday_to_sunday() -> None:
    # A plan of one week from a Wednesday holds Wednesday and next Monday: two calendar weeks.
    def from_wednesday(days: tuple[int, ...]) -> Organisation:
        return facts(2, max_per_week=1).model_copy(
            update={"calendar": calendar(days=days, start=WEDNESDAY)}
        )

    assert placed(from_wednesday((0, 2))) == 2
    assert placed(from_wednesday((2, 3))) == 1
