"""The report in the terminal: four answers for a head of department first, then the tables."""

from collections import defaultdict
from itertools import groupby

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from trainsched.domain.plan import Plan
from trainsched.domain.policy import NO_LIMIT, DeclaredValue
from trainsched.domain.rules import GoalId
from trainsched.reports.answers import Answer, cover_answer, load_answer, training_answer
from trainsched.reports.background import Background
from trainsched.reports.console import bar, draws_only_ascii, new_table, print_heading, say
from trainsched.reports.each_department import print_departments
from trainsched.reports.figures import DutyFigures, Figures, LoadFigures, figures_of
from trainsched.reports.not_placed import print_unplaced_answer, print_unplaced_details
from trainsched.reports.standbys import print_absence
from trainsched.reports.words import (
    counted,
    goal_status_words,
    goal_value_words,
    goal_words,
    listed,
    number_words,
    share_words,
    span_words,
)

MOST_TRAINERS = 15
MOST_WARNINGS = 12
MOST_DUTIES = 40
WIDE_TERMINAL = 100
WIDE_BAR, NARROW_BAR = 24, 12


def print_plan(
    plan: Plan, background: Background, console: Console, department: str | None = None
) -> None:
    """Print the whole report, or that of one department. Raises UnknownNameError."""
    figures = figures_of(plan, background, department)
    print_title(plan, background, figures, console)
    print_answer(1, cover_answer(figures), console, details_style="red")
    print_answer(2, training_answer(figures), console)
    print_unplaced_answer(figures, background, console)
    print_load_answer(figures, console)
    if department is None:
        print_absence(plan, background, console)
    print_cover_table(figures, console)
    print_goals(figures, console)
    print_departments(background, figures.department, console)
    print_unplaced_details(figures, background, console)
    print_warnings(figures, console)
    print_assumptions(background, console)


def print_title(plan: Plan, background: Background, figures: Figures, console: Console) -> None:
    """What the plan is of, and whether it was checked."""
    where = "" if figures.department is None else f", {background.department(figures.department)}"
    say(console, Text(f"{plan.organisation}{where}: protected training", style="bold"))
    say(console, span_words(plan.start_date, plan.weeks))
    if background.checked:
        say(console, "The independent checker passed this plan.")
    elif background.checked is None:
        say(console, "There is no record of a check beside this plan: trainsched verify does one.")


def print_answer(number: int, answer: Answer, console: Console, *, details_style: str = "") -> None:
    """One of the numbered answers."""
    print_heading(console, f"{number}  {answer.question}")
    first = Text(answer.short, style="bold")
    if answer.text:
        first.append(f" {answer.text}", "not bold")
    say(console, first, indent=3)
    for line in answer.details:
        say(console, Text(line, style=details_style), indent=5 if details_style else 3, hanging=2)
    if answer.closing:
        say(console, answer.closing, indent=3)


def print_load_answer(figures: Figures, console: Console) -> None:
    """Who carries the load."""
    print_answer(4, load_answer(figures), console)
    rows = figures.load
    if not rows:
        return
    table = new_table(console)
    table.add_column("Trainer", overflow="fold", min_width=12)
    table.add_column("Id", overflow="fold")
    for name in ("WTE", "Sessions", "Hours", "Limit"):
        table.add_column(name, justify="right")
    table.add_column("Share of limit", no_wrap=True)
    for row in rows[:MOST_TRAINERS]:
        table.add_row(
            row.name,
            row.staff_id if row.staff_id != row.name else "",
            "-" if row.wte is None else number_words(row.wte),
            number_words(row.sessions),
            number_words(row.hours),
            "-" if row.limit is None else number_words(row.limit),
            load_bar(row, rows, console),
        )
    console.print(Padding(table, (0, 0, 0, 3), expand=False))
    rest = len(rows) - MOST_TRAINERS
    if rest > 0:
        say(console, f"and {counted(rest, 'trainer')} with less: plan.xlsx, sheet Load", indent=3)


def load_bar(row: LoadFigures, rows: tuple[LoadFigures, ...], console: Console) -> str:
    """A bar of the share of the limit; without a limit, against the one who gives most."""
    cells = WIDE_BAR if console.width >= WIDE_TERMINAL else NARROW_BAR
    ascii_only = draws_only_ascii(console)
    share = row.share_of_limit
    if share is None:
        most = max(other.sessions for other in rows)
        return bar(row.sessions / most, cells, ascii_only=ascii_only)
    return f"{bar(share, cells, ascii_only=ascii_only)} {share_words(share)}"


