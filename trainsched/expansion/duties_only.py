"""The fewest (cheapest) posts with which every duty is filled, where there is no training at all.

Who fills which place: x[place, person]. In a slot a person is on one exclusive duty at most, and
only if their post is funded: sum of x over the places of a slot <= y. Only the largest sets of
places that meet in a slot are needed. The linear relaxation is tight (it sees how many are needed
at once), so the search first asks for a solution that costs just that.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from math import ceil, gcd, isfinite

from ortools.math_opt.python import mathopt  # type: ignore[import-untyped]
from ortools.sat.python import cp_model

from trainsched.domain.organisation import CoverGoal, Organisation
from trainsched.expansion.facts import Holder, add_holders, every_slot
from trainsched.expansion.offer import Choice, Offer, PostPlace
from trainsched.expansion.part_time import is_part_time
from trainsched.planning.engine import Engine
from trainsched.planning.hand_out import DayCover
from trainsched.problem.index import index
from trainsched.problem.problem import Problem

WORKERS_WHO_LOOK_AROUND = 8
FOR_A_LOOK = 4.0
"""Deterministic time."""
MOST_NODES = 3000
"""Nodes of the search tree: a limit that does not depend on the machine's load."""
TOLERANCE = 1e-6
Places = frozenset[tuple[int, int]]
"""``(cover day, position)`` of places."""


@dataclass(frozen=True, slots=True)
class Staffing:
    """``holders`` fill every duty. ``filled`` is by cover day, in the numbers of ``problem``.

    ``is_impossible``: not even all listed posts together can.
    """

    holders: tuple[Holder, ...]
    filled: dict[int, DayCover]
    problem: Problem | None
    pounds: int | None
    least_pounds: int
    is_impossible: bool = False

    @property
    def choice(self) -> Choice:
        """The holders as counts."""
        count: dict[PostPlace, int] = defaultdict(int)
        for holder in self.holders:
            count[holder.post, holder.department] += 1
        return Choice.of({}, count)


def is_about_duties_only(offer: Offer) -> bool:
    """Whether nothing is asked but full cover, in a way that this model holds exactly."""
    organisation = offer.organisation
    if organisation.cover_goal is not CoverGoal.FULL or any(t.intake for t in offer.targets):
        return False
    if organisation.requirements or organisation.pins:
        return False
    if any(entry.duty for entry in organisation.roster):
        return False
    if any(len(member.departments) > 1 for member in organisation.staff):
        return False
    if any(not trainee.supernumerary for trainee in organisation.trainees):
        return False
    return not any(is_part_time(post, organisation.calendar) for post in organisation.posts)


def everybody(offer: Offer) -> tuple[Organisation, tuple[Holder, ...]]:
    """The organisation with every unit that might be bought."""
    slots = every_slot(offer.organisation.calendar).weeks[0]
    count: dict[str, int] = defaultdict(int)
    holders: list[Holder] = []
    for (post, department), most in sorted(offer.places.items()):
        for _ in range(most):
            count[post] += 1
            holders.append(Holder(post, department, count[post], slots))
    return add_holders(offer.organisation, offer.posts, holders), tuple(holders)


