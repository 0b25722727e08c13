"""A problem of some demands only: those that may be planned anew, beside sessions that stand.

Questions about one requirement are asked many times over, each time of slightly other facts. So
only what the question is about is indexed: starts of the chosen demands, and the cover days that
they could touch. Amounts come from the facts as they are, so that somebody who is imagined to be
at work more is not asked to learn more (``Remembered``).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan, Session
from trainsched.problem.cover import exclusive_duties
from trainsched.problem.demands import ActivityNeed, Demand
from trainsched.problem.index import bound_stays_of, pins_of, travel_of
from trainsched.problem.offerings import Offering, Setting, make_offerings
from trainsched.problem.part import cover_days_touched, take_part
from trainsched.problem.people import Person
from trainsched.problem.problem import Problem
from trainsched.problem.published import index_published, slot_of
from trainsched.problem.remembered import Key, Remembered, key_of

Start = tuple[str, str, int]
"""Activity, department and first slot of a session."""


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
) -> ChosenProblem:
    """Index what concerns the chosen requirements and the standing sessions.

    ``remembered`` has indexed such organisations before. A standing session of an activity that
    chosen trainees could join must not be given: such trainees are to be chosen too. ``within``
    are the calendar weeks to which the new starts of some requirements are narrowed; what they
    have in other weeks is to be given as standing. ``starts`` leaves out all others.
    """
    indexed = remembered.index(organisation)
    setting, groups_of = indexed.setting, indexed.indexer.groups
    demand_of = {key_of(demand): demand.index for demand in setting.demands}
    asked = replace(setting, activities=_of_chosen(setting, chosen))
    offerings, refused = make_offerings(_kept_near(asked, within or {}))
    standing = tuple(standing)
    if within:
        offerings = _in_weeks(setting, offerings, within)
    if starts is not None:
        offerings = _beginning(setting, organisation, offerings, starts)
    offerings = _beside(setting, offerings, standing)
    free = len(offerings)
    days, groups = _touched(setting, groups_of, offerings)
    met = _Met(asked, groups_of, groups)
    counts: dict[int, int] = {}
    near = [session for session in standing if met.could_matter(session)]
    for offering, runs in _stand(organisation, setting, near, free):
        offerings += (offering,)
        counts[offering.index] = runs
    exclusive = exclusive_duties(organisation)
    limit = organisation.policy.limit("max_taught_periods_per_day")
    whole = Problem(
        organisation=organisation,
        setting=setting,
        offerings=offerings,
        refused=refused,
        cover_days=indexed.cover_days(days, groups),
        exclusive_duties=exclusive,
        bound_stays=bound_stays_of(organisation, setting.grid, setting.people, exclusive),
        pins=pins_of(organisation, setting, offerings[:free]),
        travel_minutes=travel_of(organisation),
        default_travel_minutes=organisation.policy.whole("default_travel_minutes"),
        max_taught_periods_per_day=None if limit is None else int(limit),
        published=index_published(organisation, setting, offerings, published),
    )
    part = take_part(whole, offerings, cover_days_touched(whole, offerings[:free]))
    return ChosenProblem(part.problem, counts, demand_of)


def _kept_near(asked: Setting, within: Mapping[Key, Collection[int]]) -> Setting:
    """The setting with no starts before the first or after the last week of any requirement."""
    if not within:
        return asked
    return replace(
        asked,
        demands=tuple(
            _between(demand, within[key]) if (key := key_of(demand)) in within else demand
            for demand in asked.demands
        ),
    )


def _between(demand: Demand, weeks: Collection[int]) -> Demand:
    timing = demand.timing
    first, last = min(weeks, default=0), max(weeks, default=0)
    narrower = timing.model_copy(
        update={
            "earliest_week": max(timing.earliest_week or first, first),
            "latest_week": last if timing.latest_week is None else min(timing.latest_week, last),
        }
    )
    requirement = demand.requirement.model_copy(update={"timing": narrower})
    return replace(demand, requirement=requirement)


def _in_weeks(
    setting: Setting, offerings: Iterable[Offering], within: Mapping[Key, Collection[int]]
) -> tuple[Offering, ...]:
    """The offerings, with requirements kept to their weeks."""
    weeks = {d.index: within[key] for d in setting.demands if (key := key_of(d)) in within}
    found: list[Offering] = []
    for offering in offerings:
        week = setting.grid.week_of(offering.slot)
        kept = tuple(d for d in offering.attendees if d not in weeks or week in weeks[d])
        if kept:
            found.append(replace(offering, index=len(found), attendees=kept))
    return tuple(found)


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


def _beside(
    setting: Setting, offerings: tuple[Offering, ...], standing: Sequence[Session]
) -> tuple[Offering, ...]:
    """The offerings without those who are in a standing session at the time."""
    by_id = {person.person_id: person.index for person in setting.people}
    taken: dict[int, int] = defaultdict(int)
    for session in standing:
        slot = slot_of(setting, session)
        if slot is not None:
            for name in (*session.trainees, *(entry.staff_id for entry in session.staff)):
                taken[by_id[name]] |= setting.grid.span(slot, session.length)
    if not taken:
        return offerings
    found: list[Offering] = []
    for offering in offerings:
        span = setting.grid.span(offering.slot, offering.length)
        need = setting.activities[offering.activity]
        attendees = tuple(
            d for d in offering.attendees if not taken[setting.demands[d].trainee] & span
        )
        roles = tuple(tuple(p for p in people if not taken[p] & span) for people in offering.roles)
        enough = all(len(p) >= r.count for p, r in zip(roles, need.roles, strict=True))
        if attendees and enough:
            found.append(replace(offering, index=len(found), attendees=attendees, roles=roles))
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
    """Which standing sessions share anything with what is asked: people, groups or equipment."""

    def __init__(self, asked: Setting, group_of: Sequence[int], groups: set[int]) -> None:
        self.staff = {
            person.person_id
            for person in asked.people
            if any(group_of[department] in groups for department in person.departments)
        }
        needs = [need for need in asked.activities if need.demands]
        self.trainees = {
            asked.people[asked.demands[demand].trainee].person_id
            for need in needs
            for demand in need.demands
        }
        self.items = {
            item
            for need in needs
            for alternatives in need.activity.equipment
            for item in alternatives
        }

    def could_matter(self, session: Session) -> bool:
        """Whether leaving the session out could change the answer."""
        return (
            any(entry.staff_id in self.staff for entry in session.staff)
            or not self.trainees.isdisjoint(session.trainees)
            or not self.items.isdisjoint(session.equipment)
        )


def _of_chosen(setting: Setting, chosen: Collection[Key]) -> tuple[ActivityNeed, ...]:
    return tuple(
        replace(
            need,
            demands=tuple(d for d in need.demands if key_of(setting.demands[d]) in chosen),
        )
        for need in setting.activities
    )


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
