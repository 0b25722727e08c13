"""The fewest (cheapest) posts with which every duty is filled, where there is no training at all.

What the busiest moment takes is mostly enough, so posts that cost just as much are looked for at
first. If there are none so easily, the linear relaxation says more; and what is open between that
and all posts together is halved again and again. With what it may cost given, a dive along the
reduced costs mostly finds posts at once.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from math import ceil, inf, isfinite

from ortools.sat.python import cp_model

from trainsched.domain.organisation import CoverGoal
from trainsched.expansion.duty_places import DutyPlaces, Solution
from trainsched.expansion.facts import Holder
from trainsched.expansion.offer import Choice, Offer, PostPlace
from trainsched.expansion.part_time import is_part_time
from trainsched.expansion.runs import FOUND, Turns
from trainsched.expansion.staffing_linear import StaffingLinear
from trainsched.expansion.staffing_search import staffed_within
from trainsched.planning.engine import Engine
from trainsched.planning.hand_out import DayCover
from trainsched.problem.problem import Problem

AT_FIRST = (("reduced_costs", 6.0), ("default_lp", 6.0))
IN_BETWEEN = AT_FIRST[:1]
AT_LAST = (("reduced_costs", 60.0), ("default_lp", 60.0))
"""``(search, deterministic time)``; where the one has no luck, the other often has."""
SHARE_OF_A_LINEAR_SOLVER = 0.3
"""Of the seconds that are left, where time is limited and other looks come after."""
MOST_FOR_THE_TREE_AT_ONCE, MOST_FOR_THE_TREE_SOON = 1_000, 10_000
"""Ways to fill places: with fewer the tree search mostly ends in no time, or soon."""
LAST = 5
"""After so many other looks."""
NOT_EVEN_ALL = "Not even all listed posts together fill every duty."
TOLERANCE = 1e-6
PART_OF_TOLERANCE = 1e-7
"""Of a bound: what linear solvers may be wrong by."""


@dataclass(frozen=True, slots=True)
class Staffing:
    """``holders`` fill every duty. ``filled`` is by cover day, in the numbers of ``problem``.

    ``pounds`` None: no posts were found. ``is_impossible``: not even all listed posts together can,
    and ``reason`` says why in a sentence.
    """

    holders: tuple[Holder, ...]
    filled: dict[int, DayCover]
    problem: Problem | None
    pounds: int | None
    least_pounds: int
    is_impossible: bool = False
    reason: str = ""

    @property
    def is_proved(self) -> bool:
        """Whether nothing cheaper will do, or nothing at all."""
        return self.is_impossible or self.pounds == self.least_pounds

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


def least_cost_from(bound: float, step: int) -> int:
    """The least whole number of steps that is not below the bound; 0 where there is none yet."""
    if not isfinite(bound):
        return 0
    return ceil((bound - max(TOLERANCE, PART_OF_TOLERANCE * bound)) / step) * step


def cheapest_staffing(offer: Offer, engine: Engine) -> Staffing:
    """The least cost at which every duty is filled, with a proven bound."""
    return _Hunt(DutyPlaces(offer), engine).run()


class _Hunt:
    """What is known of the least cost while ever longer searches narrow it."""

    def __init__(self, places: DutyPlaces, engine: Engine) -> None:
        self.places = places
        self.engine = engine
        self.reason = places.out_of_reach()
        self.is_impossible = self.reason is not None
        self.least = 0 if self.is_impossible else places.least_pounds
        self.best: Solution | None = None

    @cached_property
    def linear(self) -> StaffingLinear:
        """The mixed-integer model, built when it is needed."""
        return StaffingLinear(self.places)

    def run(self) -> Staffing:
        """Search until value and bound meet, or nothing is left to try."""
        looks: list[Callable[[], None]] = [
            self._look_for_any,
            partial(self._look_at_the_bound, AT_FIRST),
            self._relax,
            self._look_in_between,
            partial(self._look_at_the_bound, AT_LAST),
        ]
        looks.insert(self._turn_of_the_tree, self._search_the_tree)
        for look in looks:
            if not self._is_over:
                look()
        return self._staffing()

    @property
    def _turn_of_the_tree(self) -> int:
        ways = len(self.places.fills)
        if ways <= MOST_FOR_THE_TREE_AT_ONCE:
            return 0
        return 3 if ways <= MOST_FOR_THE_TREE_SOON else LAST

    @property
    def _is_over(self) -> bool:
        met = self.best is not None and self.places.pounds(self.best) <= self.least
        return met or self.is_impossible or self.engine.is_spent

    def _look_for_any(self) -> None:
        """Any posts at all, whatever they cost."""
        status = self._look(self.places.pounds_of_all, AT_FIRST)
        self.is_impossible = status == cp_model.INFEASIBLE

    def _look_at_the_bound(self, turns: Turns) -> None:
        """Look for posts that cost no more than they must; if there are none, it is a step more."""
        if self._look(self.least, turns) == cp_model.INFEASIBLE:
            self.least += self.places.step

    def _relax(self) -> None:
        """Raise the bound by the linear relaxation, and look there, if it is any higher."""
        bound = self.linear.relaxed_bound(SHARE_OF_A_LINEAR_SOLVER * self.engine.seconds_left)
        self.is_impossible = bound == inf
        least = least_cost_from(bound, self.places.step)
        if least > self.least and not self.is_impossible:
            self.least = least
            self._look_at_the_bound(AT_FIRST)

    def _look_in_between(self) -> None:
        """Halve what is open between the best and what was looked for in vain."""
        in_vain = self.least
        while self.best is not None and not self._is_over:
            steps = (self.places.pounds(self.best) - in_vain) // self.places.step
            if steps < 2:
                break
            middle = in_vain + steps // 2 * self.places.step
            status = self._look(middle, IN_BETWEEN)
            if status not in FOUND:
                in_vain = middle
            if status == cp_model.INFEASIBLE:
                self.least = middle + self.places.step

    def _look(self, pounds: int, turns: Turns) -> cp_model.CpSolverStatus:
        status, found = staffed_within(self.places, self.engine, pounds, turns)
        self._keep(found)
        return status

    def _search_the_tree(self) -> None:
        is_last = self._turn_of_the_tree == LAST
        seconds = (1.0 if is_last else SHARE_OF_A_LINEAR_SOLVER) * self.engine.seconds_left
        found, bound, self.is_impossible = self.linear.cheapest(seconds)
        self._keep(found)
        self.least = max(self.least, least_cost_from(bound, self.places.step))

    def _keep(self, found: Solution | None) -> None:
        """Keep it if it is the best; whoever fills no place is not needed in it."""
        if found is None:
            return
        bought, fills = found
        needed = bought & {person for _, _, person in fills}
        pounds = self.places.pounds
        if self.best is None or pounds((needed, fills)) < pounds(self.best):
            self.best = needed, fills

    def _staffing(self) -> Staffing:
        """The posts of the best solution, and who fills what."""
        if self.best is None:
            reason = (self.reason or NOT_EVEN_ALL) if self.is_impossible else ""
            return Staffing(
                (), {}, None, None, self.least, is_impossible=self.is_impossible, reason=reason
            )
        people, fills = self.best
        filled: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for number, position, person in fills:
            filled[number].append((position, person))
        cover = {
            number: DayCover(tuple(sorted(filled[number])), (0,) * len(cover_day.places), 0)
            for number, cover_day in enumerate(self.places.problem.cover_days)
        }
        holders = tuple(
            holder
            for holder, person in zip(self.places.holders, self.places.units, strict=True)
            if person in people
        )
        pounds = self.places.pounds(self.best)
        return Staffing(holders, cover, self.places.problem, pounds, self.least)
