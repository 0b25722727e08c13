"""Why not, and what would: the causes first, then each requirement with its facts and ways out."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from trainsched.domain.explanation import (
    Candidate,
    Cause,
    Explanation,
    Fact,
    ItemExplanation,
    Others,
    Standing,
    Unlock,
)
from trainsched.domain.rules import RULE_WORDS, RuleId
from trainsched.reports.background import Background
from trainsched.reports.console import new_table, print_heading, say
from trainsched.reports.words import counted, listed

MOST_CAUSES = 12
MOST_PEOPLE_OF_A_CAUSE = 3
MOST_CANDIDATES = 5
MOST_FACTS_OF_A_RULE = 12
NOT_AT_WORK = "not at work"
OF_ONE_PERSON = (NOT_AT_WORK, "limit of sessions", "rostered duties", "sessions kept")
"""Kinds of facts of which each is about one person."""
FEWEST_TOGETHER = 3
"""From so many on, people who are not at work are told of in one sentence."""

STANDING_WORDS: dict[Standing, str] = {
    Standing.PROVED_MINIMAL: (
        "Proved: these facts together rule it out, and without any one of them it would fit."
    ),
    Standing.REDUCED: (
        "Proved: these facts together rule it out. Perhaps fewer of them would; "
        "the time did not suffice to tell."
    ),
    Standing.CAN_BE_PLACED: (
        "Nothing rules it out: it fits while every other requirement keeps its sessions. "
        "Plan again with a longer --time-limit."
    ),
    Standing.NOT_SETTLED: "Not settled in the time. The plan's own reasons stand.",
}
OTHERS_WORDS: dict[Others, str] = {
    Others.MAY_MOVE: (
        "Other sessions may move, as long as each requirement that matters as much keeps "
        "its number."
    ),
    Others.STAND: "This is given all other sessions as planned; whether moving them helps is open.",
}


def print_explanation(explanation: Explanation, background: Background, console: Console) -> None:
    """Print the whole explanation."""
    title = f"{explanation.organisation}: what is not protected, and what would help"
    say(console, Text(title, style="bold"))
    if not explanation.items and not explanation.not_explained:
        say(console, "Nothing that was asked about is missing from the plan.")
        return
    several = len(explanation.items) + len(explanation.not_explained) > 1
    if several:
        say(console, how_far(explanation), indent=3)
    if len(explanation.items) > 1 and explanation.causes:
        print_causes(explanation.causes, background, console)
    for item in explanation.items:
        print_item(item, background, console, brief=several)
    if explanation.not_explained:
        print_heading(console, "Not looked at: the time did not suffice")
        for trainee, activity in explanation.not_explained:
            say(console, f"{background.label(trainee)}: {activity}", indent=3, hanging=2)


def how_far(explanation: Explanation) -> str:
    """Of how many requirements it is known why, and of how many nothing is in the way."""
    count = Counter(item.status for item in explanation.items)
    found = [
        (count[Standing.PROVED_MINIMAL], "ruled out by the facts below, each of them needed"),
        (count[Standing.REDUCED], "ruled out by the facts below, perhaps by fewer"),
        (count[Standing.CAN_BE_PLACED], "ruled out by nothing: a longer search would place them"),
        (count[Standing.NOT_SETTLED], "not settled in the time"),
        (len(explanation.not_explained), "not looked at in the time"),
    ]
    total = sum(number for number, _ in found)
    parts = [f"{number} {words}" for number, words in found if number]
    return f"{counted(total, 'requirement')} with sessions missing: {'; '.join(parts)}."


def print_causes(causes: Sequence[Cause], background: Background, console: Console) -> None:
    """The facts behind most of what is missing."""
    print_heading(console, "What is behind most of it")
    table = new_table(console)
    table.add_column("Cause", overflow="fold")
    table.add_column("What of", overflow="fold")
    table.add_column("Sessions", justify="right")
    table.add_column("Items", justify="right")
    table.add_column("Weeks", overflow="fold")
    alike = causes_of_people_together(causes)
    for found in alike[:MOST_CAUSES]:
        first = found[0]
        names = [background.label(cause.subject) for cause in found]
        subject = listed_briefly(names, MOST_PEOPLE_OF_A_CAUSE)
        where = "" if first.department is None else f", {first.department}"
        weeks = sorted({week for cause in found for week in cause.weeks})
        table.add_row(
            first.detail,
            f"{subject}{where}",
            str(first.missing),
            str(first.items),
            spans(weeks),
        )
    console.print(Padding(table, (0, 0, 0, 3), expand=False))
    rest = len(alike) - MOST_CAUSES
    if rest > 0:
        say(console, f"and {counted(rest, 'more cause')}: --json has them all", indent=3)
    say(console, "A session can have several causes: the columns do not add up.", indent=3)


def causes_of_people_together(causes: Sequence[Cause]) -> list[list[Cause]]:
    """The causes in their order; people who are in the way in one manner, as often, are one."""
    together: dict[tuple[str, int, int], list[Cause]] = {}
    found: list[list[Cause]] = []
    for cause in causes:
        alike = cause.detail, cause.missing, cause.items
        if cause.detail not in OF_ONE_PERSON:
            found.append([cause])
        elif alike in together:
            together[alike].append(cause)
        else:
            together[alike] = [cause]
            found.append(together[alike])
    return found


def listed_briefly(names: Sequence[str], most: int) -> str:
    """The first names, and how many more there are."""
    if len(names) <= most:
        return listed(list(names))
    return f"{', '.join(names[:most])} and {len(names) - most} more"


def spans(weeks: Sequence[int]) -> str:
    """Week numbers as ``1-4, 7``."""
    runs: list[list[int]] = []
    for week in weeks:
        if runs and week == runs[-1][-1] + 1:
            runs[-1].append(week)
        else:
            runs.append([week])
    return ", ".join(str(r[0]) if len(r) == 1 else f"{r[0]}-{r[-1]}" for r in runs)


def print_item(
    item: ItemExplanation, background: Background, console: Console, *, brief: bool = False
) -> None:
    """One requirement: facts, ways out, and who could take the session.

    ``brief``: of what nothing rules out, that is all.
    """
    missing = item.required - item.placed
    print_heading(
        console,
        f"{background.label(item.trainee_id)}, {background.activity(item.activity)}: "
        f"{missing} of {counted(item.required, 'session')} missing ({item.priority})",
    )
    say(console, STANDING_WORDS[item.status], indent=3)
    if brief and item.status is Standing.CAN_BE_PLACED:
        return
    if item.facts or item.background:
        say(console, OTHERS_WORDS[item.others], indent=3)
    if item.facts or item.background or item.could_take:
        times = counted(item.starts, "time")
        say(
            console,
            f"Going by the trainee, the weeks and the equipment, it could begin at {times}: "
            "these are the times in question.",
            indent=3,
        )
    if item.background:
        say(console, item.background, indent=3)
    print_facts(item, background, console)
    if item.facts:
        print_unlocks(item, console)
    print_candidates(item.could_take, background, console)


def print_facts(item: ItemExplanation, background: Background, console: Console) -> None:
    """The facts under the rule that each belongs to."""
    by_rule: defaultdict[RuleId, list[str]] = defaultdict(list)
    away = [fact for fact in item.facts if fact.kind == NOT_AT_WORK]
    together = len(away) >= FEWEST_TOGETHER
    if together:
        by_rule[away[0].rule].append(away_words(away, item.starts, background))
    for fact in item.facts:
        if not together or fact.kind != NOT_AT_WORK:
            by_rule[fact.rule].append(fact.detail)
    for rule, found in by_rule.items():
        console.print()
        say(console, Text(f"{RULE_WORDS[rule]} (rule {rule})", style="bold"), indent=3)
        for detail in found[:MOST_FACTS_OF_A_RULE]:
            say(console, f"- {detail}", indent=5, hanging=2)
        rest = len(found) - MOST_FACTS_OF_A_RULE
        if rest > 0:
            say(console, f"and {counted(rest, 'more fact')}: --json has them all", indent=5)


def away_words(facts: Sequence[Fact], starts: int, background: Background) -> str:
    """Several people's absence in one sentence."""
    people = [f"{background.label(fact.subject)} at {len(fact.slots)}" for fact in facts]
    return f"Not at work, or not free, of the {starts} times in question: {listed(people)}."


