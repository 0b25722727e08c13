"""A plan as data frames: one a sheet of plan.xlsx, with ids, names and real dates."""

from collections.abc import Sequence

import pandas as pd

from trainsched.domain.plan import Plan
from trainsched.reports.background import Background
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


def frame(rows: Sequence[Row], columns: Sequence[str]) -> pd.DataFrame:
    """Rows as a data frame that has its columns even when it is empty."""
    table = pd.DataFrame([dict(row) for row in rows], columns=list(columns))
    if "date" in columns:
        table["date"] = pd.to_datetime(table["date"])
    return table
