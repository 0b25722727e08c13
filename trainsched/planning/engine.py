"""One solve after another under one budget: deterministic time, a wall clock, and a stop flag."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from trainsched.domain.progress import Progress, ProgressListener
from trainsched.domain.rules import GoalId

ASK_TO_STOP_EVERY_SECONDS = 0.2
"""A stop asked for before the search has begun is lost, so it is asked again and again."""


@dataclass(frozen=True, slots=True)
class Solved:
    """``value`` is None when nothing was found. ``is_proved``: the bound meets the value."""

    value: int | None
    bound: int
    is_proved: bool
    is_impossible: bool
    read: Callable[[cp_model.LinearExpr | int], int] | None


@dataclass(slots=True)
class Engine:
    """Runs CP-SAT with the limits of the whole plan.

    ``deterministic_limit`` is shared by all solves; equal inputs use it up equally whatever the
    machine's load. ``deadline`` (seconds of ``time.monotonic``) and ``stop`` cut a solve short,
    and the answer is then the best found.
    """

    seed: int
    workers: int
    deterministic_limit: float
    deadline: float | None = None
    stop: threading.Event | None = None
    progress: ProgressListener | None = None
    deterministic_used: float = 0.0
    seconds_by_step: dict[str, float] = field(default_factory=dict)

    @property
    def must_stop(self) -> bool:
        """Whether the user or the clock has ended the search."""
        asked = self.stop is not None and self.stop.is_set()
        late = self.deadline is not None and time.monotonic() >= self.deadline
        return asked or late

    @property
    def is_spent(self) -> bool:
        """Whether nothing more may be searched."""
        return self.must_stop or self.deterministic_left <= 0

    @property
    def deterministic_left(self) -> float:
        """Deterministic time that is left for all further solves."""
        return self.deterministic_limit - self.deterministic_used

    def say(
        self,
        message: str,
        goal: GoalId | None = None,
        value: float | None = None,
        bound: float | None = None,
    ) -> None:
        """Report progress, if anybody listens."""
        if self.progress is not None:
            self.progress(Progress(message, goal=goal, value=value, bound=bound))

    def solve(
        self, model: cp_model.CpModel, share: float, step: str, goal: GoalId | None = None
    ) -> Solved:
        """Solve with a share of the deterministic time that is left."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = self.workers
        # Ctrl-C is the caller's affair, heard through `stop`. The solver's own handler would bring
        # the process down when the solve is not in the main thread.
        solver.parameters.catch_sigint_signal = False
        solver.parameters.interleave_search = True
        solver.parameters.random_seed = self.seed
        solver.parameters.max_deterministic_time = max(share * self.deterministic_left, 1e-3)
        if self.deadline is not None:
            solver.parameters.max_time_in_seconds = max(self.deadline - time.monotonic(), 0.01)
        began = time.monotonic()
        status = self._run(solver, model, _Listener(self, step, goal))
        self.seconds_by_step[step] = self.seconds_by_step.get(step, 0.0) + time.monotonic() - began
        self.deterministic_used += solver.response_proto.deterministic_time
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            impossible = status == cp_model.INFEASIBLE
            return Solved(None, _up(solver.best_objective_bound), False, impossible, None)
        value = round(solver.objective_value)
        bound = min(_up(solver.best_objective_bound), value)
        return Solved(value, bound, status == cp_model.OPTIMAL, False, solver.value)

    def _run(
        self, solver: cp_model.CpSolver, model: cp_model.CpModel, listener: "_Listener"
    ) -> cp_model.CpSolverStatus:
        over = threading.Event()

        def watch() -> None:
            while not over.wait(ASK_TO_STOP_EVERY_SECONDS):
                if self.must_stop:
                    solver.stop_search()

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            return solver.solve(model, listener)
        finally:
            over.set()
            watcher.join()


class _Listener(cp_model.CpSolverSolutionCallback):
    """Passes solutions on as progress."""

    def __init__(self, engine: Engine, step: str, goal: GoalId | None) -> None:
        super().__init__()
        self._engine = engine
        self._step = step
        self._goal = goal

    def on_solution_callback(self) -> None:
        """Report value and bound of the solution just found."""
        self._engine.say(self._step, self._goal, self.objective_value, self.best_objective_bound)


def _up(bound: float) -> int:
    """A bound on a whole number, rounded up with care for the last digits."""
    if bound in (float("inf"), float("-inf")) or bound != bound:
        return 0
    return int(-(-(bound - 1e-6) // 1))
