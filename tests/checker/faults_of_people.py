"""Faults in who does what where. Each is found under its own rule alone."""

from tests.checker.drafts import Draft
from tests.checker.organisations import (
    FRIDAY,
    NEXT_MONDAY,
    NEXT_TUESDAY,
    THURSDAY,
)
from tests.checker.planted import by, fault
from tests.organisations import MONDAY, TUESDAY, WEDNESDAY
from trainsched.domain.curriculum import TRAINING_OFFICER
from trainsched.domain.duties import Priority
from trainsched.domain.rules import RuleId

# one place at a time


@fault("single_department", RuleId.ONE_PLACE_AT_A_TIME)
def trainer_on_a_duty_at_the_same_time(draft: Draft) -> None:
    draft.change_cover("LINAC", 0, staff_id="A", rostered_staff_id="C")


@fault("cohort", RuleId.ONE_PLACE_AT_A_TIME)
def trainee_in_two_sessions(draft: Draft) -> None:
    draft.change("SEMINAR", 1, date=WEDNESDAY, period="PM", staff=by("trainer", "A"))
    draft.change("LONG", 0, staff=(*by("tutor", "B"), *by("helper", "A")))


@fault("single_department", RuleId.ONE_PLACE_AT_A_TIME)
def person_twice_on_one_duty(draft: Draft) -> None:
    draft.cover.append(draft.cover[2])


@fault("as_rostered", RuleId.ONE_PLACE_AT_A_TIME)
def rostered_person_teaches_meanwhile(draft: Draft) -> None:
    draft.change("TALK", 0, staff=by("trainer", "B"))


# at work


@fault("single_department", RuleId.AT_WORK)
def trainer_is_absent(draft: Draft) -> None:
    draft.change("TALK", 1, date=NEXT_MONDAY, staff=by("trainer", "A"))


@fault("single_department", RuleId.AT_WORK)
def session_on_a_bank_holiday(draft: Draft) -> None:
    draft.change("QA", 1, date=FRIDAY)
    draft.drop("DOPS")
    draft.not_placed("T1", "DOPS", 1, 0, Priority.SHOULD)


@fault("single_department", RuleId.AT_WORK)
def session_on_a_closed_day(draft: Draft) -> None:
    draft.change("DOPS", date=NEXT_TUESDAY.replace(day=NEXT_TUESDAY.day + 2))


@fault("single_department", RuleId.AT_WORK)
def trainee_has_left(draft: Draft) -> None:
    draft.change("TALK", 0, date=NEXT_TUESDAY.replace(day=NEXT_TUESDAY.day + 1))


@fault("single_department", RuleId.AT_WORK)
def trainer_is_on_call_in_that_period(draft: Draft) -> None:
    draft.change("QA", 0, period="PM")


@fault("weekly_study", RuleId.AT_WORK)
def trainee_is_at_university(draft: Draft) -> None:
    draft.change("STUDY", 2, date=NEXT_TUESDAY)


@fault("single_department", RuleId.AT_WORK)
def person_on_call_covers(draft: Draft) -> None:
    draft.change_cover("LINAC", 1, staff_id="A")


# qualified


@fault("single_department", RuleId.QUALIFIED)
def trainer_lacks_the_competence(draft: Draft) -> None:
    draft.change("QA", 0, date=TUESDAY, period="PM", staff=by("trainer", "C"))
    draft.change("QA", 1, date=THURSDAY, period="AM", staff=by("trainer", "B"))
    draft.drop("DOPS")
    draft.not_placed("T1", "DOPS", 1, 0, Priority.SHOULD)


@fault("single_department", RuleId.QUALIFIED)
def trainer_does_not_train(draft: Draft) -> None:
    draft.change("TALK", 1, staff=by("trainer", "C"))


@fault("single_department", RuleId.QUALIFIED)
def somebody_else_is_the_training_officer(draft: Draft) -> None:
    draft.change("DOPS", staff=by(TRAINING_OFFICER, "B"))


@fault("single_department", RuleId.QUALIFIED)
def role_is_empty(draft: Draft) -> None:
    draft.change("TALK", staff=())


@fault("single_department", RuleId.QUALIFIED)
def role_is_unknown(draft: Draft) -> None:
    draft.change("DOPS", staff=(*by(TRAINING_OFFICER, "A"), *by("watcher", "B")))


@fault("two_sites", RuleId.QUALIFIED)
def trainer_of_another_department(draft: Draft) -> None:
    draft.change("TALK", 1, staff=by("trainer", "Q"))


@fault("two_sites", RuleId.QUALIFIED)
def trainer_is_not_among_those_named(draft: Draft) -> None:
    draft.change("VISIT", staff=by("trainer", "P"))


@fault("cohort", RuleId.QUALIFIED)
def one_person_in_two_roles(draft: Draft) -> None:
    draft.change("LONG", staff=(*by("tutor", "B"), *by("helper", "B")))


# travel


@fault("two_sites", RuleId.TRAVEL)
def no_time_between_two_duties(draft: Draft) -> None:
    draft.change_cover("Y", 0, staff_id="P")


@fault("two_sites", RuleId.TRAVEL)
def no_time_between_two_sessions(draft: Draft) -> None:
    draft.change("VISIT", date=MONDAY, period="AM", staff=by("trainer", "R"))
    draft.change_cover("Y", 0, staff_id="R")


# rest after on call


@fault("single_department", RuleId.REST_AFTER_ON_CALL)
def training_after_a_night_on_call(draft: Draft) -> None:
    draft.change("TALK", 1, staff=by("trainer", "A"))
    draft.change("TALK", 0, date=NEXT_MONDAY, period="PM", staff=by("trainer", "B"))


# hosting


@fault("two_sites", RuleId.HOSTING)
def trainee_is_hosted_elsewhere(draft: Draft) -> None:
    draft.change("TALK", 1, department="N", site="north", staff=by("trainer", "P"))


@fault("two_sites", RuleId.HOSTING)
def activity_belongs_elsewhere(draft: Draft) -> None:
    draft.change("VISIT", department="N", site="north")
