"""A plan mended around those who wait: for each of them, whatever could make room is freed.

What a requirement could use is spread over many weeks, and the people who are short are few. So a
window here is not a piece of the calendar but one requirement: all its possible starts, and the
sessions that now hold its trainee or the scarcest of its trainers at such times.
"""

from collections import defaultdict
from collections.abc import Callable

from trainsched.planning.engine import FIRST_DIVER_ONLY
from trainsched.planning.search.aims import pursue
from trainsched.planning.search.placing import PlacingAim
from trainsched.planning.search.standing import Standing
from trainsched.planning.search.windows import CHOICES_IN_WEEKS, open_window, runs_of_weeks
from trainsched.problem.demands import Demand
from trainsched.problem.offerings import Offering
from trainsched.problem.problem import Problem

MOST_FOR_ONE = 0.6
"""Deterministic time for one window."""


def mend_around_waiting(placing: PlacingAim, priority: int, is_over: Callable[[], bool]) -> None:
    """Try to place what is waiting of one priority, one requirement after another."""
    search, problem = placing.search, placing.search.problem
    starts = _starts_by_demand(problem)
    for demand in problem.demands:
        if demand.priority != priority:
            continue
        for freed in _windows_around(search.standing, demand, starts[demand.index]):
            if is_over():
                return
            if demand.index not in search.standing.waiting:
                break
            window = open_window(problem, search.judgements, search.standing, freed)
            pursue(search, window, placing, most=MOST_FOR_ONE, turns=FIRST_DIVER_ONLY)


def _starts_by_demand(problem: Problem) -> dict[int, list[Offering]]:
    found: dict[int, list[Offering]] = defaultdict(list)
    for offering in problem.offerings:
        for demand in offering.attendees:
            found[demand].append(offering)
    return found


def _windows_around(
    standing: Standing, demand: Demand, starts: list[Offering]
) -> list[frozenset[int]]:
    """The offerings to free, in runs of weeks where they are many; none if nobody is waiting."""
    if not starts or demand.index not in standing.waiting:
        return []
    problem = standing.problem
    people = _scarcest(problem, demand, starts)
    slots = {slot for offering in starts for slot in offering.slots}
    freed = {offering.index for offering in starts}
    for session in standing.sessions:
        offering = problem.offerings[session.offering]
        held = {person for _, person in session.staff}
        held.update(problem.demands[number].trainee for number in session.demands)
        if not people.isdisjoint(held) and not slots.isdisjoint(offering.slots):
            freed.add(session.offering)
    offerings = [problem.offerings[number] for number in sorted(freed)]
    return list(runs_of_weeks(problem, offerings, CHOICES_IN_WEEKS))


def _scarcest(problem: Problem, demand: Demand, starts: list[Offering]) -> set[int]:
    """The trainee, and whoever could fill the role for which there are fewest people."""
    fillers = [
        {demand.officer}
        if role.of_officers and demand.officer is not None
        else {person for offering in starts for person in offering.roles[position]}
        for position, role in enumerate(problem.activities[demand.activity].roles)
    ]
    return {demand.trainee} | min(fillers, key=len, default=set())
