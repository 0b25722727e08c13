"""Capacity and funding in the terminal, for heads and workforce leads."""

from collections.abc import Sequence

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table

from trainsched.domain.capacity import (
    STARTERS,
    STEADY_STATE,
    SUSTAINABLE,
    BindingLimit,
    Capacity,
    DepartmentChange,
    Funding,
    HostingLimit,
    Money,
)
from trainsched.domain.plan import GoalStatus
from trainsched.reports.capacity_story import Story
from trainsched.reports.console import new_table, print_heading, say
from trainsched.reports.words import counted

VIEWS = (
    (STARTERS, "Starters now"),
    (STARTERS + SUSTAINABLE, "with absence"),
    (STEADY_STATE, "Every year"),
    (STEADY_STATE + SUSTAINABLE, "with absence"),
)


VERY_WIDE = 1000
"""Characters: what a table would take is measured where nothing is cut off."""
MOST_BINDING = 15
"""Limits that bind, most valuable first; the workbook has them all."""


def pounds(amount: int | None) -> str:
    """An amount as ``£1,204``."""
    return "-" if amount is None else f"£{amount:,}"


def limit_words(limit: HostingLimit | None) -> str:
    """``6``, or ``6 to 8`` where the limit is open, or ``6 or more``."""
    if limit is None:
        return "-"
    if limit.is_proved:
        return str(limit.fits)
    if limit.impossible_from is None:
        return f"{limit.fits} or more"
    return f"{limit.fits} to {limit.impossible_from - 1}"


def print_capacity(capacity: Capacity, story: Story, console: Console) -> None:
    """Targets and what they take, then what can be hosted, then what binds."""
    say(console, f"Capacity of {story.organisation}")
    if story.is_asked:
        _print_targets(capacity, story, console)
    if capacity.hosting:
        _print_hosting(capacity, console)
    if capacity.binding_limits:
        _print_binding(capacity.binding_limits, console)


def _print_binding(limits: Sequence[BindingLimit], console: Console) -> None:
    print_heading(console, "What one more unit would let in")
    asked = [limit for limit in limits if limit.was_asked]
    if asked:
        table = new_table(console)
        table.add_column("Limit")
        table.add_column("One more unit", overflow="fold")
        table.add_column("Starters more", justify="right")
        for limit in asked[:MOST_BINDING]:
            table.add_row(limit.limit, limit.detail, str(limit.value_of_one_more))
        console.print(table)
    left = len(asked) - MOST_BINDING
    if left > 0:
        say(console, f"{left} more, with no greater figure: capacity.xlsx, sheet Binding limits.")
    if len(asked) < len(limits):
        many = len(limits) - len(asked)
        where = "capacity.xlsx lists them; a longer --time-limit asks"
        say(console, f"Not asked of {many} units, as the search was over: {where}.")


def _print_targets(capacity: Capacity, story: Story, console: Console) -> None:
    print_heading(console, "What the targets take")
    if capacity.targets:
        table = new_table(console)
        for title in ("Programme", "Year", "Where"):
            table.add_column(title)
        table.add_column("Wanted", justify="right")
        table.add_column("Hosted", justify="right")
        for target in capacity.targets:
            table.add_row(
                target.programme,
                str(target.year),
                target.where or "anywhere",
                str(target.intake),
                str(target.hosted),
            )
        console.print(table)
    for year, money in story.money.items():
        _print_money(money, f" in {year}" if len(story.money) > 1 else "", console)
    for reason in story.reasons:
        say(console, reason)
    if capacity.posts:
        console.print()
        _print_posts(capacity, story, console)
    if capacity.hei_places:
        console.print()
        _print_places(capacity, console)
    for year, changes in story.changes.items():
        _print_changes(changes, f", {year}" if len(story.changes) > 1 else "", console)


def _print_money(money: Money, when: str, console: Console) -> None:
    """What a year takes; where it is proved out of reach its reasons say so instead."""
    if money.status is GoalStatus.PROVED_BEST:
        say(console, f"Annual cost{when} {pounds(money.value)}: proved least.")
    elif money.value is not None:
        least = pounds(money.bound)
        say(console, f"Annual cost{when} {pounds(money.value)}; nothing below {least} will do.")
    elif money.bound is not None:
        say(console, f"No answer found{when} yet; nothing below {pounds(money.bound)} will do.")


def _print_posts(capacity: Capacity, story: Story, console: Console) -> None:
    has_years = len({post.year for post in capacity.posts}) > 1
    table = new_table(console)
    for title in ("Post", "In", *(["Year"] if has_years else [])):
        table.add_column(title)
    for title in ("Units", "WTE", "Cost a year", "Sessions", "Duty slots"):
        table.add_column(title, justify="right")
    for post in capacity.posts:
        table.add_row(
            post.post,
            post.department,
            *([str(post.year)] if has_years else []),
            str(post.units),
            f"{post.wte:g}",
            pounds(post.annual_cost),
            str(len(post.unlocks.sessions)),
            str(len(post.unlocks.duties)),
        )
    console.print(table)
    for (year, key), words in sorted(story.lost.items()):
        when = f" in {year}" if has_years else ""
        say(console, f"With one {key} fewer{when}: {words}.", hanging=2)


def _print_places(capacity: Capacity, console: Console) -> None:
    table = new_table(console)
    table.add_column("University")
    table.add_column("Programme")
    for title in ("Needed", "Available", "Extra", "Cost a year"):
        table.add_column(title, justify="right")
    for place in capacity.hei_places:
        table.add_row(
            place.hei,
            place.programme,
            str(place.needed),
            str(place.available),
            str(place.extra),
            pounds(place.cost),
        )
    console.print(table)


