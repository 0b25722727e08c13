"""published: in a replan, sessions before ``locked_until`` stay exactly as they were.

First the checker is asked, then the planning, which has the checker's word on every plan.
"""

import pytest

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
from tests.rules.judging import by, planned, with_session
from trainsched import service
from trainsched.checker import check
from trainsched.domain.curriculum import Pin
from trainsched.domain.departments import Equipment
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan, Session
from trainsched.domain.problems import WorkbookError
from trainsched.domain.rules import RuleId
from trainsched.planning import plan_training

RULE = RuleId.PUBLISHED


def facts(**more: object) -> Organisation:
    """Two trainers and one trainee with one session on each of Monday and Tuesday."""
    given: dict[str, object] = {
        "calendar": calendar(days=(0, 1)),
        "staff": (staff("S1"), staff("S2")),
        "trainees": (trainee("T1"),),
        "activities": (activity("A"),),
        "training_plan": (needs("T1", "A", 2),),
        **more,
    }
    return organisation(**given)


def frozen(plan: Plan, organised: Organisation) -> Plan:
    """The plan as a replan writes it: sessions before the date are marked as pinned."""
    until = organised.locked_until
    assert until is not None
    sessions = tuple(
        session.model_copy(update={"pinned": session.date < until}) for session in plan.sessions
    )
    return plan.model_copy(update={"sessions": sessions})


def rules_found(organised: Organisation, plan: Plan, published: Plan) -> set[RuleId | None]:
    return {finding.rule for finding in check(organised, plan, published=published)}


def test_what_did_not_change_is_as_published() -> None:
    organised = facts(locked_until=WEDNESDAY)
    plan = planned(organised)
    assert check(organised, frozen(plan, organised), published=plan) == []


def test_a_frozen_session_is_marked_as_pinned() -> None:
    organised = facts(locked_until=WEDNESDAY)
    plan = planned(organised)
    assert rules_found(organised, plan, plan) == {RuleId.PINNED}


@pytest.mark.parametrize(("place", "expected"), [(0, {RULE}), (1, set())])
def test_a_session_before_the_date_keeps_its_staff(place: int, expected: set[RuleId]) -> None:
    # Monday is locked, Tuesday is not: another trainer was published for one of the two.
    organised = facts(locked_until=TUESDAY)
    plan = planned(organised)
    assert [session.date for session in plan.sessions] == [MONDAY, TUESDAY]
    earlier = with_session(plan, place, staff=by(another_than(plan.sessions[place])))
    assert rules_found(organised, frozen(plan, organised), earlier) == expected


def test_a_session_before_the_date_is_not_added() -> None:
    organised = facts(locked_until=TUESDAY)
    plan = planned(organised)
    fewer = plan.model_copy(update={"sessions": plan.sessions[1:]})
    assert RULE in rules_found(organised, frozen(plan, organised), fewer)


def test_a_session_before_the_date_is_not_dropped() -> None:
    # T1 now starts on Tuesday; the session published for Monday is gone.
    plan = planned(facts())
    organised = facts(locked_until=TUESDAY, trainees=(trainee("T1", start_date=TUESDAY),))
    assert rules_found(organised, frozen(planned(organised), organised), plan) == {RULE}


def test_nothing_is_locked_without_a_date() -> None:
    plan = planned(facts())
    earlier = with_session(plan, 0, staff=by(another_than(plan.sessions[0])))
    assert check(facts(), plan, published=earlier) == []


def another_than(session: Session) -> str:
    return "S2" if session.staff[0].staff_id == "S1" else "S1"


# Planning


def replanned(organised: Organisation, published: Plan) -> Plan:
    """The best plan that keeps what is published, which the checker passes."""
    plan = plan_training(organised, workers=1, published=published).plan
    assert check(organised, plan, published=published) == []
    return plan


def errors(organised: Organisation, published: Plan) -> list[str]:
    """What planning says against the published plan, each with its remedy."""
    with pytest.raises(WorkbookError) as refusal:
        plan_training(organised, workers=1, published=published)
    return [f"{problem.problem} {problem.remedy}" for problem in refusal.value.problems]


def who_teaches(plan: Plan) -> dict[tuple[str, str], tuple[str, ...]]:
    """The staff by activity and trainees."""
    return {
        (session.activity, ",".join(session.trainees)): tuple(e.staff_id for e in session.staff)
        for session in plan.sessions
    }


def test_planning_keeps_what_is_published() -> None:
    # Two of the three days are published with the trainer whom the search would not take.
    before = facts(calendar=calendar(days=(0, 1, 2)))
    plan = planned(before)
    staffed = plan
    for place in range(2):
        staffed = with_session(staffed, place, staff=by(another_than(plan.sessions[place])))
    after = replanned(facts(calendar=calendar(days=(0, 1, 2)), locked_until=WEDNESDAY), staffed)
    kept = [(session.date, session.staff) for session in staffed.sessions]
    assert [(session.date, session.staff) for session in after.sessions] == kept
    assert all(session.pinned for session in after.sessions)


