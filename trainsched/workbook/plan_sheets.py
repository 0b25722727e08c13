"""The layout of plan.xlsx's sheets that can be read back after changes by hand.

Every session row carries ids beside readable names; only the ids, dates and periods are read.
A sheet's fingerprint, kept in the workbook's custom properties, tells whether it was changed.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan, Session
from trainsched.workbook.cells.text import text_of
from trainsched.workbook.write import CellValue

BY_TRAINEE = "By trainee"
BY_TRAINER = "By trainer"
BY_DEPARTMENT = "By department"
COVER = "Cover"
SESSION_SHEETS = (BY_TRAINEE, BY_TRAINER, BY_DEPARTMENT)

SESSION_COLUMNS = (
    "date", "day", "period", "start", "end", "length", "activity", "title", "kind", "department",
    "staff", "staff_names", "trainees", "trainee_names", "equipment", "pinned", "session",
)  # fmt: skip
COVER_COLUMNS = (
    "department", "duty", "date", "day", "period", "staff_id", "name", "rostered_staff_id",
    "rostered_name",
)  # fmt: skip
PERSON_COLUMNS: Mapping[str, tuple[str, ...]] = {
    BY_TRAINEE: ("trainee_id", "name"),
    BY_TRAINER: ("staff_id", "name", "role"),
    BY_DEPARTMENT: (),
}
"""The columns before those of the session, by sheet."""


class PlanTable(NamedTuple):
    """One sheet: headers, and rows of as many values."""

    headers: tuple[str, ...]
    rows: tuple[tuple[CellValue, ...], ...]


def plan_tables(plan: Plan, organisation: Organisation) -> dict[str, PlanTable]:
    """The sheets of a plan that can be read back, in order, with the organisation's names."""
    names = {person.staff_id: person.name for person in organisation.staff}
    names |= {person.trainee_id: person.name for person in organisation.trainees}
    titles = {activity.code: activity.title for activity in organisation.activities}
    return named_plan_tables(plan, names, titles)


def named_plan_tables(
    plan: Plan, names: Mapping[str, str], titles: Mapping[str, str]
) -> dict[str, PlanTable]:
    """The same, with names of people by id and titles of activities by code given."""
    rows = {session.id: _session_row(session, names, titles) for session in plan.sessions}
    by_trainee = [
        (trainee_id, names.get(trainee_id), *rows[session.id])
        for session in plan.sessions
        for trainee_id in session.trainees
    ]
    by_trainer = [
        (one.staff_id, names.get(one.staff_id), one.role, *rows[session.id])
        for session in plan.sessions
        for one in session.staff
    ]
    by_department = sorted(plan.sessions, key=lambda session: session.department)
    cover = tuple(
        (
            entry.department,
            entry.duty,
            entry.date,
            day_name(entry.date),
            entry.period,
            entry.staff_id,
            names.get(entry.staff_id),
            entry.rostered_staff_id,
            names.get(entry.rostered_staff_id or ""),
        )
        for entry in plan.cover
    )
    return {
        BY_TRAINEE: _table(BY_TRAINEE, sorted(by_trainee, key=lambda row: str(row[0]))),
        BY_TRAINER: _table(BY_TRAINER, sorted(by_trainer, key=lambda row: str(row[0]))),
        BY_DEPARTMENT: _table(BY_DEPARTMENT, [rows[session.id] for session in by_department]),
        COVER: PlanTable(COVER_COLUMNS, cover),
    }


def day_name(day: date) -> str:
    """The short name of the day of the week."""
    return ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[day.weekday()]


def fingerprint(rows: Iterable[Sequence[object]]) -> str:
    """The SHA-256 over the texts of a sheet's cells, header row first; blank ends do not count."""
    digest = hashlib.sha256()
    for row in rows:
        texts = [_cell_text(value) for value in row]
        while texts and not texts[-1]:
            texts.pop()
        digest.update("\x1f".join(texts).encode() + b"\x1e")
    return digest.hexdigest()


def fingerprint_property(sheet: str) -> str:
    """The name of the custom document property that holds a sheet's fingerprint."""
    return f"Fingerprint of {sheet}"


def fingerprints(tables: Mapping[str, PlanTable]) -> dict[str, str]:
    """The custom document properties that a writer of these tables has to set."""
    return {
        fingerprint_property(sheet): fingerprint([table.headers, *table.rows])
        for sheet, table in tables.items()
    }


def _table(sheet: str, rows: Iterable[Sequence[CellValue]]) -> PlanTable:
    headers = (*PERSON_COLUMNS[sheet], *SESSION_COLUMNS)
    return PlanTable(headers, tuple(tuple(row) for row in rows))


def _session_row(
    session: Session, names: Mapping[str, str], titles: Mapping[str, str]
) -> tuple[CellValue, ...]:
    return (
        session.date,
        day_name(session.date),
        session.period,
        session.start,
        session.end,
        session.length,
        session.activity,
        titles.get(session.activity),
        str(session.kind),
        session.department,
        "; ".join(f"{one.role}={one.staff_id}" for one in session.staff),
        "; ".join(names.get(one.staff_id, one.staff_id) for one in session.staff),
        "; ".join(session.trainees),
        "; ".join(names.get(trainee_id, trainee_id) for trainee_id in session.trainees),
        "; ".join(session.equipment),
        "yes" if session.pinned else "no",
        session.id,
    )


def _cell_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        # Excel keeps 15 digits; the text must not depend on the last ones.
        return f"{value:.10g}"
    return text_of(value)
