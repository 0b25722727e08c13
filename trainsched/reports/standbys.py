"""If somebody is away: what share of the sessions goes ahead, and who stands by."""

from typing import Any

import pandas as pd
from rich.console import Console
from rich.padding import Padding
from xlsxwriter.workbook import Workbook

from trainsched.checker.survival import survival_of
from trainsched.domain.plan import Plan
from trainsched.domain.standbys import Survival
from trainsched.reports.background import Background
from trainsched.reports.console import new_table, print_heading, say
from trainsched.reports.sheets import Column, Styles, write_sheet
from trainsched.reports.words import counted, number_words, short_day_words

MOST_ROWS = 15
COLUMNS = (
    *("session", "date", "period", "department", "activity", "title", "role"),
    *("trainer_ids", "trainers", "standby_id", "standby"),
)


def survival(plan: Plan, background: Background) -> Survival | None:
    """As worked out when the standbys were named, else from the plan alone."""
    if background.standbys is not None:
        return background.standbys.survival
    return survival_of(plan, background.absence_rate) if background.absence_rate else None


def survival_words(found: Survival) -> str:
    """What share of the sessions goes ahead, in one or two sentences."""
    rate = f"{number_words(round(100 * found.absence_rate, 1))} %"
    without = f"{100 * found.without_standbys:.1f} %"
    words = (
        f"If {rate} of people are away on any day (absence_rate, an assumption), {without} of "
        "the sessions go ahead as planned"
    )
    if found.with_standbys is None:
        return f"{words}, the mean of {number_words(found.draws)} draws."
    return (
        f"{words}, and {100 * found.with_standbys:.1f} % with the standbys below: the means of "
        f"{number_words(found.draws)} draws."
    )


def print_absence(plan: Plan, background: Background, console: Console) -> None:
    """What absence does to the plan, and the standbys where they were asked for."""
    found = survival(plan, background)
    standbys = background.standbys
    if found is None and standbys is None:
        return
    print_heading(console, "If somebody is away")
    if found is not None:
        say(console, survival_words(found), indent=3)
    if standbys is None:
        say(console, "trainsched plan --robust names standbys.", indent=3)
        return
    proved = "no choice gives more of them one" if standbys.is_proved else "the most found"
    say(
        console,
        f"{number_words(standbys.named)} of {counted(standbys.wanted, 'must session')} with a "
        f"trainer have a standby; {proved}.",
        indent=3,
    )
    rows = [one for one in standbys.sessions if one.staff_id is not None]
    if not rows:
        return
    table = new_table(console)
    for name in ("Date", "Period", "Session", "Trainer", "Standby"):
        table.add_column(name, overflow="fold")
    for one in rows[:MOST_ROWS]:
        table.add_row(
            short_day_words(one.date),
            one.period,
            one.activity,
            "; ".join(background.label(person) for person in one.instead_of),
            background.label(one.staff_id or ""),
        )
    console.print(Padding(table, (0, 0, 0, 3), expand=False))
    rest = len(rows) - MOST_ROWS
    if rest > 0:
        say(console, f"and {counted(rest, 'more')}: plan.xlsx, sheet Standbys", indent=3)


def standby_rows(background: Background) -> list[dict[str, Any]]:
    """Every session that wants a standby, with names; no standby is an empty text."""
    if background.standbys is None:
        return []
    return [
        {
            "session": one.session_id,
            "date": one.date,
            "period": one.period,
            "department": one.department,
            "activity": one.activity,
            "title": background.activities.get(one.activity, ""),
            "role": one.role,
            "trainer_ids": "; ".join(one.instead_of),
            "trainers": "; ".join(background.name(person) for person in one.instead_of),
            "standby_id": one.staff_id or "",
            "standby": "" if one.staff_id is None else background.name(one.staff_id),
        }
        for one in background.standbys.sessions
    ]


def standby_table(background: Background) -> pd.DataFrame:
    """The standbys as a data frame."""
    frame = pd.DataFrame(standby_rows(background), columns=list(COLUMNS))
    frame["date"] = pd.to_datetime(frame["date"])
    return frame


def write_standbys(book: Workbook, styles: Styles, background: Background) -> None:
    """The sheet of standbys, where they were asked for."""
    if background.standbys is None:
        return
    columns = [
        Column(name.replace("_", " ").capitalize(), "date" if name == "date" else "text")
        for name in COLUMNS
    ]
    rows = [tuple(row[name] for name in COLUMNS) for row in standby_rows(background)]
    write_sheet(book, styles, "Standbys", columns, rows, frozen_columns=2)


def absence_document(plan: Plan, background: Background) -> dict[str, Any]:
    """What absence does to the plan, for JSON."""
    found, standbys = survival(plan, background), background.standbys
    return {
        "survival": None if found is None else found.model_dump(mode="json"),
        "standbys": None if standbys is None else standbys.model_dump(mode="json"),
    }
