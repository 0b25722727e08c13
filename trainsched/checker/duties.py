"""The places that duties ask for, who can fill them, and days as the search wants them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from functools import cached_property

from trainsched.checker.attendance import Attendance, DutyKey
from trainsched.checker.days import LEVELS, Day, Need
from trainsched.domain.duties import Duty, Presence
from trainsched.domain.organisation import Organisation
from trainsched.domain.people import Staff, meets_band


class Journeys:
    """Minutes between sites, and whether there is time for them between two periods of a day."""

    def __init__(self, organisation: Organisation) -> None:
        self._periods = organisation.calendar.periods
        self._minutes = {
            (leg.from_site, leg.to_site): leg.minutes for leg in reversed(organisation.travel)
        }
        known = {value.name for value in organisation.policy.values}
        self._default = (
            organisation.policy.whole("default_travel_minutes")
            if "default_travel_minutes" in known
            else 0
        )

    def minutes(self, from_site: str, to_site: str) -> int:
        """Minutes from one site to the other; the other direction stands in where not listed."""
        if from_site == to_site:
            return 0
        back = self._minutes.get((to_site, from_site), self._default)
        return self._minutes.get((from_site, to_site), back)

    def too_far(self, first: int, from_site: str, second: int, to_site: str) -> bool:
        """Whether the time from the end of one period to the start of another is too short."""
        between = self._periods[second].start - self._periods[first].end
        return from_site != to_site and between < self.minutes(from_site, to_site)


class DutyBook:
    """The Duties rows by department and duty, and who could fill their places."""

    def __init__(
        self, organisation: Organisation, attendance: Attendance, journeys: Journeys
    ) -> None:
        self._organisation = organisation
        self._attendance = attendance
        self._journeys = journeys
        self._rows: dict[DutyKey, list[Duty]] = defaultdict(list)
        for row in organisation.duties:
            self._rows[row.department, row.duty].append(row)
        self._rostered: dict[tuple[DutyKey, date, int], list[str]] = defaultdict(list)
        for entry in organisation.roster:
            position = organisation.calendar.period_names.index(entry.period)
            duty = attendance.rostered_duty(entry.person_id, entry.date, position)
            if duty is not None:
                self._rostered[duty, entry.date, position].append(entry.person_id)
        self._falling: dict[tuple[DutyKey, date], tuple[Duty, ...]] = {}
        self._falling_at: dict[tuple[DutyKey, date, int], tuple[Duty, ...]] = {}
        self._positions: dict[tuple[str, ...] | None, tuple[int, ...]] = {}
        self._people: dict[tuple[str, ...], list[str]] = {}
        self._staff_able: dict[int, tuple[Duty, dict[str, bool]]] = {}
        self._in_roster = {duty for duty, _, _ in self._rostered}
        self.groups = _groups_that_share_staff(organisation)

    @cached_property
    def duties(self) -> tuple[DutyKey, ...]:
        """Every duty that has a row, sorted."""
        return tuple(sorted(self._rows))

    @cached_property
    def _duties_by_department(self) -> dict[str, list[DutyKey]]:
        found: dict[str, list[DutyKey]] = defaultdict(list)
        for duty in self.duties:
            found[duty[0]].append(duty)
        return dict(found)

    def duties_of(self, group: Iterable[str]) -> list[DutyKey]:
        """Every duty of the departments that has a row."""
        return [duty for code in group for duty in self._duties_by_department.get(code, [])]

    def site(self, department: str) -> str:
        """The department's site; the code itself for an unknown one."""
        known = self._organisation.department_by_code.get(department)
        return known.site if known is not None else department

    def is_known(self, duty: DutyKey) -> bool:
        """Whether the workbook knows of the duty, from its Duties or its roster."""
        return duty in self._rows or duty in self._in_roster

    def is_exclusive(self, duty: DutyKey) -> bool:
        """Whether the duty takes the whole person. A duty of the roster alone does."""
        return duty not in self._on_site_only

    @cached_property
    def _on_site_only(self) -> frozenset[DutyKey]:
        return frozenset(
            duty
            for duty, rows in self._rows.items()
            if not any(row.presence is Presence.EXCLUSIVE for row in rows)
        )

    def positions(self, row: Duty) -> tuple[int, ...]:
        """The positions of the periods that the row lists."""
        if row.periods not in self._positions:
            names = self._organisation.calendar.period_names
            self._positions[row.periods] = tuple(
                position
                for position, name in enumerate(names)
                if row.periods is None or name in row.periods
            )
        return self._positions[row.periods]

    def rows_on(self, duty: DutyKey, day: date) -> tuple[Duty, ...]:
        """The rows of the duty that ask for people on the date."""
        if (duty, day) not in self._falling:
            is_open = self._attendance.department_open(duty[0], day)
            rows = self._rows.get(duty, []) if is_open else []
            self._falling[duty, day] = tuple(row for row in rows if row.falls_on(day))
        return self._falling[duty, day]

    def rows_at(self, duty: DutyKey, day: date, position: int) -> tuple[Duty, ...]:
        """The rows of the duty that ask for people in the slot."""
        key = duty, day, position
        if key not in self._falling_at:
            name = self._organisation.calendar.period_names[position]
            self._falling_at[key] = tuple(
                row for row in self.rows_on(duty, day) if row.periods is None or name in row.periods
            )
        return self._falling_at[key]

    def holds_what_it_needs(self, person_id: str, row: Duty, day: date, position: int) -> bool:
        """Whether the person may fill places of the row: competence, band, department."""
        staff = self._organisation.staff_by_id.get(person_id)
        if staff is not None:
            # The row is kept with its answers, so that no other can come to have its number.
            _, known = self._staff_able.setdefault(id(row), (row, {}))
            if person_id not in known:
                known[person_id] = _fits(staff, row)
            return known[person_id]
        trainee = self._organisation.trainee_by_id.get(person_id)
        if trainee is None or trainee.supernumerary or row.min_band is not None:
            return False
        able = not row.competences or not set(row.competences).isdisjoint(trainee.competences)
        named = self._attendance.rostered_duty(person_id, day, position)
        hosted = self._attendance.host(person_id, day) == row.department
        return able and (hosted or named == (row.department, row.duty))

    def could_fill(self, person_id: str, row: Duty, day: date, position: int) -> bool:
        """Whether the person could be in a place of the row in the slot, were they not training."""
        if not self.holds_what_it_needs(person_id, row, day, position):
            return False
        duty = (row.department, row.duty)
        if self._attendance.free_for_duty(person_id, duty, day, position):
            return True
        fixed = self._attendance.fixed_duty(person_id, day, position)
        same_site = fixed is not None and self.site(fixed[0]) == self.site(row.department)
        return same_site and row.presence is Presence.ON_SITE

    def rostered_on(self, duty: DutyKey, day: date, position: int) -> list[str]:
        """Everybody whom the roster puts on the duty in the slot, sorted."""
        return sorted(self._rostered.get((duty, day, position), []))

    def rostered_and_able(self, duty: DutyKey, day: date, position: int) -> list[str]:
        """Those of the rostered people who could have done the duty, sorted."""
        return [
            person
            for person in self.rostered_on(duty, day, position)
            if any(
                self._able_throughout(person, row, day, position)
                for row in self.rows_at(duty, day, position)
            )
        ]

    def _able_throughout(self, person_id: str, row: Duty, day: date, position: int) -> bool:
        asked = self.positions(row) if row.one_person else (position,)
        return all(self.could_fill(person_id, row, day, at) for at in asked)

    def group_of(self, department: str) -> tuple[str, ...]:
        """The departments, this one included, that are joined by people they share."""
        return self.groups.get(department, (department,))

    def day_without_training(self, group: Collection[str], day: date) -> Day:
        """What the group's duties ask for on the date, with everybody who could fill a place."""
        people = self._people_of(tuple(group))
        needs = self._needs(
            self.duties_of(group),
            day,
            lambda row, at: [p for p in people if self.could_fill(p, row, day, at)],
        )
        involved = frozenset[str]().union(*(need.able for need in needs))
        return Day(needs, self._journeys.too_far, self._given_stays(involved, day))

    def _people_of(self, group: tuple[str, ...]) -> list[str]:
        """Everybody who could be on a duty of the departments on some day."""
        if group not in self._people:
            self._people[group] = [
                person.staff_id
                for person in self._organisation.staff
                if not set(person.departments).isdisjoint(group)
            ]
            self._people[group] += [
                trainee.trainee_id
                for trainee in self._organisation.trainees
                if not trainee.supernumerary
                and not self._places_of_trainees[trainee.trainee_id].isdisjoint(group)
            ]
        return self._people[group]

    @cached_property
    def _places_of_trainees(self) -> dict[str, set[str]]:
        """Where each trainee is at home, hosted, or named for a duty by the roster."""
        found = {t.trainee_id: {t.department} for t in self._organisation.trainees}
        for rotation in self._organisation.rotations:
            if rotation.trainee_id in found:
                found[rotation.trainee_id].add(rotation.department)
        for (duty, _, _), people in self._rostered.items():
            for person in people:
                if person in found:
                    found[person].add(duty[0])
        return found

    def day_as_covered(self, duty: DutyKey, day: date, people: Mapping[int, Iterable[str]]) -> Day:
        """One duty's places on the date, with only the people named for it, by period.

        People whom the workbook does not know count as able: they are a finding of their own.
        """
        needs = self._needs(
            [duty],
            day,
            lambda row, at: [
                person
                for person in people.get(at, ())
                if self._attendance.person(person) is None
                or self.holds_what_it_needs(person, row, day, at)
            ],
        )
        return Day(needs, self._journeys.too_far)

    def _needs(
        self, duties: list[DutyKey], day: date, able_at: Callable[[Duty, int], list[str]]
    ) -> tuple[Need, ...]:
        needs: list[Need] = []
        for duty in duties:
            for row in self.rows_on(duty, day):
                able = {at: frozenset(able_at(row, at)) for at in self.positions(row)}
                if row.one_person and able:
                    blocks = [(tuple(able), frozenset.intersection(*able.values()))]
                else:
                    blocks = [((at,), people) for at, people in able.items()]
                needs += [
                    Need(
                        duty=duty,
                        site=self.site(duty[0]),
                        exclusive=row.presence is Presence.EXCLUSIVE,
                        level=LEVELS.index(row.priority),
                        places=row.staff_needed,
                        positions=positions,
                        able=people,
                    )
                    for positions, people in blocks
                ]
        return tuple(needs)

    def _given_stays(self, people: Iterable[str], day: date) -> dict[tuple[str, int], str]:
        """Where people must stay because the roster fixes them on an exclusive duty."""
        stays: dict[tuple[str, int], str] = {}
        for person in people:
            for position in range(len(self._organisation.calendar.periods)):
                fixed = self._attendance.fixed_duty(person, day, position)
                if fixed is not None and self.is_exclusive(fixed):
                    stays[person, position] = self.site(fixed[0])
        return stays


def _fits(staff: Staff, row: Duty) -> bool:
    """Whether a member of staff has what a row asks for."""
    able = not row.competences or not set(row.competences).isdisjoint(staff.competences)
    return able and row.department in staff.departments and meets_band(staff.band, row.min_band)


def _groups_that_share_staff(organisation: Organisation) -> dict[str, tuple[str, ...]]:
    """Departments joined, directly or through others, by people who serve several of them."""
    group_of = {code: frozenset({code}) for code in organisation.department_by_code}
    for person in organisation.staff:
        joined = _joined(person, group_of)
        group_of.update(dict.fromkeys(joined, joined))
    return {code: tuple(sorted(group)) for code, group in group_of.items()}


def _joined(person: Staff, group_of: Mapping[str, frozenset[str]]) -> frozenset[str]:
    alone = (group_of.get(code, frozenset({code})) for code in person.departments)
    return frozenset[str]().union(*alone)
