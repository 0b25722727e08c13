"""published: in a replan, sessions before ``locked_until`` stay exactly as they were.

The checker judges it; a first plan has nothing published, and the rule then says nothing.
"""

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
from trainsched.domain.rules import RuleId

RULE = RuleId.PUBLISHED


def facts(**more: object) -> Organisation:
    """Two trainers and one trainee with one session on each of Monday and Tuesday."""
    return organisation(
        calendar=calendar(days=(0, 1)),
        staff=(staff("S1"), staff("S2")),
        trainees=(trainee("T1"),),
        activities=(activity("A"),),
        training_plan=(needs("T1", "A", 2),),
        **more,
    )


def test_what_did_not_change_is_as_published() -> None:
    organised = facts(locked_until=WEDNESDAY)
    plan = planned(organised)
    assert check(organised, plan, published=plan) == []


def test_a_session_before_the_date_stays_as_it_was() -> None:
    # Monday is locked, Tuesday is not: another trainer on Monday is found, on Tuesday he is not.
    organised = facts(locked_until=TUESDAY)
    plan = planned(organised)
    assert [session.date for session in plan.sessions] == [MONDAY, TUESDAY]
    for place, expected in ((0, {RULE}), (1, set())):
        given = plan.sessions[place].staff[0].staff_id
        other = "S2" if given == "S1" else "S1"
        earlier = with_session(plan, place, staff=by(other))
        found = {finding.rule for finding in check(organised, plan, published=earlier)}
        assert found == expected


def test_a_session_before_the_date_is_neither_dropped_nor_added() -> None:
    organised = facts(locked_until=TUESDAY)
    plan = planned(organised)
    fewer = plan.model_copy(update={"sessions": plan.sessions[1:]})
    assert {f.rule for f in check(organised, plan, published=fewer)} == {RULE}


def test_nothing_is_locked_without_a_date() -> None:
    organised = facts()
    plan = planned(organised)
    given = plan.sessions[0].staff[0].staff_id
    earlier = with_session(plan, 0, staff=by("S2" if given == "S1" else "S1"))
    assert check(organised, plan, published=earlier) == []
