"""Which of the sessions that stand have a say in a window, and which can be left aside.

A window of a few weeks in one department would otherwise carry all sessions of all departments.
Those left aside can touch nothing inside: no person, day or item of the window, no limit over the
plan, no order of activities, no distance to keep. They only count as placed.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from trainsched.planning.draft import DraftSession, placed_by_demand
from trainsched.problem.offerings import Offering
from trainsched.problem.problem import Problem


class Standing:
    """The sessions of a plan, in order, and where to find them without going through all."""

    def __init__(self, problem: Problem, sessions: tuple[DraftSession, ...]) -> None:
        self.problem = problem
        self.sessions = sessions
        self.placed: dict[int, int] = placed_by_demand(sessions)
        """Sessions placed for each demand."""
        self.by_offering: dict[int, list[DraftSession]] = defaultdict(list)
        """The sessions of each offering in use."""
        self.by_week: dict[int, set[int]] = defaultdict(set)
        """The offerings in use of each week."""
        self.by_demand: dict[int, set[int]] = defaultdict(set)
        """The offerings where each demand has sessions."""
        for session in sessions:
            self._add(session)

    def _add(self, session: DraftSession) -> None:
        self.by_offering[session.offering].append(session)
        self.by_week[self._week(session.offering)].add(session.offering)
        for demand in session.demands:
            self.by_demand[demand].add(session.offering)

    def _week(self, offering: int) -> int:
        return self.problem.grid.week_of(self.problem.offerings[offering].slot)

    def replace(
        self,
        old: Iterable[DraftSession],
        new: Iterable[DraftSession],
        sessions: tuple[DraftSession, ...],
    ) -> None:
        """Some sessions, all those of their offerings, have given way to others."""
        self.sessions = sessions
        for session in old:
            self.by_offering.pop(session.offering, None)
            self.by_week[self._week(session.offering)].discard(session.offering)
            for demand in session.demands:
                self.by_demand[demand].discard(session.offering)
                self.placed[demand] -= 1
        for session in new:
            self._add(session)
            for demand in session.demands:
                self.placed[demand] = self.placed.get(demand, 0) + 1

    @property
    def waiting(self) -> set[int]:
        """Demands that are not complete."""
        demands = self.problem.demands
        return {d.index for d in demands if self.placed.get(d.index, 0) < d.required}

    def placed_beside(self, inside: Sequence[DraftSession]) -> dict[int, int]:
        """Sessions placed for each demand by all the others than these of the plan."""
        here = placed_by_demand(inside)
        return {n: count - here.get(n, 0) for n, count in self.placed.items()}

    def of_offerings(self, offerings: Iterable[int]) -> Iterator[DraftSession]:
        """The sessions of these offerings."""
        for offering in offerings:
            yield from self.by_offering.get(offering, ())


def divided(
    standing: Standing, free: Sequence[Offering], cover_days: Collection[int]
) -> tuple[list[DraftSession], list[DraftSession]]:
    """The sessions that have a say beside the free offerings, and those left aside.

    Sessions side by side of one offering stay together.
    """
    reach = _Reach(standing.problem, free, cover_days)
    has_say = reach.offerings_reached(standing)
    _add_what_came_first(standing, has_say)
    inside = [session for session in standing.sessions if session.offering in has_say]
    aside = [session for session in standing.sessions if session.offering not in has_say]
    return inside, aside


def _add_what_came_first(standing: Standing, has_say: set[int]) -> None:
    """A session inside brings those that had to come before it."""
    demands = standing.problem.demands
    waiting = sorted(has_say)
    while waiting:
        for session in standing.of_offerings((waiting.pop(),)):
            for demand in session.demands:
                for earlier in demands[demand].after:
                    new = standing.by_demand.get(earlier, set()) - has_say
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
        for demand in self.far_reaching:
            found |= standing.by_demand.get(demand, set())
        if self.limited:
            found.update(s.offering for s in standing.sessions if self._is_limited(s))
        for week in self.weeks:
            for number in standing.by_week.get(week, set()) - found:
                if any(self._touches(session) for session in standing.by_offering[number]):
                    found.add(number)
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
