"""A problem of some demands only: those that may be planned anew, beside sessions that stand.

Questions about one requirement are asked many times over, each time of slightly other facts. So
only what the question is about is indexed: starts of the chosen demands, and the cover days that
they could touch. Amounts come from the facts as they are, so that somebody who is imagined to be
at work more is not asked to learn more (``Remembered``).
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan, Session
from trainsched.problem.index import pins_of, travel_of
from trainsched.problem.offerings import Offering, make_offerings
from trainsched.problem.part import cover_days_touched, take_part
from trainsched.problem.people import Person
from trainsched.problem.problem import Problem
from trainsched.problem.published import index_published, slot_of
from trainsched.problem.remembered import Key, Remembered, key_of
from trainsched.problem.starts import Setting

Start = tuple[str, str, int]
"""Activity, department and first slot of a session."""
Engaged = Mapping[int, Mapping[tuple[int, int], str]]
"""By day: the site of the session that a ``(person, slot)`` is in."""


@dataclass(frozen=True, slots=True)
class ChosenProblem:
    """The problem, and which of its offerings are sessions that stand, with how many of them."""

    problem: Problem
    standing: dict[int, int]
    demand_of: dict[Key, int]


__all__ = ["ChosenProblem", "Key", "Start", "index_chosen", "key_of", "start_of"]


def index_chosen(
    organisation: Organisation,
    chosen: Collection[Key],
    *,
    remembered: Remembered,
    standing: Iterable[Session] = (),
    published: Plan | None = None,
    within: Mapping[Key, Collection[int]] | None = None,
    starts: Collection[Start] | None = None,
    narrowed: Callable[[Problem, Engaged], tuple[Offering, ...]] | None = None,
) -> ChosenProblem:
    """Index what concerns the chosen requirements and the standing sessions.

    ``remembered`` has indexed such organisations before. A standing session of an activity that
    chosen trainees could join must not be given: such trainees are to be chosen too. ``within``
    are the calendar weeks to which the new starts of some requirements are narrowed; what they
    have in other weeks is to be given as standing. ``starts`` leaves out all others. ``narrowed``
    gives the starts of a problem, or those that could be used beside the sessions that stand.
    """
    indexed = remembered.index(organisation)
    setting, groups_of = indexed.setting, indexed.indexer.groups
    asked = remembered.asked_of(setting, chosen)
    offerings, refused = make_offerings(asked, _slots_within(asked, within or {}, starts))
    held = _Held(organisation, setting, standing)
    if starts is not None:
        offerings = _beginning(setting, organisation, offerings, starts)
    offerings = held.beside(offerings)
    days, groups = _touched(setting, groups_of, offerings)
    limit = organisation.policy.limit("max_taught_periods_per_day")
    whole = Problem(
        organisation=organisation,
        setting=setting,
        offerings=offerings,
        refused=refused,
        cover_days=indexed.cover_days(days, groups),
        exclusive_duties=indexed.exclusive,
        bound_stays=indexed.bound_stays,
        pins=pins_of(organisation, setting, offerings),
        travel_minutes=travel_of(organisation),
        default_travel_minutes=organisation.policy.whole("default_travel_minutes"),
        max_taught_periods_per_day=None if limit is None else int(limit),
        published=index_published(organisation, setting, offerings, published),
    )
    if narrowed is not None:
        offerings = narrowed(whole, held.engaged)
    met = _Met(asked, groups_of, groups, offerings)
    counts: dict[int, int] = {}
    used: list[Offering] = []
    near = [session for session in held.sessions if met.could_matter(session)]
    for offering, runs in _stand(organisation, setting, near, len(whole.offerings)):
        used.append(offering)
        counts[offering.index] = runs
    everything = (*offerings, *used)
    part = take_part(whole, everything, cover_days_touched(whole, offerings))
    new = part.part_offering
    standing_now = {new[number]: runs for number, runs in counts.items()}
    return ChosenProblem(part.problem, standing_now, indexed.demand_of)


def _slots_within(
    asked: Setting, within: Mapping[Key, Collection[int]], starts: Collection[Start] | None
) -> dict[int, int]:
    """For each demand with starts that are not to be looked at, the slots of the others."""
    grid = asked.grid
    found: dict[int, int] = {}
    named: dict[str, int] = defaultdict(int)
    for code, _, slot in starts or ():
        named[code] |= 1 << slot
    for need in asked.activities:
        for number in need.demands:
            weeks = within.get(key_of(asked.demands[number]))
            if weeks is not None:
                days = (day for day, week in enumerate(grid.week_of_day) if week in weeks)
                found[number] = sum(grid.day_mask(day) for day in days)
            if starts is not None:
                slots = named[need.activity.code]
                found[number] = slots & found.get(number, slots)
    return found


def start_of(problem: Problem, offering: Offering) -> Start:
    """What names the offering in whatever facts it is made from."""
    code = problem.activities[offering.activity].activity.code
    return code, problem.organisation.departments[offering.department].code, offering.slot


def _beginning(
    setting: Setting,
    organisation: Organisation,
    offerings: Iterable[Offering],
    starts: Collection[Start],
) -> tuple[Offering, ...]:
    found: list[Offering] = []
    for offering in offerings:
        code = setting.activities[offering.activity].activity.code
        where = organisation.departments[offering.department].code
        if (code, where, offering.slot) in starts:
            found.append(replace(offering, index=len(found)))
    return tuple(found)


class _Held:
    """The sessions that stand, and whom they hold when."""

    def __init__(
        self, organisation: Organisation, setting: Setting, sessions: Iterable[Session]
    ) -> None:
        self.setting = setting
        self.sessions = tuple(sessions)
        self.engaged: dict[int, dict[tuple[int, int], str]] = defaultdict(dict)
        self.taken: dict[int, int] = defaultdict(int)
        by_id = {person.person_id: person.index for person in setting.people}
        site = {department.code: department.site for department in organisation.departments}
        for session in self.sessions:
            slot = slot_of(setting, session)
            if slot is None:
                continue
            day = self.engaged[setting.grid.day_of(slot)]
            for name in (*session.trainees, *(entry.staff_id for entry in session.staff)):
                self.taken[by_id[name]] |= setting.grid.span(slot, session.length)
                for later in range(session.length):
                    day[by_id[name], slot + later] = site[session.department]

    def beside(self, offerings: tuple[Offering, ...]) -> tuple[Offering, ...]:
        """The offerings without those who are in one of the sessions at the time."""
        setting, taken = self.setting, self.taken
        if not taken:
            return offerings
        found: list[Offering] = []
        for offering in offerings:
            span = setting.grid.span(offering.slot, offering.length)
            need = setting.activities[offering.activity]
            attendees = tuple(
                d for d in offering.attendees if not taken[setting.demands[d].trainee] & span
            )
            roles = tuple(tuple(p for p in r if not taken[p] & span) for r in offering.roles)
            enough = all(len(p) >= r.count for p, r in zip(roles, need.roles, strict=True))
            if attendees and enough:
                index = len(found)
                found.append(replace(offering, index=index, attendees=attendees, roles=roles))
        return tuple(found)


def _touched(
    setting: Setting, groups: Sequence[int], offerings: Iterable[Offering]
) -> tuple[set[int], set[int]]:
    """The days, and the groups of departments, whose cover the offerings could touch."""
    days: set[int] = set()
    found: set[int] = set()
    people: set[int] = set()
    for offering in offerings:
        day = setting.grid.day_of(offering.slot)
        days.add(day)
        for role in offering.roles:
            people.update(role)
        trainees = {setting.demands[demand].trainee for demand in offering.attendees}
        found.update(groups[setting.people[trainee].hosts[day]] for trainee in trainees)
    for person in people:
        found.update(groups[department] for department in setting.people[person].departments)
    return days, found


class _Met:
    """Which standing sessions share anything with what is asked: people, groups or equipment.

    They do in the weeks in question. In other weeks they do where sessions are counted over the
    whole plan, and what trainees have of the same activity, or of one that goes before or after.
    """

    def __init__(
        self,
        asked: Setting,
        group_of: Sequence[int],
        groups: set[int],
        offerings: Iterable[Offering],
    ) -> None:
        self.grid = asked.grid
        self.weeks = {asked.grid.week_of(offering.slot) for offering in offerings}
        near = [p for p in asked.people if any(group_of[d] in groups for d in p.departments)]
        self.staff = {person.person_id for person in near}
        self.counted = {person.person_id for person in near if person.max_in_plan is not None}
        needs = [need for need in asked.activities if need.demands]
        mine = {demand for need in needs for demand in need.demands}
        self.trainees = {asked.people[asked.demands[d].trainee].person_id for d in mine}
        self.linked = {
            key_of(demand)
            for demand in asked.demands
            if demand.index in mine or not mine.isdisjoint(demand.after)
        }
        self.linked.update(key_of(asked.demands[e]) for d in mine for e in asked.demands[d].after)
        self.items = {
            item
            for need in needs
            for alternatives in need.activity.equipment
            for item in alternatives
        }

    def could_matter(self, session: Session) -> bool:
        """Whether leaving the session out could change the answer."""
        if any((trainee, session.activity) in self.linked for trainee in session.trainees):
            return True
        if any(entry.staff_id in self.counted for entry in session.staff):
            return True
        return self._week_of(session) in self.weeks and (
            any(entry.staff_id in self.staff for entry in session.staff)
            or not self.trainees.isdisjoint(session.trainees)
            or not self.items.isdisjoint(session.equipment)
        )

    def _week_of(self, session: Session) -> int | None:
        day = self.grid.day_index.get(session.date)
        return None if day is None else self.grid.week_of_day[day]


def _stand(
    organisation: Organisation, setting: Setting, sessions: Iterable[Session], first: int
) -> list[tuple[Offering, int]]:
    """The offerings in use by standing sessions, narrowed to who is in them, and how many run."""
    by_id = {person.person_id: person for person in setting.people}
    need_of = {need.activity.code: need for need in setting.activities}
    department = {d.code: number for number, d in enumerate(organisation.departments)}
    used: dict[tuple[int, int, int], list[Session]] = defaultdict(list)
    for session in sessions:
        slot = slot_of(setting, session)
        if session.activity in need_of and slot is not None:
            need = need_of[session.activity]
            used[need.index, department[session.department], slot].append(session)
    return [
        (_narrowed(first + number, key, found, setting, by_id), len(found))
        for number, (key, found) in enumerate(sorted(used.items(), key=lambda item: item[0]))
    ]


def _narrowed(
    number: int,
    key: tuple[int, int, int],
    sessions: list[Session],
    setting: Setting,
    by_id: dict[str, Person],
) -> Offering:
    activity, department, slot = key
    need = setting.activities[activity]
    trainees = {by_id[trainee].index for session in sessions for trainee in session.trainees}
    serving: list[set[int]] = [set() for _ in need.roles]
    for session in sessions:
        waiting = [(entry.role, by_id[entry.staff_id].index) for entry in session.staff]
        for role, people in zip(need.roles, serving, strict=True):
            mine = [entry for entry in waiting if entry[0] == role.name][: role.count]
            waiting = [entry for entry in waiting if entry not in mine]
            people.update(person for _, person in mine)
    return Offering(
        index=number,
        activity=activity,
        department=department,
        slot=slot,
        length=need.activity.length,
        attendees=tuple(d for d in need.demands if setting.demands[d].trainee in trainees),
        roles=tuple(tuple(sorted(people)) for people in serving),
    )
