"""The changes of a replan in words: one line for each person whom a change concerns.

The lines are there to be sent out. They say who has what when, and never why.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from trainsched.domain.plan import CoverEntry, Plan, Session
from trainsched.reports.background import Background
from trainsched.reports.changes import Change, ChangeKind, Changes, PersonDay, people_of
from trainsched.reports.words import listed, short_day_words

KIND_WORDS: dict[ChangeKind, str] = {
    ChangeKind.MOVED: "moved",
    ChangeKind.RESTAFFED: "other trainer",
    ChangeKind.REGROUPED: "other group",
    ChangeKind.CANCELLED: "cancelled",
    ChangeKind.ADDED: "new",
}


@dataclass(frozen=True, slots=True)
class Message:
    """One line for one person. ``date`` is that of the first thing it speaks of."""

    person_id: str
    date: date
    line: str


def messages_of(changes: Changes, plan: Plan, background: Background) -> tuple[Message, ...]:
    """All lines to send out, by person and date."""
    found = [
        Message(person, change.either.date if change.before is None else change.before.date, line)
        for change in changes.changed
        for person in change.people
        for line in (_session_line(change, person, background),)
    ]
    for day in changes.days:
        found += [
            Message(day.person_id, day.date, line) for line in _duty_lines(day, plan, background)
        ]
    return tuple(sorted(found, key=lambda m: (m.person_id, m.date, m.line)))


def _session_line(change: Change, person: str, background: Background) -> str:
    before, after = change.before, change.after
    what = background.activities.get(change.either.activity) or change.either.activity
    was_in = before is not None and person in people_of(before)
    is_in = after is not None and person in people_of(after)
    if before is None or not was_in:
        now = change.either
        where = _place(now, background)
        return f"New for you: {what} on {when(now)}{where}{_with(now, person, background)}."
    if after is None:
        return f"Cancelled: {what} on {when(before)}{_with(before, person, background)}."
    if not is_in:
        return f"Not yours any more: {what} on {when(before)}{_with(before, person, background)}."
    if when(before) != when(after):
        return (
            f"Moved: {what} on {when(before)} is now on {when(after)}"
            f"{_place(after, background)}{_with(after, person, background)}."
        )
    where = _place(after, background) if before.department != after.department else ""
    return f"Changed: {what} on {when(after)} is now{where}{_with(after, person, background)}."


def when(session: Session) -> str:
    """Day and time of a session."""
    return f"{short_day_words(session.date)}, {session.start} to {session.end}"


def _place(session: Session, background: Background) -> str:
    return f" in {background.departments.get(session.department) or session.department}"


def _with(session: Session, person: str, background: Background) -> str:
    others = [background.name(other) for other in people_of(session) if other != person]
    return f" with {listed(list(dict.fromkeys(others)))}" if others else ""


def _duty_lines(day: PersonDay, plan: Plan, background: Background) -> Iterator[str]:
    """A line for each duty that the person leaves or takes over, its periods together."""
    before, after = (
        Counter((e.department, e.duty, e.period) for e in side)
        for side in (day.duties_before, day.duties_after)
    )
    order = {period.name: place for place, period in enumerate(plan.periods)}
    for words, duties in (("Duty not yours any more", before - after), ("Duty", after - before)):
        periods: dict[tuple[str, str], list[str]] = {}
        for department, duty, period in sorted(duties, key=lambda d: (d[:2], order.get(d[2], 0))):
            periods.setdefault((department, duty), []).append(period)
        for (department, duty), names in periods.items():
            where = background.departments.get(department) or department
            yield f"{words}: {duty} in {where} on {short_day_words(day.date)}, {listed(names)}."


def day_in_words(
    sessions: tuple[Session, ...],
    duties: tuple[CoverEntry, ...],
    plan: Plan,
) -> str:
    """One person's day in a line: what, from when to when; or that there is nothing."""
    hours = {period.name: (period.start, period.end) for period in plan.periods}
    parts = [(session.start, session.end, f"{session.activity} (training)") for session in sessions]
    parts += [(*hours.get(entry.period, ("", "")), entry.duty) for entry in duties]
    shown = [f"{start} to {end} {what}" for start, end, what in sorted(parts)]
    return "; ".join(shown) or "nothing planned"


def session_in_words(session: Session | None, background: Background) -> str:
    """Day, time and staff of a session, for a table; "" for none."""
    if session is None:
        return ""
    staff = [background.name(entry.staff_id) for entry in session.staff]
    return f"{when(session)}, {listed(staff)}" if staff else when(session)
