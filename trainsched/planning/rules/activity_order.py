"""activity_order: an activity comes on later dates than every session of those before it."""

from collections import defaultdict

from trainsched.planning.build import Build, Literal
from trainsched.problem.demands import Demand


def keep_activity_order(build: Build) -> None:
    """A monotone literal for each date: "all sessions of the earlier activity are before it".

    Over the dates d of the later activity: done[d] implies done of the next date; J x done[d] <=
    sessions of the earlier activity before d (J required), so that done[d] forbids any on d or
    later; the later activity on d implies done[d].
    """
    for demand in build.problem.demands:
        order = _order_counted if build.is_counted(demand.index) else _order
        for earlier in demand.after:
            order(build, build.problem.demands[earlier], demand)


def _order(build: Build, earlier: Demand, later: Demand) -> None:
    before, behind = by_day(build, earlier), by_day(build, later)
    done_before: Literal | None = None
    counted: list[Literal] = []
    waiting = sorted(before)
    for day in sorted(behind):
        newly_counted: list[Literal] = []
        while waiting and waiting[0] < day:
            newly_counted += before[waiting.pop(0)]
        counted += newly_counted
        done = build.literal()
        build.model.add(earlier.required * done <= sum(counted))
        for literal in behind[day]:
            build.model.add_implication(literal, done)
        if done_before is not None:
            build.model.add_implication(done_before, done)
            for literal in newly_counted:
                build.model.add_implication(done_before, literal.negated())
        done_before = done
    for day in waiting:
        for literal in before[day]:
            if done_before is not None:
                build.model.add_implication(done_before, literal.negated())


def _order_counted(build: Build, earlier: Demand, later: Demand) -> None:
    """Of several alike one may be ahead of another, so only what holds for their sums.

    Those who are through with the earlier activity before day d are at most (its sessions before d)
    / J; sessions of the later one up to d are theirs, and each has J' of them at the most.
    """
    before, behind = by_day(build, earlier), by_day(build, later)
    first: list[Literal] = []
    then: list[Literal] = []
    waiting = sorted(before)
    for day in sorted(behind):
        while waiting and waiting[0] < day:
            first += before[waiting.pop(0)]
        then += behind[day]
        build.model.add(earlier.required * sum(then) <= later.required * sum(first))


def by_day(build: Build, demand: Demand) -> dict[int, list[Literal]]:
    """The attendance literals of a demand by day."""
    found: dict[int, list[Literal]] = defaultdict(list)
    for number in build.offerings_of_demand[demand.index]:
        day = build.problem.grid.day_of(build.problem.offerings[number].slot)
        found[day].append(build.attends[number, demand.index])
    return found
