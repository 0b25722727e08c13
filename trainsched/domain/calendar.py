"""Periods, weeks, working days and working patterns.

A *slot* is a date and a period. Weeks are calendar weeks, Monday to Sunday; week 1 holds the first
day of the plan, so a plan that starts in mid-week touches one calendar week more than its length.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property

from trainsched.domain.facts import Facts

DAYS_IN_WEEK = 7


class Period(Facts):
    """A part of every working day. ``start`` and ``end`` are minutes after midnight."""

    name: str
    start: int
    end: int

    @property
    def minutes(self) -> int:
        """How long the period lasts, in minutes."""
        return self.end - self.start


def clock(minutes: int) -> str:
    """Minutes after midnight as ``HH:MM``."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def monday_of(day: date) -> date:
    """The Monday of the calendar week that holds ``day``."""
    return day - timedelta(days=day.weekday())


class PlanCalendar(Facts):
    """The days and periods that a plan is about.

    ``working_days`` are weekdays (Monday is 0). ``bank_holidays`` are the dates, sorted, on which
    nobody plans anything; they reach a little beyond the plan so that notices can name them.
    """

    start_date: date
    weeks: int
    periods: tuple[Period, ...]
    working_days: tuple[int, ...] = (0, 1, 2, 3, 4)
    nation: str = "England and Wales"
    bank_holidays: tuple[date, ...] = ()

    @cached_property
    def end_date(self) -> date:
        """The last day of the plan."""
        return self.start_date + timedelta(days=DAYS_IN_WEEK * self.weeks - 1)

    @cached_property
    def first_monday(self) -> date:
        """The Monday of week 1."""
        return monday_of(self.start_date)

    @cached_property
    def dates(self) -> tuple[date, ...]:
        """Every date of the plan, in order."""
        return tuple(self.start_date + timedelta(days=n) for n in range(DAYS_IN_WEEK * self.weeks))

    @cached_property
    def open_dates(self) -> tuple[date, ...]:
        """The working days of the plan that are no bank holiday, in order."""
        return tuple(day for day in self.dates if self.is_open(day))

    @cached_property
    def period_names(self) -> tuple[str, ...]:
        """The names of the periods in the order of the day."""
        return tuple(period.name for period in self.periods)

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {period.name: position for position, period in enumerate(self.periods)}

    @cached_property
    def _holidays(self) -> frozenset[date]:
        return frozenset(self.bank_holidays)

    def position(self, period_name: str) -> int:
        """Where the period stands in the day, from 0. Raises KeyError for an unknown name."""
        return self._positions[period_name]

    def is_open(self, day: date) -> bool:
        """Whether departments work on the day at all: a working day and no bank holiday."""
        return day.weekday() in self.working_days and day not in self._holidays

    def holds(self, day: date) -> bool:
        """Whether the date is inside the plan."""
        return self.start_date <= day <= self.end_date

    def week_number(self, day: date) -> int:
        """The number of the calendar week, from 1 for the week of the first day."""
        return (day - self.first_monday).days // DAYS_IN_WEEK + 1

    @cached_property
    def week_numbers(self) -> tuple[int, ...]:
        """Every calendar week that the plan touches."""
        return tuple(range(1, self.week_number(self.end_date) + 1))

    def dates_of_week(self, week: int) -> Iterator[date]:
        """The dates of the calendar week that are inside the plan."""
        monday = self.first_monday + timedelta(days=DAYS_IN_WEEK * (week - 1))
        for offset in range(DAYS_IN_WEEK):
            day = monday + timedelta(days=offset)
            if self.holds(day):
                yield day


class WorkingPattern(Facts):
    """When somebody works: one or more weeks that repeat.

    Each week is a tuple of ``(weekday, period name)``. ``anchor`` is any date of a week in which
    the first pattern applies; without it, that is the first week of the plan.
    """

    weeks: tuple[tuple[tuple[int, str], ...], ...]
    anchor: date | None = None

    @cached_property
    def _weeks(self) -> tuple[frozenset[tuple[int, str]], ...]:
        return tuple(frozenset(week) for week in self.weeks)

    def works(self, day: date, period_name: str, calendar: PlanCalendar) -> bool:
        """Whether the pattern has this person at work in the slot (holidays not considered)."""
        first = monday_of(self.anchor) if self.anchor is not None else calendar.first_monday
        turn = (monday_of(day) - first).days // DAYS_IN_WEEK % len(self._weeks)
        return (day.weekday(), period_name) in self._weeks[turn]
