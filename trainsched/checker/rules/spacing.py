"""A trainee's sessions of one activity keep their distance."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from trainsched.checker.view import View
from trainsched.domain.curriculum import Timing
from trainsched.domain.findings import Finding
from trainsched.domain.rules import RuleId


def check_spacing(view: View) -> Iterator[Finding]:
    """A finding for every week or day too full and every gap too short."""
    for (trainee, activity), items in sorted(view.sessions_by_need.items()):
        timing = view.demand.timing(trainee, activity)
        if timing is None:
            continue
        dates = sorted(item.session.date for item in items)
        for words in _faults(view, timing, [day.toordinal() for day in dates]):
            yield Finding(
                rule=RuleId.SPACING, detail=f"{activity} for {trainee}: {words}.", person_id=trainee
            )


def _faults(view: View, timing: Timing, days: list[int]) -> Iterator[str]:
    first_monday = view.calendar.first_monday
    weeks = Counter((day - first_monday.toordinal()) // 7 + 1 for day in days)
    for week, number in sorted(weeks.items()):
        if timing.max_per_week is not None and number > timing.max_per_week:
            yield f"{number} sessions in week {week}, at most {timing.max_per_week} allowed"
    for day, number in sorted(Counter(days).items()):
        if timing.max_per_day is not None and number > timing.max_per_day:
            when = first_monday.fromordinal(day).isoformat()
            yield f"{number} sessions on {when}, at most {timing.max_per_day} allowed"
    for earlier, later in pairwise(days):
        if timing.min_gap_days is not None and later - earlier < timing.min_gap_days:
            when = first_monday.fromordinal(later).isoformat()
            yield (
                f"the session on {when} comes {later - earlier} days after the one before, "
                f"at least {timing.min_gap_days} needed"
            )