class _Model:
    """The mixed-integer model over all cover days."""

    def __init__(self, offer: Offer) -> None:
        self.offer = offer
        organisation, self.holders = everybody(offer)
        self.problem = index(organisation)
        by_id = {person.person_id: person.index for person in self.problem.people}
        self.person = [by_id[f"POST-{h.post}-{h.number}"] for h in self.holders]
        self.prices = [offer.prices.of_post(offer.posts[h.post]) for h in self.holders]
        self.model = mathopt.Model()
        self.comes = {p: self.model.add_binary_variable(name=f"y{p}") for p in self.person}
        self.fills: dict[tuple[int, int, int], mathopt.Variable] = {}
        self.is_impossible = False
        self._fill_places()
        self.meetings = dict(sorted(self._meetings().items()))
        for person, sets in self.meetings.items():
            for places in sets:
                self._meet(person, places)
        self._order_units()
        self.pounds = mathopt.fast_sum(
            price * self.comes[person]
            for price, person in zip(self.prices, self.person, strict=True)
        )

    def _fill_places(self) -> None:
        for number, cover_day in enumerate(self.problem.cover_days):
            for position, place in enumerate(cover_day.places):
                if len(place.candidates) < place.need:
                    self.is_impossible = True
                here = []
                for person in place.candidates:
                    variable = self.model.add_binary_variable(name=f"x{number},{position},{person}")
                    self.fills[number, position, person] = variable
                    here.append(variable)
                self.model.add_linear_constraint(mathopt.fast_sum(here) == place.need)

    def _meetings(self) -> dict[int, list[Places]]:
        """For each person the largest sets of places of which they can fill one only."""
        found: dict[int, set[Places]] = defaultdict(set)
        for number, cover_day in enumerate(self.problem.cover_days):
            at: dict[tuple[int, object], list[int]] = defaultdict(list)
            for position, place in enumerate(cover_day.places):
                kind = "exclusive" if place.exclusive else (place.department, place.duty)
                for slot in place.slots:
                    at[slot, kind].append(position)
            candidates = [frozenset(place.candidates) for place in cover_day.places]
            for positions in at.values():
                for person in frozenset[int]().union(*(candidates[n] for n in positions)):
                    found[person].add(
                        frozenset((number, n) for n in positions if person in candidates[n])
                    )
        return {person: _largest(sets) for person, sets in found.items()}

    def _meet(self, person: int, places: Places) -> None:
        variables = [self.fills[number, n, person] for number, n in sorted(places)]
        comes = self.comes.get(person)
        if comes is None:
            if len(variables) > 1:
                self.model.add_linear_constraint(mathopt.fast_sum(variables) <= 1)
        else:
            self.model.add_linear_constraint(mathopt.fast_sum(variables) <= comes)

    def _order_units(self) -> None:
        rows: dict[PostPlace, list[int]] = defaultdict(list)
        for holder, person in zip(self.holders, self.person, strict=True):
            rows[holder.post, holder.department].append(person)
        for row in rows.values():
            for one, other in pairwise(row):
                self.model.add_linear_constraint(self.comes[one] >= self.comes[other])
        for post in self.offer.organisation.posts:
            mine = [
                self.comes[person]
                for holder, person in zip(self.holders, self.person, strict=True)
                if holder.post == post.post
            ]
            if post.max_posts is not None and post.max_posts < len(mine):
                self.model.add_linear_constraint(mathopt.fast_sum(mine) <= post.max_posts)

    def relaxed_bound(self) -> float | None:
        """The least cost of the linear relaxation; None when even that has no solution."""
        relaxed = [*self.comes.values(), *self.fills.values()]
        for variable in relaxed:
            variable.integer = False
        self.model.minimize(self.pounds)
        result = mathopt.solve(self.model, mathopt.SolverType.GLOP)
        for variable in relaxed:
            variable.integer = True
        if result.termination.reason is not mathopt.TerminationReason.OPTIMAL:
            return None
        return float(result.objective_value())

    def look_around(self, engine: Engine, most: int) -> Staffing | None:
        """Look for a solution of that cost by repair and local search, for a short while.

        Where few people do many duties this finds in a second what takes the tree search long.
        """
        model = cp_model.CpModel()
        comes = {person: model.new_bool_var(f"y{person}") for person in self.comes}
        fills = {key: model.new_bool_var("") for key in self.fills}
        here: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
        for (number, position, _), literal in fills.items():
            here[number, position].append(literal)
        for (number, position), literals in here.items():
            need = self.problem.cover_days[number].places[position].need
            model.add(sum(literals) == need)
        for person, sets in self.meetings.items():
            away = [comes[person].negated()] if person in comes else []
            for places in sets:
                literals = [fills[number, n, person] for number, n in sorted(places)]
                model.add_at_most_one([*literals, *away])
        prices = zip(self.prices, self.person, strict=True)
        model.add(sum(price * comes[person] for price, person in prices) <= most)
        solver = cp_model.CpSolver()
        parameters = solver.parameters
        parameters.catch_sigint_signal = False
        parameters.random_seed = engine.seed
        parameters.num_workers = WORKERS_WHO_LOOK_AROUND
        parameters.interleave_search = True
        parameters.symmetry_level = 0
        parameters.cp_model_probing_level = 0
        parameters.max_deterministic_time = FOR_A_LOOK
        if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        return self.staffing(
            {person for person, literal in comes.items() if solver.value(literal)},
            [key for key, literal in fills.items() if solver.value(literal)],
            most,
        )

    def solve(self, engine: Engine, most: int | None) -> mathopt.SolveResult:
        """Any solution that costs no more than ``most``; None: the cheapest."""
        row = None
        if most is not None:
            row = self.model.add_linear_constraint(self.pounds <= most)
            self.model.minimize(0)
        else:
            self.model.minimize(self.pounds)
        left = None
        if engine.deadline is not None:
            import time

            left = timedelta(seconds=max(engine.deadline - time.monotonic(), 0.01))
        result = mathopt.solve(
            self.model,
            mathopt.SolverType.HIGHS,
            params=mathopt.SolveParameters(
                enable_output=False, node_limit=MOST_NODES, time_limit=left
            ),
        )
        if row is not None:
            self.model.delete_linear_constraint(row)
        return result

    def read(self, result: mathopt.SolveResult, least: int) -> Staffing:
        """The posts of a solution, and who fills what."""
        values = result.variable_values()
        return self.staffing(
            {person for person, variable in self.comes.items() if values[variable] > 0.5},
            [key for key, variable in self.fills.items() if values[variable] > 0.5],
            least,
        )

    def staffing(self, people: set[int], fills: list[tuple[int, int, int]], least: int) -> Staffing:
        """The posts of these people, and who fills what."""
        used = [
            holder
            for holder, person in zip(self.holders, self.person, strict=True)
            if person in people
        ]
        filled: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for number, position, person in fills:
            filled[number].append((position, person))
        pounds = sum(self.offer.prices.of_post(self.offer.posts[h.post]) for h in used)
        cover = {
            number: DayCover(
                tuple(sorted(filled[number])),
                (0,) * len(cover_day.places),
                0,
            )
            for number, cover_day in enumerate(self.problem.cover_days)
        }
        return Staffing(tuple(used), cover, self.problem, pounds, min(least, pounds))


