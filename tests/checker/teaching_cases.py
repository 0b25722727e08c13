"""Small organisations whose point is in their teaching, each with a plan that breaks no rule."""

from datetime import timedelta

from tests.checker.days_of_the_plan import THURSDAY, WORKDAYS
from tests.checker.drafts import Draft
from tests.organisations import (
    AM,
    MONDAY,
    NEXT_MONDAY,
    PM,
    TUESDAY,
    WEDNESDAY,
    Kind,
    Meaning,
    Role,
    activity,
    calendar,
    entry,
    needs,
    organisation,
    staff,
    trainee,
)
from trainsched.domain.curriculum import Pin
from trainsched.domain.people import UniversityBlock
from trainsched.domain.plan import Summary


def cohort() -> Draft:
    """Teaching for everybody together, groups of two or three, and a lesson over the whole day."""
    facts = organisation(
        calendar=calendar(days=(0, 1, 2), periods=(AM, PM)),
        staff=(staff("A"), staff("B")),
        trainees=(trainee("T1"), trainee("T2"), trainee("T3")),
        activities=(
            activity("LONG", length=2, roles=(Role(name="tutor"), Role(name="helper"))),
            activity("SEMINAR", together=True, group_max=None),
            activity("SHOP", group_min=2, group_max=2),
        ),
        training_plan=(
            needs("T1", "LONG"),
            *(needs(t, "SEMINAR", 2, max_per_day=1) for t in ("T1", "T2", "T3")),
            *(needs(t, "SHOP") for t in ("T1", "T2", "T3")),
        ),
    )
    draft = Draft(facts)
    draft.session("SEMINAR", MONDAY, "AM", {"trainer": "A"}, ["T1", "T2", "T3"])
    draft.session("SEMINAR", TUESDAY, "AM", {"trainer": "A"}, ["T1", "T2", "T3"])
    draft.session("SHOP", MONDAY, "PM", {"trainer": "B"}, ["T1", "T2"])
    draft.session("LONG", WEDNESDAY, "AM", {"tutor": "B", "helper": "A"}, ["T1"])
    draft.not_placed("T3", "SHOP", 1, 0)
    # T3 lacks 1 of 3 periods. Staff: 4 half-days and one day for two: 3 x 4 + 2 x 8 hours;
    # trainees: 3 + 3 + 2 half-days and one day.
    draft.values = (1, 0, 0, 0.333333, 0, 0)
    draft.summary = Summary(
        required=10,
        placed=9,
        share_placed=0.9,
        protected_trainer_hours=28.0,
        protected_trainee_hours=40.0,
        changed_duties=0,
    )
    return draft


def weekly_study() -> Draft:
    """Two half-days of study a week, less in a week with only two days at work."""
    facts = organisation(
        calendar=calendar(
            days=WORKDAYS, weeks=2, periods=(AM, PM), bank_holidays=(MONDAY, TUESDAY)
        ),
        trainees=(trainee("T", hei="U"), trainee("V", hei="W")),
        university=(
            UniversityBlock(
                hei="U", first_date=NEXT_MONDAY, last_date=NEXT_MONDAY + timedelta(days=2)
            ),
        ),
        activities=(activity("STUDY", kind=Kind.STUDY),),
        training_plan=(needs("T", "STUDY", per_week=2), needs("V", "STUDY", per_week=2)),
        roster=(
            # V's second week: absent for three whole days leaves two days at work.
            *(
                entry("V", NEXT_MONDAY + timedelta(days=n), period, Meaning.ABSENT)
                for n in range(3)
                for period in ("AM", "PM")
            ),
        ),
    )
    draft = Draft(facts)
    # Week 1: three days at work, so 2 each. Week 2: two days, 2 x 2/5 = 0.8, so 1 each.
    for who in ("T", "V"):
        draft.session("STUDY", WEDNESDAY, "AM", {}, [who])
        draft.session("STUDY", THURSDAY, "PM", {}, [who])
        draft.session("STUDY", NEXT_MONDAY + timedelta(days=3), "AM", {}, [who])
    draft.summary = Summary(
        required=6,
        placed=6,
        share_placed=1.0,
        protected_trainer_hours=0.0,
        protected_trainee_hours=24.0,
        changed_duties=0,
    )
    return draft


def pins() -> Draft:
    """A pinned group session that another has joined, and the first day locked in a replan."""
    facts = organisation(
        calendar=calendar(days=(0, 1, 2), periods=(AM, PM)),
        locked_until=TUESDAY,
        staff=(staff("A"), staff("B")),
        trainees=(trainee("T1"), trainee("T2")),
        activities=(activity("SHOP", group_max=2), activity("TALK")),
        training_plan=(
            needs("T1", "SHOP"),
            needs("T2", "SHOP"),
            needs("T1", "TALK", 2),
        ),
        pins=(
            Pin(
                trainee_ids=("T1",),
                activity="SHOP",
                date=TUESDAY,
                period="AM",
                staff_ids=("B",),
                row=2,
            ),
        ),
    )
    draft = Draft(facts)
    draft.session("TALK", MONDAY, "PM", {"trainer": "A"}, ["T1"], pinned=True)
    draft.session("SHOP", TUESDAY, "AM", {"trainer": "B"}, ["T1", "T2"], pinned=True)
    draft.session("TALK", WEDNESDAY, "AM", {"trainer": "A"}, ["T1"])
    draft.summary = Summary(
        required=4,
        placed=4,
        share_placed=1.0,
        protected_trainer_hours=12.0,
        protected_trainee_hours=16.0,
        changed_duties=0,
    )
    earlier = draft.copy()
    earlier.change("TALK", 0, pinned=False)
    earlier.change("TALK", 1, date=TUESDAY)
    draft.published = earlier.plan()
    # The last TALK was to be a day earlier.
    draft.moved = 1
    return draft
