"""The planners by name. Each takes an organisation, a job and a listener, and gives an outcome."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from trainsched.domain.organisation import Organisation
    from trainsched.domain.plan import Plan
    from trainsched.domain.progress import ProgressListener

    from .measuring import Job

    Planner = Callable[[Organisation, Job, ProgressListener], "Outcome"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A plan, or why there is none. ``start_up_seconds`` are taken off all times."""

    plan: Plan | None
    deterministic_time: float | None = None
    start_up_seconds: float = 0.0
    failure: str = ""


def load_libraries() -> None:
    """Import what takes long to import, so that no planner's time has it in."""
    import_module("trainsched.planning")
    import_module("ortools.math_opt.python.mathopt")


def with_trainsched(organisation: Organisation, job: Job, progress: ProgressListener) -> Outcome:
    """Our own planner."""
    from trainsched.planning import plan_training

    outcome = plan_training(
        organisation,
        time_limit=job.limit_seconds,
        seed=job.seed,
        workers=job.workers,
        progress=progress,
    )
    return Outcome(outcome.plan, outcome.deterministic_time)


def with_plain_cpsat(organisation: Organisation, job: Job, progress: ProgressListener) -> Outcome:
    """The plain model with CP-SAT."""
    from .plain_planner import plan_plainly
    from .solvers import solve_with_cpsat

    return plan_plainly(organisation, job, progress, solve_with_cpsat)


def with_plain_highs(organisation: Organisation, job: Job, progress: ProgressListener) -> Outcome:
    """The plain model with HiGHS."""
    from .plain_planner import plan_plainly
    from .solvers import solve_with_highs

    return plan_plainly(organisation, job, progress, solve_with_highs)


PLANNERS: dict[str, Planner] = {
    "trainsched": with_trainsched,
    "plain CP-SAT": with_plain_cpsat,
    "plain HiGHS": with_plain_highs,
}
