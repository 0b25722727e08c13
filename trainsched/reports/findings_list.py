"""What the checker found, grouped by rule; or in one sentence what it checked."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from trainsched.domain.findings import Finding
from trainsched.domain.plan import Plan
from trainsched.domain.rules import GOAL_WORDS, RULE_WORDS, GoalId, RuleId
from trainsched.reports.console import say
from trainsched.reports.words import counted

VERIFY_FORMAT = "trainsched-verify/1"


def findings_document(findings: Sequence[Finding]) -> dict[str, Any]:
    """The findings as one JSON document."""
    return {
        "format": VERIFY_FORMAT,
        "ok": not findings,
        "findings": [finding.model_dump(mode="json") for finding in findings],
    }


def what_was_checked(plan: Plan) -> str:
    """One sentence: the plan holds, and how much of it was looked at."""
    figures = f", and the figures of {counted(len(plan.goals), 'goal')} worked out again"
    return (
        f"The plan keeps every rule: {counted(len(plan.sessions), 'session')} and "
        f"{counted(len(plan.cover), 'duty-slot')} checked against "
        f"{counted(len(RuleId), 'rule')}{figures if plan.goals else ''}."
    )


def print_findings(findings: Sequence[Finding], console: Console) -> None:
    """Print the findings under the rule or goal that each breaks, in the rules' order."""
    groups: defaultdict[RuleId | GoalId | None, list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[finding.rule or finding.goal].append(finding)
    verdict = f"The plan does not hold: {counted(len(findings), 'finding')}."
    say(console, Text(verdict, style="bold red"))
    for name in (None, *RuleId, *GoalId):
        if name not in groups:
            continue
        console.print()
        count = counted(len(groups[name]), "finding")
        say(console, Text(f"{heading(name)} ({count})", style="bold"))
        for finding in groups[name]:
            say(console, finding.detail, indent=2, hanging=2)


def heading(name: RuleId | GoalId | None) -> str:
    """The rule's or goal's name and what it asks."""
    if isinstance(name, RuleId):
        return f"{name}: {RULE_WORDS[name]}"
    if isinstance(name, GoalId):
        return f"{name}: the figure for {GOAL_WORDS[name]} is not true"
    return "The plan is not of this workbook"
