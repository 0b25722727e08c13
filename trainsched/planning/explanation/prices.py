"""What an hour or a year of somebody's time costs the employer, from the declared costs."""

from fractions import Fraction
from math import floor

from trainsched.declared import Costs
from trainsched.declared.costs import Point
from trainsched.domain.organisation import Organisation

DAYS_IN_WORKING_WEEK = 5
POINTS: tuple[Point, ...] = ("mid", "top", "entry")
"""The pay points in order of choice: where there is no middle, the top is used."""


def year_pounds(costs: Costs, band: str | None) -> int | None:
    """A whole-time post of the band for a year; None where no pay is declared for it."""
    if band is None or band not in costs.pay:
        return None
    point = next(point for point in POINTS if point in costs.pay[band])
    return costs.employer_cost_pounds(band, point)


def hours_pounds(costs: Costs, band: str | None, minutes: int) -> int | None:
    """So many minutes of somebody of the band, in whole pounds; None where not declared."""
    year = year_pounds(costs, band)
    days, week = costs.training.get("productive_days"), costs.training.get("hours_per_week")
    if year is None or days is None or week is None:
        return None
    hours = Fraction(str(days.value)) * Fraction(str(week.value)) / DAYS_IN_WORKING_WEEK
    return floor(Fraction(year) / hours * minutes / 60 + Fraction(1, 2))


def price_basis(costs: Costs, band: str | None) -> str:
    """What a price rests on."""
    return f"band {band} in {costs.title}" if band is not None else ""


def minutes_of(organisation: Organisation, first: int, length: int) -> int:
    """How long a session takes that begins in the period at this position."""
    return sum(p.minutes for p in organisation.calendar.periods[first : first + length])
