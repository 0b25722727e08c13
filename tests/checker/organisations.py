"""Small named organisations, each with a plan by hand that breaks no rule.

AM and PM last four hours each, 08:30-12:30 and 13:00-17:00: half an hour between them.
Goals are stated as best found with bound 0; their values and the summaries are argued here.
"""

from datetime import timedelta

from tests.checker.days_of_the_plan import FRIDAY, NEXT_TUESDAY, THURSDAY, WORKDAYS
from tests.checker.drafts import Draft
from tests.checker.duty_cases import as_rostered, day_duties, two_sites
from tests.checker.teaching_cases import cohort, pins, weekly_study
from tests.organisations import (
    AM,
    MONDAY,
    NEXT_MONDAY,
    PM,
    TUESDAY,
    WEDNESDAY,
    Kind,
    Meaning,
    Priority,
    Role,
    activity,
    calendar,
    duty,
    entry,
    needs,
    organisation,
    policy,
    staff,
    trainee,
)
from trainsched.domain.curriculum import TRAINING_OFFICER
from trainsched.domain.departments import Closure, Equipment
from trainsched.domain.people import Preference, PreferenceKind
from trainsched.domain.plan import Summary


def single_department() -> Draft:
    """Flexible cover, a rostered duty given to another, equipment, order, caps, wishes."""
    facts = organisation(
        calendar=calendar(days=WORKDAYS, weeks=2, periods=(AM, PM), bank_holidays=(FRIDAY,)),
        policy=policy(
            max_training_per_week=3,
            max_training_per_day=1,
            max_taught_periods_per_day=1,
            rest_after_on_call_periods=1,
            wish_extra_trainer=5,
            even_load_sessions_per_week=2,
            wish_uneven_load=7,
            wish_uneven_spread=3,
        ),
        staff=(
            staff("A", competences=("qa", "rt"), band="8a", max_training=4),
            staff("B", competences=("qa", "rt"), band="7"),
            staff("C", competences=("rt",), band="7", trains=False),
        ),
        trainees=(
            trainee("T1", training_officer="A"),
            trainee("T2", end_date=NEXT_TUESDAY),
        ),
        activities=(
            activity("DOPS", kind=Kind.ASSESSMENT, roles=(Role(name=TRAINING_OFFICER),)),
            activity(
                "QA",
                roles=(Role(name="trainer", competences=("qa",), min_band="7"),),
                equipment=(("linac1", "linac2"),),
            ),
            activity("TALK"),
        ),
        training_plan=(
            needs("T1", "DOPS", after=("QA",), priority=Priority.SHOULD),
            needs("T1", "QA", 2, latest_week=1, min_gap_days=2, max_per_week=2),
            needs("T2", "TALK", 3, max_per_week=2, priority=Priority.COULD),
        ),
        equipment=(
            Equipment(item="linac1"),
            Equipment(item="linac2", periods=("AM",)),
        ),
        duties=(duty("LINAC", competences=("rt",), weekdays=(0,), row=1),),
        roster=(
            entry("C", MONDAY, "AM", Meaning.DUTY, "LINAC"),
            entry("B", MONDAY, "PM", Meaning.DUTY, "LINAC"),
            entry("A", MONDAY, "PM", Meaning.ON_CALL),
            entry("A", NEXT_MONDAY, "AM", Meaning.ABSENT),
        ),
        preferences=(
            Preference(person_id="T2", kind=PreferenceKind.AVOID_DAY, values=("2", "3"), weight=2),
            Preference(person_id="A", kind=PreferenceKind.PREFER_PERIOD, values=("AM",), weight=4),
            Preference(person_id="T1", kind=PreferenceKind.PREFER_TRAINER, values=("B",), weight=6),
        ),
        closures=(Closure(date=NEXT_TUESDAY + timedelta(days=2)),),
        notices=("Cell Roster!B2 was not understood.",),
    )
    draft = Draft(facts)
    draft.session("QA", MONDAY, "AM", {"trainer": "A"}, ["T1"], equipment=["linac1"])
    draft.session("QA", WEDNESDAY, "PM", {"trainer": "B"}, ["T1"], equipment=["linac1"])
    draft.session("DOPS", THURSDAY, "PM", {TRAINING_OFFICER: "A"}, ["T1"])
    draft.session("TALK", WEDNESDAY, "AM", {"trainer": "A"}, ["T2"])
    draft.session("TALK", TUESDAY, "AM", {"trainer": "B"}, ["T2"])
    draft.covered("LINAC", MONDAY, "AM", "C", "C")
    draft.covered("LINAC", MONDAY, "PM", "C", "B")
    draft.covered("LINAC", NEXT_MONDAY, "AM", "B")
    draft.covered("LINAC", NEXT_MONDAY, "PM", "C")
    draft.not_placed("T2", "TALK", 3, 2, Priority.COULD)
    # Unplaced: one could. Changed: B's Monday PM. Wishes: a second trainer of T1's QA and of T2's
    # TALK 2 x 5; A's third session of week 1 is one above 2: 7; T1 has 3 sessions in week 1, 3
    # over 2 weeks at work is 2 a week: 3, and T2 has 2 of 3 over 2 weeks: 0; T2 on a Wednesday: 2;
    # A's DOPS in the afternoon: 4; T1 without B: Monday's QA and DOPS, 2 x 6.
    draft.values = (0, 0, 1, 0.0, 1, 10 + 7 + 3 + 2 + 4 + 12)
    # 5 sessions of 4 hours, each with one trainer and one trainee.
    draft.summary = Summary(
        required=6,
        placed=5,
        share_placed=0.833333,
        protected_trainer_hours=20.0,
        protected_trainee_hours=20.0,
        changed_duties=1,
    )
    return draft


CASES = {
    "single_department": single_department,
    "two_sites": two_sites,
    "cohort": cohort,
    "day_duties": day_duties,
    "as_rostered": as_rostered,
    "weekly_study": weekly_study,
    "pins": pins,
}
