"""The rows of a plan's tables: sessions by person and department, changes, what is missing.

Plain mappings with ids, names and real dates; the workbook and the data frames are made of them.
"""

from collections.abc import Mapping
from typing import Any

from trainsched.domain.plan import Plan, Session
from trainsched.reports.background import Background
from trainsched.reports.figures import session_hours

Row = Mapping[str, Any]


def session_rows(plan: Plan, background: Background) -> tuple[list[Row], list[Row], list[Row]]:
    """The sessions once for each trainee, once for each member of staff, and once each."""
    hours = session_hours(plan, plan.sessions)
    by_trainee: list[Row] = []
    by_trainer: list[Row] = []
    by_department: list[Row] = []
    for session in plan.sessions:
        row = session_row(session, background, hours[session.id])
        by_department.append(row)
        by_trainee += [
            {"trainee_id": trainee, "name": background.name(trainee), **row}
            for trainee in session.trainees
        ]
        by_trainer += [
            {
                "staff_id": role.staff_id,
                "name": background.name(role.staff_id),
                "role": role.role,
                **row,
            }
            for role in session.staff
        ]
    by_trainee.sort(key=lambda row: row["trainee_id"])
    by_trainer.sort(key=lambda row: row["staff_id"])
    by_department.sort(key=lambda row: row["department"])
    return by_trainee, by_trainer, by_department


def session_row(session: Session, background: Background, hours: float) -> dict[str, Any]:
    """One session as a row."""
    return {
        "session": session.id,
        "activity": session.activity,
        "title": background.activities.get(session.activity, ""),
        "kind": str(session.kind),
        "department": session.department,
        "site": session.site,
        "date": session.date,
        "period": session.period,
        "length": session.length,
        "start": session.start,
        "end": session.end,
        "hours": hours,
        "staff": "; ".join(role.staff_id for role in session.staff),
        "trainees": "; ".join(session.trainees),
        "equipment": "; ".join(session.equipment),
        "pinned": session.pinned,
    }


def cover_rows(plan: Plan, background: Background) -> list[Row]:
    """One row a person, duty and slot."""
    return [{**entry.model_dump(), "name": background.name(entry.staff_id)} for entry in plan.cover]


def change_rows(plan: Plan, background: Background) -> list[Row]:
    """The duty places that pass from the person rostered to another."""
    return [
        {
            **entry.model_dump(),
            "rostered_name": background.name(entry.rostered_staff_id),
            "name": background.name(entry.staff_id),
        }
        for entry in plan.cover
        if entry.rostered_staff_id is not None and entry.rostered_staff_id != entry.staff_id
    ]


def unplaced_rows(plan: Plan, background: Background) -> list[Row]:
    """One row a trainee and activity of which sessions are missing."""
    return [
        {
            "trainee_id": item.trainee_id,
            "name": background.name(item.trainee_id),
            "activity": item.activity,
            "title": background.activities.get(item.activity, ""),
            "priority": str(item.priority),
            "required": item.required,
            "placed": item.placed,
            "missing": item.required - item.placed,
            "rules": "; ".join(reason.rule for reason in item.reasons),
            "reasons": " ".join(reason.detail for reason in item.reasons),
        }
        for item in plan.unplaced
    ]


def goal_rows(plan: Plan) -> list[Row]:
    """One row a goal."""
    return [
        {
            "name": str(goal.name),
            "value": goal.value,
            "bound": goal.bound,
            "gap": goal.gap,
            "status": str(goal.status),
        }
        for goal in plan.goals
    ]
