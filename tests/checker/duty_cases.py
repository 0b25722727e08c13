"""Small organisations whose point is in their duties, each with a plan that breaks no rule."""

from tests.checker.days_of_the_plan import FRIDAY, THURSDAY, WORKDAYS
from tests.checker.drafts import Draft
from tests.organisations import (
    AM,
    MONDAY,
    PM,
    TUESDAY,
    WEDNESDAY,
    Meaning,
    Priority,
    activity,
    calendar,
    department,
    duty,
    entry,
    needs,
    organisation,
    policy,
    staff,
    trainee,
)
from trainsched.domain.departments import Travel
from trainsched.domain.duties import Presence
from trainsched.domain.organisation import CoverMode
from trainsched.domain.people import Rotation
from trainsched.domain.plan import Summary


def two_sites() -> Draft:
    """People of two sites with 45 minutes between them, a rotation, and a day short of people."""
    facts = organisation(
        calendar=calendar(days=WORKDAYS, periods=(AM, PM)),
        departments=(department("N", site="north"), department("S", site="south")),
        travel=(Travel(from_site="north", to_site="south", minutes=45),),
        staff=(staff("P", ("N", "S")), staff("Q", ("N",)), staff("R", ("S",))),
        trainees=(trainee("T", "N"),),
        rotations=(
            Rotation(trainee_id="T", department="S", first_date=WEDNESDAY, last_date=FRIDAY),
        ),
        activities=(activity("TALK"), activity("VISIT", department="S", staff=("Q", "R"))),
        training_plan=(needs("T", "TALK", 2), needs("T", "VISIT")),
        duties=(
            duty("X", home="N", weekdays=(0, 4), periods=("AM",), row=1),
            duty("Y", 2, home="S", weekdays=(4,), periods=("PM",), priority=Priority.SHOULD, row=2),
            duty("Y", home="S", weekdays=(0,), periods=("PM",), row=3),
        ),
        roster=(
            entry("Q", FRIDAY, "AM", Meaning.ABSENT),
            entry("R", FRIDAY, "PM", Meaning.ABSENT),
        ),
    )
    draft = Draft(facts)
    draft.session("TALK", MONDAY, "PM", {"trainer": "Q"}, ["T"])
    draft.session("VISIT", TUESDAY, "AM", {"trainer": "Q"}, ["T"])
    draft.session("TALK", THURSDAY, "AM", {"trainer": "R"}, ["T"], department="S")
    draft.covered("X", MONDAY, "AM", "P", home="N")
    draft.covered("Y", MONDAY, "PM", "R", home="S")
    # On Friday only P is there, and cannot go from north to south over lunch: the must wins.
    draft.covered("X", FRIDAY, "AM", "P", home="N")
    draft.short("Y", FRIDAY, "PM", 2, home="S")
    # No weights are set, so the second trainer of TALK costs nothing.
    draft.summary = Summary(
        required=3,
        placed=3,
        share_placed=1.0,
        protected_trainer_hours=12.0,
        protected_trainee_hours=12.0,
        changed_duties=0,
    )
    return draft


def day_duties() -> Draft:
    """One person for the day, presence on site while teaching, a trainee who may cover."""
    facts = organisation(
        calendar=calendar(days=(0, 1), periods=(AM, PM)),
        departments=(department("D"), department("E")),
        policy=policy(default_travel_minutes=20),
        staff=(
            staff("A", ("D", "E"), competences=("mpe",)),
            staff("B", competences=("theatre",)),
            staff("C", competences=("theatre",)),
            staff("E1", ("D", "E")),
        ),
        trainees=(
            trainee("T"),
            trainee("U", supernumerary=False, competences=("help",)),
        ),
        activities=(activity("AWAY", department="E"), activity("TALK")),
        training_plan=(needs("T", "AWAY"), needs("T", "TALK"), needs("U", "TALK")),
        duties=(
            duty("HELP", competences=("help",), weekdays=(0,), periods=("AM",), row=1),
            duty("MPE", competences=("mpe",), weekdays=(0,), presence=Presence.ON_SITE, row=2),
            duty("THEATRE", competences=("theatre",), one_person=True, weekdays=(0, 1), row=3),
        ),
        roster=(
            entry("B", MONDAY, "AM", Meaning.DUTY, "THEATRE"),
            entry("B", MONDAY, "PM", Meaning.DUTY, "THEATRE"),
            entry("B", TUESDAY, "AM", Meaning.ABSENT),
            entry("C", TUESDAY, "PM", Meaning.ABSENT),
        ),
    )
    draft = Draft(facts)
    draft.session("TALK", MONDAY, "AM", {"trainer": "A"}, ["T"])
    draft.session("TALK", MONDAY, "PM", {"trainer": "A"}, ["U"])
    draft.session("AWAY", TUESDAY, "PM", {"trainer": "E1"}, ["T"])
    draft.covered("HELP", MONDAY, "AM", "U")
    for period in ("AM", "PM"):
        draft.covered("MPE", MONDAY, period, "A")
        draft.covered("THEATRE", MONDAY, period, "B", "B")
        # On Tuesday each of B and C is away for half of the day: nobody can do all of it.
        draft.short("THEATRE", TUESDAY, period, 1)
    draft.summary = Summary(
        required=3,
        placed=3,
        share_placed=1.0,
        protected_trainer_hours=12.0,
        protected_trainee_hours=12.0,
        changed_duties=0,
    )
    return draft


def as_rostered() -> Draft:
    """Rostered people stay: one too many on X, one not qualified, one on a duty of presence."""
    facts = organisation(
        calendar=calendar(days=(0, 1), periods=(AM, PM)),
        cover=CoverMode.AS_ROSTERED,
        staff=(
            staff("A", competences=("x",)),
            staff("B", competences=("x",)),
            staff("C"),
            staff("E", competences=("x",)),
        ),
        trainees=(trainee("T"),),
        activities=(activity("TALK"),),
        training_plan=(needs("T", "TALK", 2),),
        duties=(
            duty("ON", presence=Presence.ON_SITE, weekdays=(1,), periods=("AM",), row=1),
            duty("X", competences=("x",), weekdays=(0,), row=2),
        ),
        roster=(
            entry("A", MONDAY, "AM", Meaning.DUTY, "X"),
            entry("B", MONDAY, "AM", Meaning.DUTY, "X"),
            entry("C", MONDAY, "PM", Meaning.DUTY, "X"),
            entry("A", TUESDAY, "AM", Meaning.DUTY, "ON"),
        ),
    )
    draft = Draft(facts)
    draft.session("TALK", MONDAY, "AM", {"trainer": "E"}, ["T"])
    draft.session("TALK", TUESDAY, "AM", {"trainer": "B"}, ["T"])
    draft.covered("X", MONDAY, "AM", "A", "A")
    draft.covered("X", MONDAY, "AM", "B", "B")
    draft.covered("X", MONDAY, "PM", "A")
    draft.covered("X", MONDAY, "PM", "C", "C")
    draft.covered("ON", TUESDAY, "AM", "A", "A")
    draft.summary = Summary(
        required=2,
        placed=2,
        share_placed=1.0,
        protected_trainer_hours=8.0,
        protected_trainee_hours=8.0,
        changed_duties=0,
    )
    return draft
