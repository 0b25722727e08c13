"""What goes to Timefold says what the problem says, and its answer comes back as a plan."""

from scripts.benchmark.rival_plan import write_plan
from scripts.benchmark.timefold_export import ONCE, Export
from tests.organisations import (
    AM,
    PM,
    activity,
    calendar,
    duty,
    needs,
    organisation,
    staff,
    trainee,
)
from trainsched.checker import check
from trainsched.domain.plan import GoalResult, GoalStatus
from trainsched.domain.rules import FIRST_PLAN_GOALS
from trainsched.planning.unavoidable import judge_days
from trainsched.problem import index

# Two staff, one of them always on the duty. Two trainees may share QA; T1 has CT alone, twice.
FACTS = organisation(
    calendar=calendar(periods=(AM, PM)),
    staff=(staff("S1", max_training_per_day=1), staff("S2")),
    trainees=(trainee("T1"), trainee("T2")),
    duties=(duty("console"),),
    activities=(activity("CT"), activity("QA", group_max=2)),
    training_plan=(
        needs("T1", "CT", 2, max_per_day=1),
        needs("T1", "QA"),
        needs("T2", "QA"),
    ),
)
PROBLEM = index(FACTS)
NOT_ATTEMPTED = tuple(
    GoalResult(name=goal, value=None, bound=None, status=GoalStatus.NOT_ATTEMPTED)
    for goal in FIRST_PLAN_GOALS
)


def used(document: dict, need: dict, option: dict) -> list[int]:
    """Every resource that a need uses by an option."""
    found = list(option["shared"])
    span = document["spans"][option["span"]]
    for first, places in (
        ("first_slot", span["slots"]),
        ("first_week", [span["week"]]),
        ("first_day", [span["day"]]),
    ):
        if need[first] >= 0:
            found += [need[first] + place for place in places]
    assert all(number < len(document["resources"]) or number >= ONCE for number in found)
    return found


def is_with_s1(option: dict) -> bool:
    """Whether S1, the first person, gives the session: each person has two slots."""
    return option["shared"][0] - ONCE < 2


def test_every_required_session_is_a_need_with_its_choices() -> None:
    document = Export(PROBLEM, judge_days(PROBLEM)).document()
    assert len(document["needs"]) == 4
    # Two periods, two trainers.
    assert [len(document["ranges"][need["options"]]) for need in document["needs"]] == [4] * 4
    # The two who need QA choose among the same options; the options of CT are T1's own.
    by_activity = [document["ranges"][need["options"]] for need in document["needs"]]
    assert by_activity[2] == by_activity[3]
    assert not set(by_activity[0]) & set(by_activity[2])
    assert [option["most"] for option in document["options"]] == [1] * 4 + [2] * 4
    assert len(document["places"]) == 2
    assert document["cover_days"] == [0, 0, 0]


def test_limits_are_resources() -> None:
    document = Export(PROBLEM, judge_days(PROBLEM)).document()
    limits = document["resources"]
    first, second = (document["needs"][n] for n in (0, 1))
    options = document["options"]
    # S1 on both sessions of T1: a trainer's limit of one a day and the trainee's own are broken.
    chosen = [n for n in document["ranges"][0] if is_with_s1(options[n])]
    assert len(chosen) == 2
    uses = used(document, first, options[chosen[0]]) + used(document, second, options[chosen[1]])
    most = {number: 1 if number >= ONCE else limits[number] for number in uses}
    broken = [number for number in sorted(set(uses)) if uses.count(number) > most[number]]
    assert len(broken) == 2


def test_an_answer_becomes_a_plan_that_the_checker_passes() -> None:
    export = Export(PROBLEM, judge_days(PROBLEM))
    document = export.document()
    options = document["options"]
    morning_with_s1, afternoon_with_s1 = (
        next(
            n
            for n in document["ranges"][document["needs"][need]["options"]]
            if document["spans"][options[n]["span"]]["slots"] == (slot,) and is_with_s1(options[n])
        )
        for need, slot in ((0, 0), (2, 1))
    )
    s2 = 1
    answer = {"needs": [morning_with_s1, None, None, None], "places": [s2, s2]}
    plan = write_plan(PROBLEM, export.plan_of(answer), NOT_ATTEMPTED)
    assert check(FACTS, plan) == []
    assert plan.summary.placed == 1
    # Both in one group session, and one more session of S1 that day than allowed.
    crowded = {"needs": [morning_with_s1, None, *[afternoon_with_s1] * 2], "places": [s2, s2]}
    plan = write_plan(PROBLEM, export.plan_of(crowded), NOT_ATTEMPTED)
    assert [session.trainees for session in plan.sessions] == [("T1",), ("T1", "T2")]
    assert {finding.rule for finding in check(FACTS, plan)} == {"trainer_load"}
