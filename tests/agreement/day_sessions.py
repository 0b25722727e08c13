"""Every set of sessions that one day allows, whatever the other days hold.

Part of the oracle. Rules that look at one date only are judged here; the others in brute_force.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, combinations, product

from tests.agreement.presence import WhoIsWhere
from trainsched.domain.curriculum import TRAINING_OFFICER, Activity, Kind, Requirement, Role
from trainsched.domain.people import Staff, meets_band

DAYS_FOR_THE_WHOLE_AMOUNT = 3
DAYS_IN_A_WEEK_OF_WORK = 5


@dataclass(frozen=True)
class Sitting:
    """One possible session on one date. ``staff``: the role's place in the list, and a person."""

    activity: Activity
    department: str
    day: date
    positions: tuple[int, ...]
    trainees: tuple[str, ...]
    staff: tuple[tuple[int, str], ...]
    equipment: tuple[str, ...]

    def __str__(self) -> str:
        people = " ".join(self.people)
        return f"{self.activity.code} at {self.department} {self.day} {self.positions}: {people}"

    @property
    def people(self) -> tuple[str, ...]:
        """Staff, then trainees."""
        return tuple(person for _, person in self.staff) + self.trainees

    @property
    def first_role(self) -> frozenset[str]:
        """Who fills the first role."""
        return frozenset(person for place, person in self.staff if place == 0)


def required_in_week(where: WhoIsWhere, requirement: Requirement, week: int) -> int:
    """How many sessions a weekly amount asks for in one calendar week."""
    per_week = requirement.timing.per_week
    assert per_week is not None
    days = sum(
        in_window(where, requirement, day) and where.day_at_work(requirement.trainee_id, day)
        for day in where.calendar.dates_of_week(week)
    )
    # What stays of an earlier plan is asked for, whoever is away later that week.
    stays = sum(
        where.locked[requirement.trainee_id, requirement.activity, day]
        for day in where.calendar.dates_of_week(week)
        if in_window(where, requirement, day)
    )
    if days >= DAYS_FOR_THE_WHOLE_AMOUNT:
        return max(per_week, stays)
    # Half up, in whole numbers: floor(x / 5 + 1 / 2).
    rounded = (2 * per_week * days + DAYS_IN_A_WEEK_OF_WORK) // (2 * DAYS_IN_A_WEEK_OF_WORK)
    return max(rounded, stays)


def required_in_all(where: WhoIsWhere, requirement: Requirement) -> int:
    """How many sessions the trainee must receive of the activity over the plan."""
    if requirement.timing.sessions is not None:
        return requirement.timing.sessions
    return sum(required_in_week(where, requirement, w) for w in where.calendar.week_numbers)


def in_window(where: WhoIsWhere, requirement: Requirement, day: date) -> bool:
    """Whether the date is inside the activity's weeks and not after its deadline."""
    timing, week = requirement.timing, where.calendar.week_number(day)
    return (
        (timing.earliest_week is None or week >= timing.earliest_week)
        and (timing.latest_week is None or week <= timing.latest_week)
        and (timing.deadline is None or day <= timing.deadline)
    )


