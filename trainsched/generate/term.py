"""When a synthetic organisation works: its dates, periods and people's weekly patterns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from trainsched.workbook.settings import bank_holidays

AM, PM, EVE = "AM", "PM", "EVE"
NATION = "England and Wales"
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
FULL_WEEK = frozenset((day, period) for day in range(5) for period in (AM, PM))

WeekPattern = frozenset[tuple[int, str]]
"""The slots of one week in which somebody works: (weekday from 0 for Monday, period)."""


@dataclass(frozen=True)
class Term:
    """The dates of the plan, and whether the departments also work in the evening."""

    start: date
    weeks: int
    evenings: bool

    @property
    def periods(self) -> tuple[str, ...]:
        """Names of the periods of a day, in order."""
        return (AM, PM, EVE) if self.evenings else (AM, PM)

    @property
    def periods_text(self) -> str:
        """The value of the setting `periods`."""
        text = "AM 08:30-12:30; PM 13:00-17:00"
        return f"{text}; EVE 17:30-20:30" if self.evenings else text

    @property
    def end(self) -> date:
        """The last day of the plan."""
        return self.start + timedelta(days=7 * self.weeks - 1)

    @cached_property
    def bank_holidays(self) -> frozenset[date]:
        """Bank holidays of England and Wales around the plan."""
        return frozenset(bank_holidays(NATION, self.start, self.end))

    @cached_property
    def open_days(self) -> tuple[date, ...]:
        """Mondays to Fridays of the plan that are no bank holiday."""
        days = (self.start + timedelta(days=n) for n in range(7 * self.weeks))
        return tuple(day for day in days if day.weekday() < 5 and day not in self.bank_holidays)

    def monday(self, week: int) -> date:
        """The Monday of a week of the plan, weeks counted from 1."""
        return self.start - timedelta(days=self.start.weekday()) + timedelta(days=7 * (week - 1))

    def last_day(self, week: int) -> date:
        """The Sunday of a week of the plan, weeks counted from 1."""
        return self.monday(week + 1) - timedelta(days=1)

    def week_of(self, day: date) -> int:
        """The number of the calendar week of a date, from 1."""
        return (day - self.monday(1)).days // 7 + 1


def days_text(days: tuple[int, ...]) -> str:
    """Weekdays as ranges: `Mon-Wed; Fri`."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return "; ".join(
        WEEKDAYS[run[0]] if len(run) == 1 else f"{WEEKDAYS[run[0]]}-{WEEKDAYS[run[-1]]}"
        for run in runs
    )


def week_text(week: WeekPattern, periods: tuple[str, ...]) -> str:
    """One week of a working pattern as the workbook writes it.

    Days worked in every period are named alone; the others with each of their periods.
    """
    whole = tuple(day for day in range(5) if all((day, period) in week for period in periods))
    parts = [days_text(whole)] if whole else []
    for period in periods:
        days = tuple(day for day in range(5) if (day, period) in week and day not in whole)
        if days:
            parts += [f"{run} {period}" for run in days_text(days).split("; ")]
    return "; ".join(parts)


def pattern_text(weeks: tuple[WeekPattern, ...], periods: tuple[str, ...]) -> str:
    """A working pattern, alternating weeks separated by `|`; blank for every working slot."""
    if periods == (AM, PM) and weeks == (FULL_WEEK,):
        return ""
    return " | ".join(week_text(week, periods) for week in weeks)
