"""Posts for all duties at a given cost, by search and propagation.

What makes this quick: where no more people can be paid than some moment needs, each of them fills
a place at that moment. So who is bought must have work at every peak, and that decides most.
"""

from collections.abc import Callable

from ortools.sat.python import cp_model

from trainsched.expansion.duty_places import DutyPlaces, Solution
from trainsched.expansion.runs import Turns, in_turn
from trainsched.planning.build import Expression
from trainsched.planning.engine import Engine


def staffed_within(
    places: DutyPlaces, engine: Engine, pounds: int, turns: Turns
) -> tuple[cp_model.CpSolverStatus, Solution | None]:
    """Any posts that cost no more, and fill every place; and how the search ended."""
    model = _Model(places, pounds)
    status, value = in_turn(engine, model.model, turns)
    return status, None if value is None else model.read(value)


class _Model:
    def __init__(self, places: DutyPlaces, pounds: int) -> None:
        self.places = places
        self.model = cp_model.CpModel()
        self._is_bought = {person: self.model.new_bool_var("") for person in places.units}
        self._fills = {fill: self.model.new_bool_var("") for fill in places.fills}
        for place, need in places.need.items():
            here = [self._fills[(*place, person)] for person in places.candidates(*place)]
            self.model.add(cp_model.LinearExpr.sum(here) == need)
        for person, sets in places.meetings.items():
            for met in sets:
                self.model.add_at_most_one([*self._at(person, met), *self._away(person)])
        for one, other in places.pairs_in_order():
            self.model.add_implication(self._is_bought[other], self._is_bought[one])
        for units, most in places.limits():
            of_post = cp_model.LinearExpr.sum([self._is_bought[person] for person in units])
            self.model.add(of_post <= most)
        self._spend_at_most(pounds)

    def _at(self, person: int, places: frozenset[tuple[int, int]]) -> list[cp_model.IntVar]:
        return [self._fills[number, position, person] for number, position in sorted(places)]

    def _away(self, person: int) -> list[cp_model.BoolVarT]:
        bought = self._is_bought.get(person)
        return [] if bought is None else [~bought]

    def _spend_at_most(self, pounds: int) -> None:
        """No more than that; who is bought then fills a place whenever all are needed."""
        price = self.places.price
        self.model.add(
            cp_model.LinearExpr.weighted_sum(
                list(self._is_bought.values()), [price[person] for person in self._is_bought]
            )
            <= pounds
        )
        most = self.places.most_units(pounds)
        for moment in self.places.moments:
            if moment.bought >= most:
                theirs = self.places.by_person(moment.places)
                for person in self._is_bought:
                    at_work = self._at(person, theirs.get(person, frozenset()))
                    self.model.add_exactly_one([*at_work, *self._away(person)])

    def read(self, value: Callable[[Expression], int]) -> Solution:
        """The solution."""
        bought = frozenset(person for person, y in self._is_bought.items() if value(y))
        return bought, tuple(fill for fill, x in self._fills.items() if value(x))
