"""hosting: a trainee trains in the department hosting them, unless the activity names another."""

from tests.organisations import (
    MONDAY,
    TUESDAY,
    activity,
    calendar,
    department,
    needs,
    organisation,
    staff,
    trainee,
)
from tests.rules.judging import judge_pair, placed, planned
from trainsched.domain.organisation import Organisation
from trainsched.domain.people import Rotation
from trainsched.domain.rules import RuleId

RULE = RuleId.HOSTING
AT_E_ON_TUESDAY = Rotation(trainee_id="T1", department="E", first_date=TUESDAY, last_date=TUESDAY)


def facts(**more: object) -> Organisation:
    """One trainer at D; T1 belongs there; Monday and Tuesday for two sessions."""
    given: dict[str, object] = {
        "calendar": calendar(days=(0, 1)),
        "departments": (department("D", site="one"), department("E", site="one")),
        "staff": (staff("S1"),),
        "trainees": (trainee("T1"),),
        "activities": (activity("A"),),
        "training_plan": (needs("T1", "A", 2),),
        **more,
    }
    return organisation(**given)


def test_a_trainee_trains_where_they_are() -> None:
    # On Tuesday T1 is at E, where nobody teaches.
    judge_pair(RULE, facts(), facts(rotations=(AT_E_ON_TUESDAY,)), loose_places=2, tight_places=1)


def test_the_host_teaches() -> None:
    both = (staff("S1"), staff("S2", ("E",)))
    plan = planned(facts(rotations=(AT_E_ON_TUESDAY,), staff=both))
    assert {(session.date, session.department) for session in plan.sessions} == {
        (MONDAY, "D"),
        (TUESDAY, "E"),
    }


def test_an_activity_that_names_its_department_is_held_there() -> None:
    # With the department named, T1 comes over from E on Tuesday.
    named = {"activities": (activity("A", department="D"),)}
    assert placed(facts(**named, rotations=(AT_E_ON_TUESDAY,))) == 2
    judge_pair(
        RULE,
        facts(staff=(staff("S1", ("D", "E")),)),
        facts(staff=(staff("S1", ("D", "E")),), activities=(activity("A", department="E"),)),
        loose_places=2,
        tight_places=2,
    )


def test_a_group_is_of_one_department() -> None:
    # One trainer for both departments, one morning, groups of two: T2 at E is not T1's company.
    group = {
        "calendar": calendar(),
        "staff": (staff("S1", ("D", "E")),),
        "activities": (activity("A", group_max=2),),
        "training_plan": (needs("T1", "A"), needs("T2", "A")),
    }
    judge_pair(
        RULE,
        facts(**group, trainees=(trainee("T1", "D"), trainee("T2", "D"))),
        facts(**group, trainees=(trainee("T1", "D"), trainee("T2", "E"))),
        loose_places=2,
        tight_places=1,
    )


def test_a_host_that_is_not_accredited_is_no_obstacle() -> None:
    # Reading the workbook warns of it; the plan repeats the warning and places the sessions.
    notice = "T1 trains in D, which is not accredited for STP."
    other_only = department("D", site="one").model_copy(update={"accredited_for": ("OTHER",)})
    plan = planned(facts(departments=(other_only,), notices=(notice,)))
    assert plan.summary.placed == 2
    assert notice in plan.warnings
