"""qualified: every role is filled by different people who may fill it."""

import pytest

from tests.organisations import (
    Role,
    activity,
    department,
    needs,
    organisation,
    staff,
    trainee,
)
from tests.rules.judging import broken, by, judge_pair, placed, planned, with_session
from trainsched.domain.organisation import Organisation
from trainsched.domain.people import Staff
from trainsched.domain.rules import RuleId

RULE = RuleId.QUALIFIED
QA = Role(name="trainer", competences=("qa",))


def facts(*people: Staff, activity_facts: dict[str, object], **more: object) -> Organisation:
    """Two trainees, one morning, one session each: both are placed if two people may teach."""
    given: dict[str, object] = {
        "departments": (department("D", site="one"), department("E", site="one")),
        "staff": people,
        "trainees": (trainee("T1", training_officer="S1"), trainee("T2", training_officer="S2")),
        "activities": (activity("A", **activity_facts),),
        "training_plan": (needs("T1", "A"), needs("T2", "A")),
        **more,
    }
    return organisation(**given)


@pytest.mark.parametrize(
    ("able", "unable", "activity_facts"),
    [
        ({"competences": ("qa",)}, {"competences": ("ct",)}, {"roles": (QA,)}),
        ({"band": "8a"}, {"band": "7"}, {"roles": (Role(name="trainer", min_band="8a"),)}),
        ({"band": "7"}, {"band": None}, {"roles": (Role(name="trainer", min_band="7"),)}),
        ({}, {"trains": False}, {}),
        ({}, {"departments": ("E",)}, {}),
    ],
)
def test_only_those_who_may_fill_the_role(
    able: dict[str, object], unable: dict[str, object], activity_facts: dict[str, object]
) -> None:
    # S1 may teach; the second session needs S2 as well.
    first = staff("S1", **able)
    judge_pair(
        RULE,
        facts(first, staff("S2", **able), activity_facts=activity_facts),
        facts(first, staff("S2", **{**able, **unable}), activity_facts=activity_facts),
        loose_places=2,
        tight_places=1,
    )


def test_people_named_alone_may_teach() -> None:
    # With a list of staff the others are out; those on it may come from another department.
    people = staff("S1"), staff("S2")
    judge_pair(
        RULE,
        facts(*people, activity_facts={"staff": ("S1", "S2")}),
        facts(*people, activity_facts={"staff": ("S1",)}),
        loose_places=2,
        tight_places=1,
    )
    elsewhere = staff("S1", ("E",)), staff("S2", ("E",))
    assert placed(facts(*elsewhere, activity_facts={})) == 0
    assert placed(facts(*elsewhere, activity_facts={"staff": ("S1", "S2")})) == 2


def test_being_named_does_not_make_competent() -> None:
    named = {"staff": ("S1", "S2"), "roles": (QA,)}
    able, unable = {"competences": ("qa",)}, {"competences": ("ct",)}
    judge_pair(
        RULE,
        facts(staff("S1", **able), staff("S2", **able), activity_facts=named),
        facts(staff("S1", **able), staff("S2", **unable), activity_facts=named),
        loose_places=2,
        tight_places=1,
    )


def test_the_training_officer_role_takes_the_officer() -> None:
    # T1's officer S1 and T2's officer S2 see their own trainee; department is not asked.
    people = staff("S1"), staff("S2", ("E",))
    officer = {"roles": (Role(name="training_officer"),)}
    no_officer = (trainee("T1", training_officer="S1"), trainee("T2"))
    judge_pair(
        RULE,
        facts(*people, activity_facts=officer),
        facts(*people, activity_facts=officer, trainees=no_officer),
        loose_places=2,
        tight_places=1,
    )


def test_roles_of_one_session_take_different_people() -> None:
    # Two roles and two people: one session. One person alone cannot hold it.
    two_roles = {"roles": (Role(name="assessor"), Role(name="supervisor"))}
    both = facts(staff("S1"), staff("S2"), activity_facts=two_roles)
    assert placed(both) == 1
    nobody_else = (trainee("T1"), trainee("T2"))
    assert placed(facts(staff("S1"), activity_facts=two_roles, trainees=nobody_else)) == 0
    plan = planned(both)
    twice = by("S1", "assessor") + by("S1", "supervisor")
    assert broken(both, with_session(plan, 0, staff=twice)) == {RULE}


def test_a_role_for_two_takes_two() -> None:
    # Three people give one session of two at a time, four give two.
    pairs = {"roles": (Role(name="trainer", count=2),)}
    three = [staff(f"S{n}") for n in (1, 2, 3)]
    assert placed(facts(*three, activity_facts=pairs)) == 1
    four = facts(*three, staff("S4"), activity_facts=pairs)
    assert placed(four) == 2
    plan = planned(four)
    alone = plan.sessions[0].staff[:1]
    assert broken(four, with_session(plan, 0, staff=alone)) == {RULE}
