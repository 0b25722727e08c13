"""Activities come on later dates than all required sessions of those they build on."""

from collections.abc import Iterator

from trainsched.checker.view import View
from trainsched.domain.findings import Finding
from trainsched.domain.rules import RuleId


def check_activity_order(view: View) -> Iterator[Finding]:
    """A finding for every activity placed before an earlier one is complete."""
    for (trainee, activity), need in sorted(view.demand.requirements.items()):
        sessions = view.sessions_by_need.get((trainee, activity), [])
        if not sessions:
            continue
        first = min(item.session.date for item in sessions)
        for before in need.timing.after:
            words = _fault(view, trainee, before, first.isoformat())
            if words:
                yield Finding(
                    rule=RuleId.ACTIVITY_ORDER,
                    detail=f"{activity} for {trainee} begins on {first.isoformat()}, "
                    f"but its predecessor {before} {words}.",
                    person_id=trainee,
                    date=first,
                )


def _fault(view: View, trainee: str, before: str, first: str) -> str:
    required = view.demand.required(trainee, before)
    if required == 0:
        return ""
    earlier = view.sessions_by_need.get((trainee, before), [])
    if view.placed_count[trainee, before] < required:
        return f"has only {view.placed_count[trainee, before]} of {required} sessions placed"
    last = max((item.session.date.isoformat() for item in earlier), default="")
    return f"ends on {last}" if last >= first else ""
