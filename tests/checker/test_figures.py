"""Goals, summary, warnings, order and names: found as what they are, under no rule."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.checker.drafts import Draft
from tests.checker.organisations import CASES, single_department
from tests.checker.teaching_cases import pins
from tests.organisations import MONDAY, WEDNESDAY
from trainsched.checker import check
from trainsched.checker.goals.moved_sessions import value_of_moved_sessions
from trainsched.checker.view import View
from trainsched.domain.curriculum import Kind
from trainsched.domain.plan import GoalResult, GoalStatus, Plan, StaffRole
from trainsched.domain.rules import GoalId, RuleId


def with_goal(plan: Plan, goal: GoalId, **update: object) -> Plan:
    goals = tuple(
        result.model_copy(update=update) if result.name is goal else result for result in plan.goals
    )
    return plan.model_copy(update={"goals": goals})


@pytest.mark.parametrize("case", sorted(CASES))
@pytest.mark.parametrize("goal", list(GoalId))
def test_a_wrong_value_is_found_for_every_goal(case: str, goal: GoalId) -> None:
    draft = CASES[case]()
    plan = draft.plan()
    if goal is GoalId.MOVED_SESSIONS and draft.published is None:
        pytest.skip("only a replan has this goal")
    stated = {result.name: result.value for result in plan.goals}[goal]
    wrong = with_goal(plan, goal, value=(stated or 0) + 0.01)
    findings = check(draft.facts, wrong, published=draft.published)
    assert [(finding.goal, finding.rule) for finding in findings] == [(goal, None)]


@pytest.mark.parametrize(
    "update",
    [
        {"bound": 2},
        {"status": GoalStatus.PROVED_BEST},
        {"bound": None},
        {"value": None},
        {"status": GoalStatus.NOT_ATTEMPTED},
        {"value": float("nan")},
        {"bound": float("-inf")},
    ],
    ids=str,
)
def test_bound_and_status_must_go_together(update: dict[str, object]) -> None:
    draft = single_department()
    findings = check(draft.facts, with_goal(draft.plan(), GoalId.UNPLACED_COULD, **update))
    assert {finding.goal for finding in findings} == {GoalId.UNPLACED_COULD}


def test_proved_best_holds_when_the_bound_meets_the_value() -> None:
    draft = single_department()
    proved = {"bound": 1, "status": GoalStatus.PROVED_BEST}
    assert check(draft.facts, with_goal(draft.plan(), GoalId.UNPLACED_COULD, **proved)) == []


def test_a_goal_not_attempted_states_nothing() -> None:
    draft = single_department()
    nothing = {"value": None, "bound": None, "status": GoalStatus.NOT_ATTEMPTED}
    assert check(draft.facts, with_goal(draft.plan(), GoalId.WISHES, **nothing)) == []


def test_goals_must_all_be_there_in_their_order() -> None:
    draft = single_department()
    plan = draft.plan()
    for goals in (plan.goals[:-1], plan.goals[::-1], (*plan.goals, plan.goals[0])):
        findings = check(draft.facts, plan.model_copy(update={"goals": goals}))
        assert [finding.rule for finding in findings] == [None]


def test_moves_are_counted_where_they_can_be() -> None:
    # Without the earlier plan at hand the figure cannot be judged, but its bound can.
    draft = pins()
    plan = draft.plan()
    fewer = tuple(goal for goal in plan.goals if goal.name is not GoalId.MOVED_SESSIONS)
    assert check(draft.facts, plan.model_copy(update={"goals": fewer})) == []
    assert check(draft.facts, with_goal(plan, GoalId.MOVED_SESSIONS, value=7)) == []
    [finding] = check(draft.facts, with_goal(plan, GoalId.MOVED_SESSIONS, bound=8))
    assert finding.goal is GoalId.MOVED_SESSIONS


@pytest.mark.parametrize(
    "update",
    [
        {"date": WEDNESDAY},
        {"period": "AM"},
        {"staff": (StaffRole(role="trainer", staff_id="B"),)},
        {"trainees": ("T2",)},
        {"activity": "SHOP"},
        {"department": "E"},
        {"length": 2},
    ],
    ids=str,
)
def test_an_earlier_session_that_differs_counts_as_moved(update: dict[str, object]) -> None:
    plan = pins().plan()
    view = View(pins().facts, first_session(plan, **update), plan)
    assert value_of_moved_sessions(view) == 1


def test_equipment_and_marks_do_not_make_a_session_another() -> None:
    plan = pins().plan()
    other = first_session(plan, equipment=("linac",), pinned=False, id="s00009")
    assert value_of_moved_sessions(View(pins().facts, other, plan)) == 0


def test_each_earlier_session_needs_one_of_its_own() -> None:
    # Twice in the earlier plan, once now; what lies outside the dates of the plan is passed over.
    plan = pins().plan()
    twice = plan.model_copy(update={"sessions": (*plan.sessions, plan.sessions[0])})
    assert value_of_moved_sessions(View(pins().facts, plan, twice)) == 1
    past = first_session(plan, date=MONDAY - timedelta(days=3))
    assert value_of_moved_sessions(View(pins().facts, plan, past)) == 0


def test_a_plan_without_goals_is_judged_by_the_rules_alone() -> None:
    draft = single_department()
    assert draft.summary is not None
    wrong = draft.summary.model_copy(update={"placed": 99})
    by_hand = draft.plan().model_copy(update={"goals": (), "summary": wrong})
    assert check(draft.facts, by_hand) == []
    draft.drop("DOPS")
    broken = draft.plan().model_copy(update={"goals": ()})
    assert {finding.rule for finding in check(draft.facts, broken)} == {RuleId.TRAINING_DEMAND}


@pytest.mark.parametrize(
    "figure",
    [
        "required",
        "placed",
        "share_placed",
        "protected_trainer_hours",
        "protected_trainee_hours",
        "changed_duties",
    ],
)
def test_every_figure_of_the_summary_is_recomputed(figure: str) -> None:
    draft = single_department()
    assert draft.summary is not None
    wrong = getattr(draft.summary, figure) + 1
    draft.summary = draft.summary.model_copy(update={figure: wrong})
    findings = check(draft.facts, draft.plan())
    assert len(findings) == 1
    assert figure in findings[0].detail
    assert findings[0].rule is None
    assert findings[0].goal is None


def test_notices_must_be_repeated() -> None:
    draft = single_department()
    silent = draft.plan().model_copy(update={"warnings": ()})
    assert ["Roster!B2" in finding.detail for finding in check(draft.facts, silent)] == [True]
    more = draft.plan().model_copy(update={"warnings": ("Aa.", *draft.facts.notices)})
    assert check(draft.facts, more) == []


def reversed_sessions(plan: Plan) -> Plan:
    renumbered = tuple(
        session.model_copy(update={"id": f"s{number:05d}"})
        for number, session in enumerate(reversed(plan.sessions), start=1)
    )
    return plan.model_copy(update={"sessions": renumbered})


def first_session(plan: Plan, **update: object) -> Plan:
    first = plan.sessions[0].model_copy(update=update)
    return plan.model_copy(update={"sessions": (first, *plan.sessions[1:])})


@pytest.mark.parametrize(
    ("words", "change"),
    [
        ("numbered", lambda plan: first_session(plan, id="s00009")),
        ("sessions are not sorted", reversed_sessions),
        ("cover are not sorted", lambda p: p.model_copy(update={"cover": p.cover[::-1]})),
        (
            "warnings are not sorted",
            lambda p: p.model_copy(update={"warnings": ("b", *p.warnings)}),
        ),
        ("start is 09:00", lambda plan: first_session(plan, start="09:00")),
        ("end is 17:00", lambda plan: first_session(plan, end="17:00")),
        ("kind is review", lambda plan: first_session(plan, kind=Kind.REVIEW)),
        ("site is elsewhere", lambda plan: first_session(plan, site="elsewhere")),
    ],
)
def test_what_is_written_must_be_true_and_in_order(
    words: str, change: Callable[[Plan], Plan]
) -> None:
    draft = single_department()
    plan = Plan.model_validate(change(draft.plan()).model_dump())
    findings = check(draft.facts, plan)
    assert len(findings) == 1
    assert words in findings[0].detail
    assert (findings[0].rule, findings[0].goal) == (None, None)


def unknown_staff(draft: Draft) -> None:
    draft.change("TALK", 1, staff=(StaffRole(role="trainer", staff_id="ZZ"),))


def unknown_person_in_cover(draft: Draft) -> None:
    draft.change_cover("LINAC", 3, staff_id="ZZ")


def unknown_duty(draft: Draft) -> None:
    draft.covered("NOWHERE", MONDAY, "AM", "C")


def unknown_duty_short(draft: Draft) -> None:
    draft.short("NOWHERE", MONDAY, "AM", 1)


def unknown_trainee_unplaced(draft: Draft) -> None:
    draft.not_placed("ZZ", "TALK", 1, 0)


def unknown_department(draft: Draft) -> None:
    draft.change("TALK", 1, department="ZZ")


def another_length(draft: Draft) -> None:
    draft.change("DOPS", length=2)


def outside_the_plan(draft: Draft) -> None:
    draft.change("TALK", 1, date=MONDAY - timedelta(days=6))


def unknown_period(draft: Draft) -> None:
    draft.change("TALK", 1, period="night")


@pytest.mark.parametrize(
    "plant",
    [
        unknown_staff,
        unknown_person_in_cover,
        unknown_duty,
        unknown_duty_short,
        unknown_trainee_unplaced,
        unknown_department,
        another_length,
        outside_the_plan,
        unknown_period,
    ],
)
def test_what_the_workbook_does_not_know_gives_one_finding(plant: Callable[[Draft], None]) -> None:
    draft = single_department()
    plant(draft)
    findings = check(draft.facts, draft.plan())
    assert len(findings) == 1, findings
    assert (findings[0].rule, findings[0].goal) == (None, None)


@pytest.mark.parametrize(
    "update",
    [
        {"start_date": MONDAY - timedelta(days=7)},
        {"weeks": 3},
        {"periods": ()},
        {"format": "trainsched-plan/0"},
    ],
    ids=str,
)
def test_a_plan_of_another_workbook_is_not_judged_further(update: dict[str, object]) -> None:
    draft = single_department()
    draft.drop("DOPS")
    findings = check(draft.facts, draft.plan().model_copy(update=update))
    assert [(finding.rule, finding.goal) for finding in findings] == [(None, None)]


def test_a_frozen_session_may_be_marked_when_the_published_plan_is_not_at_hand() -> None:
    draft = pins()
    assert check(draft.facts, draft.plan()) == []


def test_goal_results_are_compared_as_written() -> None:
    # 1 of 3 periods is written as 0.333333: six decimals are enough.
    draft = CASES["cohort"]()
    worst = next(g for g in draft.plan().goals if g.name is GoalId.WORST_OFF_TRAINEE)
    assert worst == GoalResult(
        name=GoalId.WORST_OFF_TRAINEE, value=0.333333, bound=0, status=GoalStatus.BEST_FOUND
    )
    assert check(draft.facts, draft.plan()) == []
