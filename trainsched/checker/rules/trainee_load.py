"""No trainee is taught more periods in a day than the policy allows."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from trainsched.checker.view import View
from trainsched.domain.findings import Finding
from trainsched.domain.rules import RuleId


def check_trainee_load(view: View) -> Iterator[Finding]:
    """A finding for every trainee and day that is too full. Study does not count."""
    limit = view.policy_figure("max_taught_periods_per_day")
    if limit is None:
        return
    taught: Counter[tuple[str, date]] = Counter()
    for item in view.placed:
        if not item.is_study:
            for trainee in item.trainees:
                taught[trainee, item.session.date] += len(item.positions)
    for (trainee, day), periods in sorted(taught.items()):
        if periods > limit:
            yield Finding(
                rule=RuleId.TRAINEE_LOAD,
                detail=f"{trainee} is taught in {periods} periods on {day.isoformat()}, "
                f"at most {limit} allowed.",
                person_id=trainee,
                date=day,
            )
