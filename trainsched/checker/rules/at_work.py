"""People are used only when they are at work and free, and departments only when open."""

from collections.abc import Iterator

from trainsched.checker.view import Covering, Placed, View
from trainsched.domain.findings import Finding
from trainsched.domain.rules import RuleId


def check_at_work(view: View) -> Iterator[Finding]:
    """A finding for every session or duty on a closed date, and every person away from work."""
    for item in view.placed:
        yield from _check_session(view, item)
    for covering in view.covering:
        yield from _check_cover(view, covering)


def _check_session(view: View, item: Placed) -> Iterator[Finding]:
    session = item.session
    place = view.place_of(item)
    if not view.attendance.department_open(place, session.date):
        yield Finding(
            rule=RuleId.AT_WORK,
            detail=f"Session {session.id} ({session.activity}) is on {session.date.isoformat()}, "
            f"when {place} is closed.",
            session_id=session.id,
            department=place,
            date=session.date,
        )
        return
    for person in item.people:
        for position in item.positions:
            free = view.attendance.usable(person, session.date, position)
            # Leaving a duty on which the roster fixes them is the matter of other rules.
            if free or view.attendance.fixed_duty(person, session.date, position) is not None:
                continue
            yield Finding(
                rule=RuleId.AT_WORK,
                detail=f"{person} is in session {session.id} ({session.activity}), but is not "
                f"at work and free at {view.slot_words(session.date, position)}.",
                session_id=session.id,
                person_id=person,
                date=session.date,
                period=view.calendar.period_names[position],
            )
            break


def _check_cover(view: View, covering: Covering) -> Iterator[Finding]:
    entry = covering.entry
    known = view.attendance.person(covering.person) is not None
    if not view.attendance.department_open(entry.department, entry.date):
        reason = f"when {entry.department} is closed"
    elif known and not _may_be_on(view, covering):
        reason = "but is not at work and free then"
    else:
        return
    yield Finding(
        rule=RuleId.AT_WORK,
        detail=f"{covering.person} is on duty {entry.duty} of {entry.department} at "
        f"{view.slot_words(entry.date, covering.position)}, {reason}.",
        person_id=covering.person,
        department=entry.department,
        date=entry.date,
        period=entry.period,
    )


def _may_be_on(view: View, covering: Covering) -> bool:
    day, position = covering.entry.date, covering.position
    fixed = view.attendance.fixed_duty(covering.person, day, position)
    free = view.attendance.free_for_duty(covering.person, covering.duty, day, position)
    return free or fixed is not None
