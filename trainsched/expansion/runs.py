"""Runs of the solver: short ones in turn, until one of them settles the question.

That everything fits is quickly shown by a dive along the reduced costs; that it does not, by the
linear relaxation and its cuts, mostly at the root, or by the bound on how much must stay out. Which
of the two is true nobody knows beforehand, so both are tried in turn, each time for longer. All
limits are in deterministic time.
"""

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ortools.sat.python import cp_model

from trainsched.planning.build import Expression
from trainsched.planning.engine import ASK_TO_STOP_EVERY_SECONDS, Engine

TURNS: tuple[tuple[bool, str, float], ...] = (
    (False, "reduced_costs", 1.2),
    (False, "max_lp", 4.0),
    (True, "max_lp", 3.0),
    (True, "reduced_costs", 6.0),
    (False, "reduced_costs", 6.0),
    (True, "max_lp", 12.0),
)
"""``(is by bound, search, deterministic time)`` of each turn."""


@dataclass(frozen=True, slots=True)
class Answer:
    """``fits`` None: not settled within the limits. ``read`` reads a solution, if there is one.

    ``bound`` is a proven lower bound on the objective that was minimised, if any.
    """

    fits: bool | None
    read: Callable[[Expression], int] | None = None
    value: int | None = None
    bound: int = 0

    @property
    def is_proved(self) -> bool:
        """Whether value and bound meet, or there is nothing to find."""
        return self.fits is False or (self.value is not None and self.value <= self.bound)


class Run:
    """One run with its limits; ``enough`` may end it by what was found so far."""

    def __init__(self, engine: Engine, model: cp_model.CpModel, search: str, limit: float) -> None:
        self.engine = engine
        self.model = model
        self.solver = cp_model.CpSolver()
        self.bound: float = float("-inf")
        self._finished = threading.Event()
        parameters = self.solver.parameters
        parameters.catch_sigint_signal = False
        parameters.random_seed = engine.seed
        parameters.symmetry_level = 0
        parameters.cp_model_probing_level = 0
        parameters.num_workers = 1
        parameters.subsolvers.append(search)
        parameters.max_deterministic_time = max(min(limit, engine.deterministic_left), 1e-3)
        if engine.deadline is not None:
            left = engine.deadline - time.monotonic()
            parameters.max_time_in_seconds = max(left, 0.01)

    def solve(
        self,
        *,
        stop_at_bound: float | None = None,
        stop_at_value: float | None = None,
        say: Callable[[float, float], None] | None = None,
    ) -> cp_model.CpSolverStatus:
        """Solve; end early once the bound reaches one figure, or the value the other."""
        listener = _Listener(self, stop_at_value, say)

        def hear_bound(bound: float) -> None:
            self.bound = max(self.bound, bound)
            if stop_at_bound is not None and self.bound >= stop_at_bound:
                self._finished.set()
                self.solver.stop_search()

        self.solver.best_bound_callback = hear_bound
        over = threading.Event()

        def watch() -> None:
            while not over.wait(ASK_TO_STOP_EVERY_SECONDS):
                if self.engine.must_stop or self._finished.is_set():
                    self.solver.stop_search()

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            status = self.solver.solve(self.model, listener)
        finally:
            over.set()
            watcher.join()
        if self.model.has_objective():
            self.bound = max(self.bound, self.solver.best_objective_bound)
        self.engine.deterministic_used += float(self.solver.response_proto.deterministic_time)
        return status


class _Listener(cp_model.CpSolverSolutionCallback):
    def __init__(
        self,
        run: Run,
        stop_at_value: float | None,
        say: Callable[[float, float], None] | None,
    ) -> None:
        super().__init__()
        self._run = run
        self._stop_at_value = stop_at_value
        self._say = say

    def on_solution_callback(self) -> None:
        """Report the solution just found, and stop if it is good enough."""
        if self._say is not None:
            self._say(self.objective_value, self.best_objective_bound)
        if self._stop_at_value is not None and self.objective_value <= self._stop_at_value:
            self.stop_search()


