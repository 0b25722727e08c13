"""Quantities per week, counted from days at work."""

from datetime import date, timedelta

import pytest

from tests.checker.drafts import Draft
from tests.organisations import (
    AM,
    MONDAY,
    PM,
    Kind,
    Meaning,
    activity,
    calendar,
    entry,
    needs,
    organisation,
    pattern,
    staff,
    trainee,
)
from trainsched.checker import check
from trainsched.checker.attendance import Attendance
from trainsched.checker.demand import Demand
from trainsched.domain.departments import Closure
from trainsched.domain.organisation import Organisation
from trainsched.domain.rules import RuleId


def required(facts: Organisation) -> int:
    return Demand(facts, Attendance(facts)).required("T", "S")


def week_of(per_week: int, **facts: object) -> Organisation:
    given: dict[str, object] = {
        "calendar": calendar(days=(0, 1, 2, 3, 4), periods=(AM, PM)),
        "trainees": (trainee("T"),),
        "activities": (activity("S", kind=Kind.STUDY),),
        "training_plan": (needs("T", "S", per_week=per_week),),
        **facts,
    }
    return organisation(**given)


# Days at work d: 3 or more give all; less gives per_week x d / 5, halves rounded up.
@pytest.mark.parametrize(
    ("per_week", "days", "expected"),
    [(2, 5, 2), (2, 3, 2), (2, 2, 1), (2, 1, 0), (3, 1, 1), (5, 2, 2), (5, 1, 1), (4, 0, 0)],
)
def test_short_weeks_count_pro_rata(per_week: int, days: int, expected: int) -> None:
    part_time = trainee("T", pattern=pattern(days=range(days)))
    assert required(week_of(per_week, trainees=(part_time,))) == expected


def days_away(number: int, periods: tuple[str, ...], meaning: Meaning) -> tuple[object, ...]:
    return tuple(
        entry("T", MONDAY + timedelta(days=n), period, meaning)
        for n in range(number)
        for period in periods
    )


def test_only_whole_days_of_absence_count_as_away() -> None:
    for meaning, periods, expected in (
        (Meaning.ABSENT, ("AM", "PM"), 2),  # two days left: 4 x 2/5 = 1.6
        (Meaning.ABSENT, ("AM",), 4),
        (Meaning.BUSY, ("AM", "PM"), 4),
    ):
        roster = days_away(3, periods, meaning)
        assert required(week_of(4, roster=roster)) == expected


def test_work_on_a_day_off_counts_and_closures_do_not() -> None:
    two_days = trainee("T", pattern=pattern(days=(0, 1)))
    called_in = (entry("T", MONDAY + timedelta(days=4), "AM", Meaning.WORK),)
    assert required(week_of(5, trainees=(two_days,), roster=called_in)) == 5
    shut = (Closure(date=MONDAY, department="D"),)
    assert required(week_of(5, trainees=(two_days,), roster=called_in, closures=shut)) == 2


def test_the_window_of_the_activity_bounds_the_week() -> None:
    until_tuesday = (needs("T", "S", per_week=5, deadline=date(2027, 3, 2)),)
    assert required(week_of(5, training_plan=until_tuesday)) == 2


def test_somebody_never_there_is_not_waited_for_by_a_cohort() -> None:
    facts = organisation(
        calendar=calendar(days=(0, 1, 2), periods=(AM, PM)),
        staff=(staff("A"),),
        trainees=(trainee("T"), trainee("V", end_date=MONDAY - timedelta(days=1))),
        activities=(activity("S", together=True, group_max=None),),
        training_plan=(needs("T", "S", per_week=1), needs("V", "S", per_week=1)),
    )
    draft = Draft(facts)
    draft.session("S", MONDAY, "AM", {"trainer": "A"}, ["T"])
    figures_aside = draft.plan().model_copy(update={"goals": ()})
    assert check(facts, figures_aside) == []
    draft.drop("S")
    lost = draft.plan().model_copy(update={"goals": ()})
    assert {finding.rule for finding in check(facts, lost)} == {RuleId.TRAINING_DEMAND}
