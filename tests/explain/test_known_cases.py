"""Small departments of which everybody can see why a session does not fit, and what would help."""

import pytest

from tests.organisations import (
    MONDAY,
    NEXT_MONDAY,
    Meaning,
    Priority,
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
from trainsched.declared import load_costs
from trainsched.domain.departments import Equipment
from trainsched.domain.explanation import Explanation, ItemExplanation, Standing, UnlockKind
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan, Unplaced
from trainsched.domain.rules import RuleId
from trainsched.planning import plan_training
from trainsched.planning.explanation import Only, explain_plan

COSTS = load_costs()


def planned(facts: Organisation) -> Plan:
    return plan_training(facts, workers=1).plan


def explained(facts: Organisation, plan: Plan | None = None, **more: object) -> Explanation:
    return explain_plan(facts, plan or planned(facts), costs=COSTS, **more)


def the_item(facts: Organisation) -> ItemExplanation:
    (item,) = explained(facts).items
    assert item.status is Standing.PROVED_MINIMAL
    return item


def rules(item: ItemExplanation) -> set[tuple[RuleId, str]]:
    return {(fact.rule, fact.subject) for fact in item.facts}


def on_duty_all_day(**facts: object) -> Organisation:
    """One trainer of band 7, whom the only duty needs; one trainee who needs one session."""
    given: dict[str, object] = {
        "staff": (staff("S1", band="7"),),
        "trainees": (trainee("T1"),),
        "activities": (activity("QA"),),
        "training_plan": (needs("T1", "QA"),),
        "duties": (duty("clinic"),),
        **facts,
    }
    return organisation(**given)


def test_a_duty_that_needs_the_only_trainer_is_named() -> None:
    item = the_item(on_duty_all_day())
    assert rules(item) == {(RuleId.CLINICAL_COVER, "clinic"), (RuleId.QUALIFIED, "QA: trainer")}
    assert item.starts == 1


def test_backfill_is_priced_by_the_band_and_the_hours() -> None:
    item = the_item(on_duty_all_day())
    (backfill,) = [u for u in item.unlocks if u.kind is UnlockKind.SLOT_FREED]
    year = COSTS.employer_cost_pounds("7", "mid")
    days = float(COSTS.training["productive_days"].value)
    hours = float(COSTS.training["hours_per_week"].value) / 5
    assert backfill.pounds == round(year / days / hours * 4)
    assert (backfill.subject, backfill.date, backfill.period) == ("S1", MONDAY, "AM")
    assert not backfill.per_year


def test_an_extra_post_costs_its_share_of_a_year() -> None:
    facts = on_duty_all_day(
        calendar=calendar(days=(0, 1, 2, 3, 4)),
        duties=(duty("clinic"),),
        training_plan=(needs("T1", "QA", deadline=MONDAY),),
    )
    (post,) = [u for u in the_item(facts).unlocks if u.kind is UnlockKind.EXTRA_POST]
    assert (post.wte, post.per_year) == (0.2, True)
    assert post.pounds == round(COSTS.employer_cost_pounds("7", "mid") * 0.2)


def test_a_colleague_without_the_competence_could_learn_it() -> None:
    from trainsched.domain.curriculum import Role

    facts = on_duty_all_day(
        staff=(
            staff("S1", competences=("qa", "clinic")),
            staff("S2"),
            staff("S3", trains=False),
        ),
        activities=(activity("QA", roles=(Role(name="trainer", competences=("qa",)),)),),
        duties=(duty("clinic", competences=("clinic",)),),
    )
    item = the_item(facts)
    (holder,) = [u for u in item.unlocks if u.kind is UnlockKind.ONE_MORE_HOLDER]
    assert holder.subject == "S2"
    assert holder.pounds is None
    candidates = {c.staff_id: c for c in item.could_take}
    assert candidates["S1"].is_qualified
    assert not candidates["S2"].is_qualified
    assert [h.detail for h in candidates["S3"].hindrances] == [
        "does not train",
        "does not hold qa",
    ]


def test_one_more_unit_of_the_equipment_that_another_holds() -> None:
    facts = organisation(
        staff=(staff("S1"), staff("S2")),
        trainees=(trainee("T1"), trainee("T2")),
        activities=(activity("QA", equipment=(("linac",),)),),
        training_plan=(needs("T1", "QA"), needs("T2", "QA")),
        equipment=(Equipment(item="linac"),),
    )
    item = the_item(facts)
    other = "T2" if item.trainee_id == "T1" else "T1"
    assert rules(item) == {
        (RuleId.TRAINING_DEMAND, other),
        (RuleId.EQUIPMENT, "linac"),
        (RuleId.GROUP_SIZE, "QA"),
    }
    assert {u.kind for u in item.unlocks} == {UnlockKind.ONE_MORE_UNIT, UnlockKind.LARGER_GROUP}


def test_the_smallest_later_deadline_is_found() -> None:
    facts = on_duty_all_day(
        calendar=calendar(weeks=3),
        training_plan=(needs("T1", "QA", latest_week=1),),
        duties=(duty("clinic", last_date=NEXT_MONDAY),),
    )
    item = the_item(facts)
    (later,) = [u for u in item.unlocks if u.kind is UnlockKind.LATER_DEADLINE]
    assert "week 3" in later.detail
    assert later.pounds == 0


def test_a_higher_limit_is_offered_where_the_limit_is_in_the_way() -> None:
    facts = organisation(
        calendar=calendar(days=(0, 1)),
        staff=(staff("S1", max_training=1),),
        trainees=(trainee("T1"),),
        activities=(activity("QA"),),
        training_plan=(needs("T1", "QA", 2),),
    )
    item = the_item(facts)
    assert (RuleId.TRAINER_LOAD, "S1") in rules(item)
    assert UnlockKind.HIGHER_LIMIT in {u.kind for u in item.unlocks}


def test_nobody_is_called_back_from_leave() -> None:
    facts = organisation(
        staff=(staff("S1"),),
        trainees=(trainee("T1"),),
        activities=(activity("QA", staff=("S1",)),),
        training_plan=(needs("T1", "QA"),),
        roster=(entry("S1", MONDAY, "AM", Meaning.ABSENT),),
    )
    item = the_item(facts)
    assert (RuleId.AT_WORK, "S1") in rules(item)
    assert UnlockKind.SLOT_FREED not in {u.kind for u in item.unlocks}


def test_a_day_off_may_be_worked_and_is_paid() -> None:
    facts = organisation(
        staff=(staff("S1", band="6", pattern=pattern(days=(1,))),),
        trainees=(trainee("T1"),),
        activities=(activity("QA", staff=("S1",)),),
        training_plan=(needs("T1", "QA"),),
    )
    (unlock,) = [u for u in the_item(facts).unlocks if u.kind is UnlockKind.SLOT_FREED]
    assert unlock.pounds
    assert "outside their working pattern" in unlock.detail


def test_if_nothing_helps_it_says_so() -> None:
    facts = organisation(
        trainees=(trainee("T1", pattern=pattern(days=(1,))),),
        staff=(staff("S1"),),
        activities=(activity("QA"),),
        training_plan=(needs("T1", "QA"),),
    )
    item = the_item(facts)
    assert item.unlocks == ()
    assert "None of the changes" in item.unlocks_note


def test_what_matters_less_does_not_stand_in_the_way() -> None:
    """The only slot goes to the must; from the must's side the could is no reason."""
    facts = organisation(
        staff=(staff("S1"),),
        trainees=(trainee("T1"),),
        activities=(activity("MUST"), activity("COULD")),
        training_plan=(
            needs("T1", "COULD", priority=Priority.COULD),
            needs("T1", "MUST", 2, priority=Priority.MUST),
        ),
    )
    found = {item.activity: item for item in explained(facts).items}
    assert (RuleId.TRAINING_DEMAND, "T1") in rules(found["COULD"])
    assert (RuleId.TRAINING_DEMAND, "T1") not in rules(found["MUST"])


def without_sessions(plan: Plan) -> Plan:
    """A plan that places nothing although it could."""
    return plan.model_copy(
        update={
            "sessions": (),
            "unplaced": tuple(
                Unplaced(
                    trainee_id=trainee,
                    activity=session.activity,
                    priority=Priority.MUST,
                    required=1,
                    placed=0,
                    reasons=(),
                )
                for session in plan.sessions
                for trainee in session.trainees
            ),
        }
    )


def test_what_could_be_placed_is_said_to_be_placeable() -> None:
    facts = on_duty_all_day(duties=())
    (item,) = explained(facts, without_sessions(planned(facts))).items
    assert item.status is Standing.CAN_BE_PLACED
    assert item.facts == ()


def test_only_what_is_asked_for_is_explained() -> None:
    facts = on_duty_all_day(
        trainees=(trainee("T1"), trainee("T2")),
        training_plan=(needs("T1", "QA"), needs("T2", "QA")),
    )
    plan = planned(facts)
    assert [i.trainee_id for i in explained(facts, plan, only=Only("T2")).items] == ["T2"]
    assert explained(facts, plan, only=Only(activity="other")).items == ()


def test_the_causes_of_a_whole_plan_are_ranked() -> None:
    facts = on_duty_all_day(
        calendar=calendar(days=(0, 1)),
        trainees=(trainee("T1"), trainee("T2", pattern=pattern(days=(2,)))),
        training_plan=(needs("T1", "QA"), needs("T2", "QA")),
    )
    causes = explained(facts).causes
    assert [c.missing for c in causes] == sorted((c.missing for c in causes), reverse=True)
    assert any(c.subject == "clinic" and c.weeks == (1,) for c in causes)


@pytest.mark.parametrize("seconds", [0.0, None])
def test_what_there_is_no_time_for_is_named(seconds: float | None) -> None:
    facts = on_duty_all_day()
    found = explained(facts, time_limit=seconds)
    if seconds is None:
        assert found.not_explained == ()
    else:
        assert found.not_explained == (("T1", "QA"),)


def test_the_same_question_has_the_same_answer() -> None:
    facts = on_duty_all_day(calendar=calendar(days=(0, 1)))
    plan = planned(facts)
    assert explained(facts, plan).to_json() == explained(facts, plan).to_json()
