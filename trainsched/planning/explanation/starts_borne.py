"""The starts that clinical cover could bear, and who could be spared at them.

Most starts of a question are ruled out by cover alone: whoever gives the session leaves a duty
empty. That is seen by counting (see ``cover_bounds``), and such starts never come into a model.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from trainsched.planning.explanation.cover_bounds import CoverBounds, DayBound
from trainsched.planning.judgement import DayJudgement
from trainsched.problem.chosen import Engaged
from trainsched.problem.offerings import Offering
from trainsched.problem.problem import Problem

MOST_CREWS = 300
"""Parts of crews that are looked at for one start; with more, people are judged one by one."""

Roles = tuple[tuple[int, ...], ...]


@dataclass(slots=True)
class Borne:
    """What was found out before about starts, in this question and in others."""

    bounds: CoverBounds = field(default_factory=CoverBounds)
    spared: dict[object, Roles | None] = field(default_factory=dict)


def starts_borne(
    problem: Problem, judgements: Sequence[DayJudgement], engaged: Engaged, known: Borne
) -> tuple[Offering, ...]:
    """The starts of a problem without those that cover rules out beside whoever is engaged."""
    days = _Days(problem, judgements, engaged, known.bounds)
    certain = _certain(problem)
    kept: list[Offering] = []
    for offering in problem.offerings:
        if offering.index in certain:
            kept.append(offering)
        elif (borne := _borne(problem, offering, days.of(offering), known)) is not None:
            kept.append(borne)
    return tuple(kept)


def _certain(problem: Problem) -> set[int]:
    """The starts of sessions that are pinned or published: the rules for these have their say."""
    found = {pin.offering for pin in problem.pins if pin.offering is not None}
    if problem.published is not None:
        found.update(problem.published.by_offering())
    return found


def _borne(
    problem: Problem, offering: Offering, days: tuple[DayBound, ...], known: Borne
) -> Offering | None:
    """The start with those only who could be spared; None where it is too much."""
    if not days:
        return offering
    need = problem.activities[offering.activity]
    first = problem.grid.slot(problem.grid.day_of(offering.slot), 0)
    start = _Start(
        days,
        sum(1 << slot - first for slot in offering.slots),
        problem.site_of(offering.department),
        tuple(role.count for role in need.roles),
    )
    attendees = offering.attendees
    fixed = 0
    if need.activity.together or len(attendees) == 1:
        fixed = sum(1 << problem.demands[demand].trainee for demand in attendees)
    else:
        attendees = tuple(d for d in attendees if start.is_borne(1 << problem.demands[d].trainee))
        if len(attendees) < max(need.activity.group_min, 1):
            return None
    key = start.key, fixed, offering.roles
    if key not in known.spared:
        known.spared[key] = start.spared(fixed, offering.roles)
    roles = known.spared[key]
    return None if roles is None else replace(offering, attendees=attendees, roles=roles)


class _Start:
    """The slots of one day that a session would take, and who could be spared then.

    ``counts`` says how many people each role takes.
    """

    def __init__(
        self, days: tuple[DayBound, ...], slots: int, site: str, counts: tuple[int, ...]
    ) -> None:
        self.days = days
        self.slots = slots
        self.site = site
        self.counts = counts
        self.key = tuple(day.number for day in days), slots, site, counts
        self.tried = 0

    def is_borne(self, people: int) -> bool:
        """Whether cover could bear that these are away."""
        return all(day.bears(people, self.slots, self.site) for day in self.days)

    def spared(self, fixed: int, roles: Roles) -> Roles | None:
        """For each role those who are in some crew that cover bears, ``fixed`` being away too."""
        if not self.is_borne(fixed):
            return None
        alone = tuple(tuple(p for p in r if self.is_borne(fixed | 1 << p)) for r in roles)
        found = self._in_crews(alone, fixed) if sum(self.counts) > 1 else alone
        enough = all(len(r) >= count for r, count in zip(found, self.counts, strict=True))
        return found if enough else None

    def _in_crews(self, alone: Roles, fixed: int) -> Roles:
        places = [role for role, count in enumerate(self.counts) for _ in range(count)]
        seen: list[set[int]] = [set() for _ in alone]
        most = sum(len(people) for people in alone)
        for crew in self._crews(alone, places, fixed, ()):
            for role, person in zip(places, crew, strict=True):
                seen[role].add(person)
            if sum(len(people) for people in seen) == most:
                return alone
        return alone if self.tried > MOST_CREWS else tuple(tuple(sorted(p)) for p in seen)

    def _crews(
        self, alone: Roles, places: list[int], away: int, crew: tuple[int, ...]
    ) -> Iterator[tuple[int, ...]]:
        if len(crew) == len(places):
            yield crew
            return
        role = places[len(crew)]
        again = bool(crew) and places[len(crew) - 1] == role
        for person in alone[role]:
            if person in crew or (again and person < crew[-1]):
                continue
            self.tried += 1
            if self.tried > MOST_CREWS:
                return
            more = away | 1 << person
            if not crew or self.is_borne(more):
                yield from self._crews(alone, places, more, (*crew, person))


class _Days:
    """The cover days of the problem, without those who are engaged."""

    def __init__(
        self,
        problem: Problem,
        judgements: Sequence[DayJudgement],
        engaged: Engaged,
        bounds: CoverBounds,
    ) -> None:
        self.problem = problem
        self.judgements = judgements
        self.bounds = bounds
        self.engaged = engaged
        self._numbers: dict[int, list[int]] = defaultdict(list)
        for number, cover_day in enumerate(problem.cover_days):
            self._numbers[cover_day.day].append(number)
        self._known: dict[int, tuple[DayBound, ...]] = {}

    def of(self, offering: Offering) -> tuple[DayBound, ...]:
        """The bounds of the day of the start."""
        day = self.problem.grid.day_of(offering.slot)
        if day not in self._known:
            first, engaged = self.problem.grid.slot(day, 0), self.engaged.get(day, {})
            self._known[day] = tuple(
                self.bounds.of_day(
                    self.problem.cover_days[n], first, engaged, self.judgements[n].unavoidable
                )
                for n in self._numbers[day]
            )
        return self._known[day]
