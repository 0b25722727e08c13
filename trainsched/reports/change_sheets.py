"""The sheets of plan.xlsx that only a replan has: what changed, whose days, what to send out."""

from xlsxwriter.workbook import Workbook

from trainsched.domain.news import News
from trainsched.domain.plan import Plan
from trainsched.reports.background import Background
from trainsched.reports.change_words import (
    KIND_WORDS,
    Message,
    day_before_and_after,
    messages_of,
    session_in_words,
)
from trainsched.reports.changes import Changes
from trainsched.reports.sheets import Column, Styles, write_sheet


def write_change_sheets(
    book: Workbook,
    styles: Styles,
    changes: Changes,
    plan: Plan,
    background: Background,
    news: News,
) -> None:
    """Write all three, also where nothing changed: an empty sheet says so too."""
    _write_changed(book, styles, changes, background)
    _write_days(book, styles, changes, plan, background, news)
    _write_messages(book, styles, messages_of(changes, plan, background, news), background)


def _write_changed(
    book: Workbook, styles: Styles, changes: Changes, background: Background
) -> None:
    columns = (
        Column("Change"),
        Column("Activity"),
        Column("Title"),
        Column("Trainees", "wrapped", 30),
        Column("Before", "wrapped", 40),
        Column("Now", "wrapped", 40),
    )
    rows = [
        (
            KIND_WORDS[change.kind],
            change.either.activity,
            background.activities.get(change.either.activity, ""),
            ", ".join(background.label(trainee) for trainee in change.either.trainees),
            session_in_words(change.before, background),
            session_in_words(change.after, background),
        )
        for change in changes.changed
    ]
    write_sheet(book, styles, "Moved sessions", columns, rows, frozen_columns=1)


def _write_days(
    book: Workbook,
    styles: Styles,
    changes: Changes,
    plan: Plan,
    background: Background,
    news: News,
) -> None:
    columns = (
        Column("Person id"),
        Column("Person"),
        Column("Date", "date"),
        Column("Before", "wrapped", 60),
        Column("Now", "wrapped", 60),
    )
    rows = [
        (
            day.person_id,
            background.name(day.person_id),
            day.date,
            *day_before_and_after(day, plan, news),
        )
        for day in changes.days
    ]
    write_sheet(book, styles, "Days changed", columns, rows, frozen_columns=2)


def _write_messages(
    book: Workbook, styles: Styles, messages: tuple[Message, ...], background: Background
) -> None:
    columns = (
        Column("Person id"),
        Column("Person"),
        Column("Date", "date"),
        Column("Message", "wrapped", 110),
    )
    rows = [
        (message.person_id, background.name(message.person_id), message.date, message.line)
        for message in messages
    ]
    write_sheet(book, styles, "To send out", columns, rows, frozen_columns=2)
