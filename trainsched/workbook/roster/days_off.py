"""Work and duties on days on which the pattern, or the whole department, has none."""

from collections.abc import Iterable, Mapping
from datetime import date

from trainsched.domain.calendar import PlanCalendar, WorkingPattern
from trainsched.domain.problems import Place, Severity
from trainsched.domain.roster import Meaning, RosterEntry
from trainsched.workbook.problem_list import ProblemList


def note_days_off(
    entries: Iterable[RosterEntry],
    patterns: Mapping[str, WorkingPattern],
    calendar: PlanCalendar,
    problems: ProblemList,
) -> None:
    """Say which cells have somebody at work on a day off. ``patterns``: those of known people."""
    off: dict[str, dict[str, None]] = {}
    shut: dict[str, dict[str, None]] = {}
    open_dates = frozenset(calendar.open_dates)
    # Many people share a pattern, and each has a great many entries.
    at_work: dict[WorkingPattern, dict[tuple[date, str], bool]] = {}
    person_id, pattern = "", None
    known: dict[tuple[date, str], bool] = {}
    for entry in entries:
        meaning = entry.meaning
        if meaning is not Meaning.WORK and meaning is not Meaning.DUTY:
            continue
        day = entry.date
        if day not in open_dates:
            shut.setdefault(entry.sheet, {})[entry.cell] = None
            continue
        if entry.person_id != person_id:
            person_id = entry.person_id
            pattern = patterns.get(person_id)
            known = at_work.setdefault(pattern, {}) if pattern is not None else {}
        if pattern is None:
            continue
        slot = (day, entry.period)
        works = known.get(slot)
        if works is None:
            works = known[slot] = pattern.works(day, entry.period, calendar)
        if not works:
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
