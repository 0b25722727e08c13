"""Which sessions are possible at all: offerings, and the rules that refuse the others.

An *offering* is an activity that may start in a slot at a department, with the trainees who may
attend and the staff who may fill each role. Any number of sessions of it may run side by side.
Only facts are judged here; what sessions do to each other is the model's matter.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from trainsched.domain.people import meets_band
from trainsched.domain.rules import RuleId
from trainsched.problem.demands import ActivityNeed, Demand, RoleNeed, in_window
from trainsched.problem.people import Person
from trainsched.problem.slots import SlotGrid


@dataclass(frozen=True, slots=True)
class Offering:
    """An activity, a department and a first slot. ``attendees`` are demands, ``roles`` people."""

    index: int
    activity: int
    department: int
    slot: int
    length: int
    attendees: tuple[int, ...]
    roles: tuple[tuple[int, ...], ...]

    @property
    def slots(self) -> range:
        """Every slot that a session of the offering takes."""
        return range(self.slot, self.slot + self.length)


@dataclass(frozen=True, slots=True)
class Setting:
    """What offerings are made from."""

    grid: SlotGrid
    people: tuple[Person, ...]
    activities: tuple[ActivityNeed, ...]
    demands: tuple[Demand, ...]
    open_days: tuple[int, ...]
    """For each department, the mask of slots in which it is open."""
    units: dict[str, tuple[int, ...]]
    """For each item of equipment, the units available in each slot."""


def refusal_of_time(setting: Setting, demand: Demand, slot: int) -> RuleId | None:
    """The rule that keeps this trainee from a session that starts in the slot, None if none."""
    grid, need = setting.grid, setting.activities[demand.activity]
    trainee = setting.people[demand.trainee]
    day, length = grid.day_of(slot), need.activity.length
    if grid.position_of(slot) + length > grid.periods or not in_window(demand.timing, grid, day):
        return RuleId.TIME_WINDOW
    if demand.weekly and grid.week_of(slot) not in demand.weekly:
        return RuleId.TRAINING_DEMAND
    span = grid.span(slot, length)
    if trainee.trainable & span != span:
        resting = trainee.usable & span == span
        return RuleId.REST_AFTER_ON_CALL if resting else RuleId.AT_WORK
    where = host_of(setting, demand, slot)
    if setting.open_days[where] & span != span:
        return RuleId.AT_WORK
    if not _has_equipment(setting, need, slot):
        return RuleId.EQUIPMENT
    return None


def host_of(setting: Setting, demand: Demand, slot: int) -> int:
    """The department in which the trainee would have this session."""
    named = setting.activities[demand.activity].department
    if named is not None:
        return named
    return setting.people[demand.trainee].hosts[setting.grid.day_of(slot)]


def may_fill(role: RoleNeed, person: Person, department: int, officers: frozenset[int]) -> bool:
    """Whether the person may fill the role of a session in the department, time not considered."""
    if not person.is_staff or not person.trains:
        return False
    if role.only is not None and person.index not in role.only:
        return False
    if role.competences and not role.competences & person.competences:
        return False
    if not meets_band(person.band, role.min_band):
        return False
    if role.of_officers:
        return person.index in officers
    return role.only is not None or department in person.departments


def _has_equipment(setting: Setting, need: ActivityNeed, slot: int) -> bool:
    slots = range(slot, slot + need.activity.length)
    return all(
        any(all(setting.units[item][s] > 0 for s in slots) for item in alternatives)
        for alternatives in need.activity.equipment
    )


def make_offerings(
    setting: Setting,
) -> tuple[tuple[Offering, ...], tuple[Counter[RuleId], ...]]:
    """Every possible offering, and for each demand how many starts each rule refused."""
    refused: list[Counter[RuleId]] = [Counter() for _ in setting.demands]
    offerings: list[Offering] = []
    for need in setting.activities:
        attendees = _attendees(setting, need, refused)
        fillers = _Fillers(setting, need)
        for (department, slot), demands in sorted(attendees.items(), key=_by_slot):
            problem = _group_refusal(need, demands)
            roles = fillers.at(department, slot, demands) if problem is None else ()
            if roles is None:
                problem = RuleId.QUALIFIED
            if problem is not None:
                for demand in demands:
                    refused[demand][problem] += 1
                continue
            offerings.append(
                Offering(
                    index=len(offerings),
                    activity=need.index,
                    department=department,
                    slot=slot,
                    length=need.activity.length,
                    attendees=tuple(demands),
                    roles=roles or (),
                )
            )
    return tuple(offerings), tuple(refused)


def _by_slot(item: tuple[tuple[int, int], list[int]]) -> tuple[int, int]:
    (department, slot), _ = item
    return slot, department


def _attendees(
    setting: Setting, need: ActivityNeed, refused: Sequence[Counter[RuleId]]
) -> dict[tuple[int, int], list[int]]:
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    slots = len(setting.grid.days) * setting.grid.periods
    for number in need.demands:
        demand = setting.demands[number]
        for slot in range(slots):
            rule = refusal_of_time(setting, demand, slot)
            if rule is None:
                found[host_of(setting, demand, slot), slot].append(number)
            else:
                refused[number][rule] += 1
    return found


def _group_refusal(need: ActivityNeed, demands: list[int]) -> RuleId | None:
    size = len(demands)
    if need.activity.together:
        if size < len(need.demands) or not need.activity.group_min <= size <= need.group_max:
            return RuleId.GROUP_SIZE
        return None
    return RuleId.GROUP_SIZE if size < need.activity.group_min else None


class _Fillers:
    """Who may fill the roles of one activity, worked out once for each department."""

    def __init__(self, setting: Setting, need: ActivityNeed) -> None:
        self.setting = setting
        self.need = need
        self.by_department: dict[int, tuple[tuple[Person, ...], ...]] = {}

    def at(
        self, department: int, slot: int, demands: list[int]
    ) -> tuple[tuple[int, ...], ...] | None:
        """People for each role in the slot; None when some role cannot be filled."""
        span = self.setting.grid.span(slot, self.need.activity.length)
        present: set[int] | None = None
        roles: list[tuple[int, ...]] = []
        for role, people in zip(self.need.roles, self._qualified(department), strict=True):
            free = tuple(p.index for p in people if p.trainable & span == span)
            if role.of_officers:
                if present is None:
                    officers = {self.setting.demands[d].officer for d in demands}
                    present = {officer for officer in officers if officer is not None}
                free = tuple(p for p in free if p in present)
            if len(free) < role.count:
                return None
            roles.append(free)
        return tuple(roles)

    def _qualified(self, department: int) -> tuple[tuple[Person, ...], ...]:
        if department not in self.by_department:
            officers = frozenset(
                officer
                for d in self.need.demands
                if (officer := self.setting.demands[d].officer) is not None
            )
            self.by_department[department] = tuple(
                tuple(
                    person
                    for person in self.setting.people
                    if may_fill(role, person, department, officers) and _may_train(person)
                )
                for role in self.need.roles
            )
        return self.by_department[department]


def _may_train(person: Person) -> bool:
    return 0 not in (person.max_per_week, person.max_per_day, person.max_in_plan)