Turns = Iterable[tuple[str, float]]
"""``(search, deterministic time)`` of each turn."""
FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)


def in_turn(
    engine: Engine, model: cp_model.CpModel, turns: Turns
) -> tuple[cp_model.CpSolverStatus, Callable[[Expression], int] | None]:
    """How a model without an objective is settled by one search after another.

    With what reads the solution, where there is one.
    """
    status = cp_model.UNKNOWN
    for search, limit in turns:
        if engine.is_spent:
            break
        run = Run(engine, model, search, limit)
        status = run.solve()
        if status in FOUND:
            return status, run.solver.value
        if status == cp_model.INFEASIBLE:
            break
    return status, None


def might_fit(
    engine: Engine, ask: Callable[[int], cp_model.CpSolverStatus], most_doubts: int
) -> Callable[[int], bool]:
    """Whether so many might fit, number by number, as far as the searches of ``ask`` can tell.

    After so many doubts, or at the deadline, nothing more is asked, and all the others might.
    """
    doubts = 0

    def might(number: int) -> bool:
        nonlocal doubts
        if engine.is_spent or doubts == most_doubts:
            return True
        status = ask(number)
        doubts += status == cp_model.UNKNOWN
        return status != cp_model.INFEASIBLE

    return might


def settle(
    engine: Engine,
    make: Callable[[], tuple[cp_model.CpModel, Expression]],
    *,
    most: float,
    disproof: Callable[[], bool] | None = None,
) -> Answer:
    """Whether the model has a solution in which the expression (never below 0) is 0.

    ``make`` builds the model anew, without that condition, and the expression. ``most`` is the
    deterministic time for all turns together. ``disproof`` may know in another way that there is
    none; it is asked after the first turn.
    """
    model, expression = make()
    strict = model.clone()
    strict.add(expression == 0)
    model.minimize(expression)
    until = engine.deterministic_used + most
    for turn, (by_bound, search, limit) in enumerate(TURNS):
        if turn == 1 and disproof is not None and not engine.is_spent and disproof():
            return Answer(fits=False)
        left = min(limit, until - engine.deterministic_used)
        if left <= 0 or engine.is_spent:
            break
        run = Run(engine, model if by_bound else strict, search, left)
        status = run.solve(stop_at_bound=0.5, stop_at_value=0.5) if by_bound else run.solve()
        found = status in FOUND
        if by_bound:
            if found and run.solver.objective_value < 0.5:
                return Answer(fits=True, read=run.solver.value)
            if run.bound >= 0.5 or status == cp_model.INFEASIBLE:
                return Answer(fits=False)
        elif found:
            return Answer(fits=True, read=run.solver.value)
        elif status == cp_model.INFEASIBLE:
            return Answer(fits=False)
    return Answer(fits=None)


def cheapest(
    engine: Engine,
    model: cp_model.CpModel,
    step: str,
    *,
    most: float,
    stop_at_bound: float | None = None,
    searches: tuple[str, ...] = ("reduced_costs", "max_lp", "reduced_costs"),
) -> Answer:
    """Minimise the model's objective: value, proven bound, and the solution, if one was found."""
    best: Answer = Answer(fits=None)
    bound = 0.0
    for number, search in enumerate(searches):
        if engine.is_spent:
            break
        share = most / 2 ** (len(searches) - number)
        run = Run(engine, model, search, share)
        status = run.solve(
            say=lambda value, low: engine.say(step, None, value, low), stop_at_bound=stop_at_bound
        )
        if status == cp_model.INFEASIBLE:
            return Answer(fits=False)
        bound = max(bound, run.bound)
        if status in FOUND:
            value = round(run.solver.objective_value)
            if best.value is None or value < best.value:
                best = Answer(fits=True, read=run.solver.value, value=value)
        whole = int(-(-(bound - 1e-6) // 1))
        best = Answer(best.fits, best.read, best.value, max(whole, 0))
        if best.value is not None and best.bound >= best.value:
            break
        if stop_at_bound is not None and bound >= stop_at_bound:
            break
    return best
