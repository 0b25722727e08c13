"""The audit of small departments of which everybody can see what the roster leaves open."""

import json
from datetime import timedelta

from tests.organisations import (
    MONDAY,
    TUESDAY,
    Meaning,
    Role,
    activity,
    calendar,
    department,
    duty,
    entry,
    needs,
    organisation,
    pattern,
    policy,
    staff,
    trainee,
)
from trainsched.domain.audit import Audit
from trainsched.domain.organisation import Organisation
from trainsched.domain.rules import RuleId
from trainsched.roster_audit import audit_organisation


def audited(facts: Organisation) -> Audit:
    return audit_organisation(facts, with_plans=False)


def test_places_that_must_stay_open_are_told_from_those_the_roster_leaves_open() -> None:
    facts = organisation(
        calendar=calendar(days=(0, 1)),
        staff=(staff("S1"), staff("S2", pattern=pattern(days=(0,)))),
        duties=(duty("clinic", 2),),
        roster=(entry("S1", MONDAY, "AM", Meaning.DUTY, "clinic"),),
    )
    audit = audited(facts)
    (clinic,) = audit.cover
    assert (clinic.needed, clinic.rostered) == (4, 1)
    assert (clinic.short_as_rostered, clinic.short_at_best) == (3, 1)
    assert [(s.date, s.as_rostered, s.at_best) for s in clinic.slots] == [
        (MONDAY, 1, 0),
        (TUESDAY, 2, 1),
    ]
    assert audit.unavoidable == ((TUESDAY, "D", 1, 0, 0),)


def test_a_competence_with_one_holder_at_work_hangs_on_that_person() -> None:
    facts = organisation(
        calendar=calendar(days=(0, 1, 2)),
        staff=(
            staff("S1", competences=("mpe",), pattern=pattern(days=(0, 1))),
            staff("S2", competences=("mpe",), pattern=pattern(days=(0,))),
        ),
        duties=(duty("physicist", competences=("mpe",)),),
    )
    (mpe,) = audited(facts).competences
    assert mpe.holders == ("S1", "S2")
    assert [(a.staff_id, a.dates) for a in mpe.alone] == [("S1", (TUESDAY,))]
    assert mpe.nobody == (TUESDAY + timedelta(days=1),)


def test_periods_in_which_no_duty_asks_for_it_are_no_gap() -> None:
    facts = organisation(
        calendar=calendar(days=(0, 1)),
        staff=(staff("S1", competences=("mpe",), pattern=pattern(days=(0,))),),
        duties=(duty("physicist", competences=("mpe",), weekdays=(0,)),),
    )
    (mpe,) = audited(facts).competences
    assert mpe.nobody == ()


def test_a_role_alone_makes_a_competence_worth_watching() -> None:
    facts = organisation(
        staff=(staff("S1", competences=("assessor",)),),
        trainees=(trainee("T1"),),
        activities=(activity("QA", roles=(Role(name="assessor", competences=("assessor",)),)),),
        training_plan=(needs("T1", "QA"),),
    )
    (one,) = audited(facts).competences
    assert one.asked_by == ("assessor of QA",)
    assert [a.staff_id for a in one.alone] == ["S1"]


def test_rules_that_the_roster_breaks_are_named() -> None:
    facts = organisation(
        calendar=calendar(days=(0, 1)),
        policy=policy(rest_after_on_call_periods=1, default_travel_minutes=45),
        departments=(department("D"), department("E")),
        staff=(
            staff("S1"),
            staff("S2", end_date=MONDAY - timedelta(days=1)),
            staff("S3"),
        ),
        trainees=(trainee("T1"),),
        duties=(duty("clinic", competences=("mpe",)), duty("ward")),
        roster=(
            entry("S1", MONDAY, "AM", Meaning.DUTY, "clinic"),
            entry("S2", MONDAY, "AM", Meaning.DUTY, "ward"),
            entry("S3", MONDAY, "AM", Meaning.ON_CALL),
            entry("S3", TUESDAY, "AM", Meaning.TRAINING),
            entry("T1", TUESDAY, "AM", Meaning.DUTY, "ward"),
        ),
    )
    found = {(f.rule, f.person_id, f.date) for f in audited(facts).broken}
    assert found == {
        (RuleId.AT_WORK, "S2", MONDAY),
        (RuleId.CLINICAL_COVER, "S1", MONDAY),
        (RuleId.CLINICAL_COVER, "T1", TUESDAY),
        (RuleId.REST_AFTER_ON_CALL, "S3", TUESDAY),
    }


def test_training_that_fits_is_told_with_the_roster_kept_and_with_a_plan() -> None:
    """S1 is rostered on a duty that S2 could take: only a plan may change that."""
    facts = organisation(
        staff=(staff("S1", competences=("mpe",)), staff("S2")),
        trainees=(trainee("T1"),),
        activities=(activity("QA", roles=(Role(name="trainer", competences=("mpe",)),)),),
        training_plan=(needs("T1", "QA"),),
        duties=(duty("clinic"),),
        roster=(entry("S1", MONDAY, "AM", Meaning.DUTY, "clinic"),),
    )
    audit = audit_organisation(facts, time_limit=20, workers=1)
    assert audit.with_roster_kept is not None
    assert audit.with_plan is not None
    assert (audit.with_roster_kept.placed, audit.with_plan.placed) == (0, 1)
    (one,) = audit.trainees
    assert (one.required, one.with_roster_kept, one.with_plan) == (1, 0, 1)
    hours = {t.staff_id: (t.hours_with_roster_kept, t.hours_with_plan) for t in audit.trainers}
    assert hours == {"S1": (0, 4), "S2": (0, 0)}


def test_training_written_by_hand_counts_as_hours() -> None:
    facts = organisation(
        staff=(staff("S1"),), roster=(entry("S1", MONDAY, "AM", Meaning.TRAINING),)
    )
    (trainer,) = audited(facts).trainers
    assert trainer.hours_in_roster == 4


def test_the_document_has_its_format_and_is_the_same_again() -> None:
    facts = organisation(staff=(staff("S1"),), duties=(duty("clinic", 2),))
    text = audited(facts).to_json()
    assert json.loads(text)["format"] == "trainsched-audit/1"
    assert text == audited(facts).to_json()
