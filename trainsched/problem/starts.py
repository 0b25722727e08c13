"""What offerings are made from, and when a trainee could begin a session, going by the facts."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from trainsched.domain.rules import RuleId
from trainsched.problem.demands import ActivityNeed, Demand, in_window
from trainsched.problem.people import Person
from trainsched.problem.slots import SlotGrid


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


def _has_equipment(setting: Setting, need: ActivityNeed, slot: int) -> bool:
    slots = range(slot, slot + need.activity.length)
    return all(
        any(all(setting.units[item][s] > 0 for s in slots) for item in alternatives)
        for alternatives in need.activity.equipment
    )


class Starts:
    """The starts of every demand, as masks of slots. What several demands share is kept."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.everything = (1 << (len(setting.grid.days) * setting.grid.periods)) - 1
        self._windows: dict[object, int] = {}
        self._hosts: dict[tuple[int, ...], dict[int, int]] = {}
        self._equipped: dict[object, int] = {}

    def of(self, demand: Demand) -> tuple[dict[int, int], Counter[RuleId]]:
        """The starts in each department, and how many each rule refused; see ``refusal_of_time``.

        The first rule that refuses a start is the one that counts.
        """
        need = self.setting.activities[demand.activity]
        length = need.activity.length
        trainee = self.setting.people[demand.trainee]
        refused: Counter[RuleId] = Counter()
        left = self.everything
        resting = _runs(trainee.usable, length)
        for rule, allowed in (
            (RuleId.TIME_WINDOW, self._window(demand, length)),
            (RuleId.TRAINING_DEMAND, self._weeks(demand)),
            (RuleId.AT_WORK, resting),
            (RuleId.REST_AFTER_ON_CALL, _runs(trainee.trainable, length)),
        ):
            refused[rule] += (left & ~allowed).bit_count()
            left &= allowed
        equipped = self._has_equipment(need)
        found: dict[int, int] = {}
        for department, days in self._where(demand, need).items():
            here = left & days
            there = here & _runs(self.setting.open_days[department], length)
            refused[RuleId.AT_WORK] += (here & ~there).bit_count()
            refused[RuleId.EQUIPMENT] += (there & ~equipped).bit_count()
            if there & equipped:
                found[department] = there & equipped
        return found, +refused

    def _window(self, demand: Demand, length: int) -> int:
        """The slots on days of the demand's window from which a session ends on the same day."""
        timing, grid = demand.timing, self.setting.grid
        key = timing.earliest_week, timing.latest_week, timing.deadline, length
        if key not in self._windows:
            positions = max(grid.periods - length + 1, 0)
            self._windows[key] = sum(
                ((1 << positions) - 1) << grid.slot(day, 0)
                for day in range(len(grid.days))
                if in_window(timing, grid, day)
            )
        return self._windows[key]

    def _weeks(self, demand: Demand) -> int:
        """The slots of weeks in which something is asked for; all where amounts are not weekly."""
        if not demand.weekly:
            return self.everything
        key = tuple(sorted(demand.weekly))
        if key not in self._windows:
            grid = self.setting.grid
            self._windows[key] = sum(
                grid.day_mask(day)
                for day, week in enumerate(grid.week_of_day)
                if week in demand.weekly
            )
        return self._windows[key]

    def _where(self, demand: Demand, need: ActivityNeed) -> dict[int, int]:
        """The slots by the department in which the trainee would have the session."""
        if need.department is not None:
            return {need.department: self.everything}
        hosts = self.setting.people[demand.trainee].hosts
        if hosts not in self._hosts:
            masks = dict.fromkeys(sorted(set(hosts)), 0)
            for day, department in enumerate(hosts):
                masks[department] |= self.setting.grid.day_mask(day)
            self._hosts[hosts] = masks
        return self._hosts[hosts]

    def _has_equipment(self, need: ActivityNeed) -> int:
        """The slots from which some item of each list is there for the whole session."""
        mask = self.everything
        for alternatives in need.activity.equipment:
            key = alternatives, need.activity.length
            if key not in self._equipped:
                self._equipped[key] = 0
                for item in alternatives:
                    there = sum(1 << slot for slot, n in enumerate(self.setting.units[item]) if n)
                    self._equipped[key] |= _runs(there, need.activity.length)
            mask &= self._equipped[key]
        return mask


def _runs(mask: int, length: int) -> int:
    """The slots of the mask that begin so many of it in a row, across days or not."""
    runs = mask
    for later in range(1, length):
        runs &= mask >> later
    return runs


def slots_of(mask: int) -> Iterator[int]:
    """The slots of a mask, in order of time."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
