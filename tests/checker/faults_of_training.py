"""Faults in what is taught, to whom, when and with what. Each is found under its own rule alone."""

from tests.checker.drafts import Draft
from tests.checker.organisations import (
    FRIDAY,
    NEXT_MONDAY,
    THURSDAY,
)
from tests.checker.planted import by, fault
from tests.organisations import MONDAY, TUESDAY, WEDNESDAY
from trainsched.domain.curriculum import TRAINING_OFFICER
from trainsched.domain.duties import Priority
from trainsched.domain.rules import RuleId

# training demand


@fault("single_department", RuleId.TRAINING_DEMAND)
def session_lost(draft: Draft) -> None:
    draft.drop("DOPS")


@fault("single_department", RuleId.TRAINING_DEMAND)
def missing_session_not_reported(draft: Draft) -> None:
    draft.unplaced.clear()


@fault("single_department", RuleId.TRAINING_DEMAND)
def more_than_required(draft: Draft) -> None:
    draft.session("DOPS", NEXT_MONDAY, "PM", {TRAINING_OFFICER: "A"}, ["T1"])


@fault("single_department", RuleId.TRAINING_DEMAND)
def unplaced_with_wrong_numbers(draft: Draft) -> None:
    draft.unplaced[0] = draft.unplaced[0].model_copy(update={"placed": 1})


@fault("single_department", RuleId.TRAINING_DEMAND)
def unplaced_with_wrong_priority(draft: Draft) -> None:
    draft.unplaced[0] = draft.unplaced[0].model_copy(update={"priority": Priority.MUST})


@fault("single_department", RuleId.TRAINING_DEMAND)
def unplaced_without_reason(draft: Draft) -> None:
    draft.unplaced[0] = draft.unplaced[0].model_copy(update={"reasons": ()})


@fault("single_department", RuleId.TRAINING_DEMAND)
def placed_but_reported_missing(draft: Draft) -> None:
    draft.not_placed("T1", "DOPS", 1, 0, Priority.SHOULD)


@fault("single_department", RuleId.TRAINING_DEMAND)
def reported_missing_but_never_required(draft: Draft) -> None:
    draft.not_placed("T1", "TALK", 1, 0)


@fault("weekly_study", RuleId.TRAINING_DEMAND)
def too_much_in_one_week(draft: Draft) -> None:
    draft.change("STUDY", 2, date=FRIDAY)


# group size


@fault("cohort", RuleId.GROUP_SIZE)
def group_too_small(draft: Draft) -> None:
    draft.change("SHOP", trainees=("T1",))
    draft.not_placed("T2", "SHOP", 1, 0)


@fault("cohort", RuleId.GROUP_SIZE)
def group_too_large(draft: Draft) -> None:
    draft.change("SHOP", trainees=("T1", "T2", "T3"))
    draft.unplaced.clear()


@fault("cohort", RuleId.GROUP_SIZE)
def cohort_incomplete(draft: Draft) -> None:
    draft.change("SEMINAR", 0, trainees=("T1", "T2"))


@fault("single_department", RuleId.GROUP_SIZE)
def trainee_who_does_not_need_it(draft: Draft) -> None:
    draft.session("TALK", NEXT_MONDAY, "PM", {"trainer": "A"}, ["T1"])


@fault("cohort", RuleId.GROUP_SIZE)
def trainee_listed_twice(draft: Draft) -> None:
    draft.change("SHOP", trainees=("T1", "T2", "T2"))


# equipment


@fault("single_department", RuleId.EQUIPMENT)
def equipment_missing(draft: Draft) -> None:
    draft.change("QA", 0, equipment=())


@fault("single_department", RuleId.EQUIPMENT)
def equipment_of_another_kind(draft: Draft) -> None:
    draft.change("QA", 0, equipment=("scanner",))


@fault("single_department", RuleId.EQUIPMENT)
def equipment_not_there_in_that_period(draft: Draft) -> None:
    draft.change("QA", 1, equipment=("linac2",))


