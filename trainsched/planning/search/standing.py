"""Which of the sessions that stand have a say in a window, and which can be left aside.

A window of a few weeks in one department would otherwise carry all sessions of all departments.
Those left aside can touch nothing inside: no person, day or item of the window, no limit over the
plan, no order of activities, no distance to keep. They only count as placed.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence

from trainsched.planning.draft import DraftSession
from trainsched.problem.offerings import Offering
from trainsched.problem.problem import Problem


def divided(
    problem: Problem,
    sessions: Sequence[DraftSession],
    free: Sequence[Offering],
    cover_days: Collection[int],
) -> tuple[list[DraftSession], list[DraftSession]]:
    """The sessions that have a say beside the free offerings, and those left aside.

    Sessions side by side of one offering stay together.
    """
    reach = _Reach(problem, free, cover_days)
    has_say = {session.offering for session in sessions if reach.includes(session)}
    _add_what_came_first(problem, sessions, has_say)
    inside = [session for session in sessions if session.offering in has_say]
    aside = [session for session in sessions if session.offering not in has_say]
    return inside, aside


def _add_what_came_first(
    problem: Problem, sessions: Sequence[DraftSession], has_say: set[int]
) -> None:
    """A session inside brings those that had to come before it."""
    by_demand: dict[int, set[int]] = defaultdict(set)
    by_offering: dict[int, set[int]] = defaultdict(set)
    for session in sessions:
        by_offering[session.offering].update(session.demands)
        for demand in session.demands:
            by_demand[demand].add(session.offering)
    waiting = sorted(has_say)
    while waiting:
        for demand in by_offering[waiting.pop()]:
            for earlier in problem.demands[demand].after:
                new = by_demand[earlier] - has_say
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

    def includes(self, session: DraftSession) -> bool:
        """Whether the session has a say."""
        if session.offering in self.offerings or not self.far_reaching.isdisjoint(session.demands):
            return True
        staff = {person for _, person in session.staff}
        if not self.limited.isdisjoint(staff):
            return True
        offering = self.problem.offerings[session.offering]
        if self.problem.grid.week_of(offering.slot) not in self.weeks:
            return False
        people = staff | {self.problem.demands[demand].trainee for demand in session.demands}
        return not self.people.isdisjoint(people) or not self.items.isdisjoint(session.items)


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