class DaySessions:
    """The sets of sessions that one date allows by itself."""

    def __init__(self, where: WhoIsWhere, day: date) -> None:
        self.where = where
        self.day = day
        self.organisation = where.organisation
        self.requirements = {
            (requirement.trainee_id, requirement.activity): requirement
            for requirement in self.organisation.requirements
            if required_in_all(where, requirement) > 0
        }

    def sittings(self) -> list[Sitting]:
        """Every session that the date allows when it is alone."""
        found = []
        for activity in self.organisation.activities:
            for trainees in self._groups(activity):
                department = self._department(activity, trainees)
                if department is None or self.where.closed(department, self.day):
                    continue
                for first in range(len(self.where.calendar.periods) - activity.length + 1):
                    positions = tuple(range(first, first + activity.length))
                    if all(self._can_attend(person, positions) for person in trainees):
                        found += self._staffed(activity, department, positions, trainees)
        return found

    def sets(self) -> Iterator[tuple[Sitting, ...]]:
        """Every set of sessions that keeps the rules of one day (cover and travel apart)."""
        return self._extend((), self.sittings())

    def _extend(
        self, chosen: tuple[Sitting, ...], possible: list[Sitting]
    ) -> Iterator[tuple[Sitting, ...]]:
        # Every rule judged here, once broken, stays broken when sessions are added.
        if not self._keeps_the_rules_of_a_day(chosen):
            return
        yield chosen
        for number, sitting in enumerate(possible):
            fitting = [other for other in possible[number + 1 :] if not meet(sitting, other)]
            yield from self._extend((*chosen, sitting), fitting)

    def _groups(self, activity: Activity) -> Iterator[tuple[str, ...]]:
        """Sets of trainees who may share one session of the activity on the date."""
        everybody = [person for person, code in sorted(self.requirements) if code == activity.code]
        welcome = [
            person
            for person in everybody
            if in_window(self.where, self.requirements[person, activity.code], self.day)
        ]
        largest = len(everybody) if activity.group_max is None else activity.group_max
        sizes = range(max(1, activity.group_min), min(largest, len(welcome)) + 1)
        if activity.together:
            sizes = range(len(everybody), len(everybody) + (len(everybody) in sizes))
        return chain.from_iterable(combinations(welcome, size) for size in sizes)

    def _department(self, activity: Activity, trainees: tuple[str, ...]) -> str | None:
        if activity.department is not None:
            return activity.department
        hosts = {self.where.host(person, self.day) for person in trainees}
        return hosts.pop() if len(hosts) == 1 else None

    def _can_attend(self, person_id: str, positions: tuple[int, ...]) -> bool:
        return all(
            self.where.usable(person_id, self.day, position)
            and not self.where.resting(person_id, self.day, position)
            for position in positions
        )

    def _staffed(
        self,
        activity: Activity,
        department: str,
        positions: tuple[int, ...],
        trainees: tuple[str, ...],
    ) -> Iterator[Sitting]:
        for equipment in self._equipped(activity, positions):
            for staff in self._teams(activity, department, positions, trainees, 0, ()):
                yield Sitting(activity, department, self.day, positions, trainees, staff, equipment)

    def _teams(
        self,
        activity: Activity,
        department: str,
        positions: tuple[int, ...],
        trainees: tuple[str, ...],
        place: int,
        team: tuple[tuple[int, str], ...],
    ) -> Iterator[tuple[tuple[int, str], ...]]:
        """Every way to fill the roles from ``place`` on with different people."""
        if place == len(activity.roles):
            yield team
            return
        taken = {person for _, person in team}
        able = [
            person.staff_id
            for person in self.organisation.staff
            if person.staff_id not in taken
            and self._can_attend(person.staff_id, positions)
            and self._may_fill(person, activity, place, department, trainees)
        ]
        for people in combinations(able, activity.roles[place].count):
            more = (*team, *((place, person) for person in people))
            yield from self._teams(activity, department, positions, trainees, place + 1, more)

    def _may_fill(
        self,
        person: Staff,
        activity: Activity,
        place: int,
        department: str,
        trainees: tuple[str, ...],
    ) -> bool:
        role: Role = activity.roles[place]
        if not person.trains or not meets_band(person.band, role.min_band):
            return False
        if role.competences and not any(c in person.competences for c in role.competences):
            return False
        named = place == 0 and bool(activity.staff)
        if named and person.staff_id not in activity.staff:
            return False
        if role.name == TRAINING_OFFICER:
            officers = {self.organisation.trainee_by_id[t].training_officer for t in trainees}
            return person.staff_id in officers
        return named or department in person.departments

    def _equipped(
        self, activity: Activity, positions: tuple[int, ...]
    ) -> Iterator[tuple[str, ...]]:
        choices = {tuple(sorted(items)) for items in product(*activity.equipment)}
        for items in sorted(choices):
            if all(self._enough(Counter(items), position) for position in positions):
                yield items

    def _enough(self, used: Counter[str], position: int) -> bool:
        period = self.where.period(position)
        return all(
            units
            <= sum(
                row.units_at(self.day, period)
                for row in self.organisation.equipment
                if row.item == item
            )
            for item, units in used.items()
        )

    def _keeps_the_rules_of_a_day(self, chosen: tuple[Sitting, ...]) -> bool:
        for position in range(len(self.where.calendar.periods)):
            used: Counter[str] = Counter()
            for sitting in chosen:
                if position in sitting.positions:
                    used.update(sitting.equipment)
            if not self._enough(used, position):
                return False
        given: Counter[str] = Counter()
        taught: Counter[str] = Counter()
        received: Counter[tuple[str, str]] = Counter()
        for sitting in chosen:
            received.update((person, sitting.activity.code) for person in sitting.trainees)
            if sitting.activity.kind is Kind.STUDY:
                continue
            given.update(person for _, person in sitting.staff)
            for person in sitting.trainees:
                taught[person] += sitting.activity.length
        most_taught = self.organisation.policy.limit("max_taught_periods_per_day")
        return (
            all(most_taught is None or periods <= most_taught for periods in taught.values())
            and all(self._within_daily_cap(*item) for item in given.items())
            and all(self._within_daily_limits(*item) for item in received.items())
        )

    def _within_daily_cap(self, staff_id: str, sessions: int) -> bool:
        person = self.organisation.staff_by_id[staff_id]
        cap = person.max_training_per_day
        if cap is None:
            cap = self.organisation.policy.limit_for("max_training_per_day", person.wte)
        return cap is None or sessions <= cap

    def _within_daily_limits(self, key: tuple[str, str], sessions: int) -> bool:
        timing = self.requirements[key].timing
        one_a_day = bool(timing.min_gap_days)
        return (
            (timing.max_per_day is None or sessions <= timing.max_per_day)
            and not (one_a_day and sessions > 1)
            and (timing.max_per_week is None or sessions <= timing.max_per_week)
            and sessions <= required_in_all(self.where, self.requirements[key])
        )


def meet(one: Sitting, other: Sitting) -> bool:
    """Whether two sessions of a day want one person at the same time."""
    same_time = set(one.positions) & set(other.positions)
    return bool(same_time and set(one.people) & set(other.people))
