"""A line of dates as typed, some without year or month, some mistyped, made into whole dates."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from trainsched.domain.calendar import DAYS_IN_WEEK, PlanCalendar
from trainsched.workbook.cells.clues import Clue

_YEARS_AROUND = 3
_MONTHS = 12
_LOOK_BACK = 30
_MONTHS_AROUND = 2
_FAR = 31
_MOST_GUESSES = 120


class Dated(NamedTuple):
    """What a line of headings came to. Keys are positions on the line.

    ``mended``: dates that were mistyped and that the run of dates settles. ``lost``: positions of
    which no date can be told for sure.
    """

    dates: dict[int, date]
    mended: dict[int, date]
    lost: tuple[int, ...]


def date_line(clues: Mapping[int, Clue], calendar: PlanCalendar, *, repeats: bool = False) -> Dated:
    """Whole dates for the clues of a line, in the order of their positions.

    ``repeats``: a date may stand several times in a row (over the periods of a day). Where most
    dates do so anyway, that is not taken for a slip either.
    """
    positions = sorted(clues)
    guesses = [_guesses(clues[position], calendar) for position in positions]
    chosen = _best_path(guesses)
    # Headings that repeat (a date over AM and PM) are one item of the run.
    alike = sum(_alike(clues[a], clues[b]) for a, b in pairwise(positions))
    repeats = repeats or 4 * alike >= len(positions)
    items: list[list[int]] = []
    for number, day in enumerate(chosen):
        if repeats and items and day is not None and chosen[items[-1][-1]] == day and _alike(
            clues[positions[number]], clues[positions[items[-1][-1]]]
        ):  # fmt: skip
            items[-1].append(number)
        else:
            items.append([number])
    run = [chosen[item[0]] for item in items]
    settled = _settle(run)
    dates: dict[int, date] = {}
    mended: dict[int, date] = {}
    lost: list[int] = []
    for item, was, now in zip(items, run, settled, strict=True):
        for number in item:
            if now is None:
                lost.append(positions[number])
                continue
            dates[positions[number]] = now
            if now != was:
                mended[positions[number]] = now
    return Dated(dates, mended, tuple(lost))


def are_month_first(clues: Mapping[int, Clue]) -> bool:
    """Whether dates a month apart would be neighbouring days if the month came first."""
    parts = [(c.month, c.day) for _, c in sorted(clues.items()) if c.full and not c.bare]
    if len(parts) < 3 or len(parts) < len(clues) or any(c.typed for c in clues.values()):
        return False
    first_day = parts[0][1]
    steps = [
        after - before
        for (before, _), (after, _) in pairwise(parts)
        if before is not None and after is not None
    ]
    return all(day == first_day for _, day in parts) and all(1 <= step <= 3 for step in steps)


def turned_month_first(clues: Mapping[int, Clue]) -> dict[int, Clue] | None:
    """The clues with day and month changed round, where some make sense only so; None otherwise.

    All of them must then be days in a row: a program set to American dates leaves the first
    twelve days of a month as dates of another month, and the rest as text.
    """
    if not any(c.broken and c.month is not None and c.month > _MONTHS for c in clues.values()):
        return None
    turned: dict[int, Clue] = {}
    for position, clue in sorted(clues.items()):
        if clue.bare or clue.day is None or clue.month is None or clue.year is None:
            return None
        turned[position] = clue._replace(day=clue.month, month=clue.day, broken=False)
    days = [clue.full for clue in turned.values()]
    if not all(
        one is not None and other is not None and 0 <= (other - one).days <= DAYS_IN_WEEK
        for one, other in pairwise(days)
    ):
        return None
    return turned


def _alike(one: Clue, other: Clue) -> bool:
    return (one.day, one.month, one.year) == (other.day, other.month, other.year)


def _guesses(clue: Clue, calendar: PlanCalendar) -> list[tuple[date, float]]:
    """Dates that a clue may mean, each with what speaks against it."""
    if clue.broken:
        return []
    if clue.full is not None:
        return [(clue.full, 0.0)]
    if clue.day is None:
        return []
    years = range(calendar.start_date.year - _YEARS_AROUND,
                  calendar.end_date.year + _YEARS_AROUND + 1)  # fmt: skip
    found = []
    for year in [clue.year] if clue.year is not None else years:
        for month in [clue.month] if clue.month is not None else range(1, 13):
            try:
                day = date(year, month, clue.day)
            except ValueError:
                continue
            against = 0.0 if calendar.holds(day) else 0.3
            away = max((calendar.start_date - day).days, (day - calendar.end_date).days, 0)
            against += min(away, 1500) / 1000
            if clue.weekday is not None and day.weekday() != clue.weekday:
                against += 3.0
            if clue.month is None and away > _FAR * _MONTHS_AROUND:
                continue
            found.append((day, against))
    if len(found) > _MOST_GUESSES:
        found = sorted(found, key=lambda guess: guess[1])[:_MOST_GUESSES]
    return found


def _step_cost(before: date, after: date) -> float:
    days = (after - before).days
    if days in {0, 1}:
        return 0.0
    if 1 < days <= 7:
        return 0.3
    if 7 < days <= _FAR:
        return 2.0
    return 5.0 if days > 0 else 6.0


def _best_path(guesses: Sequence[list[tuple[date, float]]]) -> list[date | None]:
    """One guess an item, so that the steps between neighbours are least strange."""
    if all(len(options) <= 1 for options in guesses):
        return [options[0][0] if options else None for options in guesses]
    costs: list[list[tuple[float, int]]] = []
    last: int | None = None
    before: list[int | None] = []
    for number, options in enumerate(guesses):
        before.append(last)
        if last is None:
            costs.append([(against, -1) for _, against in options])
        else:
            earlier = [(costs[last][k][0], guesses[last][k][0], k) for k in range(len(costs[last]))]
            costs.append([
                min((cost + _step_cost(was, day) + against, k) for cost, was, k in earlier)
                for day, against in options
            ])  # fmt: skip
        if options:
            last = number
    chosen: list[date | None] = [None] * len(guesses)
    if last is None:
        return chosen
    pick = min(range(len(costs[last])), key=lambda k: (costs[last][k][0], guesses[last][k][0]))
    at: int | None = last
    while at is not None:
        chosen[at] = guesses[at][pick][0]
        pick = costs[at][pick][1]
        at = before[at]
    return chosen


def _settle(run: Sequence[date | None]) -> list[date | None]:
    """The run with dates that do not fit replaced where their neighbours settle them."""
    if len(run) < 3:
        return list(run)
    kept = _chain(run)
    settled: list[date | None] = [day if n in kept else None for n, day in enumerate(run)]
    weekends = any(day.weekday() >= 5 for day in settled if day is not None)
    known = sorted(kept)
    steps = [
        ((run[b] - run[a]).days, b - a)  # type: ignore[operator]
        for a, b in pairwise(known)
    ]
    weekly = sum(days == 7 * places for days, places in steps) * 2 > len(steps)
    for start, end in pairwise(known):
        if end - start > 1:
            _fill(settled, start, end, weekends=weekends, weekly=weekly)
    _mend_ends(settled, run, weekends=weekends, weekly=weekly)
    return settled


def _chain(run: Sequence[date | None]) -> set[int]:
    """The items of the longest rising run, regular steps counting most."""
    best: list[float] = []
    previous: list[int] = []
    for number, day in enumerate(run):
        top, link = (1.0, -1) if day is not None else (-1.0, -1)
        for earlier in range(max(0, number - _LOOK_BACK), number):
            was = run[earlier]
            if day is None or was is None or was >= day:
                continue
            gap, places = (day - was).days, number - earlier
            regular = 0.5 if gap in {places, 7 * places} else 0.2 if gap <= places + 2 else 0.0
            score = best[earlier] + 1.0 + regular - min(0.9, max(0, gap - 7 * places) / 300)
            if score > top:
                top, link = score, earlier
        best.append(top)
        previous.append(link)
    kept: set[int] = set()
    number = max(range(len(run)), key=lambda n: best[n], default=-1)
    while number >= 0 and run[number] is not None:
        kept.add(number)
        number = previous[number]
    return kept


def _between(first: date, last: date, *, weekends: bool, weekly: bool) -> list[date]:
    step = 7 if weekly else 1
    found: list[date] = []
    day = first + timedelta(days=step)
    while day < last and len(found) <= _FAR:
        if weekly or weekends or day.weekday() < 5:
            found.append(day)
        day += timedelta(days=step)
    return found


def _fill(
    settled: list[date | None], start: int, end: int, *, weekends: bool, weekly: bool
) -> None:
    first, last = settled[start], settled[end]
    if first is None or last is None:
        return
    fitting = _between(first, last, weekends=weekends, weekly=weekly)
    if len(fitting) == end - start - 1:
        settled[start + 1 : end] = fitting


def _mend_ends(
    settled: list[date | None],
    run: Sequence[date | None],
    *,
    weekends: bool,
    weekly: bool,
) -> None:
    """A mistyped first or last date: mended only if one part of it differs from what is due."""
    known = [n for n, day in enumerate(settled) if day is not None]
    if len(known) < 4:
        return
    for edge, inner, sign in ((0, 1, -1), (len(run) - 1, len(run) - 2, 1)):
        near = settled[inner]
        if near is None:
            continue
        typed, day = run[edge], settled[edge]
        if day is not None and abs((day - near).days) <= _FAR:
            continue
        due = near + timedelta(days=sign * (7 if weekly else 1))
        while not (weekly or weekends or due.weekday() < 5):
            due += timedelta(days=sign)
        settled[edge] = due if typed is not None and _one_part_differs(typed, due) else None


def _one_part_differs(one: date, other: date) -> bool:
    return (one.day != other.day) + (one.month != other.month) + (one.year != other.year) == 1
