"""Which of the sessions that stand have a say in a window, and which can be left aside.

A window of a few weeks in one department would otherwise carry all sessions of all departments.
Those left aside can touch nothing inside: no person, day or item of the window, no limit over the
plan, no order of activities, no distance to keep. They only count as placed.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property

from trainsched.planning.draft import DraftSession, placed_by_demand
from trainsched.problem.offerings import Offering
from trainsched.problem.problem import Problem


class Standing:
    """The sessions of a plan, in order, and where to find them without going through all."""

    def __init__(self, problem: Problem, sessions: tuple[DraftSession, ...]) -> None:
        self.problem = problem
        self.sessions = sessions

    @cached_property
    def placed(self) -> dict[int, int]:
        """Sessions placed for each demand."""
        return placed_by_demand(self.sessions)

    @cached_property
    def waiting(self) -> set[int]:
        """Demands that are not complete."""
        demands = self.problem.demands
        return {d.index for d in demands if self.placed.get(d.index, 0) < d.required}

    @cached_property
    def by_week(self) -> dict[int, list[int]]:
        """Positions of the sessions of each week."""
        found: dict[int, list[int]] = defaultdict(list)
        offerings, week_of = self.problem.offerings, self.problem.grid.week_of
        for position, session in enumerate(self.sessions):
            found[week_of(offerings[session.offering].slot)].append(position)
        return found

    @cached_property
    def by_offering(self) -> dict[int, list[int]]:
        """Positions of the sessions of each offering in use."""
        found: dict[int, list[int]] = defaultdict(list)
        for position, session in enumerate(self.sessions):
            found[session.offering].append(position)
        return found

    @cached_property
    def by_demand(self) -> dict[int, list[int]]:
        """Positions of the sessions of each demand."""
        found: dict[int, list[int]] = defaultdict(list)
        for position, session in enumerate(self.sessions):
            for demand in session.demands:
                found[demand].append(position)
        return found

    def placed_beside(self, inside: Sequence[DraftSession]) -> dict[int, int]:
        """Sessions placed for each demand by all the others than these of the plan."""
        here = placed_by_demand(inside)
        return {n: count - here.get(n, 0) for n, count in self.placed.items()}

    def of_offerings(self, offerings: Iterable[int]) -> Iterator[DraftSession]:
        """The sessions of these offerings."""
        for offering in offerings:
            for position in self.by_offering.get(offering, ()):
                yield self.sessions[position]


def divided(
    standing: Standing, free: Sequence[Offering], cover_days: Collection[int]
) -> tuple[list[DraftSession], list[DraftSession]]:
    """The sessions that have a say beside the free offerings, and those left aside.

    Sessions side by side of one offering stay together.
    """
    reach = _Reach(standing.problem, free, cover_days)
    has_say = reach.offerings_reached(standing)
    _add_what_came_first(standing, has_say)
    positions = {n for offering in has_say for n in standing.by_offering.get(offering, ())}
    inside = [standing.sessions[position] for position in sorted(positions)]
    aside = [s for position, s in enumerate(standing.sessions) if position not in positions]
    return inside, aside


def _add_what_came_first(standing: Standing, has_say: set[int]) -> None:
    """A session inside brings those that had to come before it."""
    demands, sessions = standing.problem.demands, standing.sessions
    waiting = sorted(has_say)
    while waiting:
        for session in standing.of_offerings((waiting.pop(),)):
            for demand in session.demands:
                for earlier in demands[demand].after:
                    new = {sessions[n].offering for n in standing.by_demand.get(earlier, ())}
                    new -= has_say
                    has_say |= new
                    waiting += sorted(new)


class _Reach:
    """Everything that the free offerings of a window could touch."""

    def __init__(
        self, problem: Problem, free: Sequence[Offering], cover_days: Collection[int]
    ) -> None:
        self.problem = problem
        demands = {demand for offering in free for demand in offering.attendees}
        staff = {person for offering in free for people in offering.roles for person in people}
        candidates = {
            person
            for number in cover_days
            for place in problem.cover_days[number].places
            for person in place.candidates
        }
        self.offerings = {offering.index for offering in free}
        self.weeks = {problem.grid.week_of(offering.slot) for offering in free}
        self.items = {item for offering in free for item in _items(problem, offering)}
        self.people = staff | candidates | {problem.demands[d].trainee for d in demands}
        self.limited = {p for p in staff if problem.people[p].max_in_plan is not None}
        self.far_reaching = _far_reaching(problem, demands)

    def offerings_reached(self, standing: Standing) -> set[int]:
        """Offerings in use whose sessions have a say."""
        found = {number for number in self.offerings if number in standing.by_offering}
        sessions = standing.sessions
        for demand in self.far_reaching:
            found.update(sessions[n].offering for n in standing.by_demand.get(demand, ()))
        if self.limited:
            found.update(s.offering for s in sessions if self._is_limited(s))
        for week in self.weeks:
            for position in standing.by_week.get(week, ()):
                if sessions[position].offering not in found and self._touches(sessions[position]):
                    found.add(sessions[position].offering)
        return found

    def _is_limited(self, session: DraftSession) -> bool:
        return any(person in self.limited for _, person in session.staff)

    def _touches(self, session: DraftSession) -> bool:
        demands = self.problem.demands
        return (
            any(person in self.people for _, person in session.staff)
            or any(demands[demand].trainee in self.people for demand in session.demands)
            or not self.items.isdisjoint(session.items)
        )


def _far_reaching(problem: Problem, demands: set[int]) -> set[int]:
    """Demands whose sessions in other weeks matter to these: by order, or by days between them."""
    found: set[int] = set()
    for demand in problem.demands:
        if demand.index in demands and demand.timing.min_gap_days:
            found.add(demand.index)
        if demand.after and (demand.index in demands or not demands.isdisjoint(demand.after)):
            found.update((demand.index, *demand.after))
    return found


def _items(problem: Problem, offering: Offering) -> set[str]:
    listed = problem.activities[offering.activity].activity.equipment
    return {item for alternatives in listed for item in alternatives}
