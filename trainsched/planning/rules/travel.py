"""travel: between consecutive stays at two sites on one day there is room for the journey."""

from collections.abc import Iterable

from ortools.sat.python import cp_model

from trainsched.planning.build import Build
from trainsched.planning.stays import Stay, Stays
from trainsched.problem.problem import Problem


def keep_travel(build: Build) -> None:
    """For slots p < q of a day at sites too far apart: not both, unless with a stay in between.

    Only consecutive stays count, so a stay in between lifts the ban on the outer pair: the two
    inner pairs are then judged on their own.
    """
    days = range(len(build.problem.grid.days))
    leave_time_to_travel(build.problem, build.model, build.stays, days)


def leave_time_to_travel(
    problem: Problem, model: cp_model.CpModel, stays: Stays, days: Iterable[int]
) -> None:
    """Add the rule for the given days."""
    periods = problem.grid.periods
    wanted = set(days)
    for _, by_slot in stays.people():
        if len({stay.site for found in by_slot.values() for stay in found}) < 2:
            continue
        for first in sorted(by_slot):
            day = first // periods
            if day in wanted:
                last = (day + 1) * periods
                later = [slot for slot in range(first + 1, last) if by_slot.get(slot)]
                _keep_pairs(problem, model, by_slot, first, later)


def _keep_pairs(
    problem: Problem,
    model: cp_model.CpModel,
    by_slot: dict[int, list[Stay]],
    first: int,
    later: list[int],
) -> None:
    for second in later:
        between = [stay.literal for slot in later if slot < second for stay in by_slot[slot]]
        for here in sorted({stay.site for stay in by_slot[first]}):
            for there in sorted({stay.site for stay in by_slot[second]}):
                if problem.leaves_room_to_travel(first, here, second, there):
                    continue
                if _is_bound(by_slot[first], here) and _is_bound(by_slot[second], there):
                    continue  # the roster itself leaves too little time; no plan can mend that
                leaving = [stay.literal for stay in by_slot[first] if stay.site == here]
                arriving = [stay.literal for stay in by_slot[second] if stay.site == there]
                model.add(sum(leaving) + sum(arriving) <= 1 + sum(between))


def _is_bound(stays: list[Stay], site: str) -> bool:
    return any(stay.is_bound and stay.site == site for stay in stays)
