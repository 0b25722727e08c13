"""One person's own timetable: their sessions and duties, week by week."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from trainsched.domain.calendar import monday_of
from trainsched.domain.plan import CoverEntry, Plan, Session
from trainsched.reports.background import Background
from trainsched.reports.console import LINE_MOST, new_table, say
from trainsched.reports.figures import UnknownNameError, session_hours
from trainsched.reports.words import (
    counted,
    date_words,
    listed,
    number_words,
    short_day_words,
    span_words,
)

TIMETABLE_FORMAT = "trainsched-timetable/1"
DAY_CELLS, TIMES_CELLS = 10, 11
FIXED_CELLS = DAY_CELLS + TIMES_CELLS + 14
"""Cells of a line that day, times, the margin and the gaps between columns take."""
MOST_OF_PLACE = 12


@dataclass(frozen=True, slots=True)
class Stay:
    """One line of a timetable: a session, or a duty in one period."""

    date: date
    start: str
    end: str
    what: str
    department: str
    people: tuple[str, ...]
    """The ids of the others there."""
    note: str
    session_id: str | None = None


def known_person(plan: Plan, background: Background, asked: str) -> str:
    """The id that was meant, whatever its case; a full name will do. Raises UnknownNameError."""
    people = set(background.staff) | set(background.trainees)
    for session in plan.sessions:
        people |= {*session.trainees, *(role.staff_id for role in session.staff)}
    people |= {entry.staff_id for entry in plan.cover}
    if asked in people:
        return asked
    wanted = asked.casefold()
    found = [p for p in sorted(people) if wanted in (p.casefold(), background.name(p).casefold())]
    if len(found) == 1:
        return found[0]
    if found:
        raise UnknownNameError(f"{asked} could be {listed(found)}. Give the id.")
    raise UnknownNameError(
        f"There is nobody called {asked} in this run. Give an id as the workbook has it."
    )


def stays_of(plan: Plan, background: Background, person: str) -> tuple[Stay, ...]:
    """The person's sessions and duties in order."""
    sessions = [
        session_stay(session, background, person)
        for session in plan.sessions
        if person in session.trainees or any(role.staff_id == person for role in session.staff)
    ]
    times = {period.name: (period.start, period.end) for period in plan.periods}
    duties = [
        duty_stay(entry, times[entry.period], background)
        for entry in plan.cover
        if entry.staff_id == person
    ]
    return tuple(sorted([*sessions, *duties], key=lambda stay: (stay.date, stay.start, stay.what)))


def session_stay(session: Session, background: Background, person: str) -> Stay:
    """A session as the person sees it."""
    roles = [role.role for role in session.staff if role.staff_id == person]
    notes = [*(["as " + listed(roles)] if roles else []), *(["pinned"] if session.pinned else [])]
    if session.equipment:
        notes.append(f"with {listed(session.equipment)}")
    others = [*(role.staff_id for role in session.staff), *session.trainees]
    return Stay(
        date=session.date,
        start=session.start,
        end=session.end,
        what=background.activity(session.activity),
        department=session.department,
        people=tuple(other for other in dict.fromkeys(others) if other != person),
        note=", ".join(notes),
        session_id=session.id,
    )


def duty_stay(entry: CoverEntry, times: tuple[str, str], background: Background) -> Stay:
    """A duty as the person sees it."""
    taken_over = entry.rostered_staff_id not in (None, entry.staff_id)
    note = f"instead of {background.name(entry.rostered_staff_id or '')}" if taken_over else ""
    return Stay(
        date=entry.date,
        start=times[0],
        end=times[1],
        what=f"Duty: {entry.duty}",
        department=entry.department,
        people=(),
        note=note,
    )


def print_timetable(plan: Plan, background: Background, asked: str, console: Console) -> None:
    """Print the timetable of one person. Raises UnknownNameError."""
    person = known_person(plan, background, asked)
    stays = stays_of(plan, background, person)
    mine = {stay.session_id for stay in stays}
    hours = session_hours(plan, [s for s in plan.sessions if s.id in mine])
    sessions = len(hours)
    say(console, Text(f"{background.label(person)}: timetable", style="bold"))
    say(console, f"{plan.organisation}, {span_words(plan.start_date, plan.weeks)}")
    say(
        console,
        f"{counted(sessions, 'protected session')} ({number_words(sum(hours.values()))} hours), "
        f"{counted(len(stays) - sessions, 'duty', 'duties')}",
    )
    place = min(max([len(stay.department) for stay in stays], default=0), MOST_OF_PLACE)
    widths = column_widths(min(console.width, LINE_MOST), place)
    for monday, week in groupby(stays, key=lambda stay: monday_of(stay.date)):
        console.print()
        say(console, Text(f"Week of {date_words(monday)}", style="bold"))
        console.print(Padding(week_table(list(week), background, console, widths), (0, 0, 0, 1)))


def column_widths(line: int, place: int) -> tuple[int, ...]:
    """Day, times, what, where, and with whom: fixed, so that the weeks stand in line."""
    room = max(line - FIXED_CELLS - place, 24)
    return (DAY_CELLS, TIMES_CELLS, room * 11 // 20, place, room * 9 // 20)


def week_table(
    stays: list[Stay], background: Background, console: Console, widths: tuple[int, ...]
) -> Table:
    """One week."""
    table = new_table(console)
    table.show_header = False
    for width in widths:
        table.add_column(width=width, overflow="fold")
    last: date | None = None
    for stay in stays:
        day = "" if stay.date == last else short_day_words(stay.date)
        last = stay.date
        table.add_row(
            day,
            f"{stay.start}-{stay.end}",
            Text(stay.what, style="bold" if stay.session_id else ""),
            stay.department,
            company(stay, background),
        )
    return table


def company(stay: Stay, background: Background) -> str:
    """With whom, and what else there is to know."""
    people = f"with {listed([background.name(p) for p in stay.people])}" if stay.people else ""
    return "; ".join(part for part in (people, stay.note) if part)


def timetable_document(plan: Plan, background: Background, asked: str) -> dict[str, Any]:
    """The timetable as one JSON document. Raises UnknownNameError."""
    person = known_person(plan, background, asked)
    return {
        "format": TIMETABLE_FORMAT,
        "person": person,
        "name": background.name(person),
        "stays": [
            {
                "date": stay.date.isoformat(),
                "start": stay.start,
                "end": stay.end,
                "what": stay.what,
                "department": stay.department,
                "people": list(stay.people),
                "note": stay.note,
                "session_id": stay.session_id,
            }
            for stay in stays_of(plan, background, person)
        ],
    }
