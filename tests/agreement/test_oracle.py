"""The oracle itself, on organisations whose best plan is found with pencil and paper."""

from tests.agreement.brute_force import Oracle
from tests.organisations import (
    AM,
    MONDAY,
    PM,
    Kind,
    Meaning,
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
from trainsched.domain.organisation import CoverMode
from trainsched.domain.rules import FIRST_PLAN_GOALS


def goals(**facts: object) -> tuple[int | float, ...]:
    best = Oracle(organisation(**facts)).best()
    assert best is not None
    return tuple(best[goal] for goal in FIRST_PLAN_GOALS)


def test_one_trainer_one_morning_two_trainees() -> None:
    # One session fits; the trainee left out loses all of their time.
    assert goals(
        staff=(staff("S1"),),
        trainees=(trainee("T1"), trainee("T2")),
        activities=(activity("A"),),
        training_plan=(needs("T1", "A"), needs("T2", "A")),
    ) == (1, 0, 0, 1.0, 0, 0)


def test_a_group_serves_both() -> None:
    assert goals(
        staff=(staff("S1"),),
        trainees=(trainee("T1"), trainee("T2")),
        activities=(activity("A", group_max=2),),
        training_plan=(needs("T1", "A"), needs("T2", "A")),
    ) == (0, 0, 0, 0.0, 0, 0)


def test_a_duty_comes_first() -> None:
    # One person, one duty place: nobody is left to teach; study needs nobody.
    assert goals(
        staff=(staff("S1"),),
        trainees=(trainee("T1"),),
        activities=(activity("A"), activity("B", kind=Kind.STUDY)),
        training_plan=(needs("T1", "A"), needs("T1", "B")),
        duties=(duty("clinic"),),
        calendar=calendar(periods=(AM, PM)),
    ) == (1, 0, 0, 0.5, 0, 0)


def test_a_rostered_duty_moves_when_training_needs_its_person() -> None:
    # S1 alone may teach and is rostered; S2 takes the duty over: one change.
    facts = {
        "staff": (staff("S1"), staff("S2", trains=False)),
        "trainees": (trainee("T1"),),
        "activities": (activity("A"),),
        "training_plan": (needs("T1", "A"),),
        "duties": (duty("clinic"),),
        "roster": (entry("S1", MONDAY, "AM", Meaning.DUTY, "clinic"),),
    }
    assert goals(**facts) == (0, 0, 0, 0.0, 1, 0)
    assert goals(**facts, cover=CoverMode.AS_ROSTERED) == (1, 0, 0, 1.0, 0, 0)


def test_a_second_trainer_costs_continuity() -> None:
    # Two sessions, S1 only in the morning and S2 only in the afternoon: two people, one too many.
    facts = {
        "calendar": calendar(periods=(AM, PM)),
        "trainees": (trainee("T1"),),
        "activities": (activity("A"),),
        "training_plan": (needs("T1", "A", 2),),
        "policy": policy(wish_extra_trainer=3),
    }
    one_each = (staff("S1", max_training=1), staff("S2", max_training=1))
    assert goals(**facts, staff=one_each) == (0, 0, 0, 0.0, 0, 3)
    assert goals(**facts, staff=(staff("S1"), staff("S2"))) == (0, 0, 0, 0.0, 0, 0)
