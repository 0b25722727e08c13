"""at_work: people are used only in slots in which they are at work and free."""

from datetime import timedelta

import pytest

from tests.organisations import (
    AM,
    MONDAY,
    PM,
    TUESDAY,
    Meaning,
    activity,
    calendar,
    duty,
    entry,
    needs,
    organisation,
    pattern,
    staff,
    trainee,
)
from tests.rules.judging import judge_pair, placed
from trainsched.domain.departments import Closure
from trainsched.domain.organisation import CoverMode, Organisation
from trainsched.domain.people import UniversityBlock
from trainsched.domain.rules import RuleId

RULE = RuleId.AT_WORK
NOT_FREE = (Meaning.ABSENT, Meaning.BUSY, Meaning.ON_CALL, Meaning.TRAINING)


def facts(**more: object) -> Organisation:
    """One trainer, one trainee, Monday and Tuesday morning, two sessions: both days are needed."""
    given: dict[str, object] = {
        "calendar": calendar(days=(0, 1)),
        "staff": (staff("S1"),),
        "trainees": (trainee("T1", hei="H"),),
        "activities": (activity("A"),),
        "training_plan": (needs("T1", "A", 2),),
        **more,
    }
    return organisation(**given)


def judge(tight: Organisation) -> None:
    # One of the two mornings is lost, and with it one of the two sessions.
    judge_pair(RULE, facts(), tight, loose_places=2, tight_places=1)


@pytest.mark.parametrize("meaning", NOT_FREE)
@pytest.mark.parametrize("person", ["S1", "T1"])
def test_the_roster_takes_people_away(person: str, meaning: Meaning) -> None:
    judge(facts(roster=(entry(person, TUESDAY, "AM", meaning),)))


def test_work_in_the_roster_beats_a_day_off() -> None:
    # Mondays only by the pattern; the roster calls the trainer in on Tuesday.
    mondays = (staff("S1", pattern=pattern(days=(0,))),)
    judge(facts(staff=mondays))
    assert placed(facts(staff=mondays, roster=(entry("S1", TUESDAY, "AM", Meaning.WORK),))) == 2


def test_a_pattern_of_two_weeks() -> None:
    # Week 1 is free, week 2 is not, so Monday of week 2 is lost.
    both = pattern()
    two_weeks = both.model_copy(update={"weeks": (both.weeks[0], ())})
    four = {"calendar": calendar(days=(0,), weeks=2)}
    judge_pair(
        RULE,
        facts(**four),
        facts(**four, staff=(staff("S1", pattern=two_weeks),)),
        loose_places=2,
        tight_places=1,
    )


def test_people_come_and_go() -> None:
    judge(facts(staff=(staff("S1", start_date=TUESDAY),)))
    judge(facts(staff=(staff("S1", end_date=MONDAY),)))
    judge(facts(trainees=(trainee("T1", end_date=MONDAY),)))


def test_university_takes_the_trainee() -> None:
    judge(facts(university=(UniversityBlock(hei="H", first_date=TUESDAY, last_date=TUESDAY),)))
    # A block of another HEI, or one that ended the week before, takes nobody.
    elsewhere = UniversityBlock(hei="X", first_date=MONDAY, last_date=TUESDAY)
    over = UniversityBlock(
        hei="H", first_date=MONDAY - timedelta(days=7), last_date=MONDAY - timedelta(days=3)
    )
    assert placed(facts(university=(elsewhere, over))) == 2


def test_nobody_trains_on_a_bank_holiday_or_in_a_closed_department() -> None:
    judge(facts(calendar=calendar(days=(0, 1), bank_holidays=(TUESDAY,))))
    judge(facts(closures=(Closure(date=TUESDAY),)))
    judge(facts(closures=(Closure(date=TUESDAY, department="D"),)))


def test_a_rostered_duty_holds_a_trainee_but_not_flexible_staff() -> None:
    # The duty has no row in the mornings, so nothing but the code decides.
    afternoons = {
        "calendar": calendar(days=(0, 1), periods=(AM, PM)),
        "staff": (staff("S1", pattern=pattern(periods=("AM",))), staff("S2", trains=False)),
        "trainees": (trainee("T1", pattern=pattern(periods=("AM",))),),
        "duties": (duty("clinic", periods=("PM",)),),
    }
    on_duty = {"roster": (entry("S1", TUESDAY, "AM", Meaning.DUTY, "clinic"),)}
    assert placed(facts(**afternoons, **on_duty)) == 2
    assert placed(facts(**afternoons, **on_duty, cover=CoverMode.AS_ROSTERED)) == 1
    trainee_on_duty = {"roster": (entry("T1", TUESDAY, "AM", Meaning.DUTY, "clinic"),)}
    judge_pair(
        RULE,
        facts(**afternoons),
        facts(**afternoons, **trainee_on_duty),
        loose_places=2,
        tight_places=1,
    )
