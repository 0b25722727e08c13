"""The audit in the terminal: cover, training that would fit, single points of failure, rules."""

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from trainsched.domain.audit import Audit, AuditPlan, CompetenceAudit, DutyAudit
from trainsched.domain.standbys import Survival
from trainsched.reports.background import Background
from trainsched.reports.console import new_table, print_heading, say
from trainsched.reports.words import counted, number_words, share_words, short_day_words, span_words

MOST_ROWS = 20
MOST_DATES = 3
MOST_FINDINGS = 12
MOST_WIDTH = 11
"""Of the longest word that is never broken: with all columns no more fits 80 characters."""


def print_audit(audit: Audit, background: Background, console: Console) -> None:
    """Print the whole audit."""
    say(console, Text(f"{audit.organisation}: the roster as it is", style="bold"))
    say(console, span_words(audit.start_date, audit.weeks))
    say(console, "Nothing is changed by an audit.")
    print_cover(audit, console)
    print_training(audit, background, console)
    print_competences(audit, background, console)
    print_broken(audit, console)


def print_cover(audit: Audit, console: Console) -> None:
    """Where places are short, as rostered and at best."""
    print_heading(console, "1  Is every duty covered? (a place is one person in one period)")
    if not audit.cover:
        say(console, "The workbook asks for no duty.", indent=3)
        return
    needed = sum(duty.needed for duty in audit.cover)
    best = sum(duty.short_at_best for duty in audit.cover)
    say(
        console,
        f"However duties are handed out, {counted(best, 'place')} of {number_words(needed)} "
        "must stay open, with no training at all.",
        indent=3,
    )
    named = [duty for duty in audit.cover if duty.rostered]
    if named:
        short = sum(duty.short_as_rostered for duty in named)
        whole = sum(duty.needed for duty in named)
        say(
            console,
            f"The roster names people for {counted(len(named), 'duty', 'duties')}: as rostered "
            f"{counted(short, 'place')} of {number_words(whole)} are open there.",
            indent=3,
        )
    if len(named) < len(audit.cover):
        rest = counted(len(audit.cover) - len(named), "duty", "duties")
        say(console, f"It names nobody for the other {rest}.", indent=3)
    print_duties(audit.cover, console)


def print_duties(cover: tuple[DutyAudit, ...], console: Console) -> None:
    """One line a duty, the shortest first; only the columns that say something."""
    several = len({duty.department for duty in cover}) > 1
    is_short = any(duty.short_at_best for duty in cover)
    table = new_table(console)
    if several:
        table.add_column("Department", overflow="fold")
    table.add_column("Duty", overflow="fold", min_width=width_of_words(d.duty for d in cover))
    for name in ("Needed", "Rostered", "Open", "At best"):
        table.add_column(name, justify="right")
    if is_short:
        table.add_column("Short on", no_wrap=True)
    rows = sorted(
        cover, key=lambda d: (-d.short_at_best, -d.short_as_rostered if d.rostered else 0)
    )
    for duty in rows[:MOST_ROWS]:
        at_best = number_words(duty.short_at_best)
        table.add_row(
            *((duty.department,) if several else ()),
            duty.duty,
            number_words(duty.needed),
            number_words(duty.rostered),
            number_words(duty.short_as_rostered) if duty.rostered else "-",
            Text(at_best, style="bold red" if duty.short_at_best else ""),
            *((dates_short(duty),) if is_short else ()),
        )
    show(table, console, len(rows) - MOST_ROWS, "duty", "duties")


def width_of_words(names: Iterable[str]) -> int:
    """As wide as the longest word, so that none is broken, unless it is very long."""
    return min(max((len(word) for name in names for word in name.split()), default=1), MOST_WIDTH)


def dates_short(duty: DutyAudit) -> str:
    """The first dates on which places must stay open, a line each."""
    dates = sorted({slot.date for slot in duty.slots if slot.at_best})
    shown = [short_day_words(day) for day in dates[:MOST_DATES]]
    rest = len(dates) - MOST_DATES
    return "\n".join([*shown, f"and {rest} more"] if rest > 0 else shown)


def print_training(audit: Audit, background: Background, console: Console) -> None:
    """How much training fits, with the roster kept and with a plan."""
    print_heading(console, "2  How much training could be protected?")
    if audit.with_plan is None or audit.with_roster_kept is None:
        say(console, "Not worked out: leave out --no-plan for it.", indent=3)
    else:
        kept, free = audit.with_roster_kept, audit.with_plan
        say(console, f"With the roster kept as it is: {plan_words(kept)}", indent=3)
        say(console, f"With a plan: {plan_words(free)}", indent=3)
        if free.survival is not None:
            say(console, absence_words(free, free.survival), indent=3)
        print_trainees(audit, background, console)
    print_trainers(audit, background, console)


