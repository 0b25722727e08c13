"""A model in which newcomers are counted, and what its linear relaxation says of it.

The relaxation of their number says less than that of one number after another: how many each
training officer then gets is a whole number. Most of what its solution has is whole too, so a plan
for so many is mostly found near it.
"""

from collections.abc import Callable, Sequence
from functools import cached_property

from ortools.sat.python import cp_model

from trainsched.expansion.climbing import most_without_lack
from trainsched.expansion.linear import Relaxation, Relaxed
from trainsched.expansion.newcomers import scarce_for
from trainsched.expansion.relaxed import SEARCH
from trainsched.expansion.runs import FOUND, Run, cheapest
from trainsched.planning.build import Build, Expression
from trainsched.planning.crowd import Newcomers
from trainsched.planning.engine import Engine
from trainsched.planning.goals.unplaced_must import unplaced_must
from trainsched.planning.hints import hint_solution
from trainsched.planning.rules.group_size import nobody_attends_a_share

NEARLY = 1e-6
MOST_VARIABLES = 150_000
FOR_A_FIRST_BOUND = 2.0
NEAR_RELAXATION = 2.0
"""Deterministic time."""

Value = Callable[[Expression], int]
"""Reads a solution."""


class CountedModel:
    """The model does not say that every must is placed, nor how many newcomers there are."""

    def __init__(self, engine: Engine, build: Build, newcomers: Newcomers) -> None:
        self.engine = engine
        self.build = build
        self.newcomers = newcomers
        nobody_attends_a_share(build)
        self._lacking = {
            build.unplaced[demand.index].index: 1
            for demand in build.problem.demands
            if demand.priority == 0
        }
        self._relaxed: dict[int, Relaxed | None] = {}
        self.lacked: dict[int, list[int]] = {}
        """The demands that lacked sessions near the relaxation with so many newcomers."""

    def with_so_many(self, number: int) -> cp_model.CpModel:
        """The model with so many newcomers, and every must placed."""
        model = self.build.model.clone()
        model.add(unplaced_must(self.build) == 0)
        model.add(self.newcomers.number == number)
        return model

    def most(self, low: int, high: int, *, guess: int) -> int:
        """A number that newcomers are proved not to exceed, ``low`` at least and at most ``high``.

        So many as are ``low`` have room, as is known.
        """

        def lacking(number: int) -> int | None:
            relaxed = self._if_so_many(number)
            return None if relaxed is None else relaxed.bound

        return most_without_lack(lacking, low, high, start=guess)

    @cached_property
    def is_small(self) -> bool:
        """Whether the relaxation is soon solved."""
        return len(self.build.model.proto.variables) <= MOST_VARIABLES

    def first_bound(self, most: int) -> int:
        """The same by the search for a plan with as many as can be, cut off early.

        Asked as how many fewer there must be, of which 0 is a bound; the solver says 0 too where it
        was cut off before it knew any bound.
        """
        model = self.build.model.clone()
        model.add(unplaced_must(self.build) == 0)
        model.add(self.newcomers.number <= most)
        model.minimize(most - self.newcomers.number)
        answer = cheapest(
            self.engine, model, "most newcomers", most=2 * FOR_A_FIRST_BOUND, searches=(SEARCH,)
        )
        return 0 if answer.fits is False else most - answer.bound

    def near_relaxation(self, number: int) -> Value | None:
        """What reads a plan for so many near the relaxation's solution; None: not found so.

        At first no sessions are in question but those of that solution. Whoever then lacks one may
        have all of theirs at any time, and then so may all whom the same scarce staff could teach,
        until nobody lacks one or that is no help.
        """
        relaxed = self._if_so_many(number) if self.is_small else None
        if relaxed is None or relaxed.bound > 0:
            return None
        attends = self.build.attends
        likely = {key for key, literal in attends.items() if relaxed.values[literal.index] > NEARLY}
        anytime: set[int] = set()
        solution: Sequence[int] = ()
        while not self.engine.is_spent:
            model = self.build.model.clone()
            model.add(self.newcomers.number == number)
            never = [
                literal
                for key, literal in attends.items()
                if key not in likely and key[1] not in anytime
            ]
            model.add(cp_model.LinearExpr.sum(never) == 0)
            model.minimize(unplaced_must(self.build))
            if solution:
                hint_solution(model, solution)
            run = Run(self.engine, model, SEARCH, NEAR_RELAXATION)
            if run.solve(stop_at_value=0.5) not in FOUND:
                return None
            lacking = self._lacking_by(run.solver.value)
            if not lacking:
                self.lacked.pop(number, None)
                return run.solver.value
            self.lacked[number] = lacking
            wider = anytime | self._all_that_they_ask(lacking)
            if wider == anytime:
                wider |= self._all_that_these_could_give(lacking)
            if wider == anytime:
                return None
            solution = run.solver.response_proto.solution
            anytime = wider
        return None

    def _lacking_by(self, value: Value) -> list[int]:
        """The musts of which sessions lack."""
        return [
            demand.index
            for demand in self.build.problem.demands
            if demand.priority == 0 and value(self.build.unplaced[demand.index])
        ]

    def _all_that_they_ask(self, demands: Sequence[int]) -> set[int]:
        """All that is asked by those whose demands these are."""
        problem = self.build.problem
        whose = {problem.demands[demand].trainee for demand in demands}
        return {demand.index for demand in problem.demands if demand.trainee in whose}

    def _all_that_these_could_give(self, demands: Sequence[int]) -> set[int]:
        """All that could be given by whoever is scarce for these demands."""
        problem = self.build.problem
        scarce = scarce_for(problem, demands)
        return {
            demand
            for offering in problem.offerings
            if any(not scarce.isdisjoint(people) for people in offering.roles)
            for demand in offering.attendees
        }

    def _if_so_many(self, number: int) -> Relaxed | None:
        """How many musts the relaxation lacks with so many; None where it came to no end."""
        if number not in self._relaxed:
            if self.engine.must_stop:
                return None
            self._relaxed[number] = self._relaxation.at_least(
                self._lacking, self.newcomers.if_so_many(number), self.engine.seconds_left
            )
        return self._relaxed[number]

    @cached_property
    def _relaxation(self) -> Relaxation:
        return Relaxation(self.build.model)
