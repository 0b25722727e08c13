"""Cover without any training: which places stay empty even then."""

from dataclasses import dataclass

from trainsched.planning.hand_out import hand_out_day
from trainsched.planning.judgement import Vector
from trainsched.planning.unavoidable import judge_days
from trainsched.problem.problem import Problem


@dataclass(frozen=True, slots=True)
class BestDay:
    """One cover day of the problem: missing places by priority, and by place."""

    unavoidable: Vector
    missing: tuple[int, ...]


def cover_at_best(problem: Problem) -> tuple[BestDay, ...]:
    """For every cover day the unavoidable shortfall, and where it falls with fewest changes."""
    found: list[BestDay] = []
    for number, judgement in enumerate(judge_days(problem)):
        cover = hand_out_day(problem, number, judgement, {})
        if cover is None:
            raise RuntimeError("a day cannot be covered as well as it can be covered")
        found.append(BestDay(judgement.unavoidable, cover.missing))
    return tuple(found)
