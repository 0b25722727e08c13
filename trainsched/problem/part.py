"""A part of a problem: some of its offerings and days, under new numbers."""

from bisect import bisect_left
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


def take_part(
    problem: Problem,
    offerings: Iterable[Offering],
    cover_days: tuple[int, ...],
    placed_elsewhere: Mapping[int, int] | None = None,
) -> Part:
    """The problem with these offerings only (they may be narrowed), and these cover days.

    Demands, people and activities stay, so whatever is counted over the whole plan still is;
    ``placed_elsewhere`` are sessions by demand that have no offering here.
    """
    kept = sorted(offerings, key=lambda offering: offering.index)
    number = {offering.index: position for position, offering in enumerate(kept)}
    renumbered = {
        o.index: o if o.index == position else replace(o, index=position)
        for position, o in enumerate(kept)
    }
    smaller = replace(
        problem,
        offerings=tuple(renumbered.values()),
        cover_days=tuple(problem.cover_days[position] for position in cover_days),
        placed_elsewhere=dict(placed_elsewhere or {}),
        pins=tuple(_renumbered(pin, number) for pin in problem.pins),
        published=problem.published and problem.published.renumbered(number),
        earlier=problem.earlier and problem.earlier.inside(renumbered),
    )
    return Part(smaller, tuple(offering.index for offering in kept), cover_days)


def without_order_across(problem: Problem, kept: frozenset[int]) -> Problem:
    """The problem with no order between activities that could happen outside these offerings.

    A part with nothing planned outside it is then a relaxation: what must come first may be there.
    """
    outside = {
        demand
        for offering in problem.offerings
        if offering.index not in kept
        for demand in offering.attendees
    }
    demands = tuple(
        replace(demand, after=tuple(d for d in demand.after if d not in outside))
        for demand in problem.demands
    )
    return replace(problem, setting=replace(problem.setting, demands=demands))


def cover_days_touched(problem: Problem, offerings: Iterable[Offering]) -> tuple[int, ...]:
    """The cover days on which sessions of these offerings could take somebody away."""
    away: dict[int, set[int]] = defaultdict(set)
    for offering in offerings:
        day = problem.grid.day_of(offering.slot)
        for people in offering.roles:
            away[day].update(people)
        away[day].update(problem.demands[demand].trainee for demand in offering.attendees)
    found: list[int] = []
    for day, gone in sorted(away.items()):
        first = bisect_left(problem.cover_days, day, key=lambda cover_day: cover_day.day)
        for number in range(first, len(problem.cover_days)):
            cover_day = problem.cover_days[number]
            if cover_day.day != day:
                break
            if any(not gone.isdisjoint(place.candidates) for place in cover_day.places):
                found.append(number)
    return tuple(found)


def _renumbered(pin: PinNeed, number: Mapping[int, int]) -> PinNeed:
    offering = None if pin.offering is None else number.get(pin.offering)
    return replace(pin, offering=offering)
