"""Which sessions are possible at all: offerings, and the rules that refuse the others.

An *offering* is an activity that may start in a slot at a department, with the trainees who may
attend and the staff who may fill each role. Any number of sessions of it may run side by side.
Only facts are judged here; what sessions do to each other is the model's matter.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trainsched.domain.people import meets_band
from trainsched.domain.rules import RuleId
from trainsched.problem.demands import ActivityNeed, RoleNeed
from trainsched.problem.people import Person
from trainsched.problem.starts import Setting, Starts, slots_of


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


def make_offerings(
    setting: Setting, within: Mapping[int, int] | None = None
) -> tuple[tuple[Offering, ...], tuple[Counter[RuleId], ...]]:
    """Every possible offering, and for each demand how many starts each rule refused.

    ``within``: for some demands the mask of the only starts that are looked at.
    """
    starts = Starts(setting)
    refused: list[Counter[RuleId]] = [Counter() for _ in setting.demands]
    offerings: list[Offering] = []
    for need in setting.activities:
        attendees = _attendees(starts, need, refused, within or {})
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
    starts: Starts,
    need: ActivityNeed,
    refused: Sequence[Counter[RuleId]],
    within: Mapping[int, int],
) -> dict[tuple[int, int], list[int]]:
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number in need.demands:
        possible, counts = starts.of(starts.setting.demands[number])
        refused[number].update(counts)
        for department, mask in possible.items():
            for slot in slots_of(mask & within.get(number, mask)):
                found[department, slot].append(number)
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
