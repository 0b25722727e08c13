"""plan.xlsx: the plan for people, to read, share, print, and to change by hand and verify."""

from pathlib import Path

from xlsxwriter.workbook import Workbook

from trainsched.domain.news import News
from trainsched.domain.plan import Plan
from trainsched.domain.rules import RuleId
from trainsched.reports import plan_names
from trainsched.reports.background import Background
from trainsched.reports.change_sheets import write_change_sheets
from trainsched.reports.changes import Changes
from trainsched.reports.figures import load_figures
from trainsched.reports.rows import change_rows, unplaced_rows
from trainsched.reports.sheets import Cell, CellKind, Column, Styles, write_sheet
from trainsched.reports.standbys import write_standbys
from trainsched.reports.summary_sheet import write_summary
from trainsched.reports.words import WHY_WORDS
from trainsched.workbook.plan_sheets import (
    PERSON_COLUMNS,
    fingerprint,
    fingerprint_property,
    named_plan_tables,
)
from trainsched.workbook.write import open_book

KINDS: dict[str, CellKind] = {"date": "date", "length": "whole"}
"""Columns of the readable sheets that are not text."""


def write_plan_workbook(
    path: Path,
    plan: Plan,
    background: Background,
    changes: Changes | None = None,
    news: News | None = None,
) -> None:
    """Write the workbook. The same plan and background give the same bytes.

    ``changes`` are those since an earlier plan, ``news`` the absences that led to them.
    """
    book = open_book(path)
    styles = Styles(book)
    write_summary(book, styles, plan, background)
    if changes is not None:
        write_change_sheets(book, styles, changes, plan, background, news or News())
    write_readable_sheets(book, styles, plan, background)
    write_unplaced(book, styles, plan, background)
    write_changes(book, styles, plan, background)
    write_load(book, styles, plan, background)
    write_standbys(book, styles, background)
    write_assumptions(book, styles, plan, background)
    write_names(book, styles, background)
    book.close()


def write_readable_sheets(
    book: Workbook, styles: Styles, plan: Plan, background: Background
) -> None:
    """The sheets that can be changed by hand and read back, with their fingerprints."""
    people = (*background.staff, *background.trainees)
    names = {person: background.name(person) for person in people}
    tables = named_plan_tables(plan, names, background.activities)
    for sheet, table in tables.items():
        columns = [readable_column(header) for header in table.headers]
        frozen = len(PERSON_COLUMNS[sheet]) or 1 if sheet in PERSON_COLUMNS else 2
        write_sheet(book, styles, sheet, columns, table.rows, frozen_columns=frozen)
        titles = [column.title for column in columns]
        mark = fingerprint([titles, *table.rows])
        book.set_custom_property(fingerprint_property(sheet), mark, "text")


def readable_column(header: str) -> Column:
    """How a column of the layout is shown; its title is read back whatever its case and spaces."""
    return Column(header.replace("_", " ").capitalize(), KINDS.get(header, "text"))


def write_unplaced(book: Workbook, styles: Styles, plan: Plan, background: Background) -> None:
    """What is missing and why."""
    columns = (
        Column("Trainee id"),
        Column("Trainee"),
        Column("Activity"),
        Column("Title"),
        Column("Priority"),
        Column("Required", "whole"),
        Column("Placed", "whole"),
        Column("Missing", "whole"),
        Column("Why", "wrapped", 36),
        Column("Details", "wrapped", 70),
        Column("Rules"),
    )
    rows = [
        (
            row["trainee_id"],
            row["name"],
            row["activity"],
            row["title"],
            row["priority"],
            row["required"],
            row["placed"],
            row["missing"],
            WHY_WORDS[RuleId(row["rules"].split("; ")[0])] if row["rules"] else "",
            row["reasons"],
            row["rules"],
        )
        for row in unplaced_rows(plan, background)
    ]
    write_sheet(book, styles, "Unplaced", columns, rows, frozen_columns=2)


def write_changes(book: Workbook, styles: Styles, plan: Plan, background: Background) -> None:
    """Which rostered duty places pass to whom."""
    columns = (
        Column("Department"),
        Column("Duty"),
        Column("Date", "date"),
        Column("Period"),
        Column("Rostered id"),
        Column("Rostered"),
        Column("Now id"),
        Column("Now"),
    )
    rows = [
        (
            row["department"],
            row["duty"],
            row["date"],
            row["period"],
            row["rostered_staff_id"],
            row["rostered_name"],
            row["staff_id"],
            row["name"],
        )
        for row in change_rows(plan, background)
    ]
    write_sheet(book, styles, "Changes", columns, rows, frozen_columns=2)


def write_load(book: Workbook, styles: Styles, plan: Plan, background: Background) -> None:
    """What each trainer carries, with a bar for the share of the limit."""
    columns = (
        Column("Staff id"),
        Column("Trainer"),
        Column("Departments"),
        Column("WTE", "number"),
        Column("Sessions", "whole"),
        Column("Hours", "hours"),
        Column("Most sessions", "whole"),
        Column("Share of the most", "share", 24),
    )
    rows: list[tuple[Cell, ...]] = []
    for row in load_figures(plan, background, None):
        person = background.staff.get(row.staff_id)
        where = "" if person is None else "; ".join(person.departments)
        rows.append(
            (
                row.staff_id,
                row.name if person is not None else "",
                where,
                row.wte,
                row.sessions,
                row.hours,
                row.limit,
                row.share_of_limit,
            )
        )
    page = write_sheet(book, styles, "Load", columns, rows, frozen_columns=2)
    bars: dict[str, str | int] = {"type": "data_bar", "bar_color": "#9DC3E6"}
    bars |= {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1}
    page.conditional_format(1, len(columns) - 1, max(len(rows), 1), len(columns) - 1, bars)


def write_assumptions(book: Workbook, styles: Styles, plan: Plan, background: Background) -> None:
    """The policy's figures with their sources, then the plan's warnings."""
    columns = (
        Column("Figure"),
        Column("Value", width=10),
        Column("Unit", "wrapped", 28),
        Column("Meaning", "wrapped", 50),
        Column("Source", "wrapped", 50),
        Column("Status"),
        Column("Set in"),
    )
    rows: list[tuple[Cell, ...]] = [
        (v.name, v.value, v.unit, v.meaning, v.source, v.status, v.set_in)
        for v in background.assumptions
    ]
    rows += [("warning", None, None, warning, "this plan", None, None) for warning in plan.warnings]
    write_sheet(book, styles, "Assumptions", columns, rows, frozen_columns=1)


def write_names(book: Workbook, styles: Styles, background: Background) -> None:
    """What every id stands for."""
    columns = [Column(title) for title in plan_names.HEADINGS]
    rows = plan_names.names_rows(background)
    write_sheet(book, styles, plan_names.SHEET, columns, rows, frozen_columns=1)
