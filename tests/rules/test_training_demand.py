"""training_demand: what a trainee needs is placed or reported unplaced, and never more."""

from tests.organisations import (
    AM,
    MONDAY,
    PM,
    TUESDAY,
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
from tests.rules.judging import broken, judge_pair, planned
from trainsched.domain.organisation import Organisation
from trainsched.domain.rules import RuleId

RULE = RuleId.TRAINING_DEMAND


def facts(sessions: int = 1, **more: object) -> Organisation:
    """One trainer, one trainee, one day of two periods."""
    given: dict[str, object] = {
        "calendar": calendar(periods=(AM, PM)),
        "staff": (staff("S1"),),
        "trainees": (trainee("T1"),),
        "activities": (activity("A"),),
        "training_plan": (needs("T1", "A", sessions),),
        **more,
    }
    return organisation(**given)


def test_never_more_than_required() -> None:
    # Two periods have room for two sessions; one is required and one is placed.
    judge_pair(RULE, facts(2), facts(1), loose_places=2, tight_places=1)


def test_what_does_not_fit_is_reported_with_a_reason() -> None:
    # Two periods, three sessions: one is missing, and the plan says so.
    organised = facts(3)
    plan = planned(organised)
    assert plan.summary.placed == 2
    assert [(u.trainee_id, u.activity, u.required, u.placed) for u in plan.unplaced] == [
        ("T1", "A", 3, 2)
    ]
    assert plan.unplaced[0].reasons
    assert broken(organised, plan.model_copy(update={"unplaced": ()})) == {RULE}


def test_weekly_amounts_do_not_carry_over() -> None:
    # Two days a week for two weeks: 2 a week x 2 days / 5 = 0.8, that is 1 in each week. The
    # trainee is away in the whole of week 2, which then asks for nothing.
    weeks = {
        "calendar": calendar(days=(0, 1), weeks=2, periods=(AM, PM)),
        "training_plan": (needs("T1", "A", per_week=2),),
    }
    plan = planned(facts(**weeks))
    assert (plan.summary.required, plan.summary.placed) == (2, 2)
    away = trainee("T1", end_date=TUESDAY)
    plan = planned(facts(**weeks, trainees=(away,)))
    assert (plan.summary.required, plan.summary.placed) == (1, 1)
    assert all(session.date <= TUESDAY for session in plan.sessions)


def test_weekly_amounts_follow_the_days_at_work() -> None:
    # Three days at work ask for the whole amount, two days for 3 x 2 / 5 = 1.2, that is 1.
    three = {
        "calendar": calendar(days=(0, 1, 2), periods=(AM, PM)),
        "training_plan": (needs("T1", "A", per_week=3),),
    }
    assert planned(facts(**three)).summary.required == 3
    two_days = trainee("T1", pattern=pattern(days=(0, 1)))
    assert planned(facts(**three, trainees=(two_days,))).summary.required == 1
    # Leave for a whole day takes the day away, for half a day it does not.
    morning = entry("T1", MONDAY, "AM", Meaning.ABSENT)
    afternoon = entry("T1", MONDAY, "PM", Meaning.ABSENT)
    assert planned(facts(**three, roster=(morning,))).summary.required == 3
    assert planned(facts(**three, roster=(morning, afternoon))).summary.required == 1
