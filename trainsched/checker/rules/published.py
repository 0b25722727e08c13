"""Published sessions before the lock stay exactly as they were."""

from collections.abc import Iterator

from trainsched.checker.published import frozen_sessions, same_session
from trainsched.checker.view import View
from trainsched.domain.findings import Finding
from trainsched.domain.plan import Session
from trainsched.domain.rules import RuleId


def check_published(view: View) -> Iterator[Finding]:
    """A finding for every frozen session that has gone, and every new one before the lock."""
    locked_until = view.organisation.locked_until
    if view.published is None or locked_until is None:
        return
    frozen = frozen_sessions(view.published, locked_until)
    now = [session for session in view.plan.sessions if session.date < locked_until]
    for session in frozen:
        if not any(same_session(session, other) for other in now):
            yield _finding(session, "was published and has been changed or taken away")
    for session in now:
        if not any(same_session(session, other) for other in frozen):
            yield _finding(session, "is new or changed, in the time that is locked")


def _finding(session: Session, words: str) -> Finding:
    return Finding(
        rule=RuleId.PUBLISHED,
        detail=f"{session.activity} for {', '.join(session.trainees)} on "
        f"{session.date.isoformat()} {session.period} {words}.",
        session_id=session.id,
        date=session.date,
        period=session.period,
    )
