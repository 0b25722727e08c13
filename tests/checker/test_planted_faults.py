"""One fault planted in a good plan is found, under its own rule and under no other."""

from collections.abc import Callable

import pytest

from tests.checker.drafts import Draft
from tests.checker.organisations import (
    CASES,
    FRIDAY,
    NEXT_MONDAY,
    NEXT_TUESDAY,
    THURSDAY,
)
from tests.organisations import MONDAY, TUESDAY, WEDNESDAY
from trainsched.checker import check
from trainsched.domain.curriculum import TRAINING_OFFICER
from trainsched.domain.duties import Priority
from trainsched.domain.plan import Reason, StaffRole
from trainsched.domain.rules import RuleId

Fault = Callable[[Draft], object]
FAULTS: list[tuple[str, RuleId, Fault]] = []


def fault(case: str, rule: RuleId) -> Callable[[Fault], Fault]:
    """Register a fault in a case, with the rule that it breaks."""

    def register(plant: Fault) -> Fault:
        FAULTS.append((case, rule, plant))
        return plant

    return register


def by(role: str, *people: str) -> tuple[StaffRole, ...]:
    return tuple(StaffRole(role=role, staff_id=person) for person in people)


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


# clinical cover


@fault("single_department", RuleId.CLINICAL_COVER)
def place_left_empty_and_not_said(draft: Draft) -> None:
    draft.drop_cover("LINAC", 3)


@fault("single_department", RuleId.CLINICAL_COVER)
def place_left_empty_though_somebody_is_free(draft: Draft) -> None:
    draft.drop_cover("LINAC", 3)
    draft.short("LINAC", NEXT_MONDAY, "PM", 1)


@fault("two_sites", RuleId.CLINICAL_COVER)
def less_important_place_filled_first(draft: Draft) -> None:
    draft.drop_cover("X", 1)
    draft.short("X", FRIDAY, "AM", 1, home="N")
    draft.shortfalls.pop(0)
    draft.short("Y", FRIDAY, "PM", 1, home="S")
    draft.covered("Y", FRIDAY, "PM", "P", home="S")


@fault("two_sites", RuleId.CLINICAL_COVER)
def shortfall_misstated(draft: Draft) -> None:
    draft.shortfalls[0] = draft.shortfalls[0].model_copy(update={"missing": 1})


@fault("single_department", RuleId.CLINICAL_COVER)
def shortfall_where_nothing_is_missing(draft: Draft) -> None:
    draft.short("LINAC", MONDAY, "PM", 1)


@fault("day_duties", RuleId.CLINICAL_COVER)
def covering_person_is_not_qualified(draft: Draft) -> None:
    draft.change_cover("HELP", staff_id="E1")


@fault("day_duties", RuleId.CLINICAL_COVER)
def supernumerary_trainee_covers(draft: Draft) -> None:
    draft.drop("TALK")
    draft.not_placed("T", "TALK", 1, 0)
    draft.change_cover("HELP", staff_id="T")


@fault("day_duties", RuleId.CLINICAL_COVER)
def two_people_share_a_duty_for_one(draft: Draft) -> None:
    draft.change_cover("THEATRE", 1, staff_id="C", rostered_staff_id="B")


@fault("day_duties", RuleId.CLINICAL_COVER)
def half_days_do_not_fill_a_duty_for_the_day(draft: Draft) -> None:
    draft.covered("THEATRE", TUESDAY, "AM", "C")
    draft.covered("THEATRE", TUESDAY, "PM", "B")
    draft.shortfalls.clear()


@fault("day_duties", RuleId.CLINICAL_COVER)
def present_person_is_at_another_site(draft: Draft) -> None:
    draft.change("TALK", 1, date=TUESDAY, period="AM")
    draft.change("AWAY", date=MONDAY, period="PM", staff=by("trainer", "A"))


@fault("single_department", RuleId.CLINICAL_COVER)
def more_people_than_places(draft: Draft) -> None:
    draft.covered("LINAC", NEXT_MONDAY, "AM", "C")


@fault("as_rostered", RuleId.CLINICAL_COVER)
def two_more_people_beside_the_rostered_one(draft: Draft) -> None:
    draft.covered("ON", TUESDAY, "AM", "C")
    draft.covered("ON", TUESDAY, "AM", "E")


# rostered duties


@fault("as_rostered", RuleId.ROSTERED_DUTIES)
def rostered_person_taken_off(draft: Draft) -> None:
    draft.drop_cover("X", 1)


@fault("as_rostered", RuleId.ROSTERED_DUTIES)
def spare_rostered_person_teaches(draft: Draft) -> None:
    draft.drop_cover("X", 1)
    draft.change("TALK", 0, staff=by("trainer", "B"))


@fault("as_rostered", RuleId.ROSTERED_DUTIES)
def person_rostered_to_be_present_teaches(draft: Draft) -> None:
    draft.change("TALK", 1, staff=by("trainer", "A"))


@fault("single_department", RuleId.ROSTERED_DUTIES)
def change_without_the_name(draft: Draft) -> None:
    draft.change_cover("LINAC", 1, rostered_staff_id=None)


@fault("single_department", RuleId.ROSTERED_DUTIES)
def change_with_the_wrong_name(draft: Draft) -> None:
    draft.change_cover("LINAC", 2, rostered_staff_id="C")


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


@pytest.mark.parametrize(
    ("case", "rule", "plant"), FAULTS, ids=[plant.__name__ for _, _, plant in FAULTS]
)
def test_a_planted_fault_is_found_as_itself(case: str, rule: RuleId, plant: Fault) -> None:
    draft = CASES[case]()
    plant(draft)
    findings = check(draft.facts, draft.plan(), published=draft.published)
    assert {finding.rule for finding in findings} == {rule}, findings
    assert all(finding.goal is None for finding in findings)


def test_every_rule_has_a_planted_fault() -> None:
    assert {rule for _, rule, _ in FAULTS} == set(RuleId)


def test_all_faults_of_a_plan_are_found_at_once() -> None:
    draft = CASES["single_department"]()
    trainer_is_absent(draft)
    equipment_missing(draft)
    unplaced_without_reason(draft)
    rules = {finding.rule for finding in check(draft.facts, draft.plan())}
    assert rules == {RuleId.AT_WORK, RuleId.EQUIPMENT, RuleId.TRAINING_DEMAND}


def test_findings_come_in_the_order_of_the_rules() -> None:
    draft = CASES["single_department"]()
    unplaced_without_reason(draft)
    trainer_is_absent(draft)
    findings = check(draft.facts, draft.plan())
    assert [finding.rule for finding in findings] == [RuleId.AT_WORK, RuleId.TRAINING_DEMAND]
    assert findings == check(draft.facts, draft.plan())


def test_a_reason_may_name_any_rule() -> None:
    draft = CASES["single_department"]()
    other = (Reason(rule=RuleId.TRAVEL, detail="Too far."),)
    draft.unplaced[0] = draft.unplaced[0].model_copy(update={"reasons": other})
    assert check(draft.facts, draft.plan()) == []
