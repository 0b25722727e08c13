"""pinned: a pinned session happens as pinned."""

import pytest

from tests.organisations import (
    AM,
    MONDAY,
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
    staff,
    trainee,
)
from tests.rules.judging import broken, judge_pair, placed, planned
from trainsched.domain.curriculum import Pin
from trainsched.domain.departments import Equipment
from trainsched.domain.organisation import Organisation
from trainsched.domain.problems import WorkbookError
from trainsched.domain.rules import RuleId

RULE = RuleId.PINNED


def pin(*trainees: str, **more: object) -> Pin:
    """A pin of activity A on Monday morning."""
    given: dict[str, object] = {"activity": "A", "date": MONDAY, "period": "AM", **more}
    return Pin.model_validate({"trainee_ids": trainees, **given})


def facts(*pins: Pin, **more: object) -> Organisation:
    """One trainer, one morning; T1 could have A, which is worth less than T2's B."""
    given: dict[str, object] = {
        "staff": (staff("S1"),),
        "trainees": (trainee("T1"), trainee("T2")),
        "activities": (activity("A"), activity("B")),
        "training_plan": (needs("T1", "A", priority=Priority.COULD), needs("T2", "B")),
        "pins": pins,
        **more,
    }
    return organisation(**given)


def test_a_pin_outweighs_every_goal() -> None:
    # One of the two sessions fits. Without the pin it is the one that must be.
    judge_pair(RULE, facts(), facts(pin("T1")), loose_places=1, tight_places=1)
    assert [session.activity for session in planned(facts()).sessions] == ["B"]
    pinned = planned(facts(pin("T1")))
    assert [(session.activity, session.pinned) for session in pinned.sessions] == [("A", True)]


def test_pinned_staff_are_in_the_session() -> None:
    # S1 and S2 may teach T1; the pin names S2.
    both = {"staff": (staff("S1"), staff("S2")), "training_plan": (needs("T1", "A"),)}
    plan = planned(facts(pin("T1", staff_ids=("S2",)), **both))
    assert plan.sessions[0].staff[0].staff_id == "S2"
    named_first = facts(pin("T1", staff_ids=("S1",)), **both)
    assert broken(named_first, plan) == {RULE}


def test_others_may_join_a_pinned_group() -> None:
    # One session for two; the pin names one of them.
    group = {
        "activities": (activity("A", group_max=2),),
        "training_plan": (needs("T1", "A"), needs("T2", "A")),
    }
    plan = planned(facts(pin("T1"), **group))
    assert plan.summary.placed == 2
    assert [session.pinned for session in plan.sessions] == [True]


def test_a_pinned_group_stays_together() -> None:
    # Two mornings would do for two single sessions; the pin wants both trainees in the first.
    group = {
        "calendar": calendar(days=(0, 1)),
        "activities": (activity("A", group_max=2),),
        "training_plan": (needs("T1", "A"), needs("T2", "A")),
    }
    plan = planned(facts(pin("T1", "T2"), **group))
    assert [(session.date, session.trainees) for session in plan.sessions] == [
        (MONDAY, ("T1", "T2"))
    ]


IMPOSSIBLE: dict[str, dict[str, object]] = {
    "at_work": {"roster": (entry("T1", MONDAY, "AM", Meaning.ABSENT),)},
    "clinical_cover": {"duties": (duty("clinic"),)},
    "trainer_load": {"staff": (staff("S1", max_training=0),)},
    "qualified": {"staff": (staff("S1", trains=False),)},
    "time_window": {"training_plan": (needs("T1", "A", earliest_week=2),)},
    "training_demand": {"training_plan": (needs("T2", "B"),)},
    "equipment": {
        "activities": (activity("A", equipment=(("linac",),)), activity("B")),
        "equipment": (Equipment(item="linac", periods=("PM",)),),
    },
    "group_size": {"activities": (activity("A", group_min=2, group_max=2), activity("B"))},
}


@pytest.mark.parametrize("rule", sorted(IMPOSSIBLE))
def test_a_pin_that_breaks_another_rule_is_an_input_error(rule: str) -> None:
    with pytest.raises(WorkbookError):
        planned(facts(pin("T1"), **IMPOSSIBLE[rule]))


def test_pins_that_cannot_hold_together_are_an_input_error() -> None:
    # One trainer, one morning, two sessions; on two mornings both hold.
    clash = pin("T1"), pin("T2", activity="B")
    with pytest.raises(WorkbookError):
        planned(facts(*clash))
    apart = pin("T1"), pin("T2", activity="B", date=TUESDAY)
    assert placed(facts(*apart, calendar=calendar(days=(0, 1)))) == 2


def test_pins_that_name_different_staff_for_one_place() -> None:
    # T1 has one session and it has one trainer, who cannot be both S1 and S2.
    two = {
        "staff": (staff("S1"), staff("S2")),
        "trainees": tuple(trainee(f"T{n}") for n in (1, 2, 3)),
        "activities": (activity("A", group_max=2),),
        "training_plan": tuple(needs(f"T{n}", "A") for n in (1, 2, 3)),
    }
    with pytest.raises(WorkbookError):
        planned(facts(pin("T1", staff_ids=("S1",)), pin("T1", staff_ids=("S2",)), **two))
    # Two pins of one session that do agree: it takes a second trainee, and S2 takes the third.
    assert placed(facts(pin("T1", staff_ids=("S1",)), pin("T1"), **two)) == 3


def test_a_long_session_is_pinned_by_its_first_period() -> None:
    day = {
        "calendar": calendar(periods=(AM, PM)),
        "activities": (activity("A", length=2), activity("B")),
    }
    assert placed(facts(pin("T1"), **day)) == 1
    with pytest.raises(WorkbookError):
        planned(facts(pin("T1", period="PM"), **day))
