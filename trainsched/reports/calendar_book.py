"""What calendars must remember from plan to plan: which event is which session.

A session keeps its unique id (UID) through every replan, wherever it moves and whoever takes it;
its sequence number goes up each time something about it changes. That is how a calendar program
knows that an event is an update. The first id is made from what the session is, so that the same
plan always has the same ids.
"""

import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError

from trainsched.domain.facts import Facts
from trainsched.domain.plan import Plan, Session
from trainsched.reports.changes import Changes, people_of

BOOK_FORMAT = "trainsched-calendars/1"
UID_DIGITS = 24


class Event(Facts):
    """One session as calendars know it. ``left``: people who were in it once, and are not now."""

    uid: str
    sequence: int
    session: Session
    is_cancelled: bool = False
    left: tuple[str, ...] = ()


class CalendarBook(Facts):
    """Every event of a plan, with those that earlier plans had and this one has cancelled."""

    format: str = BOOK_FORMAT
    events: tuple[Event, ...]

    def to_json(self) -> str:
        """The text of calendars.json."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"


def first_book(plan: Plan) -> CalendarBook:
    """The events of a plan that follows no other."""
    used: set[str] = set()
    return CalendarBook(events=tuple(_new_events(plan, plan.sessions, used)))


def next_book(book: CalendarBook, plan: Plan, changes: Changes) -> CalendarBook:
    """The events after a replan, from the book of the plan before it.

    Sessions on dates that the new plan no longer has stay in people's calendars as they are.
    """
    known = {event.session.id: event for event in book.events if not event.is_cancelled}
    used = {event.uid for event in book.events}
    events = [event for event in book.events if event.is_cancelled]
    found: list[Event] = []
    for before, after in changes.kept:
        found.append(_next(known[before.id], after))
    for change in changes.changed:
        if change.before is None:
            continue
        event = known[change.before.id]
        if change.after is not None:
            found.append(_next(event, change.after))
            continue
        update = {"is_cancelled": True, "sequence": event.sequence + 1}
        events.append(event.model_copy(update=update))
    new = [c.after for c in changes.changed if c.before is None and c.after is not None]
    found += _new_events(plan, new, used)
    order = {session.id: place for place, session in enumerate(plan.sessions)}
    found.sort(key=lambda event: order[event.session.id])
    events.sort(key=lambda event: event.uid)
    return CalendarBook(events=(*found, *events))


def read_book(folder: Path, plan: Plan) -> CalendarBook:
    """The book beside a finished plan; the first one where there is none that fits the plan."""
    try:
        book = CalendarBook.model_validate_json((folder / "calendars.json").read_bytes())
    except (OSError, ValidationError):
        return first_book(plan)
    there = {event.session.id: event.session for event in book.events if not event.is_cancelled}
    fits = book.format == BOOK_FORMAT and there == {s.id: s for s in plan.sessions}
    return book if fits else first_book(plan)


def _next(event: Event, after: Session) -> Event:
    """The event as it is now; a number and a mark of the plan are nothing to a calendar."""
    before = event.session
    is_same = before.model_copy(update={"id": after.id, "pinned": after.pinned}) == after
    now = set(people_of(after))
    left = {person for person in (*event.left, *people_of(before)) if person not in now}
    return Event(
        uid=event.uid,
        sequence=event.sequence if is_same else event.sequence + 1,
        session=after,
        left=tuple(sorted(left)),
    )


def _new_events(plan: Plan, sessions: Iterable[Session], used: set[str]) -> list[Event]:
    return [Event(uid=_new_uid(plan, s, used), sequence=0, session=s) for s in sessions]


def _new_uid(plan: Plan, session: Session, used: set[str]) -> str:
    """An id made from what the session is; another one where that is taken already."""
    what = session.model_dump(mode="json", exclude={"id", "pinned", "equipment"})
    turn = 0
    while True:
        text = json.dumps([plan.organisation, turn, what], sort_keys=True)
        uid = f"{sha256(text.encode()).hexdigest()[:UID_DIGITS]}@trainsched"
        if uid not in used:
            used.add(uid)
            return uid
        turn += 1
