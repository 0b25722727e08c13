"""A first plan made by rolling through the weeks: each week at its best, the urgent first.

A week is a small model. What decides is how pressing each session is: how many a trainee still
needs against the weeks left for them, and what waits for them in turn. On invented departments of
46 weeks this alone comes within a few sessions of the proven bound.
"""

from collections import defaultdict
from collections.abc import Iterable

from trainsched.planning.build import Build, Expression
from trainsched.planning.draft import DraftSession, placed_by_demand
from trainsched.planning.engine import FIRST_DIVER_ONLY
from trainsched.planning.search.aims import Aim, pursue
from trainsched.planning.search.placing import PlacingAim
from trainsched.planning.search.windows import Window, open_window
from trainsched.problem.offerings import Offering

WEIGHT_OF_PRIORITY = (10_000, 100, 1)
HIGHEST_URGENCY = 100
URGENCY_OF_ONE_A_WEEK = 10
DAYS_IN_WEEK = 7
MOST_FOR_A_WEEK = 0.3
"""Deterministic time."""


def roll_through_weeks(placing: PlacingAim, freed: Iterable[int]) -> None:
    """Place sessions of these offerings week by week, beside those that stand already."""
    search = placing.search
    offerings = [search.problem.offerings[number] for number in sorted(freed)]
    aim = _RollingAim(placing, offerings)
    by_week: dict[int, list[int]] = defaultdict(list)
    for offering in offerings:
        by_week[search.problem.grid.week_of(offering.slot)].append(offering.index)
    for week, numbers in sorted(by_week.items()):
        if search.engine.is_spent:
            return
        aim.week = week
        if not placing.is_worth_while(frozenset(numbers)):
            continue
        window = open_window(search.problem, search.judgements, search.sessions, frozenset(numbers))
        pursue(search, window, aim, most=MOST_FOR_A_WEEK, turns=FIRST_DIVER_ONLY)


class _RollingAim(Aim):
    """What is not placed of one week's chances, by how pressing it is."""

    step = "rolling through the weeks"

    def __init__(self, placing: PlacingAim, offerings: list[Offering]) -> None:
        super().__init__(placing.search)
        self.placing = placing
        self.week = 0
        self._weeks = self._weeks_of_demands(offerings)
        self._waiting_for = self._successors()

    def _weeks_of_demands(self, offerings: list[Offering]) -> dict[int, list[int]]:
        weeks: dict[int, set[int]] = defaultdict(set)
        for offering in offerings:
            for demand in offering.attendees:
                weeks[demand].add(self.search.problem.grid.week_of(offering.slot))
        return {demand: sorted(found) for demand, found in weeks.items()}

    def _successors(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for demand in self.search.problem.demands:
            for earlier in demand.after:
                found[earlier].append(demand.index)
        return found

    def objective(self, build: Build, window: Window) -> Expression:  # noqa: ARG002
        """Unplaced sessions of those who could have one, weighted by urgency."""
        placed = placed_by_demand(self.search.sessions)
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
        demand = self.search.problem.demands[number]
        left = max(demand.required - placed.get(number, 0), 0)
        weeks = sum(week >= self.week for week in self._weeks.get(number, ()))
        apart = max(demand.timing.min_gap_days or 0, DAYS_IN_WEEK)
        return 1 + left * URGENCY_OF_ONE_A_WEEK * apart // (DAYS_IN_WEEK * max(weeks, 1))

    def present(self) -> float:
        """Anything is better than a week not looked at."""
        return float("inf")

    def accept(self, sessions: tuple[DraftSession, ...], window: Window) -> bool:
        """Take what leaves no more unplaced than before."""
        return self.placing.accept(sessions, window)
