"""Sessions are inside their weeks and before their deadline."""

from collections.abc import Iterator

from trainsched.checker.view import View
from trainsched.domain.curriculum import Timing
from trainsched.domain.findings import Finding
from trainsched.domain.rules import RuleId


def check_time_window(view: View) -> Iterator[Finding]:
    """A finding for every session and trainee outside the requirement's window."""
    for item in view.placed:
        session = item.session
        for trainee in item.trainees:
            timing = view.demand.timing(trainee, session.activity)
            if timing is not None and not view.demand.in_window(timing, session.date):
                yield Finding(
                    rule=RuleId.TIME_WINDOW,
                    detail=f"Session {session.id} ({session.activity}) for {trainee} is on "
                    f"{session.date.isoformat()} (week "
                    f"{view.calendar.week_number(session.date)}), {_window(timing)}.",
                    session_id=session.id,
                    person_id=trainee,
                    date=session.date,
                    period=session.period,
                )


def _window(timing: Timing) -> str:
    limits = []
    if timing.earliest_week is not None:
        limits.append(f"not before week {timing.earliest_week}")
    if timing.latest_week is not None:
        limits.append(f"not after week {timing.latest_week}")
    if timing.deadline is not None:
        limits.append(f"not after {timing.deadline.isoformat()}")
    return "which must be " + " and ".join(limits)
