"""Sessions of the earlier plan that are not there any more as they were."""

from collections import Counter

from trainsched.checker.view import View
from trainsched.domain.plan import Session

What = tuple[object, ...]


def value_of_moved_sessions(view: View) -> int:
    """The earlier sessions, on dates of the plan, without an equal one now; 0 without any.

    Equal are sessions of one activity and department, at the same time and as long, with the same
    people in each role and the same trainees. One session now stands for one earlier session.
    """
    if view.published is None:
        return 0
    earlier = Counter(
        what_it_is(session)
        for session in view.published.sessions
        if view.calendar.holds(session.date)
    )
    now = Counter(what_it_is(session) for session in view.plan.sessions)
    return (earlier - now).total()


def what_it_is(session: Session) -> What:
    """All that makes a session the same for those who are in it; equipment is left out."""
    return (
        session.activity,
        session.department,
        session.date,
        session.period,
        session.length,
        tuple(sorted((entry.role, entry.staff_id) for entry in session.staff)),
        tuple(sorted(session.trainees)),
    )
