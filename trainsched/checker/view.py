"""The facts and the plan looked up by person, slot and duty. Read-only; nothing here judges."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from trainsched.checker.attendance import Attendance, DutyKey
from trainsched.checker.days import LEVELS, Day, Filling, Vector
from trainsched.checker.demand import Demand
from trainsched.checker.duties import DutyBook, Journeys
from trainsched.checker.explanation import explain
from trainsched.checker.published import frozen_sessions
from trainsched.domain.curriculum import Activity, Kind
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import CoverEntry, Plan, Session


@dataclass(frozen=True, slots=True)
class Placed:
    """A session that can be read: known activity and department, a slot of the plan.

    ``staff`` and ``trainees`` are the different people in it that the workbook knows;
    ``positions`` are the periods it holds, cut off at the end of the day.
    """

    session: Session
    activity: Activity
    positions: tuple[int, ...]
    staff: tuple[str, ...]
    trainees: tuple[str, ...]

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody in the session, staff first."""
        return self.staff + self.trainees

    @property
    def is_study(self) -> bool:
        """Whether it is the trainee's own protected time."""
        return self.activity.kind is Kind.STUDY


@dataclass(frozen=True, slots=True)
class Covering:
    """A cover entry that can be read: a known duty in a slot of the plan."""

    entry: CoverEntry
    position: int

    @property
    def duty(self) -> DutyKey:
        """Department and duty."""
        return self.entry.department, self.entry.duty

    @property
    def person(self) -> str:
        """Who covers."""
        return self.entry.staff_id


@dataclass(frozen=True, slots=True)
class Stay:
    """A session or an exclusive duty that takes a person in some periods of a day."""

    positions: tuple[int, ...]
    site: str
    what: str
    session_id: str | None = None
    duty: DutyKey | None = None


