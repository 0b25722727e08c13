"""Bounds moved: other weeks, a later deadline, a larger group, a higher limit of sessions."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from trainsched.domain.explanation import UnlockKind
from trainsched.domain.organisation import Organisation
from trainsched.domain.rules import RuleId
from trainsched.planning.explanation import changes
from trainsched.planning.explanation.attempts import Attempts, Confirmed
from trainsched.planning.explanation.ways import Way

MOST_LIMITS = 2
"""Confirmed ways to raise a limit that are worth showing."""


def other_weeks(attempts: Attempts) -> Iterator[Confirmed]:
    """The smallest step beyond the last week or deadline, and before the first week."""
    if not attempts.facts_of(RuleId.TIME_WINDOW, "window"):
        return
    timing = attempts.times.demand.timing
    if timing.latest_week or timing.deadline:
        yield from _later(attempts)
    if timing.earliest_week:
        yield from _earlier(attempts, timing.earliest_week)


def _later(attempts: Attempts) -> Iterator[Confirmed]:
    calendar, timing = attempts.organisation.calendar, attempts.times.demand.timing
    ends = [calendar.week_number(timing.deadline)] if timing.deadline else []
    ends += [timing.latest_week] if timing.latest_week else []

    def last_day(week: int) -> date:
        return calendar.first_monday + timedelta(days=7 * week - 1)

    def until(week: int | None) -> Organisation:
        later_week, later_date = timing.latest_week, timing.deadline
        if later_week is not None:
            later_week = None if week is None else max(later_week, week)
        if later_date is not None:
            later_date = None if week is None else max(later_date, last_day(week))
        return changes.with_timing(
            attempts.organisation, attempts.key, latest_week=later_week, deadline=later_date
        )

    found = _nearest(attempts, until, min(ends))
    if found is not None:
        week, way = found
        code = attempts.key[1]
        detail = f"{code} may be given until the end of week {week} ({last_day(week):%d/%m/%Y})"
        yield attempts.confirmed(UnlockKind.LATER_DEADLINE, code, detail, way, pounds=0)


def _earlier(attempts: Attempts, first: int) -> Iterator[Confirmed]:
    def since(week: int | None) -> Organisation:
        return changes.with_timing(attempts.organisation, attempts.key, earliest_week=week)

    found = _nearest(attempts, since, first)
    if found is not None:
        week, way = found
        code = attempts.key[1]
        detail = f"{code} may begin in week {week}, not {first}"
        yield attempts.confirmed(UnlockKind.EARLIER_START, code, detail, way, pounds=0)


def _nearest(
    attempts: Attempts, bounded: Callable[[int | None], Organisation], now: int
) -> tuple[int, Way] | None:
    """The week nearest to the bound of now that helps, with a way; None where no week does.

    Without any bound at first: the week of what is found is the farthest that is needed. Then the
    weeks between are halved.
    """
    wide = attempts.way_with(bounded(None))
    if wide is None:
        return None
    farthest = attempts.times.problem.grid.week_of(wide.slot)
    way = attempts.way_with(bounded(farthest), like=wide)
    if way is None:
        return None
    fails, helps = now, farthest
    while abs(helps - fails) > 1:
        middle = (helps + fails) // 2
        nearer = attempts.way_with(bounded(middle))
        if nearer is None:
            fails = middle
        else:
            helps, way = middle, nearer
    return helps, way


def larger_group(attempts: Attempts) -> Iterator[Confirmed]:
    """One trainee more in a session."""
    activity = attempts.activity
    if not attempts.facts_of(RuleId.GROUP_SIZE, "group_max") or activity.group_max is None:
        return
    most = activity.group_max + 1
    changed = changes.with_activity(attempts.organisation, activity.code, group_max=most)
    way = attempts.way_with(changed)
    if way is not None:
        detail = f"A session of {activity.code} may hold {most} trainees"
        yield attempts.confirmed(UnlockKind.LARGER_GROUP, activity.code, detail, way, pounds=0)


def higher_limits(attempts: Attempts) -> Iterator[Confirmed]:
    """One session more for a trainer: a week, a day or in all. All limits are tried first."""
    raises = [
        (person.person_id, name, now + 1, words)
        for person in attempts.pool
        if attempts.facts_of(RuleId.TRAINER_LOAD, "limit of sessions", person.person_id)
        for name, now, words in (
            ("max_training_per_week", person.max_per_week, "a week"),
            ("max_training_per_day", person.max_per_day, "a day"),
            ("max_training", person.max_in_plan, "in the plan"),
        )
        if now is not None
    ]
    widest = attempts.organisation
    for who, name, most, _ in raises:
        widest = changes.with_staff(widest, who, **{name: most})
    if not raises or attempts.way_with(widest) is None:
        return
    shown: set[str] = set()
    for who, name, most, words in raises:
        if who in shown or len(shown) >= MOST_LIMITS:
            continue
        way = attempts.way_with(changes.with_staff(attempts.organisation, who, **{name: most}))
        if way is not None:
            shown.add(who)
            detail = f"{attempts.say.label(who)} may give {most} sessions {words}, not {most - 1}"
            yield attempts.confirmed(UnlockKind.HIGHER_LIMIT, who, detail, way, pounds=0)
