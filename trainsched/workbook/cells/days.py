"""Cells as days of the week, periods of the day, and working patterns."""

import re
from collections.abc import Sequence

from trainsched.domain.calendar import DAYS_IN_WEEK, Period
from trainsched.domain.roster import code_key
from trainsched.workbook.cells.error import CellError
from trainsched.workbook.cells.text import split_list, text_of
from trainsched.workbook.names import did_you_mean, tidy

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SHORT = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_DAY_NUMBERS = _SHORT | {
    word: number
    for number, name in enumerate(DAY_NAMES)
    for word in (name.casefold(), name[:3].casefold())
}
_DASHES = re.compile(r"\s*(?:[-–—]|\bto\b)\s*", re.IGNORECASE)
_DAY_ITEM = re.compile(r"^([A-Za-z]+\.?)(?:-([A-Za-z]+\.?))?(?=\s|$)\s*(.*)$", re.DOTALL)
_ALL = frozenset({"all", "everyday", "daily", "allday", "wholeday", "fullday", "any"})
_OFF = frozenset({"off", "none"})
_PERIOD = re.compile(
    r"^(?P<name>.+?)\s+(?P<start>\d{1,2}[:.]?\d{2})-(?P<end>\d{1,2}[:.]?\d{2})$", re.DOTALL
)
_DAY_REMEDY = "Write days as Mon-Thu; Sat."
MINUTES_IN_DAY = 1440


def weekday_or_none(word: str) -> int | None:
    """The number of a weekday from its name or its usual short form; Monday is 0."""
    return _DAY_NUMBERS.get(word.strip(" .").casefold())


def parse_days(raw: object) -> tuple[int, ...]:
    """Days of the week from lists and ranges, sorted; Monday is 0. ``Sat-Mon`` runs over Sunday."""
    days: set[int] = set()
    for item in split_list(text_of(raw)):
        if code_key(item) in _ALL:
            days.update(range(DAYS_IN_WEEK))
            continue
        found = _DAY_ITEM.match(_DASHES.sub("-", item))
        if found is None or found[3]:
            raise CellError(f"'{item}' is not a day or a range of days.", _DAY_REMEDY)
        days.update(_day_range(found[1], found[2]))
    return tuple(sorted(days))


def parse_periods(raw: object, names: Sequence[str]) -> tuple[str, ...]:
    """Periods from lists and ranges by position, in the order of the day."""
    wanted: set[str] = set()
    for item in split_list(text_of(raw)):
        if code_key(item) in _ALL:
            wanted.update(names)
        else:
            wanted.update(_period_range(item, names))
    return tuple(name for name in names if name in wanted)


def parse_period(raw: object, names: Sequence[str]) -> str:
    """The name of one period as the settings spell it."""
    found = period_or_none(text_of(raw), names)
    if found is None:
        raise _unknown_period(text_of(raw), names)
    return found


def period_or_none(word: str, names: Sequence[str]) -> str | None:
    """The period of that name, whatever its case, spaces and punctuation."""
    key = code_key(word)
    for name in names:
        if code_key(name) == key:
            return name
    return None


def parse_pattern(raw: object, names: Sequence[str]) -> tuple[tuple[tuple[int, str], ...], ...]:
    """The weeks of a working pattern, each a sorted tuple of weekday and period name.

    Weeks in turn are split by a bar; ``off`` is a week without work.
    """
    return tuple(_week(week, names) for week in text_of(raw).split("|"))


def parse_period_times(raw: object) -> tuple[Period, ...]:
    """The periods of a day with their times, such as ``AM 08:30-12:30; PM 13:00-17:00``."""
    periods: list[Period] = []
    for item in split_list(text_of(raw)):
        found = _PERIOD.match(_DASHES.sub("-", item))
        if found is None:
            raise CellError(
                f"'{item}' is not a period with its times.",
                "Write periods as AM 08:30-12:30; PM 13:00-17:00.",
            )
        period = Period(name=found["name"], start=_minutes(found["start"]),
                        end=_minutes(found["end"]))  # fmt: skip
        _check_period(period, periods)
        periods.append(period)
    return tuple(periods)


def _check_period(period: Period, earlier: Sequence[Period]) -> None:
    if period.end <= period.start:
        raise CellError(
            f"The period {period.name} ends before it starts.", "Write its start first."
        )
    if period_or_none(period.name, [other.name for other in earlier]) is not None:
        raise CellError(f"The period {period.name} stands here twice.", "Name periods apart.")
    if earlier and period.start < earlier[-1].end:
        raise CellError(
            f"The period {period.name} starts before {earlier[-1].name} ends.",
            "List periods in the order of the day, without overlap.",
        )


def _minutes(text: str) -> int:
    digits = text.replace(":", "").replace(".", "")
    hours, minutes = int(digits[:-2]), int(digits[-2:])
    total = 60 * hours + minutes
    if minutes >= 60 or total > MINUTES_IN_DAY:
        raise CellError(f"'{text}' is not a time of day.", "Write times as 08:30.")
    return total


def _day_range(first: str, last: str | None) -> list[int]:
    start = _day(first)
    if last is None:
        return [start]
    length = (_day(last) - start) % DAYS_IN_WEEK
    return [(start + step) % DAYS_IN_WEEK for step in range(length + 1)]


def _day(word: str) -> int:
    number = weekday_or_none(word)
    if number is None:
        hint = did_you_mean(word, DAY_NAMES)
        raise CellError(f"'{word}' is not a day of the week.", f"{hint} {_DAY_REMEDY}".strip())
    return number


def _period_range(item: str, names: Sequence[str]) -> list[str]:
    whole = period_or_none(item, names)
    if whole is not None:
        return [whole]
    for dash in _DASHES.finditer(item):
        first = period_or_none(item[: dash.start()], names)
        last = period_or_none(item[dash.end() :], names)
        if first is not None and last is not None:
            start, end = names.index(first), names.index(last)
            if start > end:
                raise CellError(
                    f"'{item}' runs backwards through the day.", f"Write {last}-{first}."
                )
            return list(names[start : end + 1])
    raise _unknown_period(item, names)


def _unknown_period(item: str, names: Sequence[str]) -> CellError:
    hint = did_you_mean(item, names)
    return CellError(
        f"'{item}' is not a period of the day.",
        f"{hint} The periods are: {', '.join(names)}.".strip(),
    )


def _week(text: str, names: Sequence[str]) -> tuple[tuple[int, str], ...]:
    if code_key(text) in _OFF:
        return ()
    items = split_list(text)
    if not items:
        raise CellError(
            "A week of the working pattern is empty.",
            "Write a pattern on both sides of the bar, or off for a week without work.",
        )
    slots: set[tuple[int, str]] = set()
    for item in items:
        found = _DAY_ITEM.match(_DASHES.sub("-", tidy(item)))
        if found is None:
            raise CellError(f"'{item}' is not a part of a working pattern.", _PATTERN_REMEDY)
        periods = _period_range(found[3], names) if found[3] else list(names)
        slots.update((day, name) for day in _day_range(found[1], found[2]) for name in periods)
    order = {name: position for position, name in enumerate(names)}
    return tuple(sorted(slots, key=lambda slot: (slot[0], order[slot[1]])))


_PATTERN_REMEDY = "Write it as Mon-Thu, as Mon; Tue AM; Wed-Fri, or as Mon-Fri | Mon-Thu."
