"""Slots as bits: every open date of the plan times every period, in order of time.

Slot ``s`` is day ``s // periods`` (among the open dates only) at position ``s % periods``. Sets of
slots are whole numbers used as bit masks, which makes "free all session long" one operation.
"""

from dataclasses import dataclass, field
from datetime import date

from trainsched.domain.calendar import PlanCalendar


@dataclass(frozen=True, slots=True)
class SlotGrid:
    """Where dates and periods stand among the slots."""

    calendar: PlanCalendar
    days: tuple[date, ...]
    week_of_day: tuple[int, ...]
    starts: tuple[int, ...]
    """When each period starts, in minutes after midnight."""
    ends: tuple[int, ...]
    day_index: dict[date, int] = field(repr=False)

    @property
    def periods(self) -> int:
        """Periods in a day."""
        return len(self.starts)

    def slot(self, day: int, position: int) -> int:
        """The slot's number."""
        return day * self.periods + position

    def day_of(self, slot: int) -> int:
        """The index of the slot's day."""
        return slot // self.periods

    def position_of(self, slot: int) -> int:
        """The position of the slot's period in its day."""
        return slot % self.periods

    def week_of(self, slot: int) -> int:
        """The number of the slot's calendar week, from 1."""
        return self.week_of_day[slot // self.periods]

    def day_mask(self, day: int) -> int:
        """All slots of a day."""
        return ((1 << self.periods) - 1) << (day * self.periods)

    @staticmethod
    def span(slot: int, length: int) -> int:
        """The slots of a session of ``length`` periods."""
        return ((1 << length) - 1) << slot


def make_grid(calendar: PlanCalendar) -> SlotGrid:
    """Number the open dates and periods of a calendar."""
    days = calendar.open_dates
    return SlotGrid(
        calendar=calendar,
        days=days,
        week_of_day=tuple(calendar.week_number(day) for day in days),
        starts=tuple(period.start for period in calendar.periods),
        ends=tuple(period.end for period in calendar.periods),
        day_index={day: number for number, day in enumerate(days)},
    )
