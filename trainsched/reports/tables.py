"""A plan as data frames: one a sheet of plan.xlsx, with ids, names and real dates."""

from collections.abc import Sequence

import pandas as pd

from trainsched.domain.news import News
from trainsched.domain.plan import Plan
from trainsched.reports.background import Background
from trainsched.reports.change_words import messages_of
from trainsched.reports.changes import Changes
from trainsched.reports.rows import (
    Row,
    change_rows,
    cover_rows,
    goal_rows,
    session_rows,
    unplaced_rows,
)

SESSION_COLUMNS = (
    *("session", "activity", "title", "kind", "department", "site", "date", "period", "length"),
    *("start", "end", "hours", "staff", "trainees", "equipment", "pinned"),
)
COVER_COLUMNS = ("department", "duty", "date", "period", "staff_id", "name", "rostered_staff_id")
UNPLACED_COLUMNS = (
    *("trainee_id", "name", "activity", "title", "priority", "required", "placed", "missing"),
    *("rules", "reasons"),
)
CHANGE_COLUMNS = (
    *("department", "duty", "date", "period", "rostered_staff_id", "rostered_name"),
    *("staff_id", "name"),
)
GOAL_COLUMNS = ("name", "value", "bound", "gap", "status")
SHORTFALL_COLUMNS = ("department", "duty", "date", "period", "missing")


def plan_tables(plan: Plan, background: Background) -> dict[str, pd.DataFrame]:
    """Every table of the plan. Dates are timestamps, lists are joined by ``; ``."""
    by_trainee, by_trainer, by_department = session_rows(plan, background)
    return {
        "by_trainee": frame(by_trainee, ("trainee_id", "name", *SESSION_COLUMNS)),
        "by_trainer": frame(by_trainer, ("staff_id", "name", "role", *SESSION_COLUMNS)),
        "by_department": frame(by_department, SESSION_COLUMNS),
        "cover": frame(cover_rows(plan, background), COVER_COLUMNS),
        "shortfalls": frame([gap.model_dump() for gap in plan.shortfalls], SHORTFALL_COLUMNS),
        "unplaced": frame(unplaced_rows(plan, background), UNPLACED_COLUMNS),
        "changes": frame(change_rows(plan, background), CHANGE_COLUMNS),
        "goals": frame(goal_rows(plan), GOAL_COLUMNS),
    }


CHANGED_SESSION_COLUMNS = (
    *("change", "activity", "trainees", "date_before", "period_before", "staff_before"),
    *("date_now", "period_now", "staff_now"),
)
MESSAGE_COLUMNS = ("person_id", "name", "date", "message")


def replan_tables(
    changes: Changes, plan: Plan, background: Background, news: News
) -> dict[str, pd.DataFrame]:
    """The tables that only a replan has: the sessions that changed, and the lines to send out."""
    changed: list[Row] = []
    for change in changes.changed:
        row: dict[str, object] = {
            "change": str(change.kind),
            "activity": change.either.activity,
            "trainees": "; ".join(change.either.trainees),
        }
        for when, session in (("before", change.before), ("now", change.after)):
            row[f"date_{when}"] = session.date if session else None
            row[f"period_{when}"] = session.period if session else None
            staff = [entry.staff_id for entry in session.staff] if session else []
            row[f"staff_{when}"] = "; ".join(staff)
        changed.append(row)
    table = frame(changed, CHANGED_SESSION_COLUMNS)
    for name in ("date_before", "date_now"):
        table[name] = pd.to_datetime(table[name])
    messages: list[Row] = [
        {
            "person_id": message.person_id,
            "name": background.name(message.person_id),
            "date": message.date,
            "message": message.line,
        }
        for message in messages_of(changes, plan, background, news)
    ]
    return {"moved_sessions": table, "messages": frame(messages, MESSAGE_COLUMNS)}


def frame(rows: Sequence[Row], columns: Sequence[str]) -> pd.DataFrame:
    """Rows as a data frame that has its columns even when it is empty."""
    table = pd.DataFrame([dict(row) for row in rows], columns=list(columns))
    if "date" in columns:
        table["date"] = pd.to_datetime(table["date"])
    return table
