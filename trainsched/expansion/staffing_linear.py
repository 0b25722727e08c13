"""The cheapest posts for all duties as a mixed-integer model, whose relaxation is tight.

x[place, person] and y[unit]: each place is filled, and the sum of x over places of which a person
can fill one only is at most 1, or their y. It sees how many are needed at once.
"""

from datetime import timedelta

from ortools.math_opt.python import mathopt  # type: ignore[import-untyped]

from trainsched.expansion.duty_places import DutyPlaces, Solution

MOST_NODES = 3000
"""Nodes of the search tree: a limit that does not depend on the machine's load."""


class StaffingLinear:
    """The model over all cover days."""

    def __init__(self, places: DutyPlaces) -> None:
        self.model = mathopt.Model()
        self._is_bought = {
            person: self.model.add_binary_variable(name=f"y{person}") for person in places.units
        }
        self._fills = {fill: self.model.add_binary_variable() for fill in places.fills}
        self._fill_every_place(places)
        for person, sets in places.meetings.items():
            most = self._is_bought.get(person, 1)
            for met in sets:
                mine = [self._fills[number, n, person] for number, n in sorted(met)]
                self.model.add_linear_constraint(mathopt.fast_sum(mine) <= most)
        for one, other in places.pairs_in_order():
            self.model.add_linear_constraint(self._is_bought[one] >= self._is_bought[other])
        for units, most in places.limits():
            of_post = mathopt.fast_sum(self._is_bought[person] for person in units)
            self.model.add_linear_constraint(of_post <= most)
        self.model.minimize(
            mathopt.fast_sum(
                price * self._is_bought[person] for person, price in places.price.items()
            )
        )

    def _fill_every_place(self, places: DutyPlaces) -> None:
        for place, need in places.need.items():
            here = [self._fills[(*place, person)] for person in places.candidates(*place)]
            self.model.add_linear_constraint(mathopt.fast_sum(here) == need)

    def relaxed_bound(self, seconds: float) -> float:
        """The least cost of the linear relaxation: infinite when even that has no solution.

        Minus infinity where it came to no end.
        """
        relaxed = [*self._is_bought.values(), *self._fills.values()]
        for variable in relaxed:
            variable.integer = False
        params = mathopt.SolveParameters(time_limit=_limit(seconds))
        result = mathopt.solve(self.model, mathopt.SolverType.GLOP, params=params)
        for variable in relaxed:
            variable.integer = True
        if result.termination.reason is mathopt.TerminationReason.INFEASIBLE:
            return float("inf")
        if result.termination.reason is not mathopt.TerminationReason.OPTIMAL:
            return float("-inf")
        return float(result.objective_value())

    def cheapest(self, seconds: float) -> tuple[Solution | None, float, bool]:
        """The best solution found, a proven bound, and whether it is proved that there is none."""
        result = mathopt.solve(
            self.model,
            mathopt.SolverType.HIGHS,
            params=mathopt.SolveParameters(
                enable_output=False,
                node_limit=MOST_NODES,
                time_limit=_limit(seconds),
                relative_gap_tolerance=0.0,
            ),
        )
        is_impossible = result.termination.reason is mathopt.TerminationReason.INFEASIBLE
        bound = float(result.termination.objective_bounds.dual_bound)
        if not result.has_primal_feasible_solution():
            return None, bound, is_impossible
        value = result.variable_values()
        bought = frozenset(person for person, y in self._is_bought.items() if value[y] > 0.5)
        fills = tuple(fill for fill, x in self._fills.items() if value[x] > 0.5)
        return (bought, fills), bound, False


def _limit(seconds: float) -> timedelta | None:
    return None if seconds == float("inf") else timedelta(seconds=max(seconds, 0.01))
