"""The counted goals, stage by stage.

A problem that one model can hold is solved as a whole. A larger one begins with a plan rolled
through its weeks, which is improved around what is still waiting; each department for itself, with
nothing else planned, then gives a bound for all plans.
"""

from trainsched.planning.engine import FIRST_DIVER_ONLY, SECOND_DIVER_THEN_CROWD, Turns
from trainsched.planning.search.aims import EVERYTHING_LEFT, Pursued, pursue, sweep
from trainsched.planning.search.placing import OneCountedAim, PlacingAim
from trainsched.planning.search.rolling import roll_through_weeks
from trainsched.planning.search.state import Search
from trainsched.planning.search.windows import (
    MOST_CHOICES_AS_A_WHOLE,
    blocks,
    choices,
    open_window,
    weeks_of_departments,
    weeks_of_everything,
    whole_window,
)
from trainsched.problem.part import without_order_across

SHARE_OF_PLACING = 0.6
SHARE_OF_ONE_GOAL = 0.15
MOST_ROUNDS = 3
MOST_FOR_A_DIVE = 2.5
MOST_FOR_WEEKS = 0.5
MOST_FOR_THE_WHOLE = 12.0
"""Deterministic time, the last three."""


def place_sessions(search: Search) -> None:
    """Place as many sessions as can be, the most important first."""
    aim = PlacingAim(search)
    aim.note()
    if aim.proves_all():
        return
    if choices(search.problem) <= MOST_CHOICES_AS_A_WHOLE:
        _Placing(search, aim).place_as_a_whole()
        _settle_one_by_one(search, aim)
    else:
        _Placing(search, aim).place_piece_by_piece()


class _Placing:
    """Placing within this stage's share of the time."""

    def __init__(self, search: Search, aim: PlacingAim) -> None:
        self.search, self.aim = search, aim
        self.everything = frozenset(range(len(search.problem.offerings)))
        self.until = search.engine.deterministic_left * (1 - SHARE_OF_PLACING)

    def is_over(self) -> bool:
        """Whether nothing is left to do, or no time."""
        engine = self.search.engine
        return engine.is_spent or engine.deterministic_left <= self.until or self.aim.proves_all()

    def place_as_a_whole(self) -> None:
        """The first diver often ends it; if not, its bound is mostly right.

        Then the weeks are rolled through and improved until the bound is met, and only what is
        left after that is tried with all means.
        """
        self.aim.raise_bound(self._pursue(FIRST_DIVER_ONLY, MOST_FOR_A_DIVE).bound)
        if self.is_over():
            return
        for block in blocks(self.search.problem):
            roll_through_weeks(self.aim, block)
        self._sweep(weeks_of_departments(self.search.problem), MOST_FOR_WEEKS)
        if not self.is_over():
            self.aim.raise_bound(self._pursue(SECOND_DIVER_THEN_CROWD, MOST_FOR_THE_WHOLE).bound)

    def place_piece_by_piece(self) -> None:
        """Roll through each department, improve, prove."""
        for block in blocks(self.search.problem):
            roll_through_weeks(self.aim, block)
        problem = self.search.problem
        self._sweep(weeks_of_departments(problem), MOST_FOR_WEEKS)
        self._sweep(blocks(problem), MOST_FOR_A_DIVE)
        self._sweep(weeks_of_everything(problem), MOST_FOR_WEEKS)
        if not (self.aim.proves_all() or self.search.engine.must_stop):
            self.aim.raise_bound(self._bound_by_departments())

    def _sweep(self, pieces: list[frozenset[int]], most: float) -> None:
        """Free one piece after another around what is waiting, as long as it helps."""
        sweep(self.search, self.aim, pieces, self.is_over, most=most, turns=FIRST_DIVER_ONLY)

    def _pursue(self, turns: Turns, most: float) -> Pursued:
        search = self.search
        window = open_window(search.problem, search.judgements, search.sessions, self.everything)
        return pursue(search, window, self.aim, most=most, turns=turns)

    def _bound_by_departments(self) -> int:
        """A bound for all plans: no department places more than with nothing else planned."""
        search, aim = self.search, self.aim
        nothing = sum(w * counted.most for w, counted in zip(aim.weights, aim.goals, strict=True))
        most_placed = 0
        for block in blocks(search.problem):
            if search.engine.is_spent:
                return 0
            relaxed = without_order_across(search.problem, block)
            window = open_window(relaxed, search.judgements, (), block)
            build = window.build()
            build.model.minimize(aim.objective(build, window))
            solved = search.engine.solve(
                build.model,
                EVERYTHING_LEFT,
                aim.step,
                most=MOST_FOR_A_DIVE,
                turns=FIRST_DIVER_ONLY,
            )
            most_placed += nothing - solved.bound
        return nothing - most_placed


def _settle_one_by_one(search: Search, placing: PlacingAim) -> None:
    """Each goal that is still open on its own: a better value, or a better bound."""
    for position, counted in enumerate(placing.goals):
        if placing.proves_all() or search.engine.is_spent:
            return
        if not search.figures[counted.goal].is_proved:
            aim = OneCountedAim(placing, position)
            whole = whole_window(search.problem, search.judgements, search.sessions)
            bound = pursue(search, whole, aim, share=SHARE_OF_ONE_GOAL).bound
            search.figures[counted.goal].raise_bound(bound)
