"""What a replan changed, in the terminal: how much stays, what changes, and what to send out."""

from datetime import timedelta

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from trainsched.domain.news import News
from trainsched.domain.plan import GoalStatus, Plan
from trainsched.domain.rules import GoalId
from trainsched.reports.background import Background
from trainsched.reports.change_words import (
    KIND_WORDS,
    Message,
    day_before_and_after,
    messages_of,
    session_in_words,
)
from trainsched.reports.changes import Changes
from trainsched.reports.console import new_table, print_heading, say
from trainsched.reports.figures import figures_of
from trainsched.reports.not_placed import print_unplaced_details
from trainsched.reports.terminal import print_goals, print_title, print_warnings
from trainsched.reports.words import counted, day_words, short_day_words

MOST_CHANGES = 40
MOST_DAYS = 20
MOST_MESSAGES = 40


def print_replan(
    plan: Plan, background: Background, changes: Changes, news: News, console: Console
) -> None:
    """Print what is different from the earlier plan, then what is missing and the goals."""
    figures = figures_of(plan, background, None)
    print_title(plan, background, figures, console)
    _print_answer(plan, background, changes, news, console)
    if changes.changed:
        _print_changed(changes, background, console)
    if changes.days:
        _print_days(changes, plan, background, news, console)
    messages = messages_of(changes, plan, background, news)
    if messages:
        _print_messages(messages, background, console)
    print_unplaced_details(figures, background, console)
    print_goals(figures, console)
    print_warnings(figures, console)


def _print_answer(
    plan: Plan, background: Background, changes: Changes, news: News, console: Console
) -> None:
    print_heading(console, "What changes?")
    before = len(changes.kept) + changes.moved_sessions
    if not changes.changed:
        short = f"No session: all {counted(before, 'session')} stay as they were."
    else:
        short = f"{len(changes.kept):,} of {counted(before, 'session')} stay as they were."
    counts = [f"{count:,} {KIND_WORDS[kind]}" for kind, count in changes.counts.items() if count]
    line = Text(short, style="bold")
    if counts:
        line.append(f" The others: {', '.join(counts)}.", "not bold")
    say(console, line, indent=3)
    say(console, proof_words(plan), indent=3)
    if news.locked_until is not None:
        say(console, f"Nothing before {day_words(news.locked_until)} was touched.", indent=3)
    notice = notice_words(plan, background, changes, news)
    if notice:
        say(console, notice, indent=3)


def proof_words(plan: Plan) -> str:
    """What is known about the number of changes."""
    goal = next(goal for goal in plan.goals if goal.name is GoalId.MOVED_SESSIONS)
    if goal.status is GoalStatus.PROVED_BEST:
        return "Proved: no plan that places as many must sessions changes fewer."
    return (
        f"Best found: a plan that places as many must sessions changes at least {goal.bound} "
        "earlier sessions."
    )


def notice_words(plan: Plan, background: Background, changes: Changes, news: News) -> str:
    """How many changes come at shorter notice than the policy asks for; "" for none."""
    days = next((v.value for v in background.assumptions if v.name == "min_notice_days"), None)
    if not isinstance(days, int) or not changes.changed:
        return ""
    begin = max(news.locked_until or plan.start_date, plan.start_date)
    until = begin + timedelta(days=days)
    soon = sum(
        min(s.date for s in (change.before, change.after) if s is not None) < until
        for change in changes.changed
    )
    if not soon:
        return ""
    verb = "comes" if soon == 1 else "come"
    return (
        f"{counted(soon, 'change')} {verb} at less than {counted(days, 'day')}' notice, "
        f"counted from {day_words(begin)}."
    )


def _print_changed(changes: Changes, background: Background, console: Console) -> None:
    print_heading(console, "Sessions that change")
    table = new_table(console)
    table.add_column("Change", no_wrap=True)
    for name in ("Activity", "Trainees", "Before", "Now"):
        table.add_column(name, overflow="fold")
    for change in changes.changed[:MOST_CHANGES]:
        table.add_row(
            KIND_WORDS[change.kind],
            change.either.activity,
            ", ".join(background.name(trainee) for trainee in change.either.trainees),
            session_in_words(change.before, background) or "-",
            session_in_words(change.after, background) or "-",
        )
    console.print(Padding(table, (0, 0, 0, 3), expand=False))
    _say_rest(len(changes.changed) - MOST_CHANGES, "change", "Moved sessions", console)


def _print_days(
    changes: Changes, plan: Plan, background: Background, news: News, console: Console
) -> None:
    print_heading(console, "Days that change, by person")
    for day in changes.days[:MOST_DAYS]:
        title = f"{background.label(day.person_id)}, {short_day_words(day.date)}"
        say(console, Text(title, style="bold"), indent=3)
        before, after = day_before_and_after(day, plan, news)
        say(console, f"before: {before}", indent=5, hanging=8)
        say(console, f"now:    {after}", indent=5, hanging=8)
    _say_rest(len(changes.days) - MOST_DAYS, "day", "Days changed", console)


def _print_messages(
    messages: tuple[Message, ...], background: Background, console: Console
) -> None:
    print_heading(console, "To send out")
    person = ""
    for message in messages[:MOST_MESSAGES]:
        if message.person_id != person:
            person = message.person_id
            say(console, Text(background.label(person), style="bold"), indent=3)
        say(console, message.line, indent=5, hanging=2)
    _say_rest(len(messages) - MOST_MESSAGES, "line", "To send out", console)


def _say_rest(rest: int, noun: str, sheet: str, console: Console) -> None:
    if rest > 0:
        say(console, f"and {counted(rest, noun)} more: plan.xlsx, sheet {sheet}", indent=3)
