"""The sheet of plan.xlsx that says what every id stands for: written here, and read back here.

It lets `trainsched report` show names from the run's folder alone.
"""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from trainsched.reports.background import Background, StaffFacts, TraineeFacts

SHEET = "Names"
HEADINGS = ("Id", "What", "Name", "Department", "Programme", "WTE", "Most sessions")
DEPARTMENT, STAFF, TRAINEE, ACTIVITY = "department", "staff", "trainee", "activity"
LIST_MARK = "; "


def names_rows(background: Background) -> list[tuple[str | float | None, ...]]:
    """One row an id: departments, staff, trainees, activities."""
    rows: list[tuple[str | float | None, ...]] = []
    for code, name in sorted(background.departments.items()):
        rows.append((code, DEPARTMENT, name, None, None, None, None))
    for _, person in sorted(background.staff.items()):
        where = LIST_MARK.join(person.departments)
        limit = person.most_sessions
        rows.append((person.staff_id, STAFF, person.name, where, None, person.wte, limit))
    for _, trainee in sorted(background.trainees.items()):
        place, programme = trainee.department, trainee.programme
        rows.append((trainee.trainee_id, TRAINEE, trainee.name, place, programme, None, None))
    for code, title in sorted(background.activities.items()):
        rows.append((code, ACTIVITY, title, None, None, None, None))
    return rows


def read_names(path: Path) -> dict[str, Any]:
    """The parts of a background that the sheet holds; none where the file cannot be used."""
    with suppress(CalamineError, OSError, ValueError, IndexError, TypeError):
        with CalamineWorkbook.from_path(path) as book:
            rows = book.get_sheet_by_name(SHEET).to_python(skip_empty_area=False)
        if tuple(rows[0][: len(HEADINGS)]) == HEADINGS:
            return parts_of(rows[1:])
    return {}


def parts_of(rows: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """The rows as parts of a background."""
    departments: dict[str, str] = {}
    staff: dict[str, StaffFacts] = {}
    trainees: dict[str, TraineeFacts] = {}
    activities: dict[str, str] = {}
    for row in rows:
        key, what, name, where, programme = (str(cell) for cell in row[:5])
        if what == DEPARTMENT:
            departments[key] = name
        elif what == STAFF:
            limit = None if row[6] == "" else int(row[6])
            staff[key] = StaffFacts(key, name, tuple(where.split(LIST_MARK)), float(row[5]), limit)
        elif what == TRAINEE:
            trainees[key] = TraineeFacts(key, name, where, programme)
        elif what == ACTIVITY:
            activities[key] = name
    return {
        "departments": departments,
        "staff": staff,
        "trainees": trainees,
        "activities": activities,
    }
