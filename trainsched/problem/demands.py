"""What is asked for: activities and each trainee's demand, with weekly amounts worked out."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from trainsched.domain.curriculum import TRAINING_OFFICER, Activity, Kind, Requirement, Timing
from trainsched.domain.duties import Priority
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan
from trainsched.problem.people import Person
from trainsched.problem.slots import SlotGrid

PRIORITIES: tuple[Priority, ...] = (Priority.MUST, Priority.SHOULD, Priority.COULD)
MUST = PRIORITIES.index(Priority.MUST)
FULL_WEEK_DAYS = 5
FULL_AMOUNT_FROM_DAYS = 3


@dataclass(frozen=True, slots=True)
class RoleNeed:
    """A role of an activity. ``only`` are the staff who alone may fill it, None for anybody."""

    name: str
    competences: frozenset[str]
    min_band: str | None
    count: int
    of_officers: bool
    only: frozenset[int] | None


@dataclass(frozen=True, slots=True)
class ActivityNeed:
    """An activity, indexed. ``group_max`` is a number even where the facts have no limit."""

    index: int
    activity: Activity
    department: int | None
    roles: tuple[RoleNeed, ...]
    group_max: int
    demands: tuple[int, ...]

    @property
    def is_study(self) -> bool:
        """Study needs no staff and counts in no load."""
        return self.activity.kind is Kind.STUDY

    @property
    def is_solo(self) -> bool:
        """One trainee a session: a session and its trainee's attendance are one thing."""
        return self.group_max == 1 and not self.activity.together


@dataclass(frozen=True, slots=True)
class Demand:
    """What one trainee needs of one activity. ``weekly`` is empty unless amounts are by week."""

    index: int
    trainee: int
    activity: int
    requirement: Requirement
    required: int
    weekly: dict[int, int]
    priority: int
    officer: int | None
    after: tuple[int, ...] = ()

    @property
    def timing(self) -> Timing:
        """Windows, spacing and order."""
        return self.requirement.timing


def index_demands(
    organisation: Organisation,
    grid: SlotGrid,
    people: tuple[Person, ...],
    published: Plan | None = None,
) -> tuple[tuple[ActivityNeed, ...], tuple[Demand, ...]]:
    """Number the activities that somebody needs, and the demands for them.

    Days away may lower what is asked for in a week, but not below what stays of an earlier plan.
    """
    locked = _locked_by_week(organisation, grid, published)
    by_id = {person.person_id: person.index for person in people}
    codes = sorted({need.activity for need in organisation.requirements})
    number = {code: position for position, code in enumerate(codes)}
    demands: list[Demand] = []
    for requirement in organisation.requirements:
        trainee = organisation.trainee_by_id[requirement.trainee_id]
        person = people[by_id[requirement.trainee_id]]
        key = requirement.trainee_id, requirement.activity
        weekly = _weekly_amounts(requirement.timing, grid, person, locked[key])
        required = requirement.timing.sessions
        demands.append(
            Demand(
                index=len(demands),
                trainee=person.index,
                activity=number[requirement.activity],
                requirement=requirement,
                required=sum(weekly.values()) if required is None else required,
                weekly=weekly,
                priority=PRIORITIES.index(requirement.timing.priority),
                officer=by_id.get(trainee.training_officer or ""),
            )
        )
    demands = [demand for demand in demands if demand.required > 0]
    demands = _numbered_with_order(demands, number)
    needs = tuple(
        _activity_need(organisation, number[code], code, demands, by_id) for code in codes
    )
    return needs, tuple(demands)


def _numbered_with_order(demands: list[Demand], number: dict[str, int]) -> list[Demand]:
    position = {(d.trainee, d.activity): place for place, d in enumerate(demands)}
    return [
        Demand(
            index=place,
            trainee=demand.trainee,
            activity=demand.activity,
            requirement=demand.requirement,
            required=demand.required,
            weekly=demand.weekly,
            priority=demand.priority,
            officer=demand.officer,
            after=tuple(
                position[demand.trainee, number[code]]
                for code in sorted(set(demand.timing.after))
                if code in number and (demand.trainee, number[code]) in position
            ),
        )
        for place, demand in enumerate(demands)
    ]


def _locked_by_week(
    organisation: Organisation, grid: SlotGrid, published: Plan | None
) -> dict[tuple[str, str], Counter[int]]:
    """How many sessions that must stay each trainee has of each activity, by calendar week."""
    found: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    until = organisation.locked_until
    if published is not None and until is not None:
        timings = {(n.trainee_id, n.activity): n.timing for n in organisation.requirements}
        for session in published.sessions:
            day = grid.day_index.get(session.date)
            if session.date >= until or day is None:
                continue
            for trainee in session.trainees:
                timing = timings.get((trainee, session.activity))
                if timing is not None and in_window(timing, grid, day):
                    found[trainee, session.activity][grid.week_of_day[day]] += 1
    return found


def _weekly_amounts(
    timing: Timing, grid: SlotGrid, person: Person, locked: Counter[int]
) -> dict[int, int]:
    """Sessions asked for in each calendar week: in full from three days at work, else pro rata.

    Never less than are ``locked``.
    """
    if timing.per_week is None:
        return {}
    days: dict[int, int] = {}
    for number in range(len(grid.days)):
        if person.days_at_work >> number & 1 and in_window(timing, grid, number):
            week = grid.week_of_day[number]
            days[week] = days.get(week, 0) + 1
    amounts: dict[int, int] = {}
    for week, at_work in days.items():
        if at_work >= FULL_AMOUNT_FROM_DAYS:
            amounts[week] = timing.per_week
        else:
            halves = 2 * timing.per_week * at_work + FULL_WEEK_DAYS
            amounts[week] = halves // (2 * FULL_WEEK_DAYS)
    for week, number in sorted(locked.items()):
        amounts[week] = max(amounts.get(week, 0), number)
    return {week: amount for week, amount in amounts.items() if amount > 0}


def in_window(timing: Timing, grid: SlotGrid, day: int) -> bool:
    """Whether the day is inside the weeks and before the deadline."""
    week = grid.week_of_day[day]
    return (
        (timing.earliest_week is None or week >= timing.earliest_week)
        and (timing.latest_week is None or week <= timing.latest_week)
        and (timing.deadline is None or grid.days[day] <= timing.deadline)
    )


def _activity_need(
    organisation: Organisation,
    index: int,
    code: str,
    demands: list[Demand],
    by_id: dict[str, int],
) -> ActivityNeed:
    activity = organisation.activity_by_code[code]
    mine = tuple(demand.index for demand in demands if demand.activity == index)
    departments = {d.code: number for number, d in enumerate(organisation.departments)}
    named = frozenset(by_id[staff_id] for staff_id in activity.staff)
    roles = tuple(
        RoleNeed(
            name=role.name,
            competences=frozenset(role.competences),
            min_band=role.min_band,
            count=role.count,
            of_officers=role.name == TRAINING_OFFICER,
            only=named if position == 0 and named else None,
        )
        for position, role in enumerate(activity.roles)
        if activity.kind is not Kind.STUDY
    )
    return ActivityNeed(
        index=index,
        activity=activity,
        department=None if activity.department is None else departments[activity.department],
        roles=roles,
        group_max=max(len(mine), 1) if activity.group_max is None else activity.group_max,
        demands=mine,
    )
