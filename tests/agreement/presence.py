"""Who is where and free for what, slot by slot, read straight from the facts.

Part of the oracle: plain look-ups and loops, no index that could be wrong in a clever way.
"""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

from trainsched.domain.duties import Duty, Presence
from trainsched.domain.organisation import CoverMode, Organisation
from trainsched.domain.people import Staff, Trainee, meets_band
from trainsched.domain.plan import Plan
from trainsched.domain.roster import Meaning, RosterEntry

DutyKey = tuple[str, str]
"""A department and the name of one of its duties."""


class WhoIsWhere:
    """Answers, for one organisation, whether a person is at work and what they may be used for."""

    def __init__(self, organisation: Organisation, earlier: Plan | None = None) -> None:
        self.locked: Counter[tuple[str, str, date]] = Counter()
        until = organisation.locked_until
        for session in () if earlier is None or until is None else earlier.sessions:
            if session.date < until:
                self.locked.update(
                    (who, session.activity, session.date) for who in session.trainees
                )
        self.organisation = organisation
        self.calendar = organisation.calendar
        self.entries: dict[tuple[str, date, str], RosterEntry] = {
            (entry.person_id, entry.date, entry.period): entry for entry in organisation.roster
        }

    def period(self, position: int) -> str:
        """The name of the period at a position of the day."""
        return self.calendar.period_names[position]

    def entry(self, person_id: str, day: date, position: int) -> RosterEntry | None:
        """What the roster says of the slot, if anything."""
        return self.entries.get((person_id, day, self.period(position)))

    def person(self, person_id: str) -> Staff | Trainee:
        """The member of staff or trainee of that id."""
        found = self.organisation.staff_by_id.get(person_id)
        return found if found is not None else self.organisation.trainee_by_id[person_id]

    def closed(self, department: str, day: date) -> bool:
        """Whether the department has neither sessions nor duties on the date."""
        return not self.calendar.is_open(day) or any(
            closure.date == day and closure.department in (None, department)
            for closure in self.organisation.closures
        )

    def site(self, department: str) -> str:
        """Where the department is."""
        return self.organisation.department_by_code[department].site

    def host(self, trainee_id: str, day: date) -> str:
        """The department in which the trainee is on the date."""
        for rotation in self.organisation.rotations:
            if (
                rotation.trainee_id == trainee_id
                and rotation.first_date <= day <= rotation.last_date
            ):
                return rotation.department
        return self.organisation.trainee_by_id[trainee_id].department

    def there_that_day(self, person_id: str, day: date) -> bool:
        """An open date between start and end, and for a trainee not in a university block."""
        person = self.person(person_id)
        if not self.calendar.is_open(day) or not self.calendar.holds(day):
            return False
        if person.start_date is not None and day < person.start_date:
            return False
        if person.end_date is not None and day > person.end_date:
            return False
        return not isinstance(person, Trainee) or not any(
            block.takes(person) and block.first_date <= day <= block.last_date
            for block in self.organisation.university
        )

    def usable(self, person_id: str, day: date, position: int) -> bool:
        """Whether the person can be put into a session (staff: or on a duty) in the slot."""
        if not self.there_that_day(person_id, day):
            return False
        entry = self.entry(person_id, day, position)
        person = self.person(person_id)
        if entry is None:
            return person.pattern.works(day, self.period(position), self.calendar)
        if entry.meaning is Meaning.WORK:
            return True
        flexible = self.organisation.cover is CoverMode.FLEXIBLE
        return entry.meaning is Meaning.DUTY and isinstance(person, Staff) and flexible

    def fixed_duty(self, person_id: str, day: date, position: int) -> DutyKey | None:
        """The duty on which an ``as rostered`` person stays in the slot, needed or not."""
        if self.organisation.cover is not CoverMode.AS_ROSTERED:
            return None
        if person_id not in self.organisation.staff_by_id:
            return None
        entry = self.entry(person_id, day, position)
        if entry is None or entry.meaning is not Meaning.DUTY:
            return None
        assert entry.department is not None
        assert entry.duty is not None
        if not self.there_that_day(person_id, day) or self.closed(entry.department, day):
            return None
        return entry.department, entry.duty

    def usable_for_duty(self, person_id: str, day: date, position: int, key: DutyKey) -> bool:
        """Whether the person is free in the slot, training apart, for a duty of that name."""
        if person_id in self.organisation.staff_by_id:
            return self.usable(person_id, day, position)
        entry = self.entry(person_id, day, position)
        if entry is not None and entry.meaning is Meaning.DUTY:
            return self.there_that_day(person_id, day) and key == (entry.department, entry.duty)
        return self.usable(person_id, day, position) and self.host(person_id, day) == key[0]

    def qualified_for_duty(self, person_id: str, row: Duty) -> bool:
        """Whether the person may fill a place of the row, wherever they are at the time."""
        person = self.person(person_id)
        holds = not row.competences or any(c in person.competences for c in row.competences)
        if isinstance(person, Staff):
            at_home = row.department in person.departments
            return at_home and holds and meets_band(person.band, row.min_band)
        return not person.supernumerary and holds and row.min_band is None

    def resting(self, person_id: str, day: date, position: int) -> bool:
        """Whether a night on call before keeps the person out of sessions in the slot."""
        last = len(self.calendar.periods) - 1
        before = self.entry(person_id, day - timedelta(days=1), last)
        periods = self.organisation.policy.whole("rest_after_on_call_periods")
        return before is not None and before.meaning is Meaning.ON_CALL and position < periods

    def day_at_work(self, trainee_id: str, day: date) -> bool:
        """Whether the date is one of the trainee's days at work, as weekly amounts count them."""
        if not self.there_that_day(trainee_id, day) or self.closed(self.host(trainee_id, day), day):
            return False
        person = self.person(trainee_id)
        for position, name in enumerate(self.calendar.period_names):
            entry = self.entry(trainee_id, day, position)
            called_in = entry is not None and entry.meaning in (Meaning.WORK, Meaning.DUTY)
            expected = called_in or person.pattern.works(day, name, self.calendar)
            if expected and (entry is None or entry.meaning is not Meaning.ABSENT):
                return True
        return False

    def minutes_between(self, origin: str, destination: str) -> int:
        """Minutes of travel from one site to another."""
        if origin == destination:
            return 0
        for travel in self.organisation.travel:
            if (travel.from_site, travel.to_site) == (origin, destination):
                return travel.minutes
        return self.organisation.policy.whole("default_travel_minutes")

    def can_travel(self, stays: dict[int, str]) -> bool:
        """Whether a person can be at these sites, given by position, on one day."""
        periods = self.calendar.periods
        positions = sorted(stays)
        return all(
            stays[first] == stays[second]
            or periods[second].start - periods[first].end
            >= self.minutes_between(stays[first], stays[second])
            for first, second in pairwise(positions)
        )


def is_on_site(organisation: Organisation, key: DutyKey) -> bool:
    """Whether the duty asks for presence only."""
    return any(
        row.presence is Presence.ON_SITE
        for row in organisation.duties
        if (row.department, row.duty) == key
    )
