"""The largest number for which something holds, asked number by number."""

import math
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from trainsched.expansion.counting import MOST_STARTERS

MOST_STEPS_DOWN = 4


def largest(holds: Callable[[int], bool | None], low: int, high: int, start: int) -> int:
    """The largest number from ``low`` to ``high`` for which it holds, where it does for all below.

    For ``low`` it is taken to hold. From ``start`` up or down in ever larger steps, and then by
    halves; what is not settled (None) counts as not holding.
    """
    number, step = start, 1
    went_up = went_down = False
    while low < high:
        number = min(max(number, low + 1), high)
        if holds(number):
            low, went_up = number, True
            further = low + step
        else:
            high, went_down = number - 1, True
            further = high - step + 1
        middle = (low + high + 1) // 2
        number = middle if went_up and went_down else further
        step *= 2
    return low


def most_without_lack(lacking: Callable[[int], int | None], low: int, high: int, start: int) -> int:
    """The largest number from ``low`` to ``high`` with which nothing is lacking.

    The more there are, the more is lacking, and mostly ever more for each: so the line through the
    two smallest numbers known to lack anything leads to about where the lack begins. With ``low``
    nothing is taken to be; where it is not known what lacks (None), nothing does.
    """
    too_many: list[tuple[int, int]] = []
    number, step = start, 1
    while low < high:
        number = min(max(number, low + 1), high)
        lack = lacking(number) or 0
        if lack > 0:
            high = number - 1
            too_many.append((number, lack))
            number = _where_it_begins(too_many)
        else:
            low, number, step = number, number + step, 2 * step
            if too_many:
                number = min(number, (low + high + 1) // 2)
    return low


def _where_it_begins(too_many: Sequence[tuple[int, int]]) -> int:
    """Where the line through the last two numbers and what they lack comes to nothing."""
    number, lack = too_many[-1]
    if len(too_many) < 2:
        return number - max(number // 8, 1)
    before, lack_before = too_many[-2]
    each = Fraction(lack_before - lack, before - number)
    return number - math.ceil(lack / each) if each > 0 else number // 2


def downward(start: int, low: int = 0) -> Iterator[int]:
    """The numbers from ``start`` down in ever larger steps, as long as they are above ``low``."""
    number, step = start, 1
    while number > low:
        yield number
        number, step = number - step, 2 * step


def climb(fits: Callable[[int], bool | None], *, most: int) -> tuple[int, int | None]:
    """The largest number known to fit, and the smallest proved not to (None: none was)."""
    low = largest(fits, 0, most, start=1)
    return low, low + 1 if low < most and fits(low + 1) is False else None


def descend(
    fits: Callable[[int], bool | None], above: int, *, is_monotone: bool
) -> tuple[int, int | None]:
    """The same from a number that nothing exceeds, downward one by one."""
    impossible: int | None = above + 1 if above < MOST_STARTERS else None
    number = above
    while number > 0:
        answer = fits(number)
        if answer:
            return number, impossible
        if answer is False and impossible in (number + 1, None):
            impossible = number
        if above - number >= MOST_STEPS_DOWN and is_monotone:
            low, _ = climb(fits, most=number - 1)
            return low, impossible
        number -= 1
    return 0, impossible