def _largest(sets: set[Places]) -> list[Places]:
    """Those that lie in no other."""
    kept: list[Places] = []
    holding: dict[tuple[int, int], list[int]] = defaultdict(list)
    for places in sorted(sets, key=lambda s: (-len(s), sorted(s))):
        rarest = min(places, key=lambda place: len(holding[place]))
        if not any(places <= kept[n] for n in holding[rarest]):
            for place in places:
                holding[place].append(len(kept))
            kept.append(places)
    return kept


def least_cost_from(bound: float, step: int) -> int:
    """The least whole number of steps that is not below the bound; 0 where there is none yet."""
    return ceil((bound - TOLERANCE) / step) * step if isfinite(bound) else 0


def cheapest_staffing(offer: Offer, engine: Engine) -> Staffing:
    """The least cost at which every duty is filled, with a proven bound."""
    model = _Model(offer)
    bound = None if model.is_impossible else model.relaxed_bound()
    if bound is None:
        return Staffing((), {}, None, None, 0, is_impossible=True)
    step = gcd(*model.prices) if model.prices else 1
    step = max(step, 1)
    least = least_cost_from(bound, step)
    quickly = model.look_around(engine, least)
    if quickly is not None:
        return quickly
    result = model.solve(engine, least)
    if result.has_primal_feasible_solution():
        return model.read(result, least)
    if result.termination.reason is mathopt.TerminationReason.INFEASIBLE:
        least += step
    result = model.solve(engine, None)
    if result.termination.reason is mathopt.TerminationReason.INFEASIBLE:
        return Staffing((), {}, None, None, least, is_impossible=True)
    least = max(least, least_cost_from(result.termination.objective_bounds.dual_bound, step))
    if not result.has_primal_feasible_solution():
        return Staffing((), {}, None, None, least)
    return model.read(result, least)
