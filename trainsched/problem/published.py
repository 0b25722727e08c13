"""Sessions of an earlier plan, in indexes: those that must stay, and those that had better stay."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from trainsched.domain.calendar import clock
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan, Session
from trainsched.problem.demands import ActivityNeed
from trainsched.problem.offerings import Offering
from trainsched.problem.starts import Setting


@dataclass(frozen=True, slots=True)
class PublishedSession:
    """A published session: its offering, who attends, and ``(role, person)`` of its staff.

    ``offering`` is None when the facts no longer allow just this session; the rest is then empty.
    """

    session: Session
    offering: int | None = None
    demands: tuple[int, ...] = ()
    staff: tuple[tuple[int, int], ...] = ()

    @property
    def items(self) -> tuple[str, ...]:
        """The equipment it holds."""
        return self.session.equipment


@dataclass(frozen=True, slots=True)
class Published:
    """The sessions before ``until``, in order of time. No others may start before that date."""

    until: date
    sessions: tuple[PublishedSession, ...]

    def by_offering(self) -> dict[int, tuple[PublishedSession, ...]]:
        """For each offering in use its sessions, which may run side by side."""
        found: dict[int, list[PublishedSession]] = defaultdict(list)
        for published in self.sessions:
            if published.offering is not None:
                found[published.offering].append(published)
        return {offering: tuple(sessions) for offering, sessions in sorted(found.items())}

    def renumbered(self, number: Mapping[int, int]) -> "Published":
        """The same with other numbers for the offerings; None for those without a number."""
        return replace(
            self,
            sessions=tuple(
                published
                if published.offering is None
                else replace(published, offering=number.get(published.offering))
                for published in self.sessions
            ),
        )


@dataclass(frozen=True, slots=True)
class Earlier:
    """The sessions of an earlier plan that may move, in order of time.

    Those without an offering cannot be kept, whatever is planned.
    """

    sessions: tuple[PublishedSession, ...]
    on_duty: frozenset[tuple[int, str, int, int]] = frozenset()
    """Who covered what: department, duty, slot and person."""

    @property
    def gone(self) -> int:
        """How many cannot be kept."""
        return sum(session.offering is None for session in self.sessions)

    def by_offering(self) -> dict[int, dict[int, PublishedSession]]:
        """For each offering its sessions, by their place in the list."""
        found: dict[int, dict[int, PublishedSession]] = defaultdict(dict)
        for place, session in enumerate(self.sessions):
            if session.offering is not None:
                found[session.offering][place] = session
        return dict(sorted(found.items()))

    def inside(self, offerings: Mapping[int, Offering]) -> "Earlier":
        """The same among fewer offerings; by their old numbers, as they are now."""
        return replace(
            self, sessions=tuple(_inside(session, offerings) for session in self.sessions)
        )


def _inside(session: PublishedSession, offerings: Mapping[int, Offering]) -> PublishedSession:
    offering = None if session.offering is None else offerings.get(session.offering)
    if (
        offering is not None
        and set(session.demands) <= set(offering.attendees)
        and all(person in offering.roles[role] for role, person in session.staff)
    ):
        return replace(session, offering=offering.index)
    return PublishedSession(session.session)


def index_earlier(
    organisation: Organisation,
    setting: Setting,
    offerings: Sequence[Offering],
    earlier: Plan | None,
) -> Earlier | None:
    """The sessions of an earlier plan that are free to move; None without such a plan.

    Sessions on dates that the plan no longer has are passed over.
    """
    if earlier is None:
        return None
    until = organisation.locked_until
    finder = _Finder(organisation, setting, offerings)
    movable = [
        session
        for session in earlier.sessions
        if organisation.calendar.holds(session.date) and (until is None or session.date >= until)
    ]
    movable.sort(key=lambda s: (s.date, s.id))
    sessions = tuple(finder.find(session, exactly=False) for session in movable)
    return Earlier(sessions, _on_duty(organisation, setting, earlier))


def _on_duty(
    organisation: Organisation, setting: Setting, earlier: Plan
) -> frozenset[tuple[int, str, int, int]]:
    people = {person.person_id: person.index for person in setting.people}
    departments = {d.code: number for number, d in enumerate(organisation.departments)}
    grid, names = setting.grid, organisation.calendar.period_names
    return frozenset(
        (
            departments[entry.department],
            entry.duty,
            grid.slot(grid.day_index[entry.date], names.index(entry.period)),
            people[entry.staff_id],
        )
        for entry in earlier.cover
        if entry.department in departments
        and entry.date in grid.day_index
        and entry.period in names
        and entry.staff_id in people
    )


def index_published(
    organisation: Organisation,
    setting: Setting,
    offerings: Sequence[Offering],
    earlier: Plan | None,
) -> Published | None:
    """What stays of an earlier plan; None without such a plan or without ``locked_until``."""
    until = organisation.locked_until
    if earlier is None or until is None:
        return None
    finder = _Finder(organisation, setting, offerings)
    locked = sorted((s for s in earlier.sessions if s.date < until), key=lambda s: (s.date, s.id))
    return Published(until, tuple(finder.find(session) for session in locked))


class _Finder:
    """Finds the offering of which a session is one, if the facts still allow it as it was."""

    def __init__(
        self, organisation: Organisation, setting: Setting, offerings: Sequence[Offering]
    ) -> None:
        self.setting = setting
        self.departments = organisation.departments
        self.by_id = {person.person_id: person.index for person in setting.people}
        self.need = {need.activity.code: need for need in setting.activities}
        self.offering = {
            (o.activity, organisation.departments[o.department].code, o.slot): o for o in offerings
        }

    def find(self, session: Session, *, exactly: bool = True) -> PublishedSession:
        """The session in indexes. Unless ``exactly``, hours, site and equipment may be others."""
        nothing = PublishedSession(session)
        need, slot = self.need.get(session.activity), slot_of(self.setting, session)
        if need is None or slot is None:
            return nothing
        offering = self.offering.get((need.index, session.department, slot))
        if offering is None or session.length != need.activity.length:
            return nothing
        site = self.departments[offering.department].site
        if exactly and not reads_as_now(self.setting, need, slot, site, session):
            return nothing
        trainees = {self.by_id.get(trainee_id) for trainee_id in session.trainees}
        demands = tuple(
            d for d in offering.attendees if self.setting.demands[d].trainee in trainees
        )
        staff = self._in_roles(need, offering, session)
        has_all = len(demands) == len(session.trainees) and bool(demands)
        if staff is None or not has_all or not fits_group(need, len(demands)):
            return nothing
        if exactly and not equipment_is_there(self.setting, need, slot, session.equipment):
            return nothing
        return PublishedSession(session, offering.index, demands, staff)

    def _in_roles(
        self, need: ActivityNeed, offering: Offering, session: Session
    ) -> tuple[tuple[int, int], ...] | None:
        """Every role with its people; None unless all are filled by people who still may."""
        missing = [role.count for role in need.roles]
        found: list[tuple[int, int]] = []
        for entry in session.staff:
            person = self.by_id.get(entry.staff_id)
            for number, role in enumerate(need.roles):
                may = role.name == entry.role and person in offering.roles[number]
                if may and person is not None and missing[number]:
                    missing[number] -= 1
                    found.append((number, person))
                    break
            else:
                return None
        return None if any(missing) else tuple(sorted(found))


def slot_of(setting: Setting, session: Session) -> int | None:
    """The first slot of a session; None when the plan has no such day or period."""
    day = setting.grid.day_index.get(session.date)
    names = setting.grid.calendar.period_names
    if day is None or session.period not in names:
        return None
    return setting.grid.slot(day, names.index(session.period))


def reads_as_now(
    setting: Setting, need: ActivityNeed, slot: int, site: str, session: Session
) -> bool:
    """Whether the session's kind, length, hours and site are still those of the facts."""
    grid, length = setting.grid, need.activity.length
    first = grid.position_of(slot)
    if first + length > grid.periods:
        return False
    hours = clock(grid.starts[first]), clock(grid.ends[first + length - 1])
    return (session.kind, session.length, session.start, session.end, session.site) == (
        need.activity.kind,
        length,
        *hours,
        site,
    )


def fits_group(need: ActivityNeed, size: int) -> bool:
    """Whether so many trainees make one session; a cohort comes whole."""
    if need.activity.together and size != len(need.demands):
        return False
    return max(need.activity.group_min, 1) <= size <= need.group_max


def equipment_is_there(
    setting: Setting, need: ActivityNeed, slot: int, items: tuple[str, ...]
) -> bool:
    """Whether the items are what the activity asks for, and there are units of them then."""
    slots = range(slot, slot + need.activity.length)
    there = all(
        item in setting.units and setting.units[item][s] >= count
        for item, count in Counter(items).items()
        for s in slots
    )
    return there and _answers(list(items), need.activity.equipment)


def _answers(items: list[str], listed: tuple[tuple[str, ...], ...]) -> bool:
    """Whether the items can be dealt out, one to each position of the list."""
    if not listed:
        return not items
    for item in sorted(set(items) & set(listed[0])):
        rest = items.copy()
        rest.remove(item)
        if _answers(rest, listed[1:]):
            return True
    return False
