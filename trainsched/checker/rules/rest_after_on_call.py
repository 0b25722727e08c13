"""Nobody trains in the first periods of a day after a night on call."""

from collections.abc import Iterator

from trainsched.checker.view import View
from trainsched.domain.findings import Finding
from trainsched.domain.rules import RuleId


def check_rest_after_on_call(view: View) -> Iterator[Finding]:
    """A finding for every person and session, study included, in the hours of rest."""
    rest = view.policy_whole("rest_after_on_call_periods")
    for item in view.placed:
        session = item.session
        if item.positions[0] >= rest:
            continue
        for person in item.people:
            if view.attendance.on_call_the_night_before(person, session.date):
                yield Finding(
                    rule=RuleId.REST_AFTER_ON_CALL,
                    detail=f"{person} is in session {session.id} ({session.activity}) at "
                    f"{view.slot_words(session.date, item.positions[0])}, after a night on call.",
                    session_id=session.id,
                    person_id=person,
                    date=session.date,
                    period=session.period,
                )
