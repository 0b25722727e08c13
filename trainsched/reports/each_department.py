"""What the trainees of each department go without, and how much of that no plan could mend."""

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding

from trainsched.domain.duties import Priority
from trainsched.reports.background import Background, Demand
from trainsched.reports.console import new_table, print_heading, say
from trainsched.reports.words import counted, number_words

TITLE = "Not placed, by the trainees' own department (each line taken for itself)"
HEADINGS = ("Department", "Priority", "Asked for", "Not placed", "What is known")
MOST_LINES = 40


def departments_lacking(background: Background, department: str | None) -> list[Demand]:
    """The departments and priorities of which something is not placed, those of most first.

    Empty where nothing was worked out for departments: in a replan, or an older run.
    """
    found = [
        demand
        for demand in background.demand
        if department in (None, demand.department)
        and demand.least_missing is not None
        and demand.missing
    ]
    rank = {priority: place for place, priority in enumerate(Priority)}
    return sorted(found, key=lambda d: (rank[d.priority], -d.missing, d.department))


def known_words(demand: Demand) -> str:
    """What is proved of what a department lacks."""
    least = demand.least_missing or 0
    if least >= demand.missing:
        return "proved: no plan places more of these"
    if not least:
        return "some plan might place all of these"
    return f"proved: {number_words(least)} in any plan"


def lines_of(demands: Iterable[Demand]) -> list[tuple[str, str, int, int, str]]:
    """The cells of the table."""
    return [(d.department, d.priority, d.required, d.missing, known_words(d)) for d in demands]


def print_departments(background: Background, department: str | None, console: Console) -> None:
    """The table, where there is anything to say."""
    lacking = departments_lacking(background, department)
    if not lacking:
        return
    print_heading(console, TITLE)
    table = new_table(console)
    for position, name in enumerate(HEADINGS):
        table.add_column(name, overflow="fold", justify="right" if position in (2, 3) else "left")
    for code, priority, required, missing, known in lines_of(lacking[:MOST_LINES]):
        table.add_row(code, priority, number_words(required), number_words(missing), known)
    console.print(Padding(table, (0, 0, 0, 3), expand=False))
    rest = len(lacking) - MOST_LINES
    if rest > 0:
        say(console, f"and {counted(rest, 'more line')}: plan.xlsx, sheet Summary", indent=3)
