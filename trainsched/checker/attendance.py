"""Who is at work when, and where trainees are hosted: read straight from the facts."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from trainsched.domain.calendar import PlanCalendar
from trainsched.domain.organisation import CoverMode, Organisation
from trainsched.domain.people import Rotation, Staff, Trainee
from trainsched.domain.roster import Meaning, RosterEntry

DutyKey = tuple[str, str]
"""Department code and duty name."""


class Attendance:
    """Answers, for one organisation, what a person can be asked to do in a slot.

    Slots are given as a date and the position of a period in the day, from 0. People that the
    organisation does not know are never at work.
    """

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation
        self._calendar: PlanCalendar = organisation.calendar
        self._roster: dict[tuple[str, date, str], RosterEntry] = {
            (entry.person_id, entry.date, entry.period): entry for entry in organisation.roster
        }
        self._closed = {(closure.department, closure.date) for closure in organisation.closures}
        self._rotations: dict[str, list[Rotation]] = defaultdict(list)
        for rotation in organisation.rotations:
            self._rotations[rotation.trainee_id].append(rotation)
        self._usable: dict[tuple[str, date, int], bool] = {}
        self._at_work: dict[tuple[str, date], bool] = {}
        self._open: dict[tuple[str, date], bool] = {}

    def person(self, person_id: str) -> Staff | Trainee | None:
        """The member of staff or trainee with this id."""
        staff = self._organisation.staff_by_id.get(person_id)
        return staff or self._organisation.trainee_by_id.get(person_id)

    def roster_entry(self, person_id: str, day: date, position: int) -> RosterEntry | None:
        """What the roster says of the person in the slot."""
        name = self._calendar.period_names[position]
        return self._roster.get((person_id, day, name))

    def department_open(self, department: str, day: date) -> bool:
        """Whether the department has duties and sessions on that date."""
        key = department, day
        if key not in self._open:
            self._open[key] = (
                self._calendar.holds(day)
                and self._calendar.is_open(day)
                and key not in self._closed
                and (None, day) not in self._closed
            )
        return self._open[key]

    def usable(self, person_id: str, day: date, position: int) -> bool:
        """Whether the person is at work in the slot and free for sessions and duties."""
        key = (person_id, day, position)
        if key not in self._usable:
            self._usable[key] = self._find_usable(person_id, day, position)
        return self._usable[key]

    def _find_usable(self, person_id: str, day: date, position: int) -> bool:
        person = self.person(person_id)
        if person is None or not self._present_that_day(person, day):
            return False
        entry = self.roster_entry(person_id, day, position)
        if entry is None:
            name = self._calendar.period_names[position]
            return person.pattern.works(day, name, self._calendar)
        if entry.meaning is Meaning.DUTY:
            flexible = self._organisation.cover is CoverMode.FLEXIBLE
            return flexible and isinstance(person, Staff)
        return entry.meaning is Meaning.WORK

    def _present_that_day(self, person: Staff | Trainee, day: date) -> bool:
        """Open date, employed, and not at university: what no roster entry can change."""
        if not (self._calendar.holds(day) and self._calendar.is_open(day)):
            return False
        if person.start_date is not None and day < person.start_date:
            return False
        if person.end_date is not None and day > person.end_date:
            return False
        return not (isinstance(person, Trainee) and self._at_university(person, day))

    def _at_university(self, trainee: Trainee, day: date) -> bool:
        return any(
            block.first_date <= day <= block.last_date and block.takes(trainee)
            for block in self._organisation.university
        )

    def rostered_duty(self, person_id: str, day: date, position: int) -> DutyKey | None:
        """The duty that the roster names for the person in the slot, whatever the cover mode."""
        entry = self.roster_entry(person_id, day, position)
        if entry is None or entry.meaning is not Meaning.DUTY:
            return None
        if entry.duty is None or entry.department is None:
            return None
        return entry.department, entry.duty

    def fixed_duty(self, person_id: str, day: date, position: int) -> DutyKey | None:
        """The duty on which a member of staff must stay under ``as rostered`` cover."""
        if self._organisation.cover is not CoverMode.AS_ROSTERED:
            return None
        person = self._organisation.staff_by_id.get(person_id)
        if person is None or not self._present_that_day(person, day):
            return None
        duty = self.rostered_duty(person_id, day, position)
        return duty if duty is not None and self.department_open(duty[0], day) else None

    def free_for_duty(self, person_id: str, duty: DutyKey, day: date, position: int) -> bool:
        """Whether the person can be on this duty in the slot (not asking what it needs)."""
        trainee = self._organisation.trainee_by_id.get(person_id)
        if trainee is not None:
            entry = self.roster_entry(person_id, day, position)
            if entry is not None and entry.meaning is Meaning.DUTY:
                named = self.rostered_duty(person_id, day, position)
                return named == duty and self._present_that_day(trainee, day)
            return self.usable(person_id, day, position)
        fixed = self.fixed_duty(person_id, day, position)
        return fixed == duty if fixed is not None else self.usable(person_id, day, position)

    def host(self, trainee_id: str, day: date) -> str:
        """The department that hosts the trainee on the date. Raises KeyError if unknown."""
        for rotation in self._rotations.get(trainee_id, ()):
            if rotation.first_date <= day <= rotation.last_date:
                return rotation.department
        return self._organisation.trainee_by_id[trainee_id].department

    def has_day_at_work(self, trainee: Trainee, day: date) -> bool:
        """Whether the date counts among the trainee's days at work for weekly quantities."""
        key = trainee.trainee_id, day
        if key not in self._at_work:
            self._at_work[key] = self._is_day_at_work(trainee, day)
        return self._at_work[key]

    def _is_day_at_work(self, trainee: Trainee, day: date) -> bool:
        if not self._present_that_day(trainee, day):
            return False
        if not self.department_open(self.host(trainee.trainee_id, day), day):
            return False
        said = [
            meaning
            for position, name in enumerate(self._calendar.period_names)
            if (meaning := self._meaning(trainee.trainee_id, day, position))
            in (Meaning.WORK, Meaning.DUTY)
            or trainee.pattern.works(day, name, self._calendar)
        ]
        return any(meaning is not Meaning.ABSENT for meaning in said)

    def _meaning(self, person_id: str, day: date, position: int) -> Meaning | None:
        entry = self.roster_entry(person_id, day, position)
        return entry.meaning if entry is not None else None

    def on_call_the_night_before(self, person_id: str, day: date) -> bool:
        """Whether the roster has the person on call in the last period of the day before."""
        before = date.fromordinal(max(1, day.toordinal() - 1))
        return self._meaning(person_id, before, len(self._calendar.periods) - 1) is Meaning.ON_CALL

    def working_weeks(self, trainee: Trainee) -> int:
        """In how many calendar weeks of the plan the trainee has a day at work."""
        return sum(
            self.days_at_work(trainee, self._calendar.dates_of_week(week)) > 0
            for week in self._calendar.week_numbers
        )

    def days_at_work(self, trainee: Trainee, days: Iterable[date]) -> int:
        """How many of the dates count as days at work."""
        return sum(self.has_day_at_work(trainee, day) for day in days)
