"""A part of a problem: some of its offerings and days, under new numbers."""

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


def take_part(problem: Problem, offerings: Iterable[Offering], days: set[int]) -> Part:
    """The problem with these offerings only (they may be narrowed), and the cover of these days.

    Demands, people and activities stay, so whatever is counted over the whole plan still is.
    """
    kept = sorted(offerings, key=lambda offering: offering.index)
    number = {offering.index: position for position, offering in enumerate(kept)}
    cover_days = tuple(
        position for position, day in enumerate(problem.cover_days) if day.day in days
    )
    smaller = replace(
        problem,
        offerings=tuple(replace(o, index=position) for position, o in enumerate(kept)),
        cover_days=tuple(problem.cover_days[position] for position in cover_days),
        pins=tuple(_renumbered(pin, number) for pin in problem.pins),
    )
    return Part(smaller, tuple(offering.index for offering in kept), cover_days)


def _renumbered(pin: PinNeed, number: Mapping[int, int]) -> PinNeed:
    offering = None if pin.offering is None else number.get(pin.offering)
    return replace(pin, offering=offering)
