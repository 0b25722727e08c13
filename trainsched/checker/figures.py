"""Figures that the plan states of itself: goals, summary, warnings."""

from collections.abc import Iterator
from math import isclose, isfinite

from trainsched.checker.goals import GOALS
from trainsched.checker.goals.changed_duties import value_of_changed_duties
from trainsched.checker.view import View
from trainsched.domain.findings import Finding
from trainsched.domain.plan import GoalResult, GoalStatus, Summary
from trainsched.domain.rules import FIRST_PLAN_GOALS, GOAL_WORDS, REPLAN_GOALS, GoalId

NEAR_ENOUGH = 1e-6
"""Stated shares have six decimals; nothing finer can be compared."""

MINUTES_IN_HOUR = 60


def check_goals(view: View) -> Iterator[Finding]:
    """Every goal is stated, in its order, with its true value and a bound that it respects.

    What was moved since an earlier plan can only be counted with that plan at hand.
    """
    stated = {result.name: result for result in view.plan.goals}
    names = tuple(result.name for result in view.plan.goals)
    if names not in (FIRST_PLAN_GOALS, REPLAN_GOALS):
        yield Finding(detail="The plan's goals are not all there once each, in their order.")
    for goal, value_of in GOALS:
        if goal in stated:
            unknown = goal is GoalId.MOVED_SESSIONS and view.published is None
            value = stated[goal].value if unknown else value_of(view)
            for words in _faults(stated[goal], value or 0):
                yield Finding(goal=goal, detail=f"{goal.value} ({GOAL_WORDS[goal]}): {words}.")


def _faults(stated: GoalResult, true_value: float) -> Iterator[str]:
    value, bound = stated.value, stated.bound
    if stated.status is GoalStatus.NOT_ATTEMPTED:
        if value is not None or bound is not None:
            yield "not attempted, but a value or a bound is stated"
        return
    if value is None or bound is None:
        yield "attempted, but value or bound is missing"
        return
    if not (isfinite(value) and isfinite(bound)):
        yield "value or bound is no number"
        return
    if not _same(value, true_value):
        yield f"the plan states {value}, but it is {true_value}"
    if bound > value and not _same(bound, value):
        yield f"the bound {bound} is above the value {value}"
    if stated.status is GoalStatus.PROVED_BEST and not _same(bound, value):
        yield f"stated as proved best, but the bound is {bound} and the value {value}"


def _same(one: float, other: float) -> bool:
    return isclose(one, other, rel_tol=0.0, abs_tol=1.5 * NEAR_ENOUGH)


def check_summary(view: View) -> Iterator[Finding]:
    """The summary's six figures are true."""
    stated, true = view.plan.summary.model_dump(), summary_of(view).model_dump()
    for name, value in true.items():
        if not (isfinite(stated[name]) and _same(stated[name], value)):
            yield Finding(detail=f"The summary states {name} {stated[name]}, but it is {value}.")


def summary_of(view: View) -> Summary:
    """The summary as it follows from the plan's lists."""
    needs = view.demand.requirements
    required = sum(view.demand.required(trainee, activity) for trainee, activity in needs)
    placed = sum(view.placed_count[key] for key in needs)
    trainer_minutes = trainee_minutes = 0
    for item in view.placed:
        minutes = sum(view.calendar.periods[position].minutes for position in item.positions)
        trainer_minutes += minutes * len(item.staff)
        trainee_minutes += minutes * len(item.trainees)
    return Summary(
        required=required,
        placed=placed,
        share_placed=round(placed / required, 6) if required else 1.0,
        protected_trainer_hours=round(trainer_minutes / MINUTES_IN_HOUR, 2),
        protected_trainee_hours=round(trainee_minutes / MINUTES_IN_HOUR, 2),
        changed_duties=value_of_changed_duties(view),
    )


def check_warnings(view: View) -> Iterator[Finding]:
    """Every notice of the workbook is repeated."""
    for notice in sorted(set(view.organisation.notices) - set(view.plan.warnings)):
        yield Finding(detail=f"The plan's warnings lack: {notice}")
