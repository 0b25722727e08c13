"""Trainees train where they are hosted, or where the activity says."""

from collections.abc import Iterator

from trainsched.checker.view import View
from trainsched.domain.findings import Finding
from trainsched.domain.rules import RuleId


def check_hosting(view: View) -> Iterator[Finding]:
    """A finding for every session that stands in the wrong department."""
    for item in view.placed:
        session = item.session
        wanted = item.activity.department
        if wanted is not None:
            wrong = [] if session.department == wanted else [f"belongs to {wanted}"]
        else:
            hosts = {t: view.attendance.host(t, session.date) for t in item.trainees}
            wrong = [
                f"{trainee} is then hosted by {host}"
                for trainee, host in hosts.items()
                if host != session.department
            ]
        if wrong:
            yield Finding(
                rule=RuleId.HOSTING,
                detail=f"Session {session.id} ({session.activity}) is in {session.department} on "
                f"{session.date.isoformat()}, but {', '.join(wrong)}.",
                session_id=session.id,
                department=session.department,
                date=session.date,
                period=session.period,
            )
