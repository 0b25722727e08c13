"""What the roster says of each person, date and period, the safest statement winning."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from trainsched.domain.calendar import PlanCalendar, WorkingPattern
from trainsched.domain.people import Rotation, Staff, Trainee
from trainsched.domain.problems import Place, Severity
from trainsched.domain.roster import Meaning, RosterEntry
from trainsched.workbook.roster.codebook import CodeBook, Said
from trainsched.workbook.roster.days_off import note_days_off
from trainsched.workbook.roster.doubts import Doubts
from trainsched.workbook.roster.legend import Legend
from trainsched.workbook.sources import Sources, joined

_RANK = {meaning: number for number, meaning in enumerate(Meaning)}


class RosterRead(NamedTuple):
    """One slot of one person as it was understood, with the code as typed."""

    person: str
    date: date
    period: str
    meaning: Meaning
    duty: str | None
    code: str
    sheet: str
    cell: str


class Settled(NamedTuple):
    """All entries by person, date and period, and aside their codes as typed, in that order."""

    entries: tuple[RosterEntry, ...]
    texts: tuple[str, ...]


class Workplaces:
    """In which department a person would do a duty on a date."""

    def __init__(
        self,
        staff: Iterable[Staff],
        trainees: Iterable[Trainee],
        rotations: Iterable[Rotation],
        duties: Iterable[tuple[str, str]],
    ) -> None:
        self._duties = frozenset(duties)
        self._departments = {person.staff_id: person.departments for person in staff}
        self._departments |= {person.trainee_id: (person.department,) for person in trainees}
        self._rotations: dict[str, list[Rotation]] = {}
        for rotation in rotations:
            self._rotations.setdefault(rotation.trainee_id, []).append(rotation)

    def department(self, person_id: str, duty: str, day: date) -> str | None:
        """The first of the person's departments that has the duty; the host comes first.

        Of somebody on no sheet of people: the only department that has it.
        """
        if person_id not in self._departments:
            listed = [department for department, name in self._duties if name == duty]
            return listed[0] if len(listed) == 1 else None
        hosts = [
            rotation.department
            for rotation in self._rotations.get(person_id, ())
            if rotation.first_date <= day <= rotation.last_date
        ]
        for department in (*hosts, *self._departments[person_id]):
            if (department, duty) in self._duties:
                return department
        return None


class Statements:
    """Collects what cells say, notes what was not understood, and settles contradictions."""

    def __init__(self, sources: Sources, codes: CodeBook, workplaces: Workplaces) -> None:
        self._problems = sources.problems
        self._calendar: PlanCalendar = sources.settings.calendar
        self._names = sources.settings.shape.period_names
        self._codes = codes
        self._workplaces = workplaces
        self._position = {name: number for number, name in enumerate(self._names)}
        self._entries: dict[str, dict[int, RosterEntry]] = {}
        self._texts: dict[str, dict[int, str]] = {}
        self._clashes: dict[tuple[RosterEntry, str, RosterEntry, str], list[str]] = {}
        self.doubts = Doubts(self._problems)

    def take(
        self,
        person_id: str,
        day: date,
        periods: Sequence[str] | None,
        text: str,
        sheet: str,
        cell: str,
    ) -> None:
        """Take a cell: what its text says of the periods it stands for (None: the whole day)."""
        reading = self._codes.read(text)
        if reading.trouble:
            self.doubts.of_reading(reading, text, sheet, cell)
        for said in reading.said:
            if periods is None:
                spoken = said.periods or self._names
            elif said.periods is None:
                spoken = tuple(periods)
            else:
                spoken = tuple(name for name in periods if name in said.periods)
                if said.typed and len(spoken) < len(said.periods):
                    trouble = "The code names a period for which its cell does not stand"
                    self.doubts.add(trouble, text, sheet, cell)
                    self._say_all(person_id, day, periods, Said(Meaning.BUSY), text, sheet, cell)
                    continue
            self._say_all(person_id, day, spoken, said, text, sheet, cell)

    def _say_all(
        self,
        person_id: str,
        day: date,
        periods: Iterable[str],
        said: Said,
        text: str,
        sheet: str,
        cell: str,
    ) -> None:
        meaning, duty, department = said.meaning, said.duty, None
        if duty is not None:
            department = self._workplaces.department(person_id, duty, day)
            if department is None:
                trouble = f"The code means the duty {duty}, not one of the person's department"
                self.doubts.add(trouble, text, sheet, cell)
                meaning, duty = Meaning.BUSY, None
        own = self._entries.get(person_id)
        if own is None:
            own = self._entries[person_id] = {}
            self._texts[person_id] = {}
        texts = self._texts[person_id]
        # Slots as numbers in the order of time: a million of them are sorted in no time.
        first = day.toordinal() * len(self._position)
        for period in periods:
            slot = first + self._position[period]
            entry = RosterEntry(person_id, day, period, meaning, duty, department, sheet, cell)
            if slot in own:
                self._say_again(own, texts, slot, entry, text)
            else:
                own[slot] = entry
                texts[slot] = text

    def doubt(
        self,
        person_id: str,
        day: date,
        periods: Sequence[str] | None,
        text: str,
        sheet: str,
        cell: str,
        trouble: str,
        remedy: str = "",
    ) -> None:
        """Take a cell whose meaning cannot be known, whatever it holds: ``busy``, and said so."""
        self.doubts.add(trouble, text, sheet, cell, remedy)
        said = Said(Meaning.BUSY)
        self._say_all(person_id, day, periods or self._names, said, text, sheet, cell)

    def say_absent(
        self, person_id: str, day: date, periods: Iterable[str], sheet: str, cell: str
    ) -> None:
        """Take an absence that another sheet states."""
        self._say_all(person_id, day, periods, Said(Meaning.ABSENT), "Leave", sheet, cell)

    def _say_again(
        self,
        own: dict[int, RosterEntry],
        texts: dict[int, str],
        slot: int,
        entry: RosterEntry,
        text: str,
    ) -> None:
        """Take what another cell says of a slot: the safest meaning holds."""
        other = own[slot]
        if (other.meaning, other.duty) == (entry.meaning, entry.duty):
            return
        key = (other._replace(period=""), texts[slot], entry._replace(period=""), text)
        self._clashes.setdefault(key, []).append(entry.period)
        if _RANK[entry.meaning] < _RANK[other.meaning]:
            own[slot] = entry
            texts[slot] = text

    def settle(self, patterns: Mapping[str, WorkingPattern], legend: Legend) -> Settled:
        """All entries; doubts, contradictions and work on days off are noted.

        ``legend`` tells what the sheets' own keys say of codes that are in doubt.
        """
        self.doubts.note(legend)
        self._note_clashes()
        entries: list[RosterEntry] = []
        texts: list[str] = []
        for person_id, own in sorted(self._entries.items()):
            slots = sorted(own)
            entries += [own[slot] for slot in slots]
            said = self._texts[person_id]
            texts += [said[slot] for slot in slots]
        note_days_off(entries, patterns, self._calendar, self._problems)
        return Settled(tuple(entries), tuple(texts))

    def _note_clashes(self) -> None:
        for (one, one_text, other, other_text), periods in self._clashes.items():
            safest = min(one, other, key=lambda entry: _RANK[entry.meaning])
            cells = [one.cell] if one.sheet == other.sheet else []
            self._problems.add(
                Severity.WARNING,
                Place(sheet=other.sheet, cell=other.cell),
                f"{other.person_id} on {other.date:%d/%m/%Y} {joined(periods)}: '{other_text}' "
                f"here, but '{one_text}' in {one.sheet}!{one.cell}; read as {safest.meaning}, "
                "the safer of the two.",
                "Keep one of the two.",
                value=other_text,
                cells=cells,
            )
