"""Bounds by the linear relaxation of a model, proved in whole numbers.

A linear solver works with rounded figures, so what it says proves nothing. But any multipliers of
the rows give a bound, wherever they come from (weak duality): the solver's are rounded to fractions
of one denominator, and what they prove is worked out in whole numbers (after Neumaier and
Shcherbina, "Safe bounds in linear and mixed-integer linear programming", 2004).
"""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ortools.linear_solver import pywraplp
from ortools.sat import cp_model_pb2
from ortools.sat.python import cp_model

DENOMINATOR = 2**30
"""Of the multipliers, so fine that rounding costs nothing."""
MOST_SECONDS = 30.0
SOLVERS = ("CLP", "GLOP")
"""The first there is. On the models of a region CLP takes a third to a sixth of GLOP's time."""


class Row(NamedTuple):
    """``low <= sum of factor x variable <= high``; None is no limit."""

    variables: tuple[int, ...]
    factors: tuple[int, ...]
    low: int | None
    high: int | None


class Relaxed(NamedTuple):
    """The objective is never below the ``bound``, which is proved.

    ``values`` of all variables, rounded figures: for whoever looks for a solution near them.
    """

    bound: int
    values: list[float]


class Relaxation:
    """The relaxation of a CP-SAT model: one solve after another, each begun from the one before.

    Rows that hold only under a condition are left out where they are more than a clause, which can
    only weaken a bound.
    """

    def __init__(self, model: cp_model.CpModel) -> None:
        proto = _copied_out(model)
        self.rows = list(_rows_of(proto))
        self._limits = [(v.domain[0], v.domain[-1]) for v in proto.variables]
        self._solver = next(filter(None, map(pywraplp.Solver.CreateSolver, SOLVERS)))
        self._parameters = _begun_from_the_last()
        none = self._solver.infinity()
        self._variables = [self._solver.NumVar(low, high, "") for low, high in self._limits]
        self._constraints = []
        for row in self.rows:
            low = -none if row.low is None else row.low
            high = none if row.high is None else row.high
            constraint = self._solver.RowConstraint(low, high, "")
            for variable, factor in zip(row.variables, row.factors, strict=True):
                constraint.SetCoefficient(self._variables[variable], factor)
            self._constraints.append(constraint)

    def at_least(
        self, objective: Mapping[int, int], fixed: Mapping[int, int], seconds: float = MOST_SECONDS
    ) -> Relaxed | None:
        """A number that the objective is never below; None where the solver came to no end.

        ``objective`` has factors, ``fixed`` values, both by the index of a variable.
        """
        for index, value in fixed.items():
            self._variables[index].SetBounds(value, value)
        goal = self._solver.Objective()
        goal.Clear()
        for index, factor in objective.items():
            goal.SetCoefficient(self._variables[index], factor)
        goal.SetMinimization()
        self._solver.SetTimeLimit(int(1000 * max(min(seconds, MOST_SECONDS), 0.01)))
        relaxed = None
        if self._solver.Solve(self._parameters) == pywraplp.Solver.OPTIMAL:
            multipliers = [constraint.dual_value() for constraint in self._constraints]
            values = [variable.solution_value() for variable in self._variables]
            relaxed = Relaxed(self.proved_by(multipliers, objective, fixed), values)
        for index in fixed:
            self._variables[index].SetBounds(*self._limits[index])
        return relaxed

    def proved_by(
        self, multipliers: Iterable[float], objective: Mapping[int, int], fixed: Mapping[int, int]
    ) -> int:
        """What these multipliers of the rows prove, whatever they are.

        objective >= sum of multiplier x limit over the rows, and what is left of each variable's
        factor at whichever of its limits is worse.
        """
        left = {index: factor * DENOMINATOR for index, factor in objective.items()}
        total = 0
        for row, multiplier in zip(self.rows, multipliers, strict=True):
            whole = round(multiplier * DENOMINATOR)
            limit = row.low if whole > 0 else row.high
            if not whole or limit is None:
                continue
            total += whole * limit
            for variable, factor in zip(row.variables, row.factors, strict=True):
                left[variable] = left.get(variable, 0) - whole * factor
        for index, factor in left.items():
            low, high = (fixed[index],) * 2 if index in fixed else self._limits[index]
            total += factor * (low if factor > 0 else high)
        return -(-total // DENOMINATOR)


def _begun_from_the_last() -> pywraplp.MPSolverParameters:
    """What is simplified each time is another model each time, of which nothing can be begun."""
    parameters = pywraplp.MPSolverParameters()
    parameters.SetIntegerParam(parameters.LP_ALGORITHM, parameters.PRIMAL)
    parameters.SetIntegerParam(parameters.PRESOLVE, parameters.PRESOLVE_OFF)
    return parameters


def _copied_out(model: cp_model.CpModel) -> Any:
    """The model as a message of the protocol buffers' own library.

    By way of a file: to ask the model itself for each figure takes three times as long.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.pb"
        if not model.export_to_file(str(path)):
            raise OSError(f"{path} could not be written")
        return cp_model_pb2.CpModelProto.FromString(path.read_bytes())


def _rows_of(proto: Any) -> Iterator[Row]:
    for constraint in proto.constraints:
        conditions = constraint.enforcement_literal
        unless = [-literal - 1 for literal in conditions]
        kind = constraint.WhichOneof("constraint")
        if kind == "bool_or":
            yield _of_literals([*constraint.bool_or.literals, *unless], 1, None)
        elif kind == "bool_and":
            for literal in constraint.bool_and.literals:
                yield _of_literals([literal, *unless], 1, None)
        elif conditions:
            continue
        elif kind == "linear":
            yield _of_linear(constraint.linear)
        elif kind == "at_most_one":
            yield _of_literals(constraint.at_most_one.literals, None, 1)
        elif kind == "exactly_one":
            yield _of_literals(constraint.exactly_one.literals, 1, 1)


def _of_linear(linear: Any) -> Row:
    low, high = linear.domain[0], linear.domain[-1]
    return Row(
        tuple(linear.vars),
        tuple(linear.coeffs),
        None if low <= cp_model.INT_MIN else low,
        None if high >= cp_model.INT_MAX else high,
    )


def _of_literals(literals: Iterable[int], low: int | None, high: int | None) -> Row:
    """So many of the literals hold; a negative one stands for "not" the variable."""
    found = tuple(literals)
    if min(found, default=0) >= 0:
        return Row(found, (1,) * len(found), low, high)
    negated = sum(1 for literal in found if literal < 0)
    return Row(
        tuple(literal if literal >= 0 else -literal - 1 for literal in found),
        tuple(1 if literal >= 0 else -1 for literal in found),
        None if low is None else low - negated,
        None if high is None else high - negated,
    )
