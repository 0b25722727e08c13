"""time_window: sessions are inside their weeks, and not after their deadline."""

import pytest

from tests.organisations import (
    MONDAY,
    NEXT_MONDAY,
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

RULE = RuleId.TIME_WINDOW


def facts(**timing: object) -> Organisation:
    """One trainer and one trainee on the Mondays of two weeks: room for two sessions."""
    return organisation(
        calendar=calendar(weeks=2),
        staff=(staff("S1"),),
        trainees=(trainee("T1"),),
        activities=(activity("A"),),
        training_plan=(needs("T1", "A", 2, **timing),),
    )


@pytest.mark.parametrize(
    ("timing", "fits"),
    [
        ({"earliest_week": 2}, 1),
        ({"latest_week": 1}, 1),
        ({"earliest_week": 3}, 0),
        # The day before the second Monday.
        ({"deadline": NEXT_MONDAY.replace(day=NEXT_MONDAY.day - 1)}, 1),
        ({"deadline": MONDAY}, 1),
    ],
)
def test_outside_the_window_nothing_is_placed(timing: dict[str, object], fits: int) -> None:
    judge_pair(RULE, facts(), facts(**timing), loose_places=2, tight_places=fits)


def test_the_deadline_itself_is_in_time() -> None:
    assert placed(facts(deadline=NEXT_MONDAY)) == 2


def test_week_one_is_the_calendar_week_of_the_first_day() -> None:
    # From a Wednesday, next Monday is already in week 2.
    def from_wednesday(**timing: object) -> Organisation:
        return facts(**timing).model_copy(update={"calendar": calendar(start=WEDNESDAY)})

    assert placed(from_wednesday(latest_week=1)) == 0
    assert placed(from_wednesday(earliest_week=2)) == 1
