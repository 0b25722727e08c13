"""The largest number for which something holds, asked number by number."""

from collections.abc import Callable, Iterator

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
