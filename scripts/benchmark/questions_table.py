"""The table of the questions of a release: a CSV with a row for each, and the same for reading.

As in the table of plans, rows are only ever added, and the text is written anew each time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .table import Row, Table, as_row, filled_in, made_by, markdown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .asking import Asked

COLUMNS = (
    "instance",
    "question",
    "detail",
    "wall_s",
    "cpu_s",
    "peak_mb",
    "moved_sessions_value",
    "moved_sessions_bound",
    "moved_sessions_status",
    "unplaced_must_value",
    "unplaced_must_status",
    "items",
    "items_proved_minimal",
    "items_reduced",
    "items_with_open_facts",
    "items_not_explained",
    "unlocks_confirmed",
    "items_without_unlock",
    "note",
    "release",
    "commit",
    "machine",
    "versions",
)
STATUSES = {
    "proved minimal": "items_proved_minimal",
    "reduced, not proved minimal": "items_reduced",
}
PROTOCOL = """\
# Questions to trainsched {release}

Made by `python3 scripts/benchmark.py questions`. These figures and more are in
[{release}-questions.csv]({release}-questions.csv), a row for each question.

- Each question is the installed command in a process of its own, as a user runs it. `total` is all
  of it: loading libraries, reading the workbook and the plan, checking, and writing. CPU seconds
  are those of all processors together.
- `moved`: sessions of the earlier plan moved, cancelled or restaffed, and what is known of it: one
  figure alone is proved least, else the bound is in brackets.
- `items`: requirements explained. `minimal`, `reduced`, `open`: whose set of facts is proved
  minimal, is reduced but not proved minimal, or was not settled in time. `left`: those there was no
  time for.
- `unlocks`: changes that would place an item, each confirmed by solving again. `without`: items
  that have none.
- The absence is of the trainer and week with the most sessions of the plan, none of them pinned:
  `told` on the command line with `--absent`, or written into a copy of the workbook (`edited`).
- Machines: {machines}
- Versions: {versions}
"""
HEADINGS = (
    "instance",
    "question",
    "total / CPU s",
    "MB",
    "moved",
    "must",
    "items",
    "minimal / reduced / open / left",
    "unlocks / without",
    "commit",
    "note",
)


class QuestionsTable(Table):
    """The table of one release in its folder, beside that of its plans."""

    @property
    def name(self) -> str:
        """What its two files are called."""
        return f"{self.release}-questions"

    @property
    def columns(self) -> tuple[str, ...]:
        """What a row has."""
        return COLUMNS

    def text(self, rows: Sequence[Row]) -> str:
        """The table for reading."""
        return as_text(self.release, rows)


def row_of(instance: str, question: str, detail: str, asked: Asked) -> Row:
    """A question as a row; what it does not tell stays empty."""
    row: dict[str, object] = {
        "instance": instance,
        "question": question,
        "detail": detail,
        **asked.costs(),
        **made_by(),
    }
    if asked.document is not None:
        row |= _goals(asked.document.get("goals", ()))
        if question.startswith("explain"):
            row |= _items(asked.document)
    return as_row(COLUMNS, row)


def _goals(goals: Sequence[dict[str, Any]]) -> dict[str, object]:
    return {
        f"{goal['name']}_{what}": goal[what]
        for goal in goals
        for what in ("value", "bound", "status")
        if f"{goal['name']}_{what}" in COLUMNS
    }


def _items(document: dict[str, Any]) -> dict[str, object]:
    items = document["items"]
    found: dict[str, object] = dict.fromkeys((*STATUSES.values(), "items_with_open_facts"), 0)
    for item in items:
        column = STATUSES.get(item["status"], "items_with_open_facts")
        found[column] = int(str(found[column])) + 1
    return found | {
        "items": len(items),
        "items_not_explained": len(document["not_explained"]),
        "unlocks_confirmed": sum(len(item["unlocks"]) for item in items),
        "items_without_unlock": sum(not item["unlocks"] for item in items),
    }


def as_text(release: str, rows: Sequence[Row]) -> str:
    """The protocol, then a row for each question."""
    table = markdown(HEADINGS, (_cells(row) for row in rows))
    return filled_in(PROTOCOL, release, rows) + "\n" + table


def _cells(row: Row) -> list[str]:
    moved = row["moved_sessions_value"]
    if moved and row["moved_sessions_status"] != "proved best":
        moved = f"{moved} ({row['moved_sessions_bound']})"
    explained = ("proved_minimal", "reduced", "with_open_facts", "not_explained")
    return [
        row["instance"],
        ": ".join(words for words in (row["question"], row["detail"]) if words),
        f"{row['wall_s']} / {row['cpu_s']}",
        row["peak_mb"],
        moved,
        row["unplaced_must_value"],
        row["items"],
        " / ".join(row[f"items_{what}"] for what in explained) if row["items"] else "",
        f"{row['unlocks_confirmed']} / {row['items_without_unlock']}" if row["items"] else "",
        row["commit"],
        row["note"],
    ]
