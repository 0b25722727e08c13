"""The largest number that fits, asked number by number, where nothing says where to begin."""

from collections.abc import Callable

from trainsched.expansion.counting import MOST_STARTERS

MOST_STEPS_DOWN = 4


def climb(fits: Callable[[int], bool | None], *, most: int) -> tuple[int, int | None]:
    """The largest number known to fit, and the smallest proved not to (None: none was).

    Doubles until a number does not fit, then halves the gap.
    """
    low, high = 0, None
    number = 1
    while number <= most:
        answer = fits(number)
        if answer is not True:
            high = number
            break
        low, number = number, (2 * number if 2 * number <= most or number == most else most)
    if high is None:
        return low, None
    while high - low > 1:
        middle = (low + high) // 2
        if fits(middle):
            low = middle
        else:
            high = middle
    return low, high if fits(high) is False else None


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
