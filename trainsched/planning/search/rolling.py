"""A first plan made by rolling through the weeks: each week at its best, the urgent first.

A week is a small model. What decides is how pressing each session is: how many a trainee still
needs against the weeks left for them, and what waits for them in turn. On invented departments of
46 weeks this alone comes within a few sessions of the proven bound.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence

from trainsched.planning.build import Build, Expression
from trainsched.planning.draft import DraftSession
from trainsched.planning.engine import FIRST_DIVER_ONLY
from trainsched.planning.search.aims import Aim, pursue
from trainsched.planning.search.placing import PlacingAim
from trainsched.planning.search.windows import Window, open_window
from trainsched.problem.demands import Demand
from trainsched.problem.offerings import Offering

WEIGHT_OF_PRIORITY = (10_000, 100, 1)
HIGHEST_URGENCY = 100
MOST_A_DAY = 1
DAYS_IN_WEEK = 7
MOST_FOR_A_WEEK = 0.1
"""Deterministic time."""


def roll_through_weeks(placing: PlacingAim, pieces: Sequence[Collection[int]]) -> None:
    """Place sessions of these offerings week by week, beside those that stand already.

    A week is taken a piece at a time, and all pieces of it before the next week: who trains in
    several departments finds out in time how little is left.
    """
    search = placing.search
    offerings = [search.problem.offerings[number] for piece in pieces for number in sorted(piece)]
    aim = _RollingAim(placing, offerings)
    by_week: dict[int, list[list[int]]] = defaultdict(lambda: [[] for _ in pieces])
    for position, piece in enumerate(pieces):
        for number in sorted(piece):
            week = search.problem.grid.week_of(search.problem.offerings[number].slot)
            by_week[week][position].append(number)
    for week, parts in sorted(by_week.items()):
        aim.week = week
        for numbers in parts:
            if search.engine.is_spent:
                return
            freed = frozenset(numbers)
            if placing.is_worth_while(freed):
                window = open_window(
                    search.problem,
                    search.judgements,
                    search.standing,
                    freed,
                    only=search.standing.waiting,
                )
                pursue(search, window, aim, most=MOST_FOR_A_WEEK, turns=FIRST_DIVER_ONLY)


class _RollingAim(Aim):
    """What is not placed of one week's chances, by how pressing it is."""

    step = "rolling through the weeks"

    def __init__(self, placing: PlacingAim, offerings: list[Offering]) -> None:
        super().__init__(placing.search)
        self.placing = placing
        self.week = 0
        self._chances = self._chances_of_demands(offerings)
        self._waiting_for = self._successors()

    def _chances_of_demands(self, offerings: list[Offering]) -> dict[int, list[tuple[int, float]]]:
        """For each demand its weeks, each with how many sessions it could hold by its own rules."""
        grid = self.search.problem.grid
        days: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
        for offering in offerings:
            day = grid.day_of(offering.slot)
            for demand in offering.attendees:
                days[demand][grid.week_of(offering.slot)].add(day)
        return {
            number: [
                (week, self._most_in_week(self.search.problem.demands[number], len(found)))
                for week, found in sorted(by_week.items())
            ]
            for number, by_week in days.items()
        }

    @staticmethod
    def _most_in_week(demand: Demand, days: int) -> float:
        timing = demand.timing
        most = float(days * (timing.max_per_day or MOST_A_DAY))
        if timing.max_per_week is not None:
            most = min(most, timing.max_per_week)
        if timing.min_gap_days:
            most = min(most, DAYS_IN_WEEK / timing.min_gap_days)
        return max(most, 0.1)

    def _successors(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for demand in self.search.problem.demands:
            for earlier in demand.after:
                found[earlier].append(demand.index)
        return found

    def objective(self, build: Build, window: Window) -> Expression:  # noqa: ARG002
        """Unplaced sessions of those who could have one, weighted by urgency."""
        placed = self.search.standing.placed
        demands = build.problem.demands
        total: list[Expression] = []
        for number in sorted(build.offerings_of_demand):
            demand = demands[number]
            if placed.get(number, 0) < demand.required:
                waiting = [number, *self._waiting_for[number]]
                urgency = sum(self._urgency(other, placed) for other in waiting)
                weight = WEIGHT_OF_PRIORITY[demand.priority] * min(urgency, HIGHEST_URGENCY)
                total.append(weight * build.unplaced[number])
        return sum(total)

    def _urgency(self, number: int, placed: dict[int, int]) -> int:
        """How much of the chances that are left is needed."""
        demand = self.search.problem.demands[number]
        left = max(demand.required - placed.get(number, 0), 0)
        if demand.weekly:
            return HIGHEST_URGENCY
        chances = sum(most for week, most in self._chances.get(number, ()) if week >= self.week)
        return 1 + int(HIGHEST_URGENCY * min(left / max(chances, 1.0), 1.0))

    def present(self) -> float:
        """Anything is better than a week not looked at."""
        return float("inf")

    def accept(self, sessions: tuple[DraftSession, ...], window: Window) -> bool:
        """Take what leaves no more unplaced than before."""
        return self.placing.accept(sessions, window)
