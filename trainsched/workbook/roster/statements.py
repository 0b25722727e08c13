"""What the roster says of each person, date and period, the safest statement winning."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from trainsched.domain.calendar import PlanCalendar, WorkingPattern
from trainsched.domain.people import Rotation, Staff, Trainee
from trainsched.domain.problems import Place, Severity
from trainsched.domain.roster import Meaning, RosterEntry, code_key
from trainsched.workbook.problem_list import ProblemList
from trainsched.workbook.roster.codebook import (
    NOT_KNOWN,
    SEVERAL_MEANINGS,
    CellReading,
    CodeBook,
    Said,
)
from trainsched.workbook.roster.legend import Legend
from trainsched.workbook.sources import Sources, joined

_RANK = {meaning: number for number, meaning in enumerate(Meaning)}
_AT_WORK = frozenset({Meaning.WORK, Meaning.DUTY})
_REMEDIES = {
    Severity.QUESTION: "Answer with a row on the Codes sheet.",
    Severity.WARNING: "Add it to the Codes sheet with its meaning, or mend the cell.",
}
_READ_AS_BUSY = "it is read as busy: at work, but free for neither cover nor training"


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


class _Doubt(NamedTuple):
    """A cell whose meaning is not known, or open to question.

    ``is_code``: because of the code that it holds, which a key may explain.
    """

    severity: Severity
    place: Place
    problem: str
    text: str
    is_code: bool = False
    remedy: str = ""


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
        """The first of the person's departments that has the duty; the host comes first."""
        hosts = [
            rotation.department
            for rotation in self._rotations.get(person_id, ())
            if rotation.first_date <= day <= rotation.last_date
        ]
        for department in (*hosts, *self._departments.get(person_id, ())):
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
        self._entries: dict[tuple[str, date, str], RosterEntry] = {}
        self.codes: dict[tuple[str, date, str], str] = {}
        self._clashes: dict[tuple[RosterEntry, str, RosterEntry, str], list[str]] = {}
        self._doubts: list[_Doubt] = []
        self.quarantined_cells: list[Place] = []
        self.questioned_cells: list[Place] = []

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
            self._note_trouble(reading, text, sheet, cell)
        for said in reading.said:
            if periods is None:
                spoken = said.periods or self._names
            elif said.periods is None:
                spoken = tuple(periods)
            else:
                spoken = tuple(name for name in periods if name in said.periods)
                if said.typed and len(spoken) < len(said.periods):
                    trouble = "The code names a period for which its cell does not stand"
                    self._quarantine(trouble, text, sheet, cell)
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
                self._quarantine(trouble, text, sheet, cell)
                meaning, duty = Meaning.BUSY, None
        for period in periods:
            entry = RosterEntry(person_id, day, period, meaning, duty, department, sheet, cell)
            self._say(entry, text)

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
        self._quarantine(trouble, text, sheet, cell, remedy=remedy)
        said = Said(Meaning.BUSY)
        self._say_all(person_id, day, periods or self._names, said, text, sheet, cell)

    def say_absent(
        self, person_id: str, day: date, periods: Iterable[str], sheet: str, cell: str
    ) -> None:
        """Take an absence that another sheet states."""
        for period in periods:
            entry = RosterEntry(person_id, day, period, Meaning.ABSENT, None, None, sheet, cell)
            self._say(entry, "Leave")

    def _say(self, entry: RosterEntry, text: str) -> None:
        slot = entry[:3]
        other = self._entries.setdefault(slot, entry)
        if other is entry:
            self.codes[slot] = text
            return
        if (other.meaning, other.duty) == (entry.meaning, entry.duty):
            return
        key = (other._replace(period=""), self.codes[slot], entry._replace(period=""), text)
        self._clashes.setdefault(key, []).append(entry.period)
        if _RANK[entry.meaning] < _RANK[other.meaning]:
            self._entries[slot] = entry
            self.codes[slot] = text

    def _note_trouble(self, reading: CellReading, text: str, sheet: str, cell: str) -> None:
        is_code = reading.trouble in {NOT_KNOWN, SEVERAL_MEANINGS}
        if not reading.question:
            self._quarantine(reading.trouble, text, sheet, cell, is_code=is_code)
            return
        place = Place(sheet=sheet, cell=cell)
        problem = f"{reading.question} Until this is answered, {_READ_AS_BUSY}."
        self._doubts.append(_Doubt(Severity.QUESTION, place, problem, text, is_code))
        self.questioned_cells.append(place)

    def _quarantine(
        self,
        trouble: str,
        text: str,
        sheet: str,
        cell: str,
        *,
        is_code: bool = False,
        remedy: str = "",
    ) -> None:
        place = Place(sheet=sheet, cell=cell)
        problem = f"{trouble}; {_READ_AS_BUSY}."
        self._doubts.append(_Doubt(Severity.WARNING, place, problem, text, is_code, remedy))
        self.quarantined_cells.append(place)

    def settle(
        self, patterns: Mapping[str, WorkingPattern], legend: Legend
    ) -> tuple[RosterEntry, ...]:
        """All entries, sorted; doubts, contradictions and work on days off are noted.

        ``legend`` tells what the sheets' own keys say of codes that are in doubt.
        """
        self._note_doubts(legend)
        self._note_clashes()
        position = {name: number for number, name in enumerate(self._names)}
        entries = sorted(
            self._entries.values(),
            key=lambda entry: (entry.person_id, entry.date, position[entry.period]),
        )
        _note_days_off(entries, patterns, self._calendar, self._problems)
        return tuple(entries)

    def _note_doubts(self, legend: Legend) -> None:
        texts = dict.fromkeys(doubt.text for doubt in self._doubts if doubt.is_code)
        keys = legend.find(texts, {doubt.place for doubt in self._doubts})
        proposals = {key: legend.proposal(entry) for key, entry in keys.items()}
        for doubt in self._doubts:
            remedy = doubt.remedy or _REMEDIES[doubt.severity]
            if doubt.is_code:
                remedy = proposals.get(code_key(doubt.text), remedy)
            self._problems.add(doubt.severity, doubt.place, doubt.problem, remedy, value=doubt.text)

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


def _note_days_off(
    entries: Iterable[RosterEntry],
    patterns: Mapping[str, WorkingPattern],
    calendar: PlanCalendar,
    problems: ProblemList,
) -> None:
    off: dict[str, dict[str, None]] = {}
    shut: dict[str, dict[str, None]] = {}
    open_dates = frozenset(calendar.open_dates)
    for entry in entries:
        if entry.meaning not in _AT_WORK:
            continue
        if entry.date not in open_dates:
            shut.setdefault(entry.sheet, {})[entry.cell] = None
        elif (pattern := patterns.get(entry.person_id)) is not None and not pattern.works(
            entry.date, entry.period, calendar
        ):
            off.setdefault(entry.sheet, {})[entry.cell] = None
    for sheet, cells in off.items():
        problems.add(
            Severity.NOTICE,
            Place(sheet=sheet),
            f"{_cells(len(cells))} work or a duty on a day off of the person's working pattern; "
            "the roster was followed.",
            "Mend the roster or the pattern if this is not so.",
            cells=list(cells),
        )
    for sheet, cells in shut.items():
        problems.add(
            Severity.NOTICE,
            Place(sheet=sheet),
            f"{_cells(len(cells))} work or a duty on a day on which the departments do not work "
            "(a bank holiday, or no working day), so nothing is planned then.",
            "Add the day to working_days on the Settings sheet if it should count.",
            cells=list(cells),
        )


def _cells(count: int) -> str:
    return "One cell says" if count == 1 else f"{count} cells say"
