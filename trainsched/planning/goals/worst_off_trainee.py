"""worst_off_trainee: the largest share of required time left unplaced is as small as possible.

Shares are fractions of a trainee's required periods (must and should). Only finitely many values
are possible, so the goal climbs a ladder of them: exact, with small whole numbers only.
"""

from bisect import bisect_left
from collections import defaultdict
from fractions import Fraction
from itertools import pairwise

from trainsched.planning.build import Build, Expression
from trainsched.problem.problem import Problem

LOWEST_COUNTED_PRIORITY = 1


def required_periods(problem: Problem) -> dict[int, int]:
    """Required periods of priority must and should, by trainee who needs any."""
    periods: dict[int, int] = defaultdict(int)
    for demand in problem.demands:
        if demand.priority <= LOWEST_COUNTED_PRIORITY:
            length = problem.activities[demand.activity].activity.length
            periods[demand.trainee] += length * demand.required
    return dict(periods)


def unplaced_periods(build: Build) -> dict[int, Expression]:
    """Unplaced periods of priority must and should, by trainee."""
    missing: dict[int, Expression] = dict.fromkeys(required_periods(build.problem), 0)
    for demand in build.problem.demands:
        if demand.priority <= LOWEST_COUNTED_PRIORITY:
            length = build.problem.activities[demand.activity].activity.length
            missing[demand.trainee] += length * build.unplaced[demand.index]
    return missing


def ladder(problem: Problem, most: Fraction) -> tuple[Fraction, ...]:
    """Every share that some trainee could have, from 0 to ``most``."""
    steps = {Fraction(0)}
    for periods in set(required_periods(problem).values()):
        steps.update(Fraction(k, periods) for k in range(int(most * periods) + 1))
    return tuple(sorted(steps))


def least_share(problem: Problem, missing: int) -> Fraction:
    """The share of the worst-off trainee is no less while so many sessions are not placed.

    Sessions of priority must and should. It is least when everybody lacks as many as the share
    allows, the shortest ones.
    """
    periods = required_periods(problem)
    lengths: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for demand in problem.demands:
        if demand.priority <= LOWEST_COUNTED_PRIORITY:
            length = problem.activities[demand.activity].activity.length
            lengths[demand.trainee].append((length, demand.required))

    def could_be_missing(share: Fraction) -> int:
        total = 0
        for trainee, needed in periods.items():
            room = int(share * needed)
            for length, required in sorted(lengths[trainee]):
                count = min(required, room // length)
                total += count
                room -= count * length
        return total

    steps = ladder(problem, Fraction(1))
    return steps[bisect_left(steps, missing, key=could_be_missing, hi=len(steps) - 1)]


def steps_above_nothing(build: Build, steps: tuple[Fraction, ...]) -> Expression:
    """How many steps of the ladder the worst-off trainee is above 0.

    ``above[k]`` says that the largest share exceeds step k; each trainee's unplaced periods are
    then at most what the step reached allows.
    """
    above = [build.literal() for k in range(len(steps) - 1)]
    for lower, upper in pairwise(above):
        build.model.add_implication(upper, lower)
    periods = required_periods(build.problem)
    for trainee, missing in sorted(unplaced_periods(build).items()):
        allowed = [int(step * periods[trainee]) for step in steps]
        room = sum(
            (after - before) * literal
            for before, after, literal in zip(allowed, allowed[1:], above, strict=False)
            if after > before
        )
        build.model.add(missing <= allowed[0] + room)
    return sum(above)


def keep_share(build: Build, share: Fraction) -> None:
    """Nobody's unplaced share exceeds the given one."""
    periods = required_periods(build.problem)
    for trainee, missing in sorted(unplaced_periods(build).items()):
        build.model.add(missing <= int(share * periods[trainee]))
