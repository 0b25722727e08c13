"""What is wrong with an input, as one clear list: counts first, then sheet by sheet."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from trainsched.domain.problems import Problem, Severity
from trainsched.reports.console import say
from trainsched.reports.words import counted, listed

PROBLEMS_FORMAT = "trainsched-problems/1"
MOST_CELLS_SHOWN = 8


def problems_document(problems: Sequence[Problem]) -> dict[str, Any]:
    """The problems as one JSON document, in the order in which they are printed."""
    return {
        "format": PROBLEMS_FORMAT,
        "ok": not any(problem.severity is Severity.ERROR for problem in problems),
        "problems": [problem.model_dump(mode="json") for problem in in_order(problems)],
    }


def in_order(problems: Sequence[Problem]) -> list[Problem]:
    """Errors before warnings, questions and notices; each kind by sheet, in reading order."""
    rank = {severity: place for place, severity in enumerate(Severity)}
    return sorted(problems, key=lambda problem: (rank[problem.severity], problem.sheet or ""))


def print_problems(problems: Sequence[Problem], console: Console) -> None:
    """Print the list. Where nothing is an error, it says that the work goes on."""
    if not problems:
        return
    counts = Counter(problem.severity for problem in problems)
    parts = [counted(counts[severity], severity) for severity in Severity if counts[severity]]
    stops = counts[Severity.ERROR] > 0
    verdict = "Please mend the errors, then try again." if stops else "None of them stops the work."
    say(console, Text(f"The input has {listed(parts)}. {verdict}", style="bold"))
    last: tuple[Severity, str | None] | None = None
    for problem in in_order(problems):
        if (problem.severity, problem.sheet) != last:
            last = (problem.severity, problem.sheet)
            console.print()
            title = f"{problem.severity.upper()}S"
            where = "the whole file" if problem.sheet is None else f"sheet {problem.sheet}"
            style = "bold red" if problem.severity is Severity.ERROR else "bold"
            say(console, Text(f"{title} in {where}", style=style))
        print_problem(problem, console)
    console.print()


def print_problem(problem: Problem, console: Console) -> None:
    """One problem: where and what was found, what is wrong, how to mend it."""
    first = Text()
    if problem.cell:
        first.append(cells_words(problem), style="bold")
        first.append("  ")
    if problem.value not in (None, ""):
        first.append(f"[{problem.value}]  ")
    first.append(problem.problem)
    say(console, first, indent=2, hanging=2)
    if problem.remedy:
        say(console, problem.remedy, indent=4)


def cells_words(problem: Problem) -> str:
    """The addresses of a problem; beyond a few, how many more there are."""
    cells = problem.cells or ((problem.cell,) if problem.cell else ())
    shown = ", ".join(cells[:MOST_CELLS_SHOWN])
    rest = len(cells) - MOST_CELLS_SHOWN
    return shown if rest <= 0 else f"{shown} and {rest} more"
