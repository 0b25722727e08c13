"""Two solvers for one model: CP-SAT as it comes, and HiGHS on the same rows as an integer program.

HiGHS is the one inside OR-Tools, called through MathOpt.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from math import ceil, isfinite
from typing import TYPE_CHECKING, Any

from ortools.sat.python import cp_model

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import timedelta

    from ortools.math_opt.python import mathopt

    Watch = Callable[[float, float], None]

LEAST_SECONDS = 0.05
A_DAY = 86_400.0
NEARLY_WHOLE = 1e-6
LEAST_WHOLE, MOST_WHOLE = -(2**62), 2**62
"""Beyond these a limit of CP-SAT is no limit."""


@dataclass(frozen=True, slots=True)
class Answer:
    """``values`` by index of variable, None when nothing was found. Objectives are whole."""

    value: int | None
    bound: int | None
    values: Sequence[float] | None
    deterministic_time: float | None = None

    @property
    def is_proved(self) -> bool:
        """Whether nothing better exists."""
        return self.value is not None and self.bound is not None and self.bound >= self.value


def solve_with_cpsat(
    model: cp_model.CpModel, seconds: float, workers: int, seed: int, watch: Watch
) -> Answer:
    """CP-SAT with its own default search, on all the workers given."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    return _run_cpsat(solver, model, seconds, seed, watch)


def solve_with_tuned_cpsat(
    model: cp_model.CpModel, seconds: float, workers: int, seed: int, watch: Watch
) -> Answer:
    """CP-SAT with the parameters that trainsched uses: one worker led by the relaxation."""
    del workers
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.subsolvers.append("reduced_costs")
    solver.parameters.symmetry_level = 0
    solver.parameters.cp_model_probing_level = 0
    return _run_cpsat(solver, model, seconds, seed, watch)


def _run_cpsat(
    solver: cp_model.CpSolver, model: cp_model.CpModel, seconds: float, seed: int, watch: Watch
) -> Answer:
    solver.parameters.catch_sigint_signal = False
    solver.parameters.random_seed = seed
    solver.parameters.max_time_in_seconds = max(seconds, LEAST_SECONDS)
    status = solver.solve(model, _Watcher(watch))
    response = solver.response_proto
    spent = float(response.deterministic_time)
    bound = _up(solver.best_objective_bound)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Answer(None, bound, None, spent)
    value = round(solver.objective_value)
    proven = value if bound is None else min(bound, value)
    return Answer(value, proven, list(response.solution), spent)


class _Watcher(cp_model.CpSolverSolutionCallback):
    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch

    def on_solution_callback(self) -> None:
        self._watch(self.objective_value, self.best_objective_bound)


def solve_with_highs(
    model: cp_model.CpModel, seconds: float, workers: int, seed: int, watch: Watch
) -> Answer:
    """HiGHS on the same model. ``watch`` hears of solutions as HiGHS prints them."""
    from datetime import timedelta

    from ortools.math_opt.python import mathopt

    began = time.monotonic()
    program = as_integer_program(model)
    left = max(seconds - (time.monotonic() - began), LEAST_SECONDS)
    result = mathopt.solve(
        program,
        mathopt.SolverType.HIGHS,
        params=_highs_parameters(timedelta(seconds=min(left, A_DAY)), workers, seed),
        msg_cb=_reader_of_log(watch),
    )
    bound = _up(result.termination.objective_bounds.dual_bound)
    if not result.has_primal_feasible_solution():
        return Answer(None, bound, None)
    value = round(result.objective_value())
    values = result.variable_values(list(program.variables()))
    return Answer(value, value if bound is None else min(bound, value), values)


def _highs_parameters(limit: timedelta, workers: int, seed: int) -> mathopt.SolveParameters:
    from ortools.math_opt.python import mathopt

    parameters = mathopt.SolveParameters(time_limit=limit, random_seed=seed)
    parameters.highs.int_options["threads"] = workers
    parameters.highs.double_options["mip_rel_gap"] = 0.0
    parameters.highs.double_options["mip_abs_gap"] = 1.0 - NEARLY_WHOLE
    return parameters


WORDS_AFTER_BOUND = 8
"""The table that HiGHS prints ends: bound, best, gap, cuts, rows, conflicts, iterations, time."""