def test_without_the_date_planning_is_free() -> None:
    # S1 alone is there on Monday, the day that T1 and T2 both want; T2's was published.
    both = both_want_monday()
    published = planned(both_want_monday(training_plan=(needs("T2", "A"),)))
    free = replanned(both, published)
    assert free.summary.placed == 1
    assert free.sessions[0].trainees == ("T1",)
    locked = replanned(both_want_monday(locked_until=TUESDAY), published)
    assert [session.trainees for session in locked.sessions] == [("T2",)]
    assert rules_found(both_want_monday(locked_until=TUESDAY), free, published) == {RULE}


def both_want_monday(**more: object) -> Organisation:
    """One trainer, one morning, and T1's B is worth more than T2's A."""
    given: dict[str, object] = {
        "calendar": calendar(),
        "staff": (staff("S1"),),
        "trainees": (trainee("T1"), trainee("T2")),
        "activities": (activity("A"), activity("B")),
        "training_plan": (needs("T1", "B"), needs("T2", "A", priority=Priority.COULD)),
        **more,
    }
    return organisation(**given)


def test_planning_adds_nothing_in_the_locked_time() -> None:
    # T1 would have both days; only Tuesday is published, so Monday stays empty.
    plan = planned(facts())
    fewer = plan.model_copy(update={"sessions": plan.sessions[1:]})
    open_again = replanned(facts(), fewer)
    assert open_again.summary.placed == 2
    locked = replanned(facts(locked_until=TUESDAY), fewer)
    assert [session.date for session in locked.sessions] == [TUESDAY]
    assert [session.pinned for session in locked.sessions] == [False]
    assert RULE in {reason.rule for reason in locked.unplaced[0].reasons}


@pytest.mark.parametrize("wish_extra_trainer", [0, 5])
def test_parallel_sessions_keep_their_trainers(wish_extra_trainer: int) -> None:
    # On Monday S1 and S2 teach T1 and T2 side by side; published is each of the two ways.
    side = {
        "calendar": calendar(days=(0, 1)),
        "trainees": (trainee("T1"), trainee("T2")),
        "training_plan": (needs("T1", "A", 2), needs("T2", "A", 2)),
        "policy": policy(wish_extra_trainer=wish_extra_trainer),
    }
    plan = planned(facts(**side))
    monday = [s for s in plan.sessions if s.date == MONDAY]
    assert len(monday) == 2
    for first in ("S1", "S2"):
        second = "S2" if first == "S1" else "S1"
        seated = with_session(plan, 0, staff=by(first))
        seated = with_session(seated, 1, staff=by(second))
        after = replanned(facts(**side, locked_until=TUESDAY), seated)
        assert [s.staff for s in after.sessions if s.date == MONDAY] == [by(first), by(second)]


@pytest.mark.parametrize("wish_extra_trainer", [0, 5])
def test_parallel_groups_keep_their_people_and_rooms(wish_extra_trainer: int) -> None:
    # Two groups of two, each with a trainer and a room; published crosswise.
    four = tuple(f"T{n}" for n in (1, 2, 3, 4))
    groups = {
        "trainees": tuple(trainee(who) for who in four),
        "training_plan": tuple(needs(who, "A") for who in four),
        "activities": (activity("A", group_min=2, group_max=2, equipment=(("red", "blue"),)),),
        "equipment": (Equipment(item="red"), Equipment(item="blue")),
        "policy": policy(wish_extra_trainer=wish_extra_trainer),
        "calendar": calendar(),
    }
    plan = planned(facts(**groups))
    assert len(plan.sessions) == 2
    crossed = with_session(
        plan, 0, trainees=("T1", "T4"), staff=by("S2"), equipment=("red",), id="s00001"
    )
    crossed = with_session(
        crossed, 1, trainees=("T2", "T3"), staff=by("S1"), equipment=("blue",), id="s00002"
    )
    after = replanned(facts(**groups, locked_until=TUESDAY), crossed)
    assert who_teaches(after) == {("A", "T1,T4"): ("S2",), ("A", "T2,T3"): ("S1",)}
    assert [session.equipment for session in after.sessions] == [("red",), ("blue",)]


def test_a_pin_in_the_locked_time_must_be_published() -> None:
    plan = planned(facts())
    pin = Pin(trainee_ids=("T1",), activity="A", date=MONDAY, period="AM")
    locked = facts(locked_until=TUESDAY, pins=(pin,))
    assert replanned(locked, plan).summary.placed == 2
    fewer = plan.model_copy(update={"sessions": plan.sessions[1:]})
    [problem] = errors(locked, fewer)
    assert "pinned session" in problem
    assert "locked until 02/03/2027" in problem


