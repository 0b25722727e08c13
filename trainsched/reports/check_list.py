"""What `check` prints: a verdict to act on, the problems in groups, and what was read."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from trainsched.domain.problems import Problem, Severity
from trainsched.domain.roster import code_key
from trainsched.reports.check_questions import asks_about_a_code
from trainsched.reports.console import new_table, print_heading, say
from trainsched.reports.problems_list import MOST_CELLS_SHOWN, in_order
from trainsched.reports.words import counted, date_words, listed
from trainsched.workbook import Reading, RosterRead
from trainsched.workbook.schema import sheets

MOST_VALUES_SHOWN = 12
MOST_PEOPLE_SHOWN = 40
LONGEST_VALUE = 40
_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow"}
_AFTER_ERRORS = "Mend {} in the workbook, then check again."


def verdict(reading: Reading) -> str:
    """One sentence, or two, that say whether a plan can be made and what to do first."""
    counts = Counter(severity for severity, *_ in {_kind(one) for one in reading.problems})
    errors = counts[Severity.ERROR]
    if errors and not reading.counts:
        return "The file could not be read, so there is nothing to plan."
    if errors:
        stops, them = ("error stops", "it") if errors == 1 else ("errors stop", "them")
        alone = reading.roster_reading and not (reading.staff_ids or reading.trainee_ids)
        before = "The roster was read, but it stands alone. " if alone else ""
        return f"{before}{errors:,} {stops} a plan. {_AFTER_ERRORS.format(them)}"
    if not any(_used(reading, sheet) for sheet in reading.counts if sheet != "Settings"):
        needed = listed([sheet.name for sheet in sheets() if sheet.required])
        return f"The headings are sound, but there are no rows yet. Fill in at least {needed}."
    questions, warnings = counts[Severity.QUESTION], counts[Severity.WARNING]
    if questions:
        are = "is" if questions == 1 else "are"
        advice = f"{counted(questions, 'question')} {are} worth answering first."
    elif warnings:
        are = "is" if warnings == 1 else "are"
        advice = f"{counted(warnings, 'warning')} {are} worth a look first."
    else:
        advice = "Nothing needs mending."
    return f"The workbook can be planned. {advice}"


def _used(reading: Reading, sheet: str) -> bool:
    counts = reading.counts[sheet]
    return counts.rows_used + counts.rows_reported > 0


def print_check(reading: Reading, console: Console) -> None:
    """Print all of it."""
    stops = any(problem.severity is Severity.ERROR for problem in reading.problems)
    say(console, Text(verdict(reading), style="bold red" if stops else "bold"))
    for severity in Severity:
        found = [one for one in in_order(reading.problems) if one.severity is severity]
        if found:
            title = counted(len({_kind(one) for one in found}), str(severity)).capitalize()
            console.print()
            say(console, Text(title, style=_COLOURS.get(severity, "bold")))
            print_groups(found, console)
    if reading.counts:
        print_rows(reading, console)
        print_people(reading, console)


def print_groups(problems: Sequence[Problem], console: Console) -> None:
    """Problems of one severity: those of one kind together, each value with its cells."""
    groups: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        groups[problem.problem].append(problem)
    for words, group in groups.items():
        say(console, f"- {words}", indent=2, hanging=2)
        remedies = list(dict.fromkeys(problem.remedy for problem in group if problem.remedy))
        by_value: defaultdict[tuple[str, str], list[Problem]] = defaultdict(list)
        for problem in group:
            own = problem.remedy if len(remedies) > 1 else ""
            by_value[_value_key(problem), own].append(problem)
        for (_, own), same in list(by_value.items())[:MOST_VALUES_SHOWN]:
            line = _places(same)
            if line:
                say(console, line, indent=4, hanging=2)
            if own:
                say(console, own, indent=6)
        rest = len(by_value) - MOST_VALUES_SHOWN
        if rest > 0:
            more = f"and {counted(rest, 'more value')}; --annotated and --json show all."
            say(console, more, indent=4)
        if len(remedies) == 1:
            say(console, remedies[0], indent=4)


def _value_key(problem: Problem) -> str:
    """What makes two values one: ``S/L`` and ``SL`` ask the same question."""
    return code_key(problem.value or "") or problem.value or ""


def _kind(problem: Problem) -> tuple[Severity, str, str]:
    """What makes two problems one: they are mended by one and the same thought."""
    value = "" if asks_about_a_code(problem) else _value_key(problem) or problem.sheet or ""
    return (problem.severity, problem.problem, value)


def _places(same: Sequence[Problem]) -> Text:
    """A value, where it stands on each sheet, and how often in all."""
    line = Text()
    values = list(dict.fromkeys(problem.value for problem in same if problem.value))
    if values:
        value = ", ".join(values)
        shown = value if len(value) <= LONGEST_VALUE else f"{value[: LONGEST_VALUE - 3]}..."
        line.append(f"[{shown}]  ")
    by_sheet: defaultdict[str, list[str]] = defaultdict(list)
    for problem in same:
        if problem.sheet is not None:
            by_sheet[problem.sheet] += problem.cells or filter(None, (problem.cell,))
    parts = []
    for sheet, cells in by_sheet.items():
        rest = len(cells) - MOST_CELLS_SHOWN
        words = ", ".join(cells[:MOST_CELLS_SHOWN]) + (f" and {rest} more" if rest > 0 else "")
        parts.append(f"{sheet} {words}".strip())
    line.append("; ".join(parts), style="bold")
    count = sum(map(len, by_sheet.values()))
    if count > 1:
        line.append(f" ({count:,} cells)")
    return line


def print_rows(reading: Reading, console: Console) -> None:
    """How many rows of each sheet were read, and what became of them."""
    print_heading(console, "Rows: read = used + reported + skipped")
    table = new_table(console)
    table.add_column("sheet", overflow="fold")
    for header in ("read", "used", "reported", "skipped"):
        table.add_column(header, justify="right")
    filled = {sheet: row for sheet, row in reading.counts.items() if row.rows_read > 1}
    for sheet, row in filled.items():
        table.add_row(sheet, *(f"{number:,}" for number in row))
    totals = [sum(column) for column in zip(*reading.counts.values(), strict=True)]
    table.add_section()
    table.add_row("all sheets", *(f"{number:,}" for number in totals), style="bold")
    console.print(table)
    empty = len(reading.counts) - len(filled)
    if empty:
        say(console, f"{counted(empty, 'sheet')} with no more than a heading not shown.", indent=2)


def print_people(reading: Reading, console: Console) -> None:
    """Who was read, and what the roster says of whom, from when to when."""
    print_heading(console, "What was read")
    staff, trainees = sorted(reading.staff_ids), sorted(reading.trainee_ids)
    say(console, f"Staff ({len(staff):,}): {_names(staff)}", indent=2, hanging=2)
    say(console, f"Trainees ({len(trainees):,}): {_names(trainees)}", indent=2, hanging=2)
    entries = reading.roster_reading
    if not entries:
        say(console, "Roster: no entries.", indent=2)
        return
    people = {entry.person for entry in entries}
    say(
        console,
        f"Roster: {counted(len(entries), 'entry', 'entries')} of "
        f"{counted(len(people), 'person', 'people')}, {_span(entries)}; an entry is one period "
        "of one day.",
        indent=2,
        hanging=2,
    )
    silent = [one for one in (*staff, *trainees) if one not in people]
    if silent:
        say(console, f"Not in the roster ({len(silent):,}): {_names(silent)}", indent=2, hanging=2)
    console.print()
    console.print(_roster_table(reading, console))
    rest = len(people) - MOST_PEOPLE_SHOWN
    if rest > 0:
        say(
            console, f"and {counted(rest, 'more person', 'more people')}; --json has all.", indent=2
        )


def _roster_table(reading: Reading, console: Console) -> "object":
    by_person: defaultdict[str, list[RosterRead]] = defaultdict(list)
    for entry in reading.roster_reading:
        by_person[entry.person].append(entry)
    meanings = sorted({str(entry.meaning) for entry in reading.roster_reading})
    table = new_table(console)
    table.add_column("person", overflow="fold")
    for header in ("from", "to"):
        table.add_column(header, no_wrap=True)
    for meaning in meanings:
        table.add_column(meaning.replace("_", " "), justify="right")
    for person in sorted(by_person)[:MOST_PEOPLE_SHOWN]:
        own = by_person[person]
        counts = Counter(str(entry.meaning) for entry in own)
        dates = [entry.date for entry in own]
        numbers = (f"{counts[meaning]:,}" if counts[meaning] else "" for meaning in meanings)
        table.add_row(person, date_words(min(dates)), date_words(max(dates)), *numbers)
    return table


def _names(ids: Sequence[str]) -> str:
    if not ids:
        return "nobody"
    rest = len(ids) - MOST_PEOPLE_SHOWN
    shown = ", ".join(ids[:MOST_PEOPLE_SHOWN]) if rest > 0 else listed(ids)
    return shown + (f" and {rest:,} more" if rest > 0 else "")


def _span(entries: Sequence[RosterRead]) -> str:
    dates = [entry.date for entry in entries]
    return f"{date_words(min(dates))} to {date_words(max(dates))}"
