"""rest_after_on_call: no session first thing after a night on call."""

from datetime import timedelta

import pytest

from tests.organisations import (
    AM,
    MONDAY,
    PM,
    TUESDAY,
    Kind,
    Meaning,
    activity,
    calendar,
    duty,
    entry,
    needs,
    organisation,
    pattern,
    policy,
    staff,
    trainee,
)
from tests.rules.judging import judge_pair, placed
from trainsched.domain.organisation import Organisation
from trainsched.domain.roster import RosterEntry
from trainsched.domain.rules import RuleId

RULE = RuleId.REST_AFTER_ON_CALL
TUESDAYS = pattern(days=(1,))


def night(person: str, period: str = "PM") -> RosterEntry:
    return entry(person, MONDAY, period, Meaning.ON_CALL)


def facts(rest: int = 1, kind: Kind = Kind.TAUGHT, **more: object) -> Organisation:
    """The trainee is there on Tuesday only: two half-days for two sessions."""
    given: dict[str, object] = {
        "calendar": calendar(days=(0, 1), periods=(AM, PM)),
        "policy": policy(rest_after_on_call_periods=rest),
        "staff": (staff("S1"),),
        "trainees": (trainee("T1", pattern=TUESDAYS),),
        "activities": (activity("A", kind=kind),),
        "training_plan": (needs("T1", "A", 2),),
        **more,
    }
    return organisation(**given)


@pytest.mark.parametrize("person", ["S1", "T1"])
def test_the_morning_after_is_free(person: str) -> None:
    # Tuesday morning is lost after Monday's night.
    called = {"roster": (night(person),)}
    judge_pair(RULE, facts(0, **called), facts(1, **called), loose_places=2, tight_places=1)


def test_the_policy_says_how_long() -> None:
    called = {"roster": (night("S1"),)}
    judge_pair(RULE, facts(1, **called), facts(2, **called), loose_places=1, tight_places=0)


def test_study_waits_as_well() -> None:
    called = {"roster": (night("T1"),), "kind": Kind.STUDY}
    judge_pair(RULE, facts(0, **called), facts(1, **called), loose_places=2, tight_places=1)


def test_on_call_before_the_last_period_is_no_night() -> None:
    assert placed(facts(roster=(night("S1", "AM"),))) == 2


def test_a_night_on_a_day_off_counts() -> None:
    # On call on Monday, on which the department does not work.
    tuesdays = {"calendar": calendar(days=(1,), periods=(AM, PM))}
    assert placed(facts(**tuesdays)) == 2
    assert placed(facts(**tuesdays, roster=(night("S1"),))) == 1


def test_duties_do_not_wait() -> None:
    # S1 covers the clinic on Tuesday morning after the night: nothing is missing then.
    assert timedelta(days=1) == TUESDAY - MONDAY
    people = (staff("S1"), staff("S2"))
    clinic = duty("clinic", weekdays=(1,), periods=("AM",))
    assert placed(facts(staff=people, roster=(night("S1"),), duties=(clinic,))) == 2