def _print_changes(changes: Sequence[DepartmentChange], when: str, console: Console) -> None:
    """What heads of department approve: what each of them has now, and would have."""
    print_heading(console, f"Before and after{when}")
    table = new_table(console)
    table.add_column("Department")
    for title in ("Trainees", "Staff, WTE", "Must sessions"):
        table.add_column(title, justify="right")
    changed = [change for change in changes if change.is_any]
    for change in changed:
        table.add_row(
            change.department,
            _from_to(change.trainees),
            _from_to(change.staff_wte),
            _from_to(change.must_sessions),
        )
    if changed:
        console.print(table)
    if any(change.must_sessions[1] for change in changes):
        say(console, "Every must session is placed, and no cover is lost to training.")
    same = len(changes) - len(changed)
    if same:
        say(console, f"Nothing changes in {counted(same, 'department')}.")


def _from_to(pair: tuple[float, float]) -> str:
    """``12 to 20``, or ``12`` where nothing changes."""
    before, after = pair
    return _number(before) if before == after else f"{_number(before)} to {_number(after)}"


def _number(value: float) -> str:
    """``1,204.25``, without what comes after the point where it is whole."""
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".")


def _print_hosting(capacity: Capacity, console: Console) -> None:
    print_heading(console, "Starters that each department can host")
    views = [
        (view, title) for view, title in VIEWS if any(h.view == view for h in capacity.hosting)
    ]
    by_key = {(h.department, h.programme, h.view): h for h in capacity.hosting}
    table = new_table(console)
    table.add_column("Department")
    table.add_column("Programme")
    for _, title in views:
        table.add_column(title, justify="right")
    nothing: list[str] = []
    for department, programme in sorted({(h.department, h.programme) for h in capacity.hosting}):
        limits = [by_key.get((department, programme, view)) for view, _ in views]
        if all(limit is None or limit.impossible_from == 1 for limit in limits):
            nothing.append(f"{programme} in {department}")
            continue
        table.add_row(department, programme, *(limit_words(limit) for limit in limits))
    console.print(table)
    proved = sum(h.is_proved for h in capacity.hosting)
    say(
        console,
        f"{proved} of {counted(len(capacity.hosting), 'limit')} proved: one starter more is "
        "impossible. A range says what is still open.",
    )
    if nothing:
        say(console, f"Not one can be hosted of: {', '.join(nothing)}.", hanging=2)


def print_funding(funding: Funding, story: Story, console: Console) -> None:
    """One line a budget or point; where the terminal is narrow, what money pays for comes after."""
    what = "The frontier of cost against intake" if funding.is_frontier else "What budgets buy"
    say(console, f"{what}: {story.organisation}, {funding.year}")
    point = _point_columns(funding)
    split = _split_columns(funding)
    whole = _table_of([*point[:-2], *split, *point[-2:]], console)
    uncut = console.options.update(width=VERY_WIDE)
    if Measurement.get(console, uncut, whole).maximum <= console.width:
        console.print(whole)
    else:
        console.print(_table_of(point, console))
        print_heading(console, "What the money pays for")
        console.print(_table_of([*point[: 1 if funding.is_frontier else 2], *split], console))
    _print_margins(funding, console)
    if not funding.is_complete:
        say(console, "The search was not finished; run it again to go on from what is proved.")


PrintedColumn = tuple[str, list[str]]
"""Heading and cells."""


def _point_columns(funding: Funding) -> list[PrintedColumn]:
    points = funding.points
    found: list[PrintedColumn] = []
    if not funding.is_frontier:
        found.append(("Budget", [pounds(p.budget) for p in points]))
    found.append(("Starters", [str(p.intake) for p in points]))
    found.append(("Cost a year", [pounds(p.annual_cost) for p in points]))
    if funding.is_frontier:
        found.append(("Last one", [pounds(p.cost_of_last_trainee) for p in points]))
    else:
        found.append(("At most", [f"{p.most:g}" for p in points]))
    proved = [p.status is GoalStatus.PROVED_BEST for p in points]
    found.append(("Proved", ["yes" if is_proved else "open" for is_proved in proved]))
    return found


def _split_columns(funding: Funding) -> list[PrintedColumn]:
    splits = [point.split for point in funding.points]
    return [
        ("Salaries", [pounds(split.salary_support) for split in splits]),
        ("Trainers", [pounds(split.trainer_posts) for split in splits]),
        ("Backfill", [pounds(split.backfill_posts) for split in splits]),
        ("HEI", [pounds(split.hei_places) for split in splits]),
    ]


def _table_of(columns: Sequence[PrintedColumn], console: Console) -> Table:
    table = new_table(console)
    for title, _ in columns:
        table.add_column(title, justify="left" if title == "Proved" else "right", no_wrap=True)
    for row in zip(*(cells for _, cells in columns), strict=True):
        table.add_row(*row)
    return table


def _print_margins(funding: Funding, console: Console) -> None:
    priced = [p for p in funding.points if p.cost_of_last_trainee is not None]
    if priced:
        best = min(priced, key=lambda p: p.cost_of_last_trainee or 0)
        say(
            console,
            f"The best marginal pound is at {counted(best.intake, 'starter')}: "
            f"{pounds(best.cost_of_last_trainee)} for one more.",
        )
    last: Sequence[int] = [p.cost_per_qualified for p in funding.points if p.cost_per_qualified]
    if last:
        least, most = pounds(min(last)), pounds(max(last))
        each = least if least == most else f"{least} to {most}"
        say(
            console,
            f"A qualified scientist costs {each}, until completion and with those who do not "
            "complete.",
        )