def print_unlocks(item: ItemExplanation, console: Console) -> None:
    """What would place the session, the cheapest first."""
    console.print()
    say(console, Text("What would place it (each one tried and confirmed)", style="bold"), indent=3)
    for number, unlock in enumerate(item.unlocks, start=1):
        say(console, f"{number}. {unlock.detail} {unlock_price(unlock)}", indent=5, hanging=3)
    if item.unlocks_note:
        say(console, item.unlocks_note, indent=5)


def unlock_price(unlock: Unlock) -> str:
    """Price and disruption in one phrase."""
    if unlock.pounds is None:
        price = "Cost: not declared"
    elif unlock.pounds == 0:
        price = "Cost: none"
    else:
        price = f"Cost: £{unlock.pounds:,}{' a year' if unlock.per_year else ''}"
        price += f" ({unlock.price_basis})" if unlock.price_basis else ""
    moved = "no other session moves"
    if unlock.moved:
        verb = "moves" if unlock.moved == 1 else "move"
        moved = f"{counted(unlock.moved, 'other session')} {verb}"
    return f"{price}; {moved}."


def print_candidates(
    candidates: Sequence[Candidate], background: Background, console: Console
) -> None:
    """Who could take the session, for each role, and what keeps them from it."""
    by_role: defaultdict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        by_role[candidate.role].append(candidate)
    for role, found in by_role.items():
        console.print()
        as_what = role.replace("_", " ")
        heading = f"Who could take this session as {as_what}, the nearest first"
        say(console, Text(heading, style="bold"), indent=3)
        for candidate in found[:MOST_CANDIDATES]:
            why = hindrance_words(candidate)
            say(console, f"{background.label(candidate.staff_id)}: {why}", indent=5, hanging=2)


def hindrance_words(candidate: Candidate) -> str:
    """What keeps somebody from the session: times of one kind and another, or what they lack."""
    details = [hindrance.detail for hindrance in candidate.hindrances]
    return "; ".join(details) if candidate.is_qualified else listed(details)
