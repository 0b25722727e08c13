"""One solve after another under one budget: deterministic time, a wall clock, and a stop flag.

Two ways of searching share the work. *Divers* are single workers led by the linear relaxation, one
after another: they often find and prove the best at once, and they are fastest with the machine to
themselves and without a hint. The first follows the reduced costs: quick where it has luck, lost
where it has not, so it has a short time only; the second cuts and branches, slower and surer. The
*crowd* is the solver's whole portfolio in deterministic turns, begun from what is known; it has its
say where no diver comes to an end.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from trainsched.domain.progress import Progress, ProgressListener
from trainsched.domain.rules import GoalId
from trainsched.planning.hints import hint_solution

ASK_TO_STOP_EVERY_SECONDS = 0.2
"""A stop asked for before the search has begun is lost, so it is asked again and again."""
MOST_FOR_FIRST_DIVER = 3.0
"""Deterministic time."""
MANY_PRESOLVE_ROUNDS = 3
"""Where a search is long, what they remove pays."""
FIRST_DIVER = "reduced_costs"
SECOND_DIVER = "max_lp"


@dataclass(frozen=True, slots=True)
class Turns:
    """Shares of the time of one solve: the first diver, the second, and the crowd.

    ``clock`` is the share of the clock that is left, where there is one.
    """

    first: float
    second: float
    crowd: float
    clock: float = 1.0


ALL_IN_TURN = Turns(0.35, 0.35, 0.3)
FIRST_DIVER_ONLY = Turns(1.0, 0.0, 0.0)
FIRST_DIVER_FIRST = Turns(1.0, 0.0, 0.0, clock=0.7)
"""Most of the clock: the rest is for what has a plan soon, though perhaps not the best."""
MOSTLY_CROWD = Turns(0.2, 0.0, 0.8)
SECOND_DIVER_THEN_CROWD = Turns(0.0, 0.6, 0.4)


@dataclass(frozen=True, slots=True)
class Solved:
    """``value`` is None when nothing was found. ``is_proved``: the bound meets the value."""

    value: int | None
    bound: int
    is_proved: bool
    is_impossible: bool
    read: Callable[[cp_model.LinearExpr | int], int] | None


@dataclass(frozen=True, slots=True)
class Known:
    """A solution from before: its value, and how to put it into the model as a hint."""

    value: float
    hint: Callable[[], None]


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
    presolve_rounds: int = MANY_PRESOLVE_ROUNDS
    """How often at the most the solver goes over a model before it searches it."""
    deterministic_used: float = 0.0
    seconds_by_step: dict[str, float] = field(default_factory=dict)

    @property
    def must_stop(self) -> bool:
        """Whether the user or the clock has ended the search."""
        asked = self.stop is not None and self.stop.is_set()
        late = self.deadline is not None and time.monotonic() >= self.deadline
        return asked or late

    @property
    def seconds_left(self) -> float:
        """Seconds of the clock that are left; without end where there is no deadline."""
        return float("inf") if self.deadline is None else self.deadline - time.monotonic()

    @property
    def is_spent(self) -> bool:
        """Whether nothing more may be searched."""
        return self.must_stop or self.deterministic_left <= 0

    @property
    def deterministic_left(self) -> float:
        """Deterministic time that is left for all further solves."""
        return self.deterministic_limit - self.deterministic_used

    def apart(self, most: float) -> "Engine":
        """An engine for a search within this one, of so much of its time, that reports nothing.

        What it used is to be added to what this one has used.
        """
        return Engine(
            seed=self.seed,
            workers=self.workers,
            deterministic_limit=min(most, self.deterministic_left),
            deadline=self.deadline,
            stop=self.stop,
        )

    def presolve_once(self) -> None:
        """From now on go over each model once: where the search is short, more rounds only cost."""
        self.presolve_rounds = 1

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
        turns: Turns = ALL_IN_TURN,
        known: Known | None = None,
    ) -> Solved:
        """Solve with a share of the deterministic time that is left, ``most`` at the most.

        ``known`` is hinted to the crowd unless a diver has found something as good; divers are led
        astray by a hint.
        ``must_answer``: nothing can be shown without this solve, so only its deterministic limit
        ends it, not the clock.
        """
        began = time.monotonic()
        limit = max(share * self.deterministic_left, 1e-3)
        if most is not None:
            limit = min(limit, most)
        answer: _Attempt | None = None
        bound = 0
        for who, turn, clock_share in _in_order(turns, limit):
            if answer is not None and self.must_stop and not must_answer:
                break
            if who is None and known is not None:
                if answer is not None and answer.value is not None and answer.value <= known.value:
                    answer.hint()
                else:
                    known.hint()
            attempt = self._attempt(model, step, goal, turn, must_answer=must_answer)
            attempt.run(who, clock_share=clock_share)
            self.deterministic_used += attempt.deterministic_time
            bound = max(bound, attempt.bound)
            answer = attempt if answer is None else _better(answer, attempt)
            if attempt.is_final:
                break
        self.seconds_by_step[step] = self.seconds_by_step.get(step, 0.0) + time.monotonic() - began
        if answer is None:
            raise RuntimeError("no turn was taken")
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


def _in_order(turns: Turns, limit: float) -> list[tuple[str | None, float, float]]:
    """Who searches (None: the crowd), for how long, and for what share of the clock that is left.

    What the first diver may not use goes to those after it.
    """
    first = turns.first * limit
    if turns.second or turns.crowd:
        first = min(first, MOST_FOR_FIRST_DIVER)
    rest = limit - first
    second = rest * turns.second / max(turns.second + turns.crowd, 1e-9)
    plan: list[tuple[str | None, float, float]] = [
        (FIRST_DIVER, first, first / limit),
        (SECOND_DIVER, second, second / max(rest, 1e-9)),
        (None, rest - second, 1.0),
    ]
    return [(who, time, share * turns.clock) for who, time, share in plan if share > 0 and time > 0]


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
        parameters.max_presolve_iterations = engine.presolve_rounds

    def run(self, diver: str | None, *, clock_share: float = 1.0) -> None:
        """Solve as the diver of that name, or (None) with everybody; stop when told to."""
        parameters = self.solver.parameters
        if diver is not None:
            parameters.num_workers = 1
            parameters.subsolvers.append(diver)
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

    def hint(self) -> None:
        """Put the solution found into the model as a hint."""
        hint_solution(self.model, self.solver.response_proto.solution)

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
