"""What a heading says of a date: a whole date, or a day, a month, a weekday or a week alone."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from trainsched.workbook.cells.days import weekday_or_none
from trainsched.workbook.names import tidy

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
          "october", "november", "december")  # fmt: skip
_MONTH_NUMBERS = {"sept": 9} | {
    word: number for number, name in enumerate(MONTHS, 1) for word in (name, name[:3])
}
_FILLERS = frozenset({"the", "of", "bh", "bank", "holiday", "hol", "and", "date"})
_FIRST_YEAR, _LAST_YEAR = 1990, 2150
_FIRST_SERIAL, _LAST_SERIAL = 33_000, 73_000
_DAYS_TO_1904 = 1462
_EPOCH = date(1899, 12, 30)
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})\s?([/.\-])\s?(\d{1,2})(?:\s?\2\s?(\d{4}|\d{2}))?(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_TIME = re.compile(r"[t\s]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?z?$")
_COMMENCING = re.compile(
    r"\b(?:w\s?[/.\\]?\s?[cb]|(?:wk|week)\s*(?:comm(?:encing)?|beg(?:inning)?|start(?:ing)?|of)"
    r"|commencing|beginning)(?![a-z])\.?:?"
)
_WEEK = re.compile(r"\b(?:week|wk|w)\s*\.?\s*(?:no\.?\s*|number\s*|#\s*)?(\d{1,3})(?![\d/.\-])")
_RANGE = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?\s*(?:-|–|to)\s*\d{1,2}(?:st|nd|rd|th)?\b")
_WORDS = re.compile(r"[^\W\d_]+|\d+|['’]\d\d(?!\d)")
_JOINED_YEAR = re.compile(r"[-'’]\s?(\d\d)$")


class Clue(NamedTuple):
    """The parts of a date that a heading names. ``week`` is a week number of the plan.

    ``commencing``: the date is that of a week's first day. ``broken``: it is meant to be a date,
    but there is none of that day and month, or the cell holds a fault. ``bare``: a number alone.
    """

    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    week: int | None = None
    commencing: bool = False
    broken: bool = False
    bare: bool = False
    typed: bool = False

    @property
    def full(self) -> date | None:
        """The date, where day, month and year are all named."""
        if self.day is None or self.month is None or self.year is None:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None

    @property
    def names_a_day(self) -> bool:
        """Whether it names a day of the month, or was meant to."""
        return self.day is not None or self.broken

    @property
    def names_a_week(self) -> bool:
        """Whether it names a week by its first day or its number."""
        return self.week is not None or (self.commencing and self.day is not None)

    @property
    def is_month(self) -> bool:
        """Whether it names a month or a year and nothing below."""
        return self.day is None and (self.month is not None or self.year is not None)

    @property
    def is_weekday(self) -> bool:
        """Whether it names a day of the week and nothing else."""
        return self.weekday is not None and self.day is None and self.month is None


def clue_of(value: object, *, date_1904: bool = False) -> Clue | None:
    """What a cell says of a date; None where it says nothing of one, or other things besides."""
    if isinstance(value, str):
        return _clue_of_text(value)
    if isinstance(value, datetime | date):
        if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
            return Clue(broken=True, typed=True)
        return Clue(value.day, value.month, value.year, typed=True)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return _clue_of_number(float(value), date_1904=date_1904)


def _clue_of_number(number: float, *, date_1904: bool) -> Clue | None:
    if number.is_integer() and 1 <= number <= 31:
        return Clue(day=int(number), bare=True)
    if number.is_integer() and _FIRST_YEAR <= number <= _LAST_YEAR:
        return Clue(year=int(number), bare=True)
    serial = number + (_DAYS_TO_1904 if date_1904 else 0)
    if _FIRST_SERIAL <= serial < _LAST_SERIAL:
        day = _EPOCH + timedelta(days=int(serial))
        return Clue(day.day, day.month, day.year, bare=True)
    if number.is_integer() and 0 <= number <= 99:
        return Clue(broken=True, bare=True)
    return None


@lru_cache(maxsize=16_384)
def _clue_of_text(raw: str) -> Clue | None:
    if len(raw) > 60:
        return None
    text = tidy(raw).casefold().strip(" :;,")
    number = text.replace(".0", "", 1) if re.fullmatch(r"\d+\.0", text) else text
    if number.isdecimal() and number.isascii():
        return _clue_of_number(float(number), date_1904=False)
    if not any(letter.isalnum() for letter in text):
        return None
    return _parts(_TIME.sub("", text))


def _parts(text: str) -> Clue | None:
    commencing = _COMMENCING.search(text) is not None
    text = _COMMENCING.sub(" ", text).strip()
    week: int | None = None
    found = _WEEK.search(text)
    if found is not None:
        week = int(found[1])
        text = (text[: found.start()] + " " + text[found.end() :]).strip(" :()-–,")
        if not text:
            return Clue(week=week)
    iso = _ISO.search(text)
    if iso is not None:
        rest = _ISO.sub(" ", text, count=1)
        day = (int(iso[4]), int(iso[3]), int(iso[1]))
        return _with_words(rest, day, week, commencing=commencing)
    numbers = _NUMBERS.search(text)
    if numbers is not None and not _names_month(text):
        rest = _NUMBERS.sub(" ", text, count=1)
        year = _year(numbers[4]) if numbers[4] else None
        if year is None and numbers[2] == "." and len(numbers[3]) == 1:
            return None
        return _with_words(rest, (int(numbers[1]), int(numbers[3]), year), week,
                           commencing=commencing)  # fmt: skip
    if _RANGE.search(text) and _names_month(text):
        text, commencing = _RANGE.sub(r"\1 ", text), True
    return _with_words(text, None, week, commencing=commencing)


def _names_month(text: str) -> bool:
    return any(word in _MONTH_NUMBERS for word in _WORDS.findall(text))


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _with_words(
    text: str,
    known: tuple[int | None, int | None, int | None] | None,
    week: int | None,
    *,
    commencing: bool,
) -> Clue | None:
    """A clue from the words left over; None where a word has no place in a date."""
    day, month, year = known or (None, None, None)
    weekday: int | None = None
    words = _WORDS.findall(text)
    month_first = bool(words) and words[0] in _MONTH_NUMBERS
    for position, word in enumerate(words):
        before = words[position - 1] if position else ""
        named = weekday_or_none(word)
        if word in _FILLERS or (word in {"st", "nd", "rd", "th"} and before.isdigit()):
            continue
        if named is not None and weekday is None and len(word) > 2:
            weekday = named
        elif word in _MONTH_NUMBERS and month is None:
            month = _MONTH_NUMBERS[word]
        elif word.strip("'’").isdecimal() and known is None:
            digits = word.strip("'’")
            is_year = len(digits) == 4 or digits != word or (
                len(digits) == 2 and month is not None
                and (day is not None or (month_first and _JOINED_YEAR.search(text) is not None))
            )  # fmt: skip
            if is_year and year is None and len(digits) in {2, 4}:
                year = _year(digits)
            elif day is None and len(digits) <= 2:
                day = int(digits)
            else:
                return None
        else:
            return None
    clue = Clue(day, month, year, weekday, week, commencing)
    if clue == Clue(commencing=commencing):
        return None
    return clue._replace(broken=True) if _is_impossible(clue) else clue


def _is_impossible(clue: Clue) -> bool:
    if clue.day is None:
        return False
    if not 1 <= clue.day <= 31 or (clue.month is not None and not 1 <= clue.month <= 12):
        return True
    if clue.year is not None and not _FIRST_YEAR <= clue.year <= _LAST_YEAR:
        return True
    return clue.month is not None and Clue(clue.day, clue.month, clue.year or 2024).full is None


_IN_WORDS = re.compile(
    rf"(?:(?<!\w)(\d{{1,2}})(?:st|nd|rd|th)?\s*(?:of\s)?)?\b({'|'.join(MONTHS)}|"
    rf"{'|'.join(name[:3] for name in MONTHS)}|sept)\b\.?,?\s*(?:['’-]?\s?(\d{{4}}|\d{{2}})\b)?"
)


def context_of(text: str) -> Clue | None:
    """What a title or a sheet's name says of the dates below it: a month, a year, a week."""
    plain = tidy(text).casefold().replace("_", " ")
    whole = _clue_of_text(plain)
    if whole is not None and not whole.bare and not whole.broken and not whole.is_weekday:
        if (
            whole.day is not None
            and whole.month is not None
            and whole.year is None
            and plain[0].isalpha()
            and not whole.commencing
            and whole.weekday is None
        ):
            return Clue(month=whole.month, year=2000 + whole.day)  # fmt: skip
        return whole
    commencing = _COMMENCING.search(plain) is not None
    numbers = _ISO.search(plain) or _NUMBERS.search(plain)
    if numbers is not None and commencing:
        found = _clue_of_text(numbers[0])
        return found._replace(commencing=True) if found is not None else None
    month = _IN_WORDS.search(plain)
    if month is not None:
        day = int(month[1]) if month[1] and commencing else None
        year = _year(month[3]) if month[3] else None
        return Clue(day, _MONTH_NUMBERS[month[2]], year, commencing=commencing and day is not None)
    week = _WEEK.search(plain)
    if week is not None:
        return Clue(week=int(week[1]))
    year_alone = re.search(r"(?<!\d)(20\d\d)(?![\d/])", plain)
    return Clue(year=int(year_alone[1])) if year_alone else None