NOW_IMPOSSIBLE: dict[str, dict[str, object]] = {
    "at_work: T1 is away": {"roster": (entry("T1", MONDAY, "AM", Meaning.ABSENT),)},
    "at_work: T1 has left": {"trainees": (), "training_plan": ()},
    "at_work: the trainer has left": {"staff": ()},
    "qualified: nobody trains": {
        "staff": (staff("S1", trains=False), staff("S2", trains=False)),
    },
    "training_demand: not needed": {"training_plan": ()},
    "training_demand: one is enough": {"training_plan": (needs("T1", "A", 1),)},
    "time_window: later": {"training_plan": (needs("T1", "A", 2, earliest_week=2),)},
    "trainer_load: none": {"staff": (staff("S1", max_training=0), staff("S2", max_training=0))},
    "spacing: too near": {"training_plan": (needs("T1", "A", 2, max_per_week=1),)},
    "activity_order: B comes first": {
        "activities": (activity("A"), activity("B")),
        "training_plan": (needs("T1", "A", 2, after=("B",)), needs("T1", "B")),
    },
    "group_size: pairs": {"activities": (activity("A", group_min=2, group_max=2),)},
    "equipment: gone": {
        "activities": (activity("A", equipment=(("linac",),)),),
        "equipment": (Equipment(item="linac", periods=("PM",)),),
    },
    "equipment: another": {
        "activities": (activity("A", equipment=(("linac",),)),),
        "equipment": (Equipment(item="linac"),),
    },
    "published: now long": {
        "activities": (activity("A", length=2),),
        "calendar": calendar(days=(0, 1), periods=(AM, PM)),
    },
    "hosting: elsewhere": {
        "activities": (activity("A", department="E"),),
        "departments": (department("D"), department("E")),
        "staff": (staff("S1", ("D", "E")), staff("S2", ("D", "E"))),
    },
    "clinical_cover: both needed": {"duties": (duty("clinic", 2),)},
}


@pytest.mark.parametrize("case", sorted(NOW_IMPOSSIBLE))
def test_what_is_no_longer_possible_is_an_input_error(case: str) -> None:
    plan = planned(facts())
    now = facts(locked_until=WEDNESDAY, **NOW_IMPOSSIBLE[case])
    found = errors(now, plan)
    rule = case.split(":", maxsplit=1)[0]
    assert any(f"({rule}: " in problem for problem in found), found
    for problem in found:
        assert "published and cannot stay" in problem
        assert "move locked_until back to 0" in problem
    # Without the date the same workbook can be planned.
    replanned(facts(**NOW_IMPOSSIBLE[case]), plan)


def test_a_published_trainer_on_leave_is_an_input_error() -> None:
    plan = planned(facts())
    trainer = plan.sessions[1].staff[0].staff_id
    away = facts(locked_until=WEDNESDAY, roster=(entry(trainer, TUESDAY, "AM", Meaning.ABSENT),))
    [problem] = errors(away, plan)
    for word in (plan.sessions[1].id, "A", "T1", trainer, "02/03/2027", "not at work"):
        assert word in problem
    # Moved back to that day, the session is free again and the other trainer takes it.
    back = away.model_copy(update={"locked_until": TUESDAY})
    after = replanned(back, plan)
    assert after.sessions[0].staff == plan.sessions[0].staff
    assert after.sessions[1].staff == by(another_than(plan.sessions[1]))


def test_published_sessions_that_clash_are_input_errors() -> None:
    # The second of two sessions side by side is edited to have the first one's trainer.
    side = {
        "trainees": (trainee("T1"), trainee("T2")),
        "training_plan": (needs("T1", "A"), needs("T2", "B")),
        "activities": (activity("A"), activity("B")),
        "calendar": calendar(),
    }
    plan = planned(facts(**side))
    assert plan.summary.placed == 2
    edited = with_session(plan, 1, staff=plan.sessions[0].staff)
    [problem] = errors(facts(**side, locked_until=TUESDAY), edited)
    assert "(one_place_at_a_time: " in problem
    assert "Session s00002 " in problem


def test_a_pin_that_published_sessions_rule_out_is_an_input_error() -> None:
    # One session in the whole plan is all that S1 gives, and it is published.
    alone = {
        "staff": (staff("S1", max_training=1),),
        "training_plan": (needs("T1", "A", 2),),
    }
    plan = planned(facts(**alone))
    assert [session.date for session in plan.sessions] in ([MONDAY], [TUESDAY])
    published = with_session(plan, 0, date=MONDAY)
    pin = Pin(trainee_ids=("T1",), activity="A", date=TUESDAY, period="AM")
    [problem] = errors(facts(**alone, pins=(pin,), locked_until=TUESDAY), published)
    assert "pinned session" in problem
    assert replanned(facts(**alone, pins=(pin,)), published).sessions[0].date == TUESDAY


def test_the_public_function_keeps_what_is_published() -> None:
    plan = planned(facts())
    staffed = with_session(plan, 0, staff=by(another_than(plan.sessions[0])))
    after = service.plan(facts(locked_until=TUESDAY), workers=1, published=staffed)
    assert after.sessions[0].staff == staffed.sessions[0].staff
