"""The planners by name: each takes an organisation, a job and a listener."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from trainsched.domain.organisation import Organisation
    from trainsched.domain.plan import Plan
    from trainsched.domain.progress import Progress, ProgressListener

    from .measuring import Job

    Planner = Callable[[Organisation, Job, ProgressListener], "Outcome"]


TIMEFOLD = "Timefold"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A plan, or why there is none.

    ``own_clock`` is for planners whose start-up is not counted: the seconds that the search took,
    and when it made which progress. Others are timed from outside.
    """

    plan: Plan | None
    deterministic_time: float | None = None
    own_clock: tuple[float, tuple[tuple[float, Progress], ...]] | None = None
    failure: str = ""


def load_libraries() -> None:
    """Import what the planners import, so that nobody's time has it in."""
    for library in ("ortools.sat.python.cp_model", "ortools.math_opt.python.mathopt"):
        import_module(library)
    import_module("trainsched.planning.tiers")
    for planner in ("plain_planner", "solvers", "timefold_planner"):
        import_module(f".{planner}", __package__)


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


def with_tuned_cpsat(organisation: Organisation, job: Job, progress: ProgressListener) -> Outcome:
    """The plain model with CP-SAT and our own parameters: what the formulation alone is worth."""
    from .plain_planner import plan_plainly
    from .solvers import solve_with_tuned_cpsat

    return plan_plainly(organisation, job, progress, solve_with_tuned_cpsat)


def with_plain_highs(organisation: Organisation, job: Job, progress: ProgressListener) -> Outcome:
    """The plain model with HiGHS."""
    from .plain_planner import plan_plainly
    from .solvers import solve_with_highs

    return plan_plainly(organisation, job, progress, solve_with_highs)


def with_timefold(organisation: Organisation, job: Job, progress: ProgressListener) -> Outcome:
    """Timefold, in a Python of its own."""
    from .timefold_planner import plan_with_timefold

    del progress  # Timefold is another process, with a clock of its own.
    return plan_with_timefold(organisation, job)


PLANNERS: dict[str, Planner] = {
    "trainsched": with_trainsched,
    "plain CP-SAT": with_plain_cpsat,
    "plain CP-SAT, tuned": with_tuned_cpsat,
    "plain HiGHS": with_plain_highs,
    TIMEFOLD: with_timefold,
}
