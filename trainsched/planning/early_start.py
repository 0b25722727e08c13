"""The planner in a process of its own that begins before there is anything to plan.

Loading the solver takes as long as reading a department's workbook. Whoever begins the process
first and reads then has both done in the time of one.
"""

import threading
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from trainsched.planning.crew import Crew, MemberGoneError

if TYPE_CHECKING:  # nothing is loaded here that the process could load by itself meanwhile
    from trainsched.domain.organisation import Organisation
    from trainsched.domain.plan import Plan
    from trainsched.domain.progress import ProgressListener
    from trainsched.planning.outcome import PlanningOutcome

MOST_REQUIREMENTS = 1_000
"""Larger organisations are planned where they were read: to hand them over costs more than it
saves, and they would be in memory twice."""


@dataclass(frozen=True, slots=True)
class WholePlan:
    """The errand of planning a whole organisation: what ``plan_training`` is asked."""

    organisation: "Organisation"
    time_limit: float | None
    seed: int
    workers: int | None
    published: "Plan | None"

    @property
    def size(self) -> int:
        """There is one only."""
        return 1

    def with_time(self, seconds: float) -> "WholePlan":
        """The same with so many seconds of the clock."""
        return replace(self, time_limit=seconds)

    def carry_out(
        self, stop: threading.Event | None, progress: "ProgressListener | None"
    ) -> "PlanningOutcome":
        """Plan. Raises as ``plan_training`` does."""
        # The solver is loaded here and not above: the process that reads must not wait for it.
        from trainsched.planning.tiers import plan_training

        return plan_training(
            self.organisation,
            time_limit=self.time_limit,
            seed=self.seed,
            workers=self.workers,
            progress=progress,
            stop=stop,
            published=self.published,
        )


class EarlyStart:
    """A planner that loads while something else is done. Use as a context; it ends with it.

    Where no process can be begun, or it is gone when it is needed, the plan is made in the process
    that asks for it, and is the same.
    """

    def __init__(self) -> None:
        self._crew: Crew | None = None
        with suppress(OSError):  # some desktops let no program begin another
            self._crew = Crew(1)

    def __enter__(self) -> Self:
        """The process has begun already."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process, if it has not ended yet."""
        if self._crew is not None:
            self._crew.__exit__()
            self._crew = None

    def plan_training(
        self,
        organisation: "Organisation",
        *,
        time_limit: float | None = None,
        seed: int = 0,
        workers: int | None = None,
        progress: "ProgressListener | None" = None,
        stop: threading.Event | None = None,
        published: "Plan | None" = None,
    ) -> "PlanningOutcome":
        """Plan as ``planning.plan_training`` does, with the same answer."""
        errand = WholePlan(organisation, time_limit, seed, workers, published)
        if len(organisation.requirements) > MOST_REQUIREMENTS:
            self.__exit__()
        if self._crew is None:
            return errand.carry_out(stop, progress)
        (answer,) = self._crew.run([errand], progress=progress, stop=stop)
        if isinstance(answer, MemberGoneError):
            return errand.carry_out(stop, progress)
        if isinstance(answer, Exception):
            raise answer
        outcome: PlanningOutcome = answer
        return outcome
