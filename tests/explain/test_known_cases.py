"""Small departments of which everybody can see why a session does not fit, and what would help."""

from datetime import timedelta

import pytest

from tests.organisations import (
    AM,
    MONDAY,
    NEXT_MONDAY,
    PM,
    TUESDAY,
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
from trainsched.domain.curriculum import Role
from trainsched.domain.departments import Equipment
from trainsched.domain.explanation import Cause, Explanation, ItemExplanation, Standing, UnlockKind
from trainsched.domain.funding import Post
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan, Unplaced
from trainsched.domain.rules import RuleId
from trainsched.planning import plan_training
from trainsched.planning.explanation import Only, explain_plan
from trainsched.reports.explanation import causes_of_people_together, how_far

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


def test_whoever_would_do_but_does_not_train_could_train() -> None:
    facts = organisation(
        staff=(staff("S2", competences=("qa",), trains=False),),
        trainees=(trainee("T1"),),
        activities=(activity("QA", roles=(Role(name="trainer", competences=("qa",)),)),),
        training_plan=(needs("T1", "QA"),),
    )
    item = the_item(facts)
    (fact,) = item.facts
    assert ": nobody here can. " in fact.detail
    assert fact.detail.endswith(" (S2) does not train.")
    (holder,) = [u for u in item.unlocks if u.kind is UnlockKind.ONE_MORE_HOLDER]
    assert holder.subject == "S2"
    assert " also trains. The session is then" in holder.detail


def test_a_training_officer_who_does_not_train_could_train() -> None:
    facts = organisation(
        staff=(staff("S1", trains=False), staff("S2")),
        trainees=(trainee("T1", training_officer="S1"), trainee("T2", training_officer="S2")),
        activities=(activity("QA", roles=(Role(name="training_officer"),)),),
        training_plan=(needs("T1", "QA"),),
    )
    item = the_item(facts)
    assert rules(item) == {(RuleId.QUALIFIED, "training_officer")}
    assert item.facts[0].detail.endswith(" (S1) does not train.")
    (holder,) = [u for u in item.unlocks if u.kind is UnlockKind.ONE_MORE_HOLDER]
    assert holder.subject == "S1"
    assert " also trains. The session is then" in holder.detail
    assert [c.staff_id for c in item.could_take] == ["S1"]
    assert [h.detail for h in item.could_take[0].hindrances] == ["does not train"]


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


def test_a_duty_for_the_whole_day_is_backfilled_for_the_whole_day() -> None:
    """Theatre keeps its one person all day, so half a day of somebody else would not do."""
    facts = on_duty_all_day(
        calendar=calendar(periods=(AM, PM)),
        activities=(activity("QA", length=1),),
        duties=(duty("theatre", one_person=True),),
    )
    (backfill,) = [u for u in the_item(facts).unlocks if u.kind is UnlockKind.SLOT_FREED]
    assert (backfill.subject, backfill.date, backfill.period) == ("S1", MONDAY, None)
    assert "all day" in backfill.detail
    year = COSTS.employer_cost_pounds("7", "mid")
    days = float(COSTS.training["productive_days"].value)
    hours = float(COSTS.training["hours_per_week"].value) / 5
    assert backfill.pounds == round(year / days / hours * 8)


def test_other_work_of_the_roster_may_give_way_at_no_price() -> None:
    facts = on_duty_all_day(
        duties=(), roster=(entry("S1", MONDAY, "AM", Meaning.BUSY),), calendar=calendar()
    )
    (freed,) = [u for u in the_item(facts).unlocks if u.kind is UnlockKind.SLOT_FREED]
    assert freed.pounds == 0
    assert "is freed from what the roster has" in freed.detail


def test_the_nearest_earlier_week_is_found() -> None:
    facts = on_duty_all_day(
        calendar=calendar(weeks=6),
        training_plan=(needs("T1", "QA", earliest_week=6),),
        duties=(duty("clinic", first_date=MONDAY + timedelta(weeks=3)),),
    )
    (earlier,) = [u for u in the_item(facts).unlocks if u.kind is UnlockKind.EARLIER_START]
    assert "may begin in week 3, not 6" in earlier.detail
    assert earlier.pounds == 0


def test_the_cheapest_of_the_posts_that_could_be_funded_is_named() -> None:
    posts = tuple(
        Post(post=name, band="7", annual_cost_pounds=pounds, department="D")
        for name, pounds in (("dear", 90_000), ("cheap", 60_000))
    )
    facts = on_duty_all_day(calendar=calendar(days=(0, 1, 2, 3, 4)), posts=posts)
    (post,) = [u for u in the_item(facts).unlocks if u.kind is UnlockKind.EXTRA_POST]
    assert (post.subject, post.pounds) == ("cheap", 12_000)
    assert "with the new post" in post.detail


def test_whoever_is_freed_gives_the_session() -> None:
    """With either freed the other could give it; it is told of one who gives it."""
    facts = on_duty_all_day(
        staff=(staff("S1", band="7"), staff("S2", band="6")), duties=(duty("clinic", 2),)
    )
    (freed,) = [u for u in the_item(facts).unlocks if u.kind is UnlockKind.SLOT_FREED]
    assert f"with Person {freed.subject} ({freed.subject})" in freed.detail


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


def test_of_equal_causes_duties_and_competences_come_before_one_persons_diary() -> None:
    facts = on_duty_all_day(
        calendar=calendar(days=(0, 1)),
        roster=(entry("S1", TUESDAY, "AM", Meaning.ABSENT),),
        duties=(duty("clinic", last_date=MONDAY),),
    )
    causes = explained(facts).causes
    assert [cause.detail for cause in causes] == ["duty", "role", "not at work"]
    assert causes[1].weeks == (1,)


def test_people_alike_are_one_row_of_the_causes() -> None:
    def cause(detail: str, subject: str, missing: int) -> Cause:
        return Cause(rule=RuleId.AT_WORK, subject=subject, detail=detail, missing=missing, items=1)

    causes = [
        cause("duty", "clinic", 3),
        cause("not at work", "S1", 3),
        cause("duty", "theatre", 3),
        cause("not at work", "S2", 3),
        cause("not at work", "S3", 2),
    ]
    together = [[one.subject for one in row] for row in causes_of_people_together(causes)]
    assert together == [["clinic"], ["S1", "S2"], ["theatre"], ["S3"]]


def test_it_is_said_of_how_many_it_is_known_why() -> None:
    facts = on_duty_all_day(
        trainees=(trainee("T1"), trainee("T2")),
        training_plan=(needs("T1", "QA"), needs("T2", "QA")),
    )
    found = explained(facts)
    assert [item.status for item in found.items] == [Standing.PROVED_MINIMAL] * 2
    assert how_far(found) == (
        "2 requirements with sessions missing: 2 ruled out by the facts below, each of them needed."
    )
    placeable = found.items[1].model_copy(update={"status": Standing.CAN_BE_PLACED})
    mixed = found.model_copy(
        update={"items": (found.items[0], placeable), "not_explained": (("T3", "QA"),)}
    )
    assert how_far(mixed) == (
        "3 requirements with sessions missing: "
        "1 ruled out by the facts below, each of them needed; "
        "1 ruled out by nothing: a longer search would place them; "
        "1 not looked at in the time."
    )


def test_those_who_could_take_it_are_ranked_with_reasons() -> None:
    """First who is free at more times, then who is away; those who only nearly qualify last."""
    facts = on_duty_all_day(
        calendar=calendar(days=(0, 1)),
        staff=(
            staff("S1", competences=("qa",), pattern=pattern(days=(4,))),
            staff("S2", competences=("qa",)),
            staff("S3"),
        ),
        activities=(activity("QA", roles=(Role(name="trainer", competences=("qa",)),)),),
        duties=(duty("clinic", competences=("qa",)),),
    )
    (item,) = explained(facts).items
    assert [c.staff_id for c in item.could_take] == ["S2", "S1", "S3"]
    away = next(c for c in item.could_take if c.staff_id == "S1")
    assert [h.detail for h in away.hindrances] == ["not at work or not free at 2 of 2"]


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
