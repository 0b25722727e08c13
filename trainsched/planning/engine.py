"""One solve after another under one budget: deterministic time, a wall clock, and a stop flag.

Two ways of searching share the work. The *diver* is one worker led by the reduced costs of the
linear relaxation: on these models it often finds and proves the best at once, and it is fastest
with the machine to itself. The *crowd* is the solver's whole portfolio in deterministic turns; it
has its say where the diver does not come to an end.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from trainsched.domain.progress import Progress, ProgressListener
from trainsched.domain.rules import GoalId

ASK_TO_STOP_EVERY_SECONDS = 0.2
"""A stop asked for before the search has begun is lost, so it is asked again and again."""
DIVERS_SHARE = 0.7
"""Of the time of one solve, before the crowd takes over."""


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
        self,
        model: cp_model.CpModel,
        share: float,
        step: str,
        goal: GoalId | None = None,
        *,
        most: float | None = None,
        must_answer: bool = False,
        divers_share: float = DIVERS_SHARE,
        hint_the_crowd: Callable[[], None] | None = None,
    ) -> Solved:
        """Solve with a share of the deterministic time that is left, ``most`` at the most.

        ``hint_the_crowd`` puts a hint into the model before the crowd begins: on a whole problem
        a hint leads the diver astray.
        ``must_answer``: nothing can be shown without this solve, so only its deterministic limit
        ends it, not the clock.
        """
        began = time.monotonic()
        limit = max(share * self.deterministic_left, 1e-3)
        if most is not None:
            limit = min(limit, most)
        diver = self._attempt(model, step, goal, divers_share * limit, must_answer=must_answer)
        diver.run(led_by_relaxation=True, clock_share=divers_share)
        self.deterministic_used += diver.deterministic_time
        answer, bound = diver, diver.bound
        if not diver.is_final and not (self.must_stop and not must_answer):
            left = limit - diver.deterministic_time
            if hint_the_crowd is not None and diver.value is None:
                hint_the_crowd()
            crowd = self._attempt(model, step, goal, left, must_answer=must_answer)
            crowd.run(led_by_relaxation=False)
            self.deterministic_used += crowd.deterministic_time
            answer, bound = _better(diver, crowd), max(diver.bound, crowd.bound)
        self.seconds_by_step[step] = self.seconds_by_step.get(step, 0.0) + time.monotonic() - began
        return answer.solved(bound)

    def _attempt(
        self,
        model: cp_model.CpModel,
        step: str,
        goal: GoalId | None,
        limit: float,
        *,
        must_answer: bool,
    ) -> "_Attempt":
        attempt = _Attempt(self, model, step, goal)
        attempt.must_answer = must_answer
        attempt.solver.parameters.max_deterministic_time = max(limit, 1e-3)
        return attempt


class _Attempt:
    """One run of the solver in one of the two ways."""

    def __init__(
        self, engine: Engine, model: cp_model.CpModel, step: str, goal: GoalId | None
    ) -> None:
        self.engine = engine
        self.model = model
        self.listener = _Listener(engine, step, goal)
        self.solver = cp_model.CpSolver()
        self.status = cp_model.UNKNOWN
        self.must_answer = False
        parameters = self.solver.parameters
        parameters.catch_sigint_signal = False
        parameters.random_seed = engine.seed
        parameters.symmetry_level = 0
        parameters.cp_model_probing_level = 0

    def run(self, *, led_by_relaxation: bool, clock_share: float = 1.0) -> None:
        """Solve in one of the two ways, and stop when told to."""
        parameters = self.solver.parameters
        if led_by_relaxation:
            parameters.num_workers = 1
            parameters.subsolvers.append("reduced_costs")
        else:
            parameters.num_workers = self.engine.workers
            parameters.interleave_search = True
        if self.engine.deadline is not None and not self.must_answer:
            left = self.engine.deadline - time.monotonic()
            parameters.max_time_in_seconds = max(clock_share * left, 0.01)
        over = threading.Event()

        def watch() -> None:
            while not over.wait(ASK_TO_STOP_EVERY_SECONDS):
                if self.engine.must_stop and not self.must_answer:
                    self.solver.stop_search()

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            self.status = self.solver.solve(self.model, self.listener)
        finally:
            over.set()
            watcher.join()

    @property
    def is_final(self) -> bool:
        """Whether nothing more can be learnt: proved best, or proved impossible."""
        return self.status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)

    @property
    def deterministic_time(self) -> float:
        """What the run cost."""
        return float(self.solver.response_proto.deterministic_time)

    @property
    def value(self) -> int | None:
        """The value found, None for none."""
        if self.status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return round(self.solver.objective_value)
        return None

    @property
    def bound(self) -> int:
        """The proven lower bound."""
        return _up(self.solver.best_objective_bound)

    def solved(self, bound: int) -> Solved:
        """The outcome, with the best bound known."""
        if self.value is None:
            return Solved(None, bound, False, self.status == cp_model.INFEASIBLE, None)
        return Solved(self.value, min(bound, self.value), self.is_final, False, self.solver.value)


def _better(one: _Attempt, other: _Attempt) -> _Attempt:
    """The one with the final or better answer, the first where they are equal."""
    if other.is_final or one.value is None:
        return other
    if other.value is None or one.value <= other.value:
        return one
    return other


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
    """A bound on a whole number, rounded up with care for the last digits; 0 if there is none."""
    if not abs(bound) < float("inf"):
        return 0
    return int(-(-(bound - 1e-6) // 1))
