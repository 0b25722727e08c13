"""What the trainees of each department must go without in any plan, whatever the others get.

Each department is looked at alone, with only the offerings that its trainees could attend and
nothing else planned: a relaxation, so what it leaves out is left out by every plan. The sums over
departments bound the whole plan, since every requirement is of one department.
"""

from collections import defaultdict

from trainsched.domain.rules import GoalId
from trainsched.planning.build import Build, Expression
from trainsched.planning.engine import FIRST_DIVER_ONLY
from trainsched.planning.search.aims import EVERYTHING_LEFT
from trainsched.planning.search.standing import Standing
from trainsched.planning.search.state import Search
from trainsched.planning.search.windows import MOST_CHOICES_AS_A_WHOLE, choices, open_window
from trainsched.problem.demands import PRIORITIES, Demand
from trainsched.problem.part import without_order_across
from trainsched.problem.problem import Problem

MOST_FOR_ONE = 1.0
"""Deterministic time for one priority of one department."""
GOALS = (GoalId.UNPLACED_MUST, GoalId.UNPLACED_SHOULD, GoalId.UNPLACED_COULD)


def home_demands(problem: Problem) -> dict[str, list[Demand]]:
    """The demands of the trainees of each department: their own, not where they are hosted."""
    trainees = problem.organisation.trainee_by_id
    found: dict[str, list[Demand]] = defaultdict(list)
    for demand in problem.demands:
        found[trainees[demand.requirement.trainee_id].department].append(demand)
    return dict(sorted(found.items()))


def bound_departments(search: Search) -> None:
    """Prove it for every priority, where that was no part of placing."""
    if search.problem.earlier is None and choices(search.problem) <= MOST_CHOICES_AS_A_WHOLE:
        for priority in range(len(PRIORITIES)):
            bound_each_department(search, priority)


def bound_each_department(search: Search, priority: int) -> None:
    """Prove how many sessions of one priority each department must go without.

    Where goals before it are proved, no plan that is worse in them counts. Raises the goal's own
    bound too, to the sum of all departments.
    """
    homes = home_demands(search.problem)
    of_priority = {
        code: [demand for demand in demands if demand.priority == priority]
        for code, demands in homes.items()
    }
    required = {code: sum(d.required for d in demands) for code, demands in of_priority.items()}
    missing = {code: _missing(search, demands) for code, demands in of_priority.items()}
    figures = search.figures[GOALS[priority]]
    for code, demands in of_priority.items():
        if not demands:
            continue
        others = sum(required.values()) - required[code]
        least = max(int(figures.bound) - others, 0)
        if least < missing[code] and not search.engine.is_spent:
            least = max(least, _least_missing(search, homes[code], priority))
        search.least_missing[code, priority] = min(least, missing[code])
    known = [search.least_missing.get((code, priority), 0) for code in homes]
    figures.raise_bound(sum(known))


def _missing(search: Search, demands: list[Demand]) -> int:
    placed = search.standing.placed
    return sum(demand.required - placed.get(demand.index, 0) for demand in demands)


def _least_missing(search: Search, demands: list[Demand], priority: int) -> int:
    """What the demands of one department must go without when nobody else needs anything."""
    problem = search.problem
    own = {demand.index for demand in demands if demand.priority <= priority}
    free = frozenset(o.index for o in problem.offerings if not own.isdisjoint(o.attendees))
    alone = without_order_across(problem, free)
    window = open_window(alone, search.judgements, Standing(alone, ()), free)
    if choices(window.part.problem) > MOST_CHOICES_AS_A_WHOLE:
        return 0
    build = window.build()
    for earlier in range(priority):
        figures = search.figures[GOALS[earlier]]
        if not figures.is_proved:
            break
        build.model.add(_unplaced(build, demands, earlier) <= int(figures.value))
    build.model.minimize(_unplaced(build, demands, priority))
    solved = search.engine.solve(
        build.model,
        EVERYTHING_LEFT,
        "what each department must go without",
        most=MOST_FOR_ONE,
        turns=FIRST_DIVER_ONLY,
    )
    return max(solved.bound, 0)


def _unplaced(build: Build, demands: list[Demand], priority: int) -> Expression:
    return sum(build.unplaced[d.index] for d in demands if d.priority == priority)