def _reader_of_log(watch: Watch) -> Callable[[list[str]], None]:
    best = float("inf")

    def read(lines: list[str]) -> None:
        nonlocal best
        for line in lines:
            words = line.split()
            if len(words) < WORDS_AFTER_BOUND or not re.fullmatch(r"[\d.]+s", words[-1]):
                continue
            try:
                bound, value = (float(word) for word in words[-WORDS_AFTER_BOUND:][:2])
            except ValueError:
                continue
            if value < best:
                best = value
                watch(value, bound)

    return read


def as_integer_program(model: cp_model.CpModel) -> mathopt.Model:
    """The model's rows for a solver of integer programs: sums, "at most one", implications.

    Raises ValueError for any other kind of constraint.
    """
    import numpy as np
    from ortools.math_opt import model_pb2
    from ortools.math_opt.python import mathopt

    proto = model.proto
    program = model_pb2.ModelProto()
    count = len(proto.variables)
    domains = [list(variable.domain) for variable in proto.variables]
    program.variables.ids.extend(range(count))
    program.variables.lower_bounds.extend(float(domain[0]) for domain in domains)
    program.variables.upper_bounds.extend(float(domain[-1]) for domain in domains)
    program.variables.integers.extend([True] * count)
    rows, columns, factors = [], [], []
    for number, (terms, least, most) in enumerate(_rows(proto)):
        program.linear_constraints.ids.append(number)
        program.linear_constraints.lower_bounds.append(least)
        program.linear_constraints.upper_bounds.append(most)
        for column, factor in sorted(terms.items()):
            rows.append(number)
            columns.append(column)
            factors.append(factor)
    matrix = program.linear_constraint_matrix
    matrix.row_ids.extend(np.array(rows))
    matrix.column_ids.extend(np.array(columns))
    matrix.coefficients.extend(np.array(factors, dtype=float))
    objective = _merged(proto.objective.vars, proto.objective.coeffs)
    program.objective.offset = proto.objective.offset
    program.objective.linear_coefficients.ids.extend(sorted(objective))
    program.objective.linear_coefficients.values.extend(objective[v] for v in sorted(objective))
    return mathopt.Model.from_model_proto(program)


Row = tuple[dict[int, float], float, float]


def _rows(proto: Any) -> Iterator[Row]:
    """Every constraint as terms by variable, a least and a most."""
    infinite = float("inf")
    for constraint in proto.constraints:
        if constraint.has_linear() and not constraint.enforcement_literal:
            linear = constraint.linear
            domain = list(linear.domain)
            least, most = domain[0], domain[-1]
            yield (
                _merged(linear.vars, linear.coeffs),
                -infinite if least <= LEAST_WHOLE else float(least),
                infinite if most >= MOST_WHOLE else float(most),
            )
        elif constraint.has_at_most_one():
            terms, shift = _literals(constraint.at_most_one.literals)
            yield terms, -infinite, 1.0 - shift
        elif constraint.has_bool_or() and not constraint.enforcement_literal:
            terms, shift = _literals(constraint.bool_or.literals)
            yield terms, 1.0 - shift, infinite
        elif constraint.has_bool_and() and len(constraint.enforcement_literal) == 1:
            for literal in constraint.bool_and.literals:
                terms, shift = _literals([-constraint.enforcement_literal[0] - 1, literal])
                yield terms, 1.0 - shift, infinite
        else:
            raise ValueError(f"no row says the same as {constraint}")


def _literals(literals: Iterable[int]) -> tuple[dict[int, float], float]:
    """The sum of literals as terms and a constant; ``-v - 1`` is the opposite of ``v``."""
    terms: dict[int, float] = {}
    shift = 0.0
    for literal in literals:
        variable, factor = (literal, 1.0) if literal >= 0 else (-literal - 1, -1.0)
        shift += literal < 0
        terms[variable] = terms.get(variable, 0.0) + factor
    return terms, shift


def _merged(variables: Iterable[int], factors: Iterable[int]) -> dict[int, float]:
    terms: dict[int, float] = {}
    for variable, factor in zip(variables, factors, strict=True):
        terms[variable] = terms.get(variable, 0.0) + factor
    return terms


def _up(bound: float) -> int | None:
    """A bound on a whole number, rounded up with care for the last digits."""
    return ceil(bound - NEARLY_WHOLE) if isfinite(bound) else None
