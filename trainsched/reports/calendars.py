"""calendars/<person>.ics: everybody's protected sessions, for their own calendar program.

Times are those of Europe/London, with its rule for summer time in every file. Nothing of the time
of the run is in them: each event is stamped with the first day of the plan, and a minute more for
each change since, so that the same plan gives the same bytes and a later one is newer.
"""

from collections import defaultdict
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from trainsched.domain.plan import Plan, Session
from trainsched.reports.background import Background
from trainsched.reports.calendar_book import CalendarBook
from trainsched.reports.calendar_book import Event as Remembered
from trainsched.reports.changes import people_of
from trainsched.reports.words import listed

ZONE_NAME = "Europe/London"
ZONE = ZoneInfo(ZONE_NAME)
PRODUCT = "-//trainsched//protected training//EN"
END = b"END:VCALENDAR\r\n"
MOST_OF_A_NAME = 100
RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
"""Names that Windows gives to devices."""


def write_calendars(folder: Path, plan: Plan, book: CalendarBook, background: Background) -> None:
    """Write a file for everybody who has, or has had, a session. The folder is there already."""
    lines: dict[str, list[bytes]] = defaultdict(list)
    for event in book.events:
        now = () if event.is_cancelled else people_of(event.session)
        gone = people_of(event.session) if event.is_cancelled else ()
        running = _event(event, plan, background, is_cancelled=False) if now else b""
        over = sorted({*gone, *event.left})
        for person in dict.fromkeys(now):
            lines[person].append(running)
        if over:
            cancelled = _event(event, plan, background, is_cancelled=True)
            for person in over:
                lines[person].append(cancelled)
    for person, name in file_names(sorted(lines)).items():
        text = _head(background.name(person)) + b"".join(lines[person]) + END
        (folder / f"{name}.ics").write_bytes(text)


def file_names(people: list[str]) -> dict[str, str]:
    """A name of a file for each id: safe on every system, and no two alike but for their case."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for person in people:
        name = quote(person, safe=" ")[:MOST_OF_A_NAME].strip() or "_"
        if name.startswith(".") or name.endswith(".") or name.split(".")[0].lower() in RESERVED:
            name = f"_{name.rstrip('.')}_"
        unique, turn = name, 2
        while unique.casefold() in taken:
            unique, turn = f"{name}-{turn}", turn + 1
        taken.add(unique.casefold())
        found[person] = unique
    return found


def _head(name: str) -> bytes:
    """What stands before the events: whose calendar it is, and what Europe/London means."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"Protected training: {name}")
    calendar.add("x-wr-timezone", ZONE_NAME)
    calendar.add_component(_zone())
    text: bytes = calendar.to_ical()
    return text.removesuffix(END)


def _zone() -> Timezone:
    """British time: one hour ahead from the last Sunday of March to the last of October."""
    zone = Timezone()
    zone.add("tzid", ZONE_NAME)
    summer, winter = TimezoneDaylight(), TimezoneStandard()
    none, hour = timedelta(0), timedelta(hours=1)
    for part, name, begins, before, after, month in (
        (summer, "BST", datetime(1996, 3, 31, 1), none, hour, 3),  # noqa: DTZ001 - local by rule
        (winter, "GMT", datetime(1996, 10, 27, 2), hour, none, 10),  # noqa: DTZ001
    ):
        part.add("tzname", name)
        part.add("dtstart", begins)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1SU"})
        zone.add_component(part)
    return zone


def _event(
    remembered: Remembered, plan: Plan, background: Background, *, is_cancelled: bool
) -> bytes:
    session = remembered.session
    title = background.activities.get(session.activity) or session.activity
    event = Event()
    event.add("uid", remembered.uid)
    stamp = datetime.combine(plan.start_date, time(), UTC)
    event.add("dtstamp", stamp + timedelta(minutes=remembered.sequence))
    event.add("sequence", remembered.sequence)
    event.add("dtstart", _moment(session, session.start))
    event.add("dtend", _moment(session, session.end))
    event.add("summary", f"Cancelled: {title}" if is_cancelled else f"Training: {title}")
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if is_cancelled else "OPAQUE")
    event.add("location", _place(session, background))
    event.add("description", "\n".join(_about(session, background)))
    text: bytes = event.to_ical()
    return text


def _moment(session: Session, clock: str) -> datetime:
    return datetime.combine(session.date, time.fromisoformat(clock), ZONE)


def _place(session: Session, background: Background) -> str:
    where = background.departments.get(session.department) or session.department
    return where if session.site in (where, session.department) else f"{where}, {session.site}"


def _about(session: Session, background: Background) -> list[str]:
    lines = [f"Activity: {session.activity}"]
    by_role: dict[str, list[str]] = defaultdict(list)
    for entry in session.staff:
        by_role[entry.role].append(background.name(entry.staff_id))
    for role, names in by_role.items():
        lines.append(f"{role.replace('_', ' ').capitalize()}: {listed(names)}")
    names = [background.name(trainee) for trainee in session.trainees]
    lines.append(f"{'Trainee' if len(names) == 1 else 'Trainees'}: {listed(names)}")
    if session.equipment:
        lines.append(f"Equipment: {listed(session.equipment)}")
    return lines
