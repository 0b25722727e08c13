"""People with the slots in which they can be used, and why not in the others."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from trainsched.domain.calendar import WorkingPattern
from trainsched.domain.organisation import CoverMode, Organisation
from trainsched.domain.people import Staff, Trainee, UniversityBlock
from trainsched.domain.roster import Meaning, RosterEntry
from trainsched.problem.slots import SlotGrid


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff or a trainee. Limits are in sessions; None means none.

    ``usable`` are the slots in which the person may be on a duty, ``trainable`` those in which
    they may be in a session (a night on call takes the first ones away). ``stays_on`` are slots
    whose rostered duty is the only thing the person may do. ``rostered`` says which duty of which
    department the roster names, by slot.
    """

    index: int
    person_id: str
    is_staff: bool
    departments: tuple[int, ...]
    competences: frozenset[str]
    band: str | None
    trains: bool
    wte: float
    usable: int
    trainable: int
    stays_on: int
    rostered: dict[int, tuple[int, str]]
    max_per_week: int | None
    max_per_day: int | None
    max_in_plan: int | None
    counts_in_cover: bool
    hosts: tuple[int, ...]
    """The department hosting a trainee on each day; empty for staff."""
    days_at_work: int
    """Mask of days (not slots) that count for weekly amounts; 0 for staff."""

    def is_bound(self, slot: int) -> bool:
        """Whether a member of staff stays on a rostered duty then, needed there or not.

        A trainee whom the roster names for a duty is free for nothing else, but need not do it.
        """
        return self.is_staff and bool(self.stays_on >> slot & 1)


def index_people(organisation: Organisation, grid: SlotGrid) -> tuple[Person, ...]:
    """Staff first, then trainees, each in the order of the organisation."""
    entries: dict[str, list[RosterEntry]] = defaultdict(list)
    for entry in organisation.roster:
        entries[entry.person_id].append(entry)
    indexer = PeopleIndexer(organisation, grid)
    people: list[Person] = []
    for member in organisation.staff:
        people.append(indexer.staff(len(people), member, entries[member.staff_id]))
    for trainee in organisation.trainees:
        people.append(indexer.trainee(len(people), trainee, entries[trainee.trainee_id]))
    return tuple(people)


