"""The table of capacity and funding of a release, beside that of its plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .table import Row, Table, as_row, filled_in, made_by, markdown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .asking import Asked

COLUMNS = (
    "instance",
    "question",
    "limit_s",
    "wall_s",
    "cpu_s",
    "peak_mb",
    "limits",
    "limits_proved",
    "limits_without_upper_end",
    "sum_of_limits",
    "sum_of_upper_ends",
    "intake",
    "hosted",
    "annual_cost",
    "annual_cost_bound",
    "annual_cost_status",
    "points",
    "points_proved",
    "is_complete",
    "note",
    "release",
    "commit",
    "machine",
    "versions",
)
PROTOCOL = """\
# Capacity and funding with trainsched {release}

Made by `python3 scripts/benchmark.py capacity`. These figures and more are in
[{release}-capacity.csv]({release}-capacity.csv), a row for each question.

- Each question is the installed command in a process of its own, as a user runs it, with nothing
  known from before. `total` is all of it: loading libraries, reading the workbook, plans for the
  answer, the checker, and writing. CPU seconds are those of all processors together.
- `proved`: hosting limits with both sides proved, of all of them. `sum`: of the numbers that fit,
  and of the largest that are not proved impossible, over the limits that have one; `open`: those
  that have none.
- `cost (bound)`: pounds a year, one figure alone is proved least. Of the public instances of shift
  minimisation (`data_...`, tasks and workers in the name), fewest posts at a pound each.
- `points`: of the frontier, how many are proved, and whether every intake was searched.
- Machines: {machines}
- Versions: {versions}
"""
HEADINGS = (
    "instance",
    "question",
    "limit s",
    "total / CPU s",
    "MB",
    "proved of limits",
    "sum / upper / open",
    "hosted of intake",
    "cost (bound)",
    "points proved",
    "commit",
    "note",
)
PROVED = "proved best"


class CapacityTable(Table):
    """The table of one release in its folder."""

    @property
    def name(self) -> str:
        """What its two files are called."""
        return f"{self.release}-capacity"

    @property
    def columns(self) -> tuple[str, ...]:
        """What a row has."""
        return COLUMNS

    def text(self, rows: Sequence[Row]) -> str:
        """The table for reading."""
        table = markdown(HEADINGS, (_cells(row) for row in rows))
        return filled_in(PROTOCOL, self.release, rows) + "\n" + table


def row_of(instance: str, question: str, limit: float | None, asked: Asked) -> Row:
    """An answer as a row; what it does not tell stays empty."""
    row: dict[str, object] = {
        "instance": instance,
        "question": question,
        "limit_s": limit,
        **asked.costs(),
        **made_by(),
    }
    document = asked.document or {}
    if document.get("hosting"):
        row |= _limits(document["hosting"])
    if document.get("targets"):
        row |= _intake(document["targets"])
    cost = document.get("annual_cost")
    if cost and (document.get("targets") or cost["value"]):  # nothing wanted costs nothing
        row |= _cost(cost)
    if "points" in document:
        statuses = [point["status"] for point in document["points"]]
        row |= {"points": len(statuses), "points_proved": statuses.count(PROVED)}
        row["is_complete"] = document["is_complete"]
    return as_row(COLUMNS, row)


def _limits(hosting: list[dict[str, Any]]) -> dict[str, object]:
    ends = [
        (limit["fits"], limit["impossible_from"] - 1)
        for limit in hosting
        if limit["impossible_from"] is not None
    ]
    return {
        "limits": len(hosting),
        "limits_proved": sum(fits == end for fits, end in ends),
        "limits_without_upper_end": len(hosting) - len(ends),
        "sum_of_limits": sum(fits for fits, _ in ends),
        "sum_of_upper_ends": sum(end for _, end in ends),
    }


def _intake(targets: list[dict[str, Any]]) -> dict[str, object]:
    return {
        "intake": sum(target["intake"] for target in targets),
        "hosted": sum(target["hosted"] for target in targets),
    }


def _cost(cost: dict[str, Any]) -> dict[str, object]:
    return {
        "annual_cost": cost["value"],
        "annual_cost_bound": cost["bound"],
        "annual_cost_status": cost["status"],
    }


def _cells(row: Row) -> list[str]:
    cost = row["annual_cost"]
    if cost and row["annual_cost_status"] != PROVED:
        cost = f"{cost} ({row['annual_cost_bound']})"
    sums = ("sum_of_limits", "sum_of_upper_ends", "limits_without_upper_end")
    complete = {"True": ", complete", "False": ", not complete"}.get(row["is_complete"], "")
    return [
        row["instance"],
        row["question"],
        row["limit_s"].removesuffix(".0") or "none",
        f"{row['wall_s']} / {row['cpu_s']}",
        row["peak_mb"],
        f"{row['limits_proved']} of {row['limits']}" if row["limits"] else "",
        " / ".join(row[name] for name in sums) if row["limits"] else "",
        f"{row['hosted']} of {row['intake']}" if row["intake"] else "",
        cost,
        f"{row['points_proved']} of {row['points']}{complete}" if row["points"] else "",
        row["commit"],
        row["note"],
    ]
