"""Trainees who are alike, counted rather than told apart.

Some may be newcomers of whom nobody knows yet how many there will be: their number is then a
variable of the model, and so is the number of those whom one training officer gets of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ortools.sat.python import cp_model

Number = cp_model.LinearExpr | int


@dataclass(frozen=True, slots=True)
class Crowd:
    """``size`` trainees alike; or, with ``every`` > 0, a part of at most ``size`` newcomers.

    They are dealt out in turn to so many officers; the part is that of the one at ``turn``, from 0.
    So many come ``times``, as one for each year of a programme of which every year takes the same.
    """

    size: int
    turn: int = 0
    every: int = 0
    times: int = 1

    @property
    def most(self) -> int:
        """How many the crowd holds at the most."""
        if not self.every:
            return self.size
        return self.times * -(-max(self.size - self.turn, 0) // self.every)


def newcomers_among(model: cp_model.CpModel, alike: Mapping[int, Crowd]) -> cp_model.IntVar | None:
    """A variable for the number of newcomers; None where no crowd is of newcomers."""
    sizes = [crowd.size for crowd in alike.values() if crowd.every]
    return model.new_int_var(0, max(sizes), "newcomers") if sizes else None


def number_in(model: cp_model.CpModel, crowd: Crowd, newcomers: cp_model.IntVar | None) -> Number:
    """How many a crowd holds: its part of the newcomers, rounded up for those at the first turns.

    ``newcomers - turn <= every x part <= newcomers - turn + every - 1``, and so many ``times``.
    """
    if newcomers is None or not crowd.every:
        return crowd.size
    if crowd.every == 1:
        return crowd.times * newcomers
    part = model.new_int_var(0, crowd.most // crowd.times, f"newcomers[{crowd.turn}]")
    model.add(crowd.every * part >= newcomers - crowd.turn)
    model.add(crowd.every * part <= newcomers - crowd.turn + crowd.every - 1)
    return crowd.times * part
