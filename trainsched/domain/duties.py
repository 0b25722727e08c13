"""Clinical duties: how many people a department needs where, and what they must hold."""

from datetime import date
from enum import StrEnum

from trainsched.domain.facts import Facts


class Priority(StrEnum):
    """How much a duty or a session matters, most important first."""

    MUST = "must"
    SHOULD = "should"
    COULD = "could"


class Presence(StrEnum):
    """Whether a duty takes the whole person, or only asks them to be at the site."""

    EXCLUSIVE = "exclusive"
    ON_SITE = "on_site"


class Duty(Facts):
    """One row of the Duties sheet.

    On every matching working day and period, ``staff_needed`` distinct people who hold any of
    ``competences`` (none listed: anybody of the department) at ``min_band`` or above. Rows of the
    same department and duty add up. ``one_person``: the same person in all of the day's listed
    periods, or the place is missing in all of them.
    """

    department: str
    duty: str
    staff_needed: int
    competences: tuple[str, ...] = ()
    min_band: str | None = None
    weekdays: tuple[int, ...] | None = None
    periods: tuple[str, ...] | None = None
    presence: Presence = Presence.EXCLUSIVE
    one_person: bool = False
    first_date: date | None = None
    last_date: date | None = None
    priority: Priority = Priority.MUST
    row: int = 0
    """The row's number in the sheet: tells rows of one duty apart and orders them."""

    def falls_on(self, day: date) -> bool:
        """Whether the row asks for people on this date (closures and holidays not considered)."""
        return (
            (self.weekdays is None or day.weekday() in self.weekdays)
            and (self.first_date is None or self.first_date <= day)
            and (self.last_date is None or day <= self.last_date)
        )