class PeopleIndexer:
    """Indexes people one by one, each from their own facts and roster entries."""

    def __init__(self, organisation: Organisation, grid: SlotGrid) -> None:
        self.organisation = organisation
        self.grid = grid
        self.codes = {d.code: number for number, d in enumerate(organisation.departments)}
        self.rest_periods = organisation.policy.whole("rest_after_on_call_periods")
        self.patterns: dict[WorkingPattern, int] = {}
        self.closed: dict[date, set[str | None]] = defaultdict(set)
        for closure in organisation.closures:
            self.closed[closure.date].add(closure.department)

    def staff(self, index: int, member: Staff, entries: list[RosterEntry]) -> Person:
        """Index one member of staff."""
        policy = self.organisation.policy
        flexible = self.organisation.cover is CoverMode.FLEXIBLE
        pattern = self._pattern(member)
        usable, stays = self._read(pattern, entries, duty_is_usable=flexible)
        employed = self._employed(member.start_date, member.end_date)
        usable, stays = usable & employed, stays & employed
        return Person(
            index=index,
            person_id=member.staff_id,
            is_staff=True,
            departments=tuple(self.codes[code] for code in member.departments),
            competences=frozenset(member.competences),
            band=member.band,
            trains=member.trains,
            wte=member.wte,
            usable=usable,
            trainable=usable & ~self._rest(entries),
            stays_on=stays,
            rostered=self._rostered(entries),
            max_per_week=_own_or(
                member.max_training_per_week, policy.limit_for("max_training_per_week", member.wte)
            ),
            max_per_day=_own_or(
                member.max_training_per_day, policy.limit_for("max_training_per_day", member.wte)
            ),
            max_in_plan=member.max_training,
            counts_in_cover=True,
            hosts=(),
            days_at_work=0,
        )

    def trainee(self, index: int, trainee: Trainee, entries: list[RosterEntry]) -> Person:
        """Index one trainee."""
        pattern = self._pattern(trainee)
        usable, stays = self._read(pattern, entries, duty_is_usable=False)
        here = self._employed(trainee.start_date, trainee.end_date)
        here &= ~self._away(b for b in self.organisation.university if b.takes(trainee))
        usable, stays = usable & here, stays & here
        hosts = self._hosts(trainee)
        return Person(
            index=index,
            person_id=trainee.trainee_id,
            is_staff=False,
            departments=(),
            competences=frozenset(trainee.competences),
            band=None,
            trains=False,
            wte=trainee.wte,
            usable=usable,
            trainable=usable & ~self._rest(entries),
            stays_on=stays,
            rostered=self._rostered(entries),
            max_per_week=None,
            max_per_day=None,
            max_in_plan=None,
            counts_in_cover=not trainee.supernumerary,
            hosts=hosts,
            days_at_work=self._days_at_work(pattern & here, here, entries, hosts),
        )

    def _pattern(self, person: Staff | Trainee) -> int:
        """The slots of the person's pattern; many people share one."""
        if person.pattern not in self.patterns:
            mask = 0
            calendar = self.grid.calendar
            for number, day in enumerate(self.grid.days):
                for position, name in enumerate(calendar.period_names):
                    if person.pattern.works(day, name, calendar):
                        mask |= 1 << self.grid.slot(number, position)
            self.patterns[person.pattern] = mask
        return self.patterns[person.pattern]

    def _slot_of(self, entry: RosterEntry) -> int | None:
        day = self.grid.day_index.get(entry.date)
        if day is None:
            return None
        return self.grid.slot(day, self.grid.calendar.position(entry.period))

    def _read(
        self, pattern: int, entries: list[RosterEntry], *, duty_is_usable: bool
    ) -> tuple[int, int]:
        usable, stays = pattern, 0
        for entry in entries:
            slot = self._slot_of(entry)
            if slot is None:
                continue
            usable &= ~(1 << slot)
            if entry.meaning is Meaning.WORK:
                usable |= 1 << slot
            elif entry.meaning is Meaning.DUTY:
                if duty_is_usable:
                    usable |= 1 << slot
                elif self._open(entry.date, entry.department):
                    stays |= 1 << slot
        return usable, stays

    def _open(self, day: date, department: str | None) -> bool:
        shut = self.closed.get(day, set())
        return None not in shut and department not in shut

    def _rostered(self, entries: list[RosterEntry]) -> dict[int, tuple[int, str]]:
        found: dict[int, tuple[int, str]] = {}
        for entry in entries:
            slot = self._slot_of(entry)
            if slot is None or entry.meaning is not Meaning.DUTY:
                continue
            if entry.duty is not None and entry.department is not None:
                found[slot] = (self.codes[entry.department], entry.duty)
        return found

    def _employed(self, first: date | None, last: date | None) -> int:
        mask = 0
        for number, day in enumerate(self.grid.days):
            if (first is None or first <= day) and (last is None or day <= last):
                mask |= self.grid.day_mask(number)
        return mask

    def _away(self, blocks: Iterable[UniversityBlock]) -> int:
        mask = 0
        for block in blocks:
            for number, day in enumerate(self.grid.days):
                if block.first_date <= day <= block.last_date:
                    mask |= self.grid.day_mask(number)
        return mask

    def _rest(self, entries: list[RosterEntry]) -> int:
        last_period = self.grid.calendar.period_names[-1]
        first_ones = (1 << min(self.rest_periods, self.grid.periods)) - 1
        mask = 0
        for entry in entries:
            if entry.meaning is Meaning.ON_CALL and entry.period == last_period:
                day = self.grid.day_index.get(entry.date + timedelta(days=1))
                if day is not None:
                    mask |= first_ones << self.grid.slot(day, 0)
        return mask

    def _hosts(self, trainee: Trainee) -> tuple[int, ...]:
        own = self.codes[trainee.department]
        hosts = [own] * len(self.grid.days)
        for rotation in self.organisation.rotations:
            if rotation.trainee_id != trainee.trainee_id:
                continue
            for number, day in enumerate(self.grid.days):
                if rotation.first_date <= day <= rotation.last_date:
                    hosts[number] = self.codes[rotation.department]
        return tuple(hosts)

    def _days_at_work(
        self, pattern: int, here: int, entries: list[RosterEntry], hosts: tuple[int, ...]
    ) -> int:
        at_work, absent = pattern, 0
        for entry in entries:
            slot = self._slot_of(entry)
            if slot is None:
                continue
            if entry.meaning in (Meaning.WORK, Meaning.DUTY):
                at_work |= 1 << slot
            elif entry.meaning is Meaning.ABSENT:
                absent |= 1 << slot
        present = at_work & here & ~absent
        codes = [department.code for department in self.organisation.departments]
        days = 0
        for number, day in enumerate(self.grid.days):
            if present & self.grid.day_mask(number) and self._open(day, codes[hosts[number]]):
                days |= 1 << number
        return days


def _own_or(own: int | None, general: int | None) -> int | None:
    return general if own is None else own