def print_cover_table(figures: Figures, console: Console) -> None:
    """Cover by department and duty; red only where a place is short."""
    if not figures.duties:
        return
    print_heading(console, "Cover by duty (a place is one person in one period)")
    rows, rest = rows_to_show(figures.duties)
    table = new_table(console)
    table.add_column("Department", overflow="fold")
    table.add_column("Duty", overflow="fold")
    for name in ("Needed", "Covered", "Short", "Changed"):
        table.add_column(name, justify="right")
    for duty in rows:
        table.add_row(
            duty.department,
            duty.duty,
            number_words(duty.needed),
            number_words(duty.covered),
            Text(number_words(duty.short), style="bold red" if duty.short else ""),
            number_words(duty.changed),
        )
    console.print(Padding(table, (0, 0, 0, 3), expand=False))
    if rest:
        say(console, f"and {counted(rest, 'more line')}: plan.xlsx, sheet Summary", indent=3)


def rows_to_show(duties: tuple[DutyFigures, ...]) -> tuple[list[DutyFigures], int]:
    """The lines of the cover table, and how many are left out.

    A long list is first summed by department; if that is long too, those with most to say come.
    """
    rows = list(duties)
    if len(rows) > MOST_DUTIES:
        rows = [
            sum_of_department(list(group)) for _, group in groupby(rows, lambda d: d.department)
        ]
    if len(rows) > MOST_DUTIES:
        rows.sort(key=lambda duty: (-duty.short, -duty.changed, duty.department))
    return rows[:MOST_DUTIES], max(len(rows) - MOST_DUTIES, 0)


def sum_of_department(duties: list[DutyFigures]) -> DutyFigures:
    """All duties of one department in one line."""
    return DutyFigures(
        department=duties[0].department,
        duty=f"all {counted(len(duties), 'duty', 'duties')}",
        needed=sum(duty.needed for duty in duties),
        covered=sum(duty.covered for duty in duties),
        short=sum(duty.short for duty in duties),
        changed=sum(duty.changed for duty in duties),
    )


def print_goals(figures: Figures, console: Console) -> None:
    """Each goal with its value, and what is proved of it."""
    print_heading(console, "Goals of the whole plan, most important first (less is better)")
    table = new_table(console)
    table.add_column("Goal", overflow="fold")
    table.add_column("Value", justify="right")
    table.add_column("What is known", overflow="fold")
    for goal in figures.goals:
        table.add_row(
            goal_words(goal.name), goal_value_words(goal.name, goal.value), goal_status_words(goal)
        )
    console.print(Padding(table, (0, 0, 0, 3), expand=False))
    shown = {goal.name for goal in figures.goals if goal.value is not None}
    if GoalId.WISHES in shown:
        say(console, "Points for wishes are set by the policy's weights, below.", indent=3)


def print_warnings(figures: Figures, console: Console) -> None:
    """What the plan wants its reader to know."""
    if not figures.warnings:
        return
    print_heading(console, f"Please note ({listed([counted(len(figures.warnings), 'warning')])})")
    for warning in figures.warnings[:MOST_WARNINGS]:
        say(console, f"- {warning}", indent=3)
    rest = len(figures.warnings) - MOST_WARNINGS
    if rest > 0:
        say(console, f"and {rest} more: plan.xlsx, sheet Assumptions", indent=3)


def print_assumptions(background: Background, console: Console) -> None:
    """Which policy figures were used, under the source that each comes from."""
    if not background.assumptions:
        return
    print_heading(console, f"Assumptions used (policy {background.policy_name})")
    by_source: defaultdict[str, list[DeclaredValue]] = defaultdict(list)
    for value in background.assumptions:
        by_source[source_words(value)].append(value)
    widest = max(len(value.name) for value in background.assumptions)
    for source, values in by_source.items():
        say(console, source, indent=3)
        table = new_table(console)
        table.show_header = False
        table.add_column(width=min(widest, console.width // 2), overflow="fold")
        table.add_column(min_width=8, justify="right")
        table.add_column(overflow="fold")
        for value in values:
            amount = "no limit" if value.value == NO_LIMIT else str(value.value)
            table.add_row(value.name, amount, value.unit)
        console.print(Padding(table, (0, 0, 0, 5), expand=False))


def source_words(value: DeclaredValue) -> str:
    """Where a figure comes from and how sure it is."""
    where = f" [{value.set_in}]" if value.set_in else ""
    return f"{value.source} ({value.status}){where}"
