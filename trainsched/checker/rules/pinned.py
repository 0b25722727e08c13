"""Pinned sessions happen as pinned, and exactly they are marked as pinned."""

from collections.abc import Iterator

from trainsched.checker.published import frozen_sessions, same_session
from trainsched.checker.view import View
from trainsched.domain.curriculum import Pin
from trainsched.domain.findings import Finding
from trainsched.domain.plan import Session
from trainsched.domain.rules import RuleId


def check_pinned(view: View) -> Iterator[Finding]:
    """A finding for every pin without its session and every untrue mark."""
    pins = view.organisation.pins
    for pin in pins:
        if not any(_fulfils(item.session, pin) for item in view.placed):
            yield Finding(
                rule=RuleId.PINNED,
                detail=f"{pin.activity} for {', '.join(pin.trainee_ids)} is pinned to "
                f"{pin.date.isoformat()} {pin.period}, but there is no such session.",
                date=pin.date,
                period=pin.period,
            )
    for item in view.placed:
        session = item.session
        asked = any(_fulfils(session, pin) for pin in pins)
        if session.pinned and not asked and not _may_be_frozen(view, session):
            yield _untrue_mark(session, "is marked as pinned, but no pin asks for it")
        if not session.pinned and (asked or _is_frozen(view, session)):
            yield _untrue_mark(session, "is fixed, but is not marked as pinned")


def _fulfils(session: Session, pin: Pin) -> bool:
    return (
        session.activity == pin.activity
        and (session.date, session.period) == (pin.date, pin.period)
        and set(pin.trainee_ids) <= set(session.trainees)
        and set(pin.staff_ids) <= {entry.staff_id for entry in session.staff}
    )


def _is_frozen(view: View, session: Session) -> bool:
    frozen = frozen_sessions(view.published, view.organisation.locked_until)
    return any(same_session(session, earlier) for earlier in frozen)


def _may_be_frozen(view: View, session: Session) -> bool:
    """Sessions before the lock may be frozen; whether rightly so is the matter of published."""
    locked_until = view.organisation.locked_until
    return locked_until is not None and session.date < locked_until


def _untrue_mark(session: Session, words: str) -> Finding:
    return Finding(
        rule=RuleId.PINNED,
        detail=f"Session {session.id} ({session.activity}) {words}.",
        session_id=session.id,
        date=session.date,
        period=session.period,
    )
