"""one_place_at_a_time: in a slot a person is in one session or on one exclusive duty."""

from tests.organisations import activity, department, needs, organisation, staff, trainee
from tests.rules.judging import broken, by, placed, planned, with_session
from trainsched.domain.organisation import Organisation
from trainsched.domain.rules import RuleId

RULE = RuleId.ONE_PLACE_AT_A_TIME
TWO_TRAINEES = {
    "trainees": (trainee("T1"), trainee("T2")),
    "activities": (activity("A"),),
    "training_plan": (needs("T1", "A"), needs("T2", "A")),
}


def two_activities(group_max: int = 1) -> Organisation:
    return organisation(
        staff=(staff("S1"), staff("S2")),
        trainees=(trainee("T1"), trainee("T2")),
        activities=(activity("A", group_max=group_max), activity("B")),
        training_plan=(needs("T1", "A"), needs("T2", "B")),
    )


def test_a_trainer_is_in_one_session() -> None:
    # One morning, one session for each of two trainees: two trainers teach two, one teaches one.
    assert placed(organisation(staff=(staff("S1"), staff("S2")), **TWO_TRAINEES)) == 2
    assert placed(organisation(staff=(staff("S1"),), **TWO_TRAINEES)) == 1


def test_the_checker_finds_a_trainer_in_two_sessions() -> None:
    facts = organisation(staff=(staff("S1"), staff("S2")), **TWO_TRAINEES)
    plan = planned(facts)
    one, other = (session.staff[0].staff_id for session in plan.sessions)
    assert one != other
    assert broken(facts, with_session(plan, 1, staff=by(one))) == {RULE}


def test_a_trainee_is_in_one_session() -> None:
    # One morning and two activities: two trainees have one each, one trainee has one of the two.
    assert placed(two_activities()) == 2
    alone = organisation(
        staff=(staff("S1"), staff("S2")),
        trainees=(trainee("T1"),),
        activities=(activity("A"), activity("B")),
        training_plan=(needs("T1", "A"), needs("T1", "B")),
    )
    assert placed(alone) == 1


def test_pooled_staff_are_one_person() -> None:
    # Two departments of one site, a trainee in each, one person for both: one session in all.
    both = (department("D", site="one"), department("E", site="one"))
    facts = {
        "departments": both,
        "trainees": (trainee("T1", "D"), trainee("T2", "E")),
        "activities": (activity("A"),),
        "training_plan": (needs("T1", "A"), needs("T2", "A")),
    }
    assert placed(organisation(staff=(staff("S1", ("D", "E")),), **facts)) == 1
    assert placed(organisation(staff=(staff("S1", ("D",)), staff("S2", ("E",))), **facts)) == 2
