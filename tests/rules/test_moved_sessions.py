"""moved_sessions: in a replan, the fewest earlier sessions moved, cancelled or restaffed.

Each number is argued here; the checker agrees with every plan.
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
    duty,
    entry,
    needs,
    organisation,
    policy,
    staff,
    trainee,
)
from tests.rules.judging import by, planned, with_session
from trainsched.checker import check
from trainsched.checker.goals.moved_sessions import what_it_is
from trainsched.domain.curriculum import Pin
from trainsched.domain.departments import Equipment
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import GoalStatus, Plan
from trainsched.domain.rules import GoalId
from trainsched.planning import plan_training


def facts(**more: object) -> Organisation:
    """Two trainers, one trainee, a session on each of two of three days."""
    given: dict[str, object] = {
        "calendar": calendar(days=(0, 1, 2)),
        "staff": (staff("S1"), staff("S2")),
        "trainees": (trainee("T1"),),
        "activities": (activity("A"),),
        "training_plan": (needs("T1", "A", 2),),
        **more,
    }
    return organisation(**given)


def replanned(organised: Organisation, published: Plan) -> Plan:
    plan = plan_training(organised, workers=1, published=published).plan
    assert check(organised, plan, published=published) == []
    return plan


def goal(plan: Plan, name: GoalId = GoalId.MOVED_SESSIONS) -> float:
    """The value of a goal, which is proved."""
    [found] = [goal for goal in plan.goals if goal.name is name]
    assert found.status is GoalStatus.PROVED_BEST
    assert found.value is not None
    return found.value


def same(plan: Plan) -> list[tuple[object, ...]]:
    return [what_it_is(session) for session in plan.sessions]


def test_nothing_moves_without_a_cause() -> None:
    # Also where the plan was changed by hand to what no search would choose.
    plan = planned(facts())
    [other] = {"S1", "S2"} - {plan.sessions[0].staff[0].staff_id}
    by_hand = with_session(plan, 0, staff=by(other))
    after = replanned(facts(), by_hand)
    assert goal(after) == 0
    assert same(after) == same(by_hand)


def test_one_absence_moves_one_session() -> None:
    plan = planned(facts())
    first = plan.sessions[0]
    away = entry(first.staff[0].staff_id, first.date, "AM", Meaning.ABSENT)
    after = replanned(facts(roster=(away,)), plan)
    assert goal(after) == 1
    assert what_it_is(plan.sessions[1]) in same(after)


def test_the_time_is_kept_where_another_trainer_will_do() -> None:
    # Both count as one session changed; for T1 only the day off is another thing.
    plan = planned(facts())
    first = plan.sessions[0]
    away = entry(first.staff[0].staff_id, first.date, "AM", Meaning.ABSENT)
    after = replanned(facts(roster=(away,)), plan)
    assert [session.date for session in after.sessions] == [s.date for s in plan.sessions]
    assert after.sessions[0].staff != first.staff


def test_a_must_session_is_worth_any_number_of_moves() -> None:
    # S1 alone gives A, once a day. T2 now needs a session on Monday, where T1 has theirs.
    alone = {
        "calendar": calendar(days=(0, 1)),
        "staff": (staff("S1", max_training_per_day=1),),
        "trainees": (trainee("T1"), trainee("T2")),
        "training_plan": (needs("T1", "A"),),
    }
    plan = with_session(planned(facts(**alone)), 0, date=MONDAY)
    needed = facts(**{**alone, "training_plan": (needs("T1", "A"), _on_monday(Priority.MUST))})
    after = replanned(needed, plan)
    assert (goal(after, GoalId.UNPLACED_MUST), goal(after)) == (0, 1)


def test_a_should_session_is_worth_none() -> None:
    # The same, but the new session need not be: T1 stays, and T2 goes without.
    alone = {
        "calendar": calendar(days=(0, 1)),
        "staff": (staff("S1", max_training_per_day=1),),
        "trainees": (trainee("T1"), trainee("T2")),
        "training_plan": (needs("T1", "A"),),
    }
    plan = with_session(planned(facts(**alone)), 0, date=MONDAY)
    wanted = facts(**{**alone, "training_plan": (needs("T1", "A"), _on_monday(Priority.SHOULD))})
    after = replanned(wanted, plan)
    assert (goal(after), goal(after, GoalId.UNPLACED_SHOULD)) == (0, 1)


def _on_monday(priority: Priority):
    return needs("T2", "A", deadline=MONDAY, priority=priority)


def test_wishes_move_nobody() -> None:
    # Two trainers for one trainee cost points, but the sessions stay as they were.
    wishful = {"policy": policy(wish_extra_trainer=9)}
    plan = planned(facts(**wishful))
    first, second = plan.sessions[0].staff[0].staff_id, {"S1", "S2"}
    [other] = second - {first}
    mixed = with_session(plan, 1, staff=by(other))
    after = replanned(facts(**wishful), mixed)
    assert goal(after) == 0
    assert goal(after, GoalId.WISHES) == 9


@pytest.mark.parametrize("wish_extra_trainer", [0, 5])
def test_groups_side_by_side_keep_their_people(wish_extra_trainer: int) -> None:
    # Two groups of two on one morning, crosswise; both stay, whoever else could sit where.
    four = tuple(f"T{n}" for n in (1, 2, 3, 4))
    groups = {
        "calendar": calendar(),
        "trainees": tuple(trainee(who) for who in four),
        "training_plan": tuple(needs(who, "A") for who in four),
        "activities": (activity("A", group_min=2, group_max=2),),
        "policy": policy(wish_extra_trainer=wish_extra_trainer),
    }
    plan = planned(facts(**groups))
    crossed = with_session(plan, 0, trainees=("T1", "T4"), staff=by("S2"))
    crossed = with_session(crossed, 1, trainees=("T2", "T3"), staff=by("S1"))
    after = replanned(facts(**groups), crossed)
    assert goal(after) == 0
    assert same(after) == same(crossed)


def test_kept_sessions_keep_their_rooms() -> None:
    # Two rooms, two sessions side by side, the other way round than a search deals them out.
    rooms = {
        "calendar": calendar(),
        "trainees": (trainee("T1"), trainee("T2")),
        "training_plan": (needs("T1", "A"), needs("T2", "A")),
        "activities": (activity("A", equipment=(("red", "blue"),)),),
        "equipment": (Equipment(item="red"), Equipment(item="blue")),
    }
    plan = planned(facts(**rooms))
    for first, second in (("red", "blue"), ("blue", "red")):
        earlier = with_session(plan, 0, equipment=(first,))
        earlier = with_session(earlier, 1, equipment=(second,))
        after = replanned(facts(**rooms), earlier)
        assert goal(after) == 0
        assert [session.equipment for session in after.sessions] == [(first,), (second,)]
        # A room that is gone is no reason to move: the session has the other one now.
        left = (Equipment(item="red"), Equipment(item="blue", periods=("PM",)))
        one = {**rooms, "training_plan": (needs("T1", "A"),), "equipment": left}
        after = replanned(facts(**one), earlier)
        assert goal(after) == 1
        assert [session.equipment for session in after.sessions] == [("red",)]
        assert [s.trainees for s in after.sessions] == [("T1",)]


def test_a_trainee_less_in_a_group_is_one_session_changed() -> None:
    two = {
        "calendar": calendar(),
        "trainees": (trainee("T1"), trainee("T2")),
        "activities": (activity("A", group_max=2),),
        "training_plan": (needs("T1", "A"), needs("T2", "A")),
        "staff": (staff("S1"),),
    }
    plan = planned(facts(**two))
    away = facts(**two, roster=(entry("T2", MONDAY, "AM", Meaning.ABSENT),))
    after = replanned(away, plan)
    assert goal(after) == 1
    assert [session.trainees for session in after.sessions] == [("T1",)]


def test_a_pinned_group_can_be_the_earlier_session() -> None:
    # Two sessions side by side; a pin asks for one as it is, or for another trainer.
    side = {
        "calendar": calendar(),
        "trainees": (trainee("T1"), trainee("T2")),
        "training_plan": (needs("T1", "A"), needs("T2", "A")),
        "staff": (staff("S1"), staff("S2"), staff("S3")),
    }
    plan = planned(facts(**side))
    earlier = with_session(with_session(plan, 0, staff=by("S1")), 1, staff=by("S2"))

    def pinned(who: str, trainer: str) -> Pin:
        return Pin(trainee_ids=(who,), activity="A", date=MONDAY, period="AM", staff_ids=(trainer,))

    as_it_is = replanned(facts(**side, pins=(pinned("T1", "S1"),)), earlier)
    assert goal(as_it_is) == 0
    other = replanned(facts(**side, pins=(pinned("T1", "S3"),)), earlier)
    assert goal(other) == 1
    swapped = replanned(facts(**side, pins=(pinned("T1", "S2"),)), earlier)
    assert goal(swapped) == 2


def test_cover_may_ask_for_a_move_that_nobody_called_for() -> None:
    # On Monday S3 covers the clinic while two teach. S3 is away: one of them must give way.
    clinic = {
        "calendar": calendar(days=(0, 1)),
        "staff": (staff("S1"), staff("S2"), staff("S3", trains=False)),
        "trainees": (trainee("T1"), trainee("T2")),
        "training_plan": (needs("T1", "A"), needs("T2", "A")),
        "duties": (duty("clinic", weekdays=(0,)),),
    }
    plan = planned(facts(**clinic))
    both = with_session(with_session(plan, 0, date=MONDAY), 1, date=MONDAY, staff=by("S2"))
    both = with_session(both, 0, staff=by("S1"))
    away = facts(**clinic, roster=(entry("S3", MONDAY, "AM", Meaning.ABSENT),))
    assert goal(replanned(away, both)) == 1


def test_duties_stay_with_their_people_where_they_can() -> None:
    # Three people, two clinics, afternoons too. S3 falls ill on Tuesday: Wednesday stays as it was.
    clinics = {
        "calendar": calendar(days=(0, 1, 2), periods=(AM, PM)),
        "staff": tuple(staff(f"S{n}") for n in (1, 2, 3, 4)),
        "training_plan": (),
        "duties": (duty("one"), duty("two")),
    }
    plan = planned(facts(**clinics))
    turned = plan.model_copy(
        update={
            "cover": tuple(
                e.model_copy(update={"staff_id": {"one": "S4", "two": "S3"}[e.duty]})
                for e in plan.cover
            )
        }
    )
    ill = tuple(entry("S3", TUESDAY, period, Meaning.ABSENT) for period in ("AM", "PM"))
    after = replanned(facts(**clinics, roster=ill), turned)
    on_duty = {(e.duty, e.date, e.period): e.staff_id for e in after.cover}
    assert {
        on_duty["one", day, p] for day in (MONDAY, TUESDAY, WEDNESDAY) for p in ("AM", "PM")
    } == {"S4"}
    assert {on_duty["two", day, p] for day in (MONDAY, WEDNESDAY) for p in ("AM", "PM")} == {"S3"}
