"""The plans of independent parts put together as the plan of the whole."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan
from trainsched.domain.rules import FIRST_PLAN_GOALS, GoalId
from trainsched.planning.assemble import goal_result, numbered, summary
from trainsched.planning.figures import GoalFigures
from trainsched.planning.one_part import PartPlan
from trainsched.planning.outcome import PlanningOutcome


def worst_share_of(parts: Sequence[PartPlan]) -> Fraction:
    """The worst-off trainee's share, over all parts."""
    return max(part.figures[GoalId.WORST_OFF_TRAINEE].value for part in parts)


def join(organisation: Organisation, parts: Sequence[PartPlan]) -> PlanningOutcome:
    """One plan from those of all parts. Sums add up; the worst-off trainee is the worst of all."""
    calendar = organisation.calendar
    position = calendar.position
    plans = [part.plan for part in parts]
    sessions = numbered(calendar, [session for plan in plans for session in plan.sessions])
    cover = [entry for plan in plans for entry in plan.cover]
    cover.sort(key=lambda e: (e.department, e.duty, e.date, position(e.period), e.staff_id))
    shortfalls = [one for plan in plans for one in plan.shortfalls]
    shortfalls.sort(key=lambda s: (s.department, s.duty, s.date, position(s.period)))
    unplaced = [one for plan in plans for one in plan.unplaced]
    figures = {
        goal: _joined(goal, [part.figures[goal] for part in parts]) for goal in FIRST_PLAN_GOALS
    }
    plan = Plan(
        organisation=organisation.name,
        start_date=calendar.start_date,
        weeks=calendar.weeks,
        periods=plans[0].periods,
        sessions=sessions,
        cover=tuple(cover),
        shortfalls=tuple(shortfalls),
        unplaced=tuple(sorted(unplaced, key=lambda u: (u.trainee_id, u.activity))),
        goals=tuple(goal_result(goal, figures[goal]) for goal in FIRST_PLAN_GOALS),
        summary=summary(
            calendar,
            sessions,
            required=sum(plan.summary.required for plan in plans),
            changes=sum(plan.summary.changed_duties for plan in plans),
        ),
        warnings=tuple(sorted({warning for plan in plans for warning in plan.warnings})),
    )
    seconds: Counter[str] = Counter()
    for part in parts:
        seconds.update(part.seconds_by_step)
    least: Counter[tuple[str, int]] = Counter()
    for part in parts:
        least.update(part.least_missing)
    return PlanningOutcome(
        plan, dict(seconds), sum(part.deterministic_time for part in parts), dict(least)
    )


def _joined(goal: GoalId, figures: list[GoalFigures]) -> GoalFigures:
    together = max if goal is GoalId.WORST_OFF_TRAINEE else sum
    return GoalFigures(
        value=Fraction(together(one.value for one in figures)),
        bound=Fraction(together(one.bound for one in figures)),
        was_attempted=any(one.was_attempted for one in figures),
    )
