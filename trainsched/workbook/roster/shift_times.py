"""Shifts written as times (``08:30 17:00``), and which periods of the day they cover."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from trainsched.domain.calendar import Period
from trainsched.domain.roster import Meaning

_CLOCK = r"([01]?\d|2[0-4])[:.]?([0-5]\d)"
_RANGE = re.compile(
    rf"(?<![\d:.]){_CLOCK}(?::00)?\s*(?:-|\u2013|\u2014|to|until|/|\s)\s*{_CLOCK}(?::00)?(?![\d:.])",
    re.IGNORECASE,
)
_MIDNIGHT = re.compile(r"0?0[:.]00(?::00)?")
_MINUTES_IN_HOUR = 60


class ShiftTimes(NamedTuple):
    """Meanings by period, and the words of the cell that are not times."""

    meanings: dict[str, Meaning]
    words: str


def shift_times(text: str, periods: Sequence[Period]) -> ShiftTimes | None:
    """What the times in a cell say of each period; None where the cell holds no times.

    Wholly inside the shift: at work. Wholly outside: not at work. Partly: at work, but not to be
    used. A shift over midnight is read as a night: on call all day, so that rest follows. Nothing
    but ``00:00`` is a day off.
    """
    if _MIDNIGHT.fullmatch(text):
        return ShiftTimes({period.name: Meaning.ABSENT for period in periods}, "")
    found = _RANGE.search(text)
    if found is None:
        return None
    start = int(found[1]) * _MINUTES_IN_HOUR + int(found[2])
    end = int(found[3]) * _MINUTES_IN_HOUR + int(found[4])
    words = (text[: found.start()] + " " + text[found.end() :]).strip(" ()[]-,;")
    if start == end:
        meaning = Meaning.ABSENT if start == 0 else Meaning.BUSY
        return ShiftTimes({period.name: meaning for period in periods}, words)
    if end < start:
        return ShiftTimes({period.name: Meaning.ON_CALL for period in periods}, words)
    return ShiftTimes({period.name: _meaning(period, start, end) for period in periods}, words)


def _meaning(period: Period, start: int, end: int) -> Meaning:
    if start <= period.start and period.end <= end:
        return Meaning.WORK
    if end <= period.start or period.end <= start:
        return Meaning.ABSENT
    return Meaning.BUSY