def absence_words(plan: AuditPlan, found: Survival) -> str:
    """What absence would do to the plan, without and with standbys."""
    rate = number_words(round(100 * found.absence_rate, 1))
    return (
        f"If {rate} % of people are away on any day (absence_rate, an assumption), "
        f"{100 * found.without_standbys:.1f} % of its sessions go ahead, and "
        f"{100 * (found.with_standbys or 0):.1f} % with standbys, whom "
        f"{number_words(plan.sessions_with_standby)} of "
        f"{counted(plan.sessions_wanting_standby, 'must session')} could have."
    )


def plan_words(plan: AuditPlan) -> str:
    """Sessions placed, hours, and whether more is ruled out."""
    proved = "no plan places more" if plan.is_proved else "the best found in the time"
    return (
        f"{number_words(plan.placed)} of {counted(plan.required, 'session')} "
        f"({share_words(plan.share_placed)}), {number_words(plan.protected_trainee_hours)} hours "
        f"for trainees; {proved}."
    )


def print_trainees(audit: Audit, background: Background, console: Console) -> None:
    """One line a trainee, those with the least first."""
    table = new_table(console)
    table.add_column("Trainee", overflow="fold")
    for name in ("Required", "Roster kept", "With a plan", "Hours"):
        table.add_column(name, justify="right")
    rows = sorted(
        audit.trainees,
        key=lambda t: ((t.with_roster_kept or 0) / (t.required or 1), t.trainee_id),
    )
    for row in rows[:MOST_ROWS]:
        table.add_row(
            background.label(row.trainee_id),
            number_words(row.required),
            number_words(row.with_roster_kept or 0),
            number_words(row.with_plan or 0),
            number_words(row.hours_with_plan or 0),
        )
    show(table, console, len(rows) - MOST_ROWS, "trainee", "trainees")


def print_trainers(audit: Audit, background: Background, console: Console) -> None:
    """Protected hours by trainer, where there are any."""
    rows = [
        row
        for row in audit.trainers
        if row.hours_in_roster or row.hours_with_plan or row.hours_with_roster_kept
    ]
    if not rows:
        return
    console.print()
    table = new_table(console)
    table.add_column("Trainer", overflow="fold")
    for name in ("In roster", "Roster kept", "With a plan"):
        table.add_column(f"{name}, h", justify="right")
    rows.sort(key=lambda r: (-(r.hours_with_plan or r.hours_in_roster), r.staff_id))
    for row in rows[:MOST_ROWS]:
        table.add_row(
            background.label(row.staff_id),
            number_words(row.hours_in_roster),
            "-" if row.hours_with_roster_kept is None else number_words(row.hours_with_roster_kept),
            "-" if row.hours_with_plan is None else number_words(row.hours_with_plan),
        )
    show(table, console, len(rows) - MOST_ROWS, "trainer", "trainers")


def print_competences(audit: Audit, background: Background, console: Console) -> None:
    """Competences that hang on one person."""
    print_heading(console, "3  What hangs on one person? (one holder at work, nobody else)")
    rows = [c for c in audit.competences if c.alone or c.nobody or len(c.holders) <= 1]
    if not rows:
        say(console, "Nothing: two holders of everything are at work on every open day.", indent=3)
        return
    table = new_table(console)
    table.add_column("Competence", overflow="fold")
    table.add_column("Holders", justify="right")
    table.add_column("Alone on", overflow="fold")
    table.add_column("Nobody on", justify="right")
    for row in rows[:MOST_ROWS]:
        table.add_row(
            row.competence,
            number_words(len(row.holders)),
            alone_words(row, background),
            f"{counted(len(row.nobody), 'date')}" if row.nobody else "-",
        )
    show(table, console, len(rows) - MOST_ROWS, "competence", "competences")


def alone_words(row: CompetenceAudit, background: Background) -> str:
    """Who is alone with it, and on how many dates."""
    most = sorted(row.alone, key=lambda a: (-len(a.dates), a.staff_id))
    return "; ".join(
        f"{background.name(alone.staff_id)}: {counted(len(alone.dates), 'date')}" for alone in most
    )


def print_broken(audit: Audit, console: Console) -> None:
    """What the roster has people do that does not count."""
    print_heading(console, "4  Which rules does the roster break?")
    if not audit.broken:
        say(console, "None that can be seen.", indent=3)
    for finding in audit.broken[:MOST_FINDINGS]:
        say(console, f"- {finding.detail}", indent=3, hanging=2)
    rest = len(audit.broken) - MOST_FINDINGS
    if rest > 0:
        say(console, f"and {number_words(rest)} more: --json has them all", indent=3)


def show(table: Table, console: Console, rest: int, one: str, many: str) -> None:
    """A table, and how much of it is left out."""
    console.print(Padding(table, (0, 0, 0, 3), expand=False))
    if rest > 0:
        say(console, f"and {counted(rest, f'more {one}', f'more {many}')}: --json", indent=3)
