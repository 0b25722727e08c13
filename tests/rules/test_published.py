"""published: in a replan, sessions before ``locked_until`` stay exactly as they were.

The checker judges it; a first plan has nothing published, and the rule then says nothing.
"""

import pytest

from tests.organisations import (
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    activity,
    calendar,
    needs,
    organisation,
    staff,
    trainee,
)
from tests.rules.judging import by, planned, with_session
from trainsched.checker import check
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan, Session
from trainsched.domain.rules import RuleId

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
