"""Posts that are part of a whole time: how much of a week they are, and on which days."""

from math import floor

from trainsched.domain.calendar import PlanCalendar
from trainsched.domain.funding import Post
from trainsched.expansion.facts import every_slot
from trainsched.planning.build import Build, Literal


def is_part_time(post: Post, calendar: PlanCalendar) -> bool:
    """Whether the days of the post are to be chosen."""
    return post.pattern is None and whole_days(post, calendar) != (len(calendar.working_days), 0)


def whole_days(post: Post, calendar: PlanCalendar) -> tuple[int, int]:
    """Days a week, and periods on one more day, that the holder of a post works.

    The share of the working week that the WTE says, to the nearest period.
    """
    periods = len(calendar.periods)
    in_all = floor(post.wte * len(calendar.working_days) * periods + 0.5)
    return max(in_all, 1) // periods, max(in_all, 1) % periods


def usual_slots(post: Post, calendar: PlanCalendar, first: int) -> tuple[tuple[int, str], ...]:
    """The slots of a week of the post, on days in a row from the ``first`` working day round."""
    names, working = calendar.period_names, calendar.working_days
    if not is_part_time(post, calendar):
        return every_slot(calendar).weeks[0]
    days, more = whole_days(post, calendar)
    in_turn = [working[(first + turn) % len(working)] for turn in range(len(working))]
    whole = [(day, name) for day in in_turn[:days] for name in names]
    part = [(day, name) for day in in_turn[days : days + 1] for name in names[:more]]
    return tuple(sorted(whole + part))


def choose_days(
    build: Build, post: Post, calendar: PlanCalendar, comes: Literal
) -> dict[tuple[int, str], Literal]:
    """Literals for a part-time week: whole days, and at most one day begun or ended early."""
    days, more = whole_days(post, calendar)
    names = calendar.period_names
    whole = {day: build.literal() for day in calendar.working_days}
    build.model.add(sum(whole.values()) == days * comes)
    if not more:
        return {(day, name): whole[day] for day in whole for name in names}
    first = {day: build.literal() for day in whole}
    last = {day: build.literal() for day in whole}
    build.model.add(sum(first.values()) + sum(last.values()) == comes)
    there: dict[tuple[int, str], Literal] = {}
    for day, all_day in whole.items():
        build.model.add(all_day + first[day] + last[day] <= 1)
        for position, name in enumerate(names):
            parts = [all_day]
            if position < more:
                parts.append(first[day])
            if position >= len(names) - more:
                parts.append(last[day])
            there[day, name] = all_day if len(parts) == 1 else _either(build, parts)
    return there


def _either(build: Build, parts: list[Literal]) -> Literal:
    literal = build.literal()
    build.model.add(sum(parts) == literal)
    return literal
