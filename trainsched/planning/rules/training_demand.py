"""training_demand: never more sessions than required, in all and in each week."""

from collections import defaultdict

from ortools.sat.python.cp_model import LinearExpr

from trainsched.planning.build import Build, Literal


def keep_training_demand(build: Build) -> None:
    """Sum of attends[o, d] over o + unplaced[d] = required of d; weekly amounts are limits."""
    problem = build.problem
    for demand in problem.demands:
        if not build.offerings_of_demand.get(demand.index):
            continue
        placed = build.placed(demand.index)
        build.model.add(
            LinearExpr.sum(placed) + build.unplaced[demand.index] == build.needed(demand)
        )
        if not demand.weekly:
            continue
        by_week: dict[int, list[Literal]] = defaultdict(list)
        for number in build.offerings_of_demand[demand.index]:
            week = problem.grid.week_of(problem.offerings[number].slot)
            by_week[week].append(build.attends[number, demand.index])
        for week, literals in sorted(by_week.items()):
            amount = demand.weekly.get(week, 0)
            if len(literals) > amount:
                build.model.add(LinearExpr.sum(literals) <= amount * build.times(demand.index))
