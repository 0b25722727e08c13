"""A part of a problem: some of its offerings and days, under new numbers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from trainsched.problem.offerings import Offering
from trainsched.problem.problem import PinNeed, Problem


@dataclass(frozen=True, slots=True)
class Part:
    """A smaller problem with the way back: ``whole_offering[n]`` and ``whole_cover_day[n]``."""

    problem: Problem
    whole_offering: tuple[int, ...]
    whole_cover_day: tuple[int, ...]

    @property
    def part_offering(self) -> dict[int, int]:
        """The part's number of each offering of the whole that is in it."""
        return {whole: number for number, whole in enumerate(self.whole_offering)}


def take_part(problem: Problem, offerings: Iterable[Offering], cover_days: tuple[int, ...]) -> Part:
    """The problem with these offerings only (they may be narrowed), and these cover days.

    Demands, people and activities stay, so whatever is counted over the whole plan still is.
    """
    kept = sorted(offerings, key=lambda offering: offering.index)
    number = {offering.index: position for position, offering in enumerate(kept)}
    renumbered = {o.index: replace(o, index=position) for position, o in enumerate(kept)}
    smaller = replace(
        problem,
        offerings=tuple(renumbered.values()),
        cover_days=tuple(problem.cover_days[position] for position in cover_days),
        pins=tuple(_renumbered(pin, number) for pin in problem.pins),
        published=problem.published and problem.published.renumbered(number),
        earlier=problem.earlier and problem.earlier.inside(renumbered),
    )
    return Part(smaller, tuple(offering.index for offering in kept), cover_days)


def cover_days_touched(problem: Problem, offerings: Iterable[Offering]) -> tuple[int, ...]:
    """The cover days on which sessions of these offerings could take somebody away."""
    away: dict[int, set[int]] = defaultdict(set)
    for offering in offerings:
        day = problem.grid.day_of(offering.slot)
        for people in offering.roles:
            away[day].update(people)
        away[day].update(problem.demands[demand].trainee for demand in offering.attendees)
    return tuple(
        number
        for number, cover_day in enumerate(problem.cover_days)
        if any(not away[cover_day.day].isdisjoint(p.candidates) for p in cover_day.places)
    )


def _renumbered(pin: PinNeed, number: Mapping[int, int]) -> PinNeed:
    offering = None if pin.offering is None else number.get(pin.offering)
    return replace(pin, offering=offering)
