"""A problem of some demands only: those that may be planned anew, beside sessions that stand.

Questions about one requirement are asked many times over, each time of slightly other facts. So
only what the question is about is indexed: starts of the chosen demands, and the cover days that
they could touch. Amounts come from the facts as they are, so that somebody who is imagined to be
at work more is not asked to learn more.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan, Session
from trainsched.problem.cover import CoverIndexer, exclusive_duties
from trainsched.problem.demands import ActivityNeed, Demand, index_demands
from trainsched.problem.index import (
    bound_stays_of,
    open_days_of,
    pins_of,
    travel_of,
    units_of,
)
from trainsched.problem.offerings import Offering, Setting, make_offerings
from trainsched.problem.part import cover_days_touched, take_part
from trainsched.problem.people import Person, index_people
from trainsched.problem.problem import Problem
from trainsched.problem.published import index_published, slot_of
from trainsched.problem.slots import make_grid

Key = tuple[str, str]
"""A requirement: trainee and activity."""


@dataclass(frozen=True, slots=True)
class ChosenProblem:
    """The problem, and which of its offerings are sessions that stand, with how many of them."""

    problem: Problem
    standing: dict[int, int]
    demand_of: dict[Key, int]


def key_of(demand: Demand) -> Key:
    """Trainee and activity of a demand."""
    return demand.requirement.trainee_id, demand.requirement.activity


def index_chosen(
    organisation: Organisation,
    chosen: Collection[Key],
    *,
    amounts: Sequence[Demand],
    standing: Iterable[Session] = (),
    published: Plan | None = None,
) -> ChosenProblem:
    """Index what concerns the chosen requirements and the standing sessions.

    ``amounts`` are the demands of the facts as they are. A standing session of an activity that
    chosen trainees could join must not be given: such trainees are to be chosen too.
    """
    setting = _setting(organisation, amounts)
    demand_of = {key_of(demand): demand.index for demand in setting.demands}
    asked = replace(setting, activities=_of_chosen(setting, chosen))
    offerings, refused = make_offerings(asked)
    free = len(offerings)
    indexer = CoverIndexer(organisation, setting.grid, setting.people, setting.open_days)
    days, groups = _touched(setting, indexer.groups, offerings)
    met = _Met(asked, indexer.groups, groups)
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
        cover_days=indexer.days(days, groups),
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


def _setting(organisation: Organisation, amounts: Sequence[Demand]) -> Setting:
    grid = make_grid(organisation.calendar)
    people = index_people(organisation, grid)
    activities, demands = index_demands(organisation, grid, people)
    known = {key_of(demand): demand for demand in amounts}
    return Setting(
        grid=grid,
        people=people,
        activities=activities,
        demands=tuple(_with_amount(demand, known.get(key_of(demand))) for demand in demands),
        open_days=open_days_of(organisation, grid),
        units=units_of(organisation, grid),
    )


def _with_amount(demand: Demand, known: Demand | None) -> Demand:
    if known is None:
        return demand
    return replace(demand, required=known.required, weekly=known.weekly)


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