@fault("single_department", RuleId.EQUIPMENT)
def both_alternatives_held(draft: Draft) -> None:
    draft.change("QA", 0, equipment=("linac1", "linac2"))


# activity order


@fault("single_department", RuleId.ACTIVITY_ORDER)
def assessment_before_the_teaching_ends(draft: Draft) -> None:
    draft.change("DOPS", date=TUESDAY)


@fault("single_department", RuleId.ACTIVITY_ORDER)
def assessment_though_the_teaching_is_incomplete(draft: Draft) -> None:
    draft.drop("QA", 1)
    draft.not_placed("T1", "QA", 2, 1)


# spacing


@fault("single_department", RuleId.SPACING)
def gap_too_short(draft: Draft) -> None:
    draft.change("TALK", 1, date=NEXT_MONDAY, period="PM")
    draft.change("QA", 1, date=TUESDAY)


@fault("cohort", RuleId.SPACING)
def too_many_in_a_day(draft: Draft) -> None:
    draft.change("SHOP", date=TUESDAY, period="AM")
    draft.change("SEMINAR", 1, date=MONDAY, period="PM")


@fault("single_department", RuleId.SPACING)
def too_many_in_a_week(draft: Draft) -> None:
    draft.session("TALK", THURSDAY, "AM", {"trainer": "B"}, ["T2"])
    draft.unplaced.clear()


# time window


@fault("single_department", RuleId.TIME_WINDOW)
def after_the_latest_week(draft: Draft) -> None:
    draft.change("QA", 1, date=NEXT_MONDAY, staff=by("trainer", "A"))
    draft.drop("DOPS")
    draft.not_placed("T1", "DOPS", 1, 0, Priority.SHOULD)


# trainer load


@fault("single_department", RuleId.TRAINER_LOAD)
def trainer_has_a_full_week(draft: Draft) -> None:
    draft.change("TALK", 1, date=TUESDAY, period="PM", staff=by("trainer", "A"))


@fault("single_department", RuleId.TRAINER_LOAD)
def trainer_has_a_full_day(draft: Draft) -> None:
    draft.change("TALK", 0, staff=by("trainer", "B"))


@fault("single_department", RuleId.TRAINER_LOAD)
def trainer_has_a_full_plan(draft: Draft) -> None:
    people = draft.facts.staff
    capped = people[0].model_copy(update={"max_training": 2})
    draft.facts = draft.facts.model_copy(update={"staff": (capped, *people[1:])})


# trainee load


@fault("single_department", RuleId.TRAINEE_LOAD)
def trainee_is_taught_too_long(draft: Draft) -> None:
    draft.change("TALK", 0, date=TUESDAY, period="PM", staff=by("trainer", "A"))


# pinned


@fault("pins", RuleId.PINNED)
def pinned_session_moved(draft: Draft) -> None:
    draft.change("SHOP", date=WEDNESDAY, period="PM")


@fault("pins", RuleId.PINNED)
def pinned_session_with_other_staff(draft: Draft) -> None:
    draft.change("SHOP", staff=by("trainer", "A"))


@fault("pins", RuleId.PINNED)
def pinned_mark_missing(draft: Draft) -> None:
    draft.change("SHOP", pinned=False)


@fault("pins", RuleId.PINNED)
def pinned_mark_without_a_pin(draft: Draft) -> None:
    draft.change("TALK", 1, pinned=True)


# published


@fault("pins", RuleId.PUBLISHED)
def published_session_restaffed(draft: Draft) -> None:
    draft.change("TALK", 0, staff=by("trainer", "B"))


@fault("pins", RuleId.PUBLISHED)
def published_session_cancelled(draft: Draft) -> None:
    draft.drop("TALK", 0)
    draft.not_placed("T1", "TALK", 2, 1)


@fault("pins", RuleId.PUBLISHED)
def new_session_in_locked_time(draft: Draft) -> None:
    draft.change("TALK", 1, date=MONDAY, period="AM", pinned=True)
