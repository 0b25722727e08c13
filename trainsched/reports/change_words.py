"""The changes of a replan in words: one line for each person whom a change concerns.

The lines are there to be sent out. They say who has what when, and never why.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from trainsched.domain.news import News
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


AWAY = "away"
Duty = tuple[str, str]
"""Department and duty."""


@dataclass(frozen=True, slots=True)
class Message:
    """One line for one person. ``date`` is that of the first thing it speaks of."""

    person_id: str
    date: date
    line: str


def messages_of(
    changes: Changes, plan: Plan, background: Background, news: News
) -> tuple[Message, ...]:
    """All lines to send out, by person and date.

    Those who are away are told nothing of the duties of those days: they said so themselves.
    """
    found = [
        Message(person, change.first_date, _session_line(change, person, background))
        for change in changes.changed
        for person in change.people
    ]
    for day in changes.days:
        if not news.has_away(day.person_id, day.date):
            found += [
                Message(day.person_id, day.date, line)
                for line in _duty_lines(day, plan, background)
            ]
    return tuple(sorted(found, key=lambda m: (m.person_id, m.date, m.line)))


def _session_line(change: Change, person: str, background: Background) -> str:
    before, after = change.before, change.after
    what = background.activities.get(change.either.activity) or change.either.activity
    if before is None or person not in people_of(before):
        place = f", {_place(change.either, background)}"
        return (
            f"New: {what}, {when(change.either)}{_with(change.either, person, background)}{place}."
        )
    then = f"{what}, {when(before)}{_with(before, person, background)}"
    if after is None:
        return f"Cancelled: {then}."
    if person not in people_of(after):
        return f"No longer yours: {then}."
    others = _with(after, person, background)
    place = f", {_place(after, background)}" if before.department != after.department else ""
    if when(before) != when(after):
        same = others == _with(before, person, background)
        return f"Moved: {then}: now {when(after)}{'' if same else others}{place}."
    return f"Changed: {then}: now{others or ' alone'}{place}."


def when(session: Session) -> str:
    """Day and time of a session."""
    return f"{short_day_words(session.date)}, {session.start} to {session.end}"


def _place(session: Session, background: Background) -> str:
    return background.departments.get(session.department) or session.department


def _with(session: Session, person: str, background: Background) -> str:
    others = [background.name(other) for other in people_of(session) if other != person]
    return f" with {listed(list(dict.fromkeys(others)))}" if others else ""


def _duty_lines(day: PersonDay, plan: Plan, background: Background) -> Iterator[str]:
    """A line for each exchange of duties, with all its periods."""
    before, after = _by_period(day.duties_before), _by_period(day.duties_after)
    periods: dict[tuple[tuple[Duty, ...], tuple[Duty, ...]], list[str]] = {}
    for period in plan.periods:
        old, new = before.get(period.name, set()), after.get(period.name, set())
        if old != new:
            exchange = tuple(sorted(old - new)), tuple(sorted(new - old))
            periods.setdefault(exchange, []).append(period.name)
    for (old_duties, new_duties), names in periods.items():
        left, taken = _named(old_duties, background), _named(new_duties, background)
        words = f"{taken} instead of {left}" if left and taken else taken or f"not {left}"
        yield f"Duty {short_day_words(day.date)}, {listed(names)}: {words}."


def _by_period(entries: tuple[CoverEntry, ...]) -> dict[str, set[Duty]]:
    found: dict[str, set[Duty]] = defaultdict(set)
    for entry in entries:
        found[entry.period].add((entry.department, entry.duty))
    return found


def _named(duties: tuple[Duty, ...], background: Background) -> str:
    several = len(background.departments) > 1
    return listed([f"{duty} ({department})" if several else duty for department, duty in duties])


def day_before_and_after(day: PersonDay, plan: Plan, news: News) -> tuple[str, str]:
    """One person's day in two lines: as it was, and as it is now."""
    before = _day_in_words(day.sessions_before, day.duties_before, plan)
    after = _day_in_words(day.sessions_after, day.duties_after, plan)
    return before, AWAY if news.has_away(day.person_id, day.date) else after


def _day_in_words(
    sessions: tuple[Session, ...],
    duties: tuple[CoverEntry, ...],
    plan: Plan,
) -> str:
    """One person's day in a line: what, from when to when; or that there is nothing.

    What is at the same time stands together, and so do times of the same.
    """
    hours = {period.name: (period.start, period.end) for period in plan.periods}
    parts = [(session.start, session.end, f"{session.activity} (training)") for session in sessions]
    parts += [(*hours.get(entry.period, ("", "")), entry.duty) for entry in duties]
    by_time: dict[str, list[str]] = defaultdict(list)
    for start, end, what in sorted(parts):
        by_time[f"{start} to {end}"].append(what)
    runs = groupby(by_time, key=lambda time: by_time[time])
    shown = [f"{listed(list(times))} {listed(what)}" for what, times in runs]
    return "; ".join(shown) or "nothing planned"


def session_in_words(session: Session | None, background: Background) -> str:
    """Day, time and staff of a session, for a table; "" for none."""
    if session is None:
        return ""
    staff = [background.name(entry.staff_id) for entry in session.staff]
    return f"{when(session)}, {listed(staff)}" if staff else when(session)
