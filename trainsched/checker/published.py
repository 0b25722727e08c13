"""The sessions of an earlier plan that must not change any more."""

from datetime import date

from trainsched.domain.plan import Plan, Session


def frozen_sessions(published: Plan | None, locked_until: date | None) -> tuple[Session, ...]:
    """The published sessions before the lock; none without a published plan or a lock."""
    if published is None or locked_until is None:
        return ()
    return tuple(session for session in published.sessions if session.date < locked_until)


def same_session(one: Session, other: Session) -> bool:
    """Whether two sessions agree in all but their number and their mark."""
    if (one.date, one.period, one.activity) != (other.date, other.period, other.activity):
        return False  # for most pairs that is enough to tell
    return one.model_copy(update={"id": other.id, "pinned": other.pinned}) == other
