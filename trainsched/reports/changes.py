"""What is different in a plan from the one before it: session by session, and day by day.

An earlier session is *kept* when the same people have the same activity at the same time and
department. Any other one is matched with a new session of its activity as far as that can be told,
and has then moved, been restaffed or been regrouped; without a match it is cancelled.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from trainsched.domain.plan import CoverEntry, Plan, Session


class ChangeKind(StrEnum):
    """What happened to a session. ``added`` ones are in no earlier plan."""

    MOVED = "moved"
    RESTAFFED = "restaffed"
    REGROUPED = "regrouped"
    CANCELLED = "cancelled"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Change:
    """One session before and after; one of the two is None where it is cancelled or added."""

    kind: ChangeKind
    before: Session | None
    after: Session | None

    @property
    def either(self) -> Session:
        """The session as it is now, else as it was."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a change is of a session")
        return found

    @property
    def first_date(self) -> date:
        """The date on which it was, or of a new session on which it is."""
        return (self.before or self.either).date

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody in it before or after, sorted."""
        sides = (self.before, self.after)
        return tuple(sorted({p for session in sides if session for p in people_of(session)}))


@dataclass(frozen=True, slots=True)
class PersonDay:
    """One person's date before and after: sessions, and cover of duties, in order of time."""

    person_id: str
    date: date
    sessions_before: tuple[Session, ...]
    sessions_after: tuple[Session, ...]
    duties_before: tuple[CoverEntry, ...]
    duties_after: tuple[CoverEntry, ...]


@dataclass(frozen=True)
class Changes:
    """Everything that is different between two plans of the same dates."""

    kept: tuple[tuple[Session, Session], ...]
    """Earlier sessions that stay, each with itself as it is now: the room may be another."""
    changed: tuple[Change, ...]
    days: tuple[PersonDay, ...]

    @cached_property
    def counts(self) -> dict[ChangeKind, int]:
        """How many changes there are of each kind."""
        return {kind: sum(c.kind is kind for c in self.changed) for kind in ChangeKind}

    @property
    def moved_sessions(self) -> int:
        """The goal of this name: earlier sessions that are not kept."""
        return sum(change.before is not None for change in self.changed)


def people_of(session: Session) -> tuple[str, ...]:
    """Staff, then trainees."""
    return (*(entry.staff_id for entry in session.staff), *session.trainees)


def changes_between(earlier: Plan, plan: Plan) -> Changes:
    """Compare two plans; earlier sessions on dates that the new plan lacks are passed over."""
    last = plan.start_date.toordinal() + 7 * plan.weeks - 1
    before = [
        s for s in earlier.sessions if plan.start_date.toordinal() <= s.date.toordinal() <= last
    ]
    kept, gone, new = _kept(before, plan.sessions)
    match = _matched(gone, new)
    changed: list[Change] = []
    for number, one in enumerate(gone):
        other = new[match[number]] if number in match else None
        kind = ChangeKind.CANCELLED if other is None else _kind(one, other)
        changed.append(Change(kind, one, other))
    found = set(match.values())
    changed += [
        Change(ChangeKind.ADDED, None, one) for number, one in enumerate(new) if number not in found
    ]
    changed.sort(key=_place_of)
    return Changes(tuple(kept), tuple(changed), _days(earlier, plan))


def _place_of(change: Change) -> tuple[date, str, str, str]:
    first = change.before or change.either
    return first.date, first.start, first.activity, first.id


def _same(session: Session) -> tuple[object, ...]:
    return (
        session.activity,
        session.department,
        session.date,
        session.period,
        session.length,
        tuple(sorted((entry.role, entry.staff_id) for entry in session.staff)),
        tuple(sorted(session.trainees)),
    )


def _kept(
    before: Sequence[Session], after: Sequence[Session]
) -> tuple[list[tuple[Session, Session]], list[Session], list[Session]]:
    """Pairs of equal sessions, and what is left on both sides."""
    there: dict[tuple[object, ...], list[Session]] = defaultdict(list)
    for session in after:
        there[_same(session)].append(session)
    kept: list[tuple[Session, Session]] = []
    gone: list[Session] = []
    for session in before:
        equal = there[_same(session)]
        if equal:
            kept.append((session, equal.pop(0)))
        else:
            gone.append(session)
    stayed = {other.id for _, other in kept}
    return kept, gone, [session for session in after if session.id not in stayed]


def _matched(gone: Sequence[Session], new: Sequence[Session]) -> dict[int, int]:
    """What became of earlier sessions, by their places: those with most in common first.

    They share the activity and a trainee; the same trainees count most, then the same time, then
    the same staff, then how near the dates are.
    """
    candidates = sorted(
        (
            (
                set(one.trainees) != set(other.trainees),
                -len(set(one.trainees) & set(other.trainees)),
                _time(one) != _time(other),
                set(one.staff) != set(other.staff),
                abs((one.date - other.date).days),
                first,
                second,
            )
            for first, one in enumerate(gone)
            for second, other in enumerate(new)
            if one.activity == other.activity and set(one.trainees) & set(other.trainees)
        ),
    )
    match: dict[int, int] = {}
    taken: set[int] = set()
    for *_, first, second in candidates:
        if first not in match and second not in taken:
            match[first] = second
            taken.add(second)
    return match


def _time(session: Session) -> tuple[object, ...]:
    return session.date, session.period, session.length, session.department


def _kind(before: Session, after: Session) -> ChangeKind:
    if _time(before) != _time(after):
        return ChangeKind.MOVED
    return ChangeKind.REGROUPED if set(before.staff) == set(after.staff) else ChangeKind.RESTAFFED


def _days(earlier: Plan, plan: Plan) -> tuple[PersonDay, ...]:
    """Every person and date whose sessions or duties are not as they were."""
    sides = (_Diary(earlier), _Diary(plan))
    last = plan.start_date.toordinal() + 7 * plan.weeks - 1
    found: list[PersonDay] = []
    for person_id, day in sorted({key for side in sides for key in side.keys}):
        if not plan.start_date.toordinal() <= day.toordinal() <= last:
            continue
        before, after = (side.of(person_id, day) for side in sides)
        if [_same(s) for s in before[0]] != [_same(s) for s in after[0]] or _posts(
            before[1]
        ) != _posts(after[1]):
            found.append(PersonDay(person_id, day, before[0], after[0], before[1], after[1]))
    return tuple(found)


def _posts(entries: Sequence[CoverEntry]) -> list[tuple[str, str, str]]:
    return [(entry.department, entry.duty, entry.period) for entry in entries]


class _Diary:
    """A plan by person and date."""

    def __init__(self, plan: Plan) -> None:
        self.sessions: dict[tuple[str, date], list[Session]] = defaultdict(list)
        self.duties: dict[tuple[str, date], list[CoverEntry]] = defaultdict(list)
        position = {period.name: place for place, period in enumerate(plan.periods)}
        for session in plan.sessions:
            for person_id in dict.fromkeys(people_of(session)):
                self.sessions[person_id, session.date].append(session)
        for entry in sorted(plan.cover, key=lambda e: (position.get(e.period, 0), e.duty)):
            self.duties[entry.staff_id, entry.date].append(entry)
        self.keys = {*self.sessions, *self.duties}

    def of(self, person_id: str, day: date) -> tuple[tuple[Session, ...], tuple[CoverEntry, ...]]:
        key = person_id, day
        return tuple(self.sessions.get(key, ())), tuple(self.duties.get(key, ()))
