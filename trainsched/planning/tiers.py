"""The whole organisation: taken apart where nothing connects it, planned, and put together."""

import os
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan
from trainsched.domain.problems import WorkbookError
from trainsched.domain.progress import Progress, ProgressListener
from trainsched.domain.rules import GoalId
from trainsched.planning.crew import Crew
from trainsched.planning.figures import GoalFigures
from trainsched.planning.join import join, worst_share_of
from trainsched.planning.one_part import Begun, PartPlan, Settings, plan_part
from trainsched.planning.outcome import PlanningOutcome
from trainsched.problem.independent import independent_parts

FEWEST_REQUIREMENTS_FOR_A_CREW = 400
"""Smaller organisations are planned sooner than other processes begin."""
SHARE_FOR_PLANNING = 0.95
"""Of the time limit of an organisation in parts; the rest is for putting them together."""
SHARE_TO_BEGIN_AGAIN = 0.2
"""Of the time limit: with less left, no part is planned a second time."""


def plan_training(
    organisation: Organisation,
    *,
    time_limit: float | None = None,
    seed: int = 0,
    workers: int | None = None,
    progress: ProgressListener | None = None,
    stop: threading.Event | None = None,
    published: Plan | None = None,
) -> PlanningOutcome:
    """Plan the protected training of an organisation.

    ``time_limit`` is in seconds of the clock; without it only deterministic time counts, so that
    equal input gives equal output whatever the machine's load. There is always a plan, however
    short of capacity. Sessions of the ``published`` plan before the organisation's ``locked_until``
    stay exactly as they were, and as many of the others as can. Raises WorkbookError when a pinned
    or such a session cannot hold.
    """
    settings = Settings(seed, workers or os.cpu_count() or 1, time_limit)
    parts = (organisation,) if published is not None else independent_parts(organisation)
    if len(parts) == 1:
        found = plan_part(organisation, settings, published=published, progress=progress, stop=stop)
        return PlanningOutcome(
            found.plan, found.seconds_by_step, found.deterministic_time, found.least_missing
        )
    return _Apart(organisation, parts, settings, progress, stop).plan()


@dataclass(frozen=True, slots=True)
class Task:
    """One part to plan. ``size`` says what share of the clock it may have."""

    organisation: Organisation
    settings: Settings
    size: int
    begun: Begun | None = None

    def with_time(self, seconds: float) -> "Task":
        """The task with so many seconds of the clock."""
        return replace(self, settings=replace(self.settings, time_limit=seconds))

    def carry_out(
        self, stop: threading.Event | None, progress: ProgressListener | None
    ) -> PartPlan:
        """Plan the part."""
        return plan_part(
            self.organisation, self.settings, begun=self.begun, progress=progress, stop=stop
        )


class _Apart:
    """Several parts, each planned for itself."""

    def __init__(
        self,
        organisation: Organisation,
        parts: Sequence[Organisation],
        settings: Settings,
        progress: ProgressListener | None,
        stop: threading.Event | None,
    ) -> None:
        self.organisation = organisation
        self.settings = settings
        self.progress = progress
        self.stop = stop
        self.deadline: float | None = None
        if settings.time_limit is not None:
            self.deadline = time.monotonic() + SHARE_FOR_PLANNING * settings.time_limit
        sizes = [1 + len(part.requirements) for part in parts]
        self.tasks = [
            Task(part, replace(settings, share=size / sum(sizes)), size)
            for part, size in zip(parts, sizes, strict=True)
        ]

    def plan(self) -> PlanningOutcome:
        """Plan all parts, and some again once the worst-off trainee of all is known.

        A part whose own worst share is smaller may make it as large as that: the later goals
        come first for nobody but the worst-off.
        """
        is_small = len(self.organisation.requirements) < FEWEST_REQUIREMENTS_FOR_A_CREW
        if is_small or self.settings.workers == 1:
            return self._plan_with(None)
        with Crew(min(self.settings.workers, len(self.tasks))) as crew:
            return self._plan_with(crew)

    def _plan_with(self, crew: Crew | None) -> PlanningOutcome:
        found = self._run(crew, self.tasks)
        share = worst_share_of(found)
        again = [
            number
            for number, part in enumerate(found)
            if part.figures[GoalId.WORST_OFF_TRAINEE].value < share
            and (part.figures[GoalId.CHANGED_DUTIES].value or part.figures[GoalId.WISHES].value)
        ]
        if self._has_no_time_for_more():
            for number in again:
                found[number] = _without_later_bounds(found[number])
            again = []
        tasks = [
            replace(
                self.tasks[number],
                begun=Begun(
                    found[number].sessions,
                    found[number].figures,
                    share,
                    found[number].least_missing,
                ),
            )
            for number in again
        ]
        for number, part in zip(again, self._run(crew, tasks), strict=True):
            found[number] = part
        return join(self.organisation, found)

    def _has_no_time_for_more(self) -> bool:
        """Whether the user has ended the search, or too little of the clock is left for it."""
        if self.stop is not None and self.stop.is_set():
            return True
        limit = self.settings.time_limit
        if self.deadline is None or limit is None:
            return False
        return self.deadline - time.monotonic() < SHARE_TO_BEGIN_AGAIN * limit

    def _run(self, crew: Crew | None, tasks: Sequence[Task]) -> list[PartPlan]:
        def say(done: int) -> None:
            if self.progress is not None:
                self.progress(Progress(f"planned {done} of {len(tasks)} parts of the organisation"))

        if not tasks:
            return []
        if crew is None:
            results = self._one_by_one(tasks)
        else:
            results = crew.run(tasks, deadline=self.deadline, when_done=say, stop=self.stop)
        failures = [result for result in results if isinstance(result, Exception)]
        faults = [failure for failure in failures if isinstance(failure, WorkbookError)]
        if faults:
            raise WorkbookError(tuple(p for fault in faults for p in fault.problems))
        if failures:
            raise failures[0]
        return [result for result in results if isinstance(result, PartPlan)]

    def _one_by_one(self, tasks: Sequence[Task]) -> list[PartPlan | Exception]:
        results: list[PartPlan | Exception] = []
        left = sum(task.size for task in tasks)
        for task in tasks:
            share = None
            if self.deadline is not None:
                share = max(self.deadline - time.monotonic(), 0.1) * task.size / max(left, 1)
            left -= task.size
            timed = task if share is None else task.with_time(share)
            try:
                results.append(timed.carry_out(self.stop, self.progress))
            except WorkbookError as fault:
                results.append(fault)
        return results


def _without_later_bounds(part: PartPlan) -> PartPlan:
    """The part when its bounds of goals 5 and 6 hold only for a better share than anybody asks."""
    later = {
        goal: GoalFigures(part.figures[goal].value, Fraction(0), part.figures[goal].was_attempted)
        for goal in (GoalId.CHANGED_DUTIES, GoalId.WISHES)
    }
    return replace(part, figures={**part.figures, **later})
