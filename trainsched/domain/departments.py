"""Departments, the days they are shut, travel between sites, and equipment."""

from datetime import date

from trainsched.domain.facts import Facts


class Department(Facts):
    """A department at a site. ``accredited_for`` None means every programme."""

    code: str
    name: str
    site: str
    specialism: str | None = None
    region: str | None = None
    accredited_for: tuple[str, ...] | None = None


class Closure(Facts):
    """No duty and no session of the department (None: of any) on that date."""

    date: date
    department: str | None = None


class Travel(Facts):
    """Minutes from one site to another, in this direction."""

    from_site: str
    to_site: str
    minutes: int


class Equipment(Facts):
    """Units of an item on the listed weekdays and periods (None: all) between two dates.

    Several rows of one item add up. Department and site are information only.
    """

    item: str
    department: str | None = None
    site: str | None = None
    capacity: int = 1
    weekdays: tuple[int, ...] | None = None
    periods: tuple[str, ...] | None = None
    first_date: date | None = None
    last_date: date | None = None

    def units_at(self, day: date, period_name: str) -> int:
        """Units that this row makes available in the slot."""
        there = (
            (self.weekdays is None or day.weekday() in self.weekdays)
            and (self.periods is None or period_name in self.periods)
            and (self.first_date is None or self.first_date <= day)
            and (self.last_date is None or day <= self.last_date)
        )
        return self.capacity if there else 0