class View:
    """One organisation, one plan, and what both say of a person, a duty or a trainee."""

    def __init__(self, organisation: Organisation, plan: Plan, published: Plan | None) -> None:
        self.organisation = organisation
        self.plan = plan
        self.published = published
        self.calendar = organisation.calendar
        self.policy = organisation.policy
        self.attendance = Attendance(organisation)
        frozen = frozen_sessions(published, organisation.locked_until)
        self.demand = Demand(organisation, self.attendance, frozen)
        self.journeys = Journeys(organisation)
        self.duty_book = DutyBook(organisation, self.attendance, self.journeys)
        self._policy_keys = {value.name for value in organisation.policy.values}
        self._fillings: dict[tuple[DutyKey, date], tuple[Day, Filling]] = {}
        self._fillers: dict[tuple[DutyKey, date], dict[int, frozenset[str]]] = {}

    # What the plan says, as far as it can be read

    @cached_property
    def placed(self) -> tuple[Placed, ...]:
        """The sessions that can be judged."""
        return tuple(
            Placed(
                session=session,
                activity=self.organisation.activity_by_code[session.activity],
                positions=self._held(session),
                staff=tuple(
                    dict.fromkeys(
                        item.staff_id
                        for item in session.staff
                        if item.staff_id in self.organisation.staff_by_id
                    )
                ),
                trainees=tuple(
                    dict.fromkeys(
                        trainee
                        for trainee in session.trainees
                        if trainee in self.organisation.trainee_by_id
                    )
                ),
            )
            for session in self.plan.sessions
            if self.can_be_read(session)
        )

    def can_be_read(self, session: Session) -> bool:
        """Whether activity, department and slot of the session exist."""
        return (
            session.activity in self.organisation.activity_by_code
            and session.department in self.organisation.department_by_code
            and self.is_slot(session.date, session.period)
        )

    def is_slot(self, day: date, period: str) -> bool:
        """Whether the plan has the date and the period."""
        return self.calendar.holds(day) and period in self.calendar.period_names

    def _held(self, session: Session) -> tuple[int, ...]:
        first = self.calendar.position(session.period)
        beyond = min(len(self.calendar.periods), first + max(1, session.length))
        return tuple(range(first, beyond))

    @cached_property
    def covering(self) -> tuple[Covering, ...]:
        """The cover entries that can be judged."""
        return tuple(
            Covering(entry, self.calendar.position(entry.period))
            for entry in self.plan.cover
            if self.is_slot(entry.date, entry.period)
            and self.duty_book.is_known((entry.department, entry.duty))
        )

    @cached_property
    def covering_by_slot(self) -> dict[tuple[DutyKey, date, int], list[Covering]]:
        """The cover entries by duty and slot."""
        found: dict[tuple[DutyKey, date, int], list[Covering]] = defaultdict(list)
        for item in self.covering:
            found[item.duty, item.entry.date, item.position].append(item)
        return dict(found)

    def covering_people(self, duty: DutyKey, day: date, position: int) -> list[str]:
        """The different people on the duty in the slot, sorted."""
        items = self.covering_by_slot.get((duty, day, position), [])
        return sorted({item.person for item in items})

    @cached_property
    def stays(self) -> dict[tuple[str, date], list[Stay]]:
        """Sessions and exclusive duties by person and date; only people the workbook knows."""
        found: dict[tuple[str, date], list[Stay]] = defaultdict(list)
        for item in self.placed:
            session = item.session
            what = f"session {session.id} ({session.activity})"
            site = self.duty_book.site(session.department)
            stay = Stay(item.positions, site, what, session_id=session.id)
            for person in dict.fromkeys(item.people):
                found[person, session.date].append(stay)
        for covering in self.covering:
            if self.attendance.person(covering.person) is None:
                continue
            if self.duty_book.is_exclusive(covering.duty):
                department, duty = covering.duty
                stay = Stay(
                    (covering.position,),
                    self.duty_book.site(department),
                    f"duty {duty} of {department}",
                    duty=covering.duty,
                )
                found[covering.person, covering.entry.date].append(stay)
        return dict(found)

    @cached_property
    def sessions_by_need(self) -> dict[tuple[str, str], list[Placed]]:
        """The sessions of each trainee and activity, in the order of the plan."""
        found: dict[tuple[str, str], list[Placed]] = defaultdict(list)
        for item in self.placed:
            for trainee in item.trainees:
                found[trainee, item.activity.code].append(item)
        return dict(found)

    @cached_property
    def placed_count(self) -> Counter[tuple[str, str]]:
        """How many sessions each trainee has of each activity, wherever they stand."""
        return Counter(
            (trainee, session.activity)
            for session in self.plan.sessions
            for trainee in set(session.trainees)
        )

    @cached_property
    def training_by_staff(self) -> dict[str, list[Placed]]:
        """The sessions of each member of staff, study left out."""
        found: dict[str, list[Placed]] = defaultdict(list)
        for item in self.placed:
            if not item.is_study:
                for person in item.staff:
                    found[person].append(item)
        return dict(found)

    # What both say together

    def place_of(self, item: Placed) -> str:
        """The department where the session belongs; as stated where its trainees disagree."""
        if item.activity.department is not None:
            return item.activity.department
        hosts = {self.attendance.host(trainee, item.session.date) for trainee in item.trainees}
        return hosts.pop() if len(hosts) == 1 else item.session.department

    @cached_property
    def stated_missing(self) -> dict[tuple[DutyKey, date, int], int]:
        """The missing places that the plan states, by duty and slot."""
        stated: dict[tuple[DutyKey, date, int], int] = defaultdict(int)
        for item in self.plan.shortfalls:
            duty = (item.department, item.duty)
            if self.is_slot(item.date, item.period) and self.duty_book.is_known(duty):
                stated[duty, item.date, self.calendar.position(item.period)] += item.missing
        return dict(stated)

    def filling(self, duty: DutyKey, day: date) -> tuple[Day, Filling]:
        """The duty's places on the date, and those that the plan's own people fill, at best."""
        key = (duty, day)
        if key not in self._fillings:
            people = {
                position: self.covering_people(duty, day, position)
                for position in range(len(self.calendar.periods))
            }
            asked = self.duty_book.day_as_covered(duty, day, people)
            stated = {
                position: self.stated_missing[duty, day, position]
                for position in people
                if (duty, day, position) in self.stated_missing
            }
            self._fillings[key] = asked, explain(asked, stated)
        return self._fillings[key]

    def fillers_at(self, duty: DutyKey, day: date, position: int) -> frozenset[str]:
        """The people who fill a place of the duty in the slot."""
        key = (duty, day)
        if key not in self._fillers:
            asked, filling = self.filling(duty, day)
            found: dict[int, frozenset[str]] = defaultdict(frozenset)
            for index, people in filling.people.items():
                for at in asked.needs[index].positions:
                    found[at] |= people
            self._fillers[key] = dict(found)
        return self._fillers[key].get(position, frozenset())

    def missing_places(self, group: tuple[str, ...], day: date) -> Vector:
        """The places that the plan leaves empty in the departments, by priority."""
        total = [0] * len(LEVELS)
        for duty in self.duty_book.duties_of(group):
            if self.duty_book.rows_on(duty, day):
                for level, missing in enumerate(self.filling(duty, day)[1].missing):
                    total[level] += missing
        return tuple(total)

    def slots_of(self, duty: DutyKey, day: date) -> Iterator[tuple[int, int]]:
        """The slots in which the duty asks for people on the date: position and places."""
        for position in range(len(self.calendar.periods)):
            rows = self.duty_book.rows_at(duty, day, position)
            if rows:
                yield position, sum(row.staff_needed for row in rows)

    def policy_limit(self, key: str, wte: float) -> int | None:
        """The policy's figure scaled by WTE and rounded up; None for no limit."""
        return self.policy.limit_for(key, wte) if key in self._policy_keys else None

    def policy_figure(self, key: str) -> Fraction | None:
        """The policy's figure as it stands; None for no limit."""
        return self.policy.limit(key) if key in self._policy_keys else None

    def policy_whole(self, key: str) -> int:
        """The policy's figure as a whole number; 0 where there is none."""
        return self.policy.whole(key) if key in self._policy_keys else 0

    def slot_words(self, day: date, position: int) -> str:
        """The slot as people say it."""
        return f"{day.isoformat()} {self.calendar.period_names[position]}"
