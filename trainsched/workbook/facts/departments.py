"""Departments, closures, travel, equipment and duties from their sheets."""

from trainsched.domain.departments import Closure, Department, Equipment, Travel
from trainsched.domain.duties import Duty, Presence, Priority
from trainsched.workbook.records import Record
from trainsched.workbook.sources import Sources


def read_departments(sources: Sources) -> tuple[Department, ...]:
    """The departments by code; a code that stands twice is an error."""
    sources.refuse_repeats("Departments", ["department"], "department", "The department")
    found: dict[str, Department] = {}
    for record in sources.of("Departments"):
        code = record.get("department")
        if code is None or code in found:
            continue
        found[code] = Department(
            code=code,
            name=record.get("name", code),
            site=record.get("site", code),
            specialism=record.get("specialism"),
            region=record.get("region"),
            accredited_for=record.get("accredited_for"),
        )
        sources.places[f"department:{code}"] = record.place("department")
    return tuple(found[code] for code in sorted(found))


def read_closures(sources: Sources) -> tuple[Closure, ...]:
    """The closures, each once, by date."""
    found = {
        Closure(date=record.get("date"), department=record.get("department"))
        for record in sources.of("Closures")
        if record.has("date") and "department" not in record.faulty
    }
    return tuple(sorted(found, key=lambda closure: (closure.date, closure.department or "")))


def read_travel(sources: Sources) -> tuple[Travel, ...]:
    """Travel in both directions: the one not given takes the minutes of the other."""
    sources.refuse_repeats("Travel", ["from_site", "to_site"], "from_site", "The journey")
    minutes: dict[tuple[str, str], int] = {}
    for record in sources.of("Travel"):
        if record.has_all("from_site", "to_site", "minutes"):
            pair = (record.get("from_site"), record.get("to_site"))
            minutes.setdefault(pair, record.get("minutes"))
    both = {(there, here): taken for (here, there), taken in minutes.items()} | minutes
    return tuple(
        Travel(from_site=here, to_site=there, minutes=both[here, there])
        for here, there in sorted(both)
    )


def read_equipment(sources: Sources) -> tuple[Equipment, ...]:
    """The rows of equipment, by item and row."""
    rows: list[Equipment] = []
    for record in sources.of("Equipment"):
        if not record.has("equipment"):
            continue
        _check_dates(sources, record)
        rows.append(
            Equipment(
                item=record.get("equipment"),
                department=record.get("department"),
                site=record.get("site"),
                capacity=record.get("capacity", 1),
                weekdays=record.get("days"),
                periods=record.get("periods"),
                first_date=record.get("from"),
                last_date=record.get("to"),
            )
        )
        sources.places.setdefault(f"equipment:{rows[-1].item}", record.place("equipment"))
    return tuple(sorted(rows, key=lambda row: row.item))


def read_duties(sources: Sources) -> tuple[Duty, ...]:
    """The rows of duties, by department, duty and row; rows of one duty add up."""
    rows: list[Duty] = []
    presence: dict[tuple[str, str], Record] = {}
    for record in sources.of("Duties"):
        if not record.has_all("department", "duty", "staff_needed"):
            continue
        _check_dates(sources, record)
        rows.append(
            Duty(
                department=record.get("department"),
                duty=record.get("duty"),
                staff_needed=record.get("staff_needed"),
                competences=record.get("competence", ()),
                min_band=record.get("min_band"),
                weekdays=record.get("days"),
                periods=record.get("periods"),
                presence=Presence(record.get("presence", Presence.EXCLUSIVE)),
                one_person=record.get("one_person", False),
                first_date=record.get("from"),
                last_date=record.get("to"),
                priority=Priority(record.get("priority", Priority.MUST)),
                row=record.row,
            )
        )
        sources.places[f"duty:{record.row}"] = record.place("duty")
        _check_presence(sources, presence, record)
    return tuple(sorted(rows, key=lambda row: (row.department, row.duty, row.row)))


def _check_presence(sources: Sources, known: dict[tuple[str, str], Record], record: Record) -> None:
    """Rows of one duty are all exclusive or all on site: a plan names the duty, not the row."""
    first = known.setdefault((record.get("department"), record.get("duty")), record)
    before = Presence(first.get("presence", Presence.EXCLUSIVE))
    now = Presence(record.get("presence", Presence.EXCLUSIVE))
    if now is not before:
        sources.problems.error(
            record.place("presence"),
            f"The duty {record.get('duty')} is {before.value} in {first.place('duty')} and "
            f"{now.value} here.",
            "Give one of the two a name of its own, or make both the same.",
            record.raw.get("presence"),
        )


def _check_dates(sources: Sources, record: Record) -> None:
    check_order(sources, record, "from", "to")


def check_order(sources: Sources, record: Record, first: str, last: str) -> bool:
    """Whether the row's dates are in order; note an error where the end comes first."""
    if record.has_all(first, last) and record.get(last) < record.get(first):
        sources.problems.error(
            record.place(last),
            f"The end, {record.get(last):%d/%m/%Y}, is before the start in "
            f"{record.place(first).cell}, {record.get(first):%d/%m/%Y}.",
            "Put the later date here, or swap the two.",
            record.raw.get(last),
        )
        return False
    return True
