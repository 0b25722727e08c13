"""What is not placed, and why: in short for the third answer, one by one further down."""

from collections import defaultdict
from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from trainsched.domain.duties import Priority
from trainsched.domain.plan import GoalStatus, Unplaced
from trainsched.domain.rules import GoalId
from trainsched.reports.background import Background
from trainsched.reports.console import print_heading, say
from trainsched.reports.figures import Figures, UnplacedGroup
from trainsched.reports.words import WHY_WORDS, counted

FEW_UNPLACED = 4
MOST_UNPLACED_ITEMS = 10
MOST_TRAINEES = 12


def print_unplaced_answer(figures: Figures, background: Background, console: Console) -> None:
    """What is not protected, and why: every item where there are few, else who lacks what."""
    print_heading(console, "3  What is not protected, and why?")
    if not figures.unplaced:
        say(console, "Nothing: every session that was asked for has its place.", indent=3)
        return
    few = sum(len(group.items) for group in figures.unplaced) <= FEW_UNPLACED
    for group in figures.unplaced:
        why = "no reason on record"
        if group.rule is not None:
            why = f"{WHY_WORDS[group.rule]} (rule {group.rule})"
        say(console, Text(f"{counted(group.missing, 'session')}: {why}", style="bold"), indent=3)
        if few:
            for item in by_importance(group.items):
                print_unplaced_item(item, background, console)
        else:
            for line in who_lacks_what(group, background):
                say(console, line, indent=5, hanging=2)
    say(console, what_is_proved(figures), indent=3)


def what_is_proved(figures: Figures) -> str:
    """Whether a longer search could place more."""
    unplaced = (GoalId.UNPLACED_MUST, GoalId.UNPLACED_SHOULD, GoalId.UNPLACED_COULD)
    open_goals = [
        goal
        for goal in figures.goals
        if goal.name in unplaced and goal.status is not GoalStatus.PROVED_BEST
    ]
    if open_goals:
        return "The search ended before all was settled: a longer --time-limit may place more."
    return "It is proved that no plan places more, as the priorities stand."


def by_importance(items: Iterable[Unplaced]) -> list[Unplaced]:
    """Must before should before could, then by trainee and activity."""
    rank = {priority: place for place, priority in enumerate(Priority)}
    return sorted(items, key=lambda item: (rank[item.priority], item.trainee_id, item.activity))


def who_lacks_what(group: UnplacedGroup, background: Background) -> list[str]:
    """The items of a group in short: a line a trainee, with activities and missing sessions."""
    lacking: defaultdict[str, list[str]] = defaultdict(list)
    for item in by_importance(group.items):
        missing = item.required - item.placed
        lacking[item.trainee_id].append(
            item.activity if missing == 1 else f"{item.activity} ({missing})"
        )
    lines = [
        f"{background.label(trainee)}: {', '.join(codes)}"
        for trainee, codes in list(lacking.items())[:MOST_TRAINEES]
    ]
    rest = len(lacking) - MOST_TRAINEES
    if rest > 0:
        lines.append(f"and {counted(rest, 'more trainee')}: plan.xlsx, sheet Unplaced")
    return lines


def print_unplaced_item(item: Unplaced, background: Background, console: Console) -> None:
    """One trainee and activity with every reason."""
    line = (
        f"{background.label(item.trainee_id)}, {background.activity(item.activity)}: "
        f"{item.required - item.placed} of {item.required} missing ({item.priority})"
    )
    say(console, line, indent=5, hanging=2)
    for reason in item.reasons:
        say(console, reason.detail, indent=7, hanging=2)


def print_unplaced_details(figures: Figures, background: Background, console: Console) -> None:
    """The most important items with their reasons, where there were too many for the answer."""
    items = by_importance(item for group in figures.unplaced for item in group.items)
    if len(items) <= FEW_UNPLACED:
        return
    print_heading(console, "Not placed, one by one (the most important first)")
    for item in items[:MOST_UNPLACED_ITEMS]:
        print_unplaced_item(item, background, console)
    rest = len(items) - MOST_UNPLACED_ITEMS
    if rest > 0:
        say(console, f"and {rest:,} more: plan.xlsx, sheet Unplaced", indent=5)
