"""Every required session is placed or reported unplaced with a reason; never more."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from trainsched.checker.view import View
from trainsched.domain.curriculum import Requirement
from trainsched.domain.findings import Finding
from trainsched.domain.plan import Unplaced
from trainsched.domain.rules import RuleId


def check_training_demand(view: View) -> Iterator[Finding]:
    """Counts per requirement against what is required and what the plan says of it."""
    stated: dict[tuple[str, str], list[Unplaced]] = defaultdict(list)
    for item in view.plan.unplaced:
        stated[item.trainee_id, item.activity].append(item)
    sessions_of = Counter(item.activity.code for item in view.placed)
    for key, need in sorted(view.demand.requirements.items()):
        # Who is missing from a session for everybody is the matter of group_size.
        together = view.organisation.activity_by_code[need.activity].together
        placed = sessions_of[need.activity] if together else view.placed_count[key]
        yield from _check_surplus(view, need, placed)
        yield from _check_statement(view, need, placed, stated.pop(key, []))
    for trainee, activity in sorted(stated):
        known = trainee in view.organisation.trainee_by_id
        if known and activity in view.organisation.activity_by_code:
            yield _finding(trainee, activity, "is stated as unplaced, but is not required")


def _finding(trainee: str, activity: str, words: str) -> Finding:
    return Finding(
        rule=RuleId.TRAINING_DEMAND, detail=f"{activity} for {trainee} {words}.", person_id=trainee
    )


def _check_surplus(view: View, need: Requirement, placed: int) -> Iterator[Finding]:
    if need.timing.per_week is None:
        required = view.demand.required(need.trainee_id, need.activity)
        if placed > required:
            words = f"is required {required} times and placed {placed} times"
            yield _finding(need.trainee_id, need.activity, words)
        return
    weekly = view.demand.weekly(need.trainee_id, need.activity)
    in_week: Counter[int] = Counter()
    for item in view.sessions_by_need.get((need.trainee_id, need.activity), []):
        # Sessions outside the requirement's window are the matter of time_window.
        if view.demand.in_window(need.timing, item.session.date):
            in_week[view.calendar.week_number(item.session.date)] += 1
    for week, number in sorted(in_week.items()):
        if number > weekly.get(week, 0):
            words = f"is required {weekly.get(week, 0)} times in week {week} and placed {number}"
            yield _finding(need.trainee_id, need.activity, words)


def _check_statement(
    view: View, need: Requirement, placed: int, entries: list[Unplaced]
) -> Iterator[Finding]:
    trainee, activity = need.trainee_id, need.activity
    required = view.demand.required(trainee, activity)
    if placed >= required:
        if entries:
            yield _finding(trainee, activity, "is stated as unplaced, but nothing is missing")
        return
    if len(entries) != 1:
        words = f"lacks {required - placed} of {required} sessions and is reported "
        yield _finding(trainee, activity, f"{words}{len(entries)} times as unplaced")
        return
    entry = entries[0]
    if (entry.required, entry.placed) != (required, placed):
        words = f"has {placed} of {required} sessions, but the plan states "
        yield _finding(trainee, activity, f"{words}{entry.placed} of {entry.required}")
    elif entry.priority is not need.timing.priority:
        words = f"has priority {need.timing.priority.value}, but the plan states "
        yield _finding(trainee, activity, f"{words}{entry.priority.value}")
    elif not entry.reasons:
        yield _finding(trainee, activity, "is reported as unplaced without a reason")
