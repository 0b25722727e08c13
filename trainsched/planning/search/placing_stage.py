"""The counted goals, stage by stage.

A problem that one model can hold is solved as a whole. A larger one begins with a plan rolled
through its weeks, which is improved around what is still waiting; each department for itself, with
nothing else planned, then gives a bound for all plans.
"""

from trainsched.planning.engine import (
    FIRST_DIVER_FIRST,
    FIRST_DIVER_ONLY,
    SECOND_DIVER_THEN_CROWD,
    Turns,
)
from trainsched.planning.search.aims import Aim, Pursued, pursue, sweep
from trainsched.planning.search.by_department import bound_each_department
from trainsched.planning.search.mending import mend_around_waiting
from trainsched.planning.search.placing import OneCountedAim, PlacingAim
from trainsched.planning.search.placing_and_sharing import PlacingAndSharingAim
from trainsched.planning.search.rolling import roll_through_weeks
from trainsched.planning.search.state import Search
from trainsched.planning.search.windows import (
    MOST_CHOICES_AS_A_WHOLE,
    blocks,
    choices,
    weeks_of_departments,
    weeks_of_everything,
    whole_window,
)
from trainsched.problem.demands import MUST, PRIORITIES

SHARE_OF_PLACING = 0.6
SHARE_OF_ONE_GOAL = 0.15
CHOICES_DIVED_A_SECOND = 5_000
"""Rather more than a common machine does."""
MOST_FOR_A_DIVE = 2.5
MOST_FOR_WEEKS = 0.3
MOST_FOR_A_BLOCK = 6.0
MOST_FOR_THE_WHOLE = 12.0
"""Deterministic time, the last four."""


def place_sessions(search: Search, *, with_share: bool = False) -> None:
    """Place as many sessions as can be, the most important first.

    ``with_share``: the first dive also asks for the worst-off trainee's share, whose figures are
    there afterwards if that proved it.
    """
    aim = PlacingAim(search)
    aim.note()
    if choices(search.problem) > MOST_CHOICES_AS_A_WHOLE:
        if not aim.proves_all():
            _Placing(search, aim).place_piece_by_piece()
        return
    if not aim.proves_all():
        _Placing(search, aim).place_as_a_whole(with_share=with_share)
        _settle_one_by_one(search, aim)


class _Placing:
    """Placing within this stage's share of the time."""

    def __init__(self, search: Search, aim: PlacingAim) -> None:
        self.search, self.aim = search, aim
        self.until = search.engine.deterministic_left * (1 - SHARE_OF_PLACING)

    def is_over(self) -> bool:
        """Whether nothing is left to do, or no time."""
        engine = self.search.engine
        return engine.is_spent or engine.deterministic_left <= self.until or self.aim.proves_all()

    def place_as_a_whole(self, *, with_share: bool) -> None:
        """The first diver often ends it; if not, its bound is mostly right.

        Then the weeks are rolled through and improved until the bound is met, and only what is
        left after that is tried with all means. Where the clock leaves too little for a dive, the
        weeks come first.
        """
        needed = choices(self.search.problem) / CHOICES_DIVED_A_SECOND
        if self.search.engine.seconds_left >= needed:
            aim = PlacingAndSharingAim(self.aim) if with_share else self.aim
            first = self._pursue(aim, FIRST_DIVER_FIRST, MOST_FOR_A_DIVE)
            aim.raise_bound(first.bound)
            self.search.spare_build = first.build
            if self.is_over():
                return
        self._roll()
        self._sweep(weeks_of_departments(self.search.problem), MOST_FOR_WEEKS)
        if not self.is_over():
            last = self._pursue(self.aim, SECOND_DIVER_THEN_CROWD, MOST_FOR_THE_WHOLE)
            self.aim.raise_bound(last.bound)

    def place_piece_by_piece(self) -> None:
        """Roll through the departments, improve what is near, prove, and try what is left."""
        problem = self.search.problem
        self.search.engine.presolve_once()
        self._roll()
        for priority in range(len(PRIORITIES)):
            mend_around_waiting(self.aim, priority, self.is_over)
        if self.aim.proves_all() or self.search.engine.must_stop:
            return
        bound_each_department(self.search, MUST)
        self.aim.take_bounds()
        self._sweep(weeks_of_departments(problem), MOST_FOR_WEEKS)
        self._sweep(blocks(problem), MOST_FOR_A_DIVE)
        self._sweep(weeks_of_everything(problem), MOST_FOR_WEEKS)
        self._sweep(blocks(problem), MOST_FOR_A_BLOCK, SECOND_DIVER_THEN_CROWD)
        for priority in range(MUST + 1, len(PRIORITIES)):
            bound_each_department(self.search, priority)
        self.aim.take_bounds()

    def _roll(self) -> None:
        """First what leaves no choice of people; later it would find no time.

        Cohorts need everybody at once, and each trainee's own officer is one person whom anything
        else could take, on duty or in training, though others would do.
        """
        problem = self.search.problem
        cohorts, officers = set[int](), set[int]()
        for offering in problem.offerings:
            needs = problem.activities[offering.activity]
            if needs.activity.together and len(offering.attendees) > 1:
                cohorts.add(offering.index)
            elif any(role.of_officers for role in needs.roles):
                officers.add(offering.index)
        rest = [block - cohorts - officers for block in blocks(problem)]
        roll_through_weeks(self.aim, [cohorts])
        roll_through_weeks(self.aim, [officers, *rest])

    def _sweep(
        self, pieces: list[frozenset[int]], most: float, turns: Turns = FIRST_DIVER_ONLY
    ) -> None:
        """Free one piece after another around what is waiting, as long as it helps."""
        sweep(self.search, self.aim, pieces, self.is_over, most=most, turns=turns)

    def _pursue(self, aim: Aim, turns: Turns, most: float) -> Pursued:
        search = self.search
        window = whole_window(search.problem, search.judgements, search.sessions)
        return pursue(search, window, aim, most=most, turns=turns)


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
