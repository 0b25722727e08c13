"""What kind of heading a row of a grid is: dates, weekdays, periods, weeks, months."""

from collections.abc import Sequence
from enum import Enum
from itertools import pairwise

from trainsched.workbook.cells.clues import Clue, clue_of
from trainsched.workbook.cells.days import period_or_none
from trainsched.workbook.cells.text import text_of
from trainsched.workbook.roster.view import View, split_period

_LETTERS = frozenset("mtwfs")


class Kind(Enum):
    """What a row of headings holds."""

    DATES = "dates"
    WEEKDAYS = "weekdays"
    PERIODS = "periods"
    WEEKS = "weeks"
    MONTHS = "months"
    LETTERS = "letters"


def kind_of(view: View, row: int, names: Sequence[str], start: int = 0) -> Kind | None:
    """What kind of heading a row is, from column ``start`` on; None for rows of other things."""
    cells = {c: v for c, v in view.cells(row).items() if c >= start}
    if not cells:
        return None
    clues = {c: view.clue(row, c) or clue_without_period(view, row, c, names) for c in cells}
    first = min(cells)
    named = {c: clue for c, clue in clues.items() if clue is not None}
    dated = [c for c, clue in named.items() if clue.names_a_day and not is_plain(clue)]
    bare = [c for c, clue in named.items() if clue.names_a_day and is_plain(clue)]
    weekdays = [c for c, clue in named.items() if clue.is_weekday]
    others = [c for c in cells if c not in named and c != first]
    if _is_date_row(view, row, dated, bare, others):
        return Kind.DATES
    if len(weekdays) >= 2 and len(weekdays) >= len(others):
        return Kind.WEEKDAYS
    texts = [text_of(value) for column, value in cells.items() if column != first or len(cells) < 3]
    if texts and all(period_or_none(text, names) for text in texts):
        return Kind.PERIODS
    weeks = [c for c, clue in named.items() if clue.names_a_week]
    if len(weeks) >= 2 and len(weeks) >= len(others):
        return Kind.WEEKS
    if len([c for c, clue in named.items() if clue.is_month and c != first]) > len(others):
        return Kind.MONTHS
    if len(texts) > 4 and all(text.casefold() in _LETTERS for text in texts):
        return Kind.LETTERS
    return None


def is_plain(clue: Clue) -> bool:
    """Whether it is a bare number, which may be a day of the month or anything else."""
    return clue.bare and clue.month is None


def _is_date_row(
    view: View, row: int, dated: list[int], bare: list[int], others: list[int]
) -> bool:
    cells = view.cells(row)
    faulty = {c for c in dated if (clue := view.clue(row, c)) is not None and clue.broken}
    sound = [c for c in dated if c not in faulty]
    count = len(sound) + len(bare)
    if sound:
        if sound == [min(cells)] and (min(cells) == 1 or len(cells) > 1):
            return False
        before = sum(c < min(sound) for c in others)
        return 3 * count >= len(others) - before
    numbers = [
        (place, clue.day)
        for place, c in enumerate(bare)
        if (clue := view.clue(row, c)) is not None and clue.day is not None
    ]
    steps = [
        1 if after - before == there - here else after - before
        for (here, before), (there, after) in pairwise(numbers)
    ]
    regular = sum(step == 1 or (step < -26) for step in steps)
    weekday_steps = sum(step in {1, 3} or step < -24 for step in steps)
    if len(bare) == 3 and regular == 2 and not others:
        return True
    return (
        len(bare) >= 4
        and len(others) < len(bare)
        and (5 * regular >= 3 * len(steps) or 10 * weekday_steps >= 9 * len(steps))
        and regular >= 2
    )


def clue_without_period(view: View, row: int, column: int, names: Sequence[str]) -> Clue | None:
    """What a heading that also names a period says of the date (``Mon 1 Sep AM``)."""
    rest, period = split_period(view.cells(row).get(column), names)
    return clue_of(rest) if period else None
