"""Trainees who are alike, counted rather than told apart.

Some may be newcomers of whom nobody knows yet how many there will be: their number is then a
variable of the model, and so is the number of those whom one training officer gets of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

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
        return self.times * part_of(self.size, self.turn, self.every)


def part_of(newcomers: int, turn: int, every: int) -> int:
    """How many of the newcomers the officer at ``turn`` gets, of so many officers."""
    return -(-max(newcomers - turn, 0) // every)


@dataclass(slots=True)
class Newcomers:
    """A variable for their number, and one for each officer's part of them."""

    model: cp_model.CpModel
    number: cp_model.IntVar
    _parts: dict[tuple[int, int], cp_model.IntVar] = field(default_factory=dict)

    def part(self, crowd: Crowd) -> cp_model.IntVar:
        """The part of the officer at the crowd's turn, rounded up for those at the first turns.

        ``newcomers - turn <= every x part <= newcomers - turn + every - 1``.
        """
        if crowd.every == 1:
            return self.number
        key = crowd.turn, crowd.every
        if key not in self._parts:
            most = part_of(crowd.size, crowd.turn, crowd.every)
            part = self.model.new_int_var(0, most, "")
            self.model.add(crowd.every * part >= self.number - crowd.turn)
            self.model.add(crowd.every * part <= self.number - crowd.turn + crowd.every - 1)
            self._parts[key] = part
        return self._parts[key]

    def add_up(self) -> None:
        """Say that all parts together are the newcomers: the relaxation does not know."""
        for officers in sorted({every for _, every in self._parts}):
            parts = [part for (_, every), part in sorted(self._parts.items()) if every == officers]
            if len(parts) == officers:
                self.model.add(cp_model.LinearExpr.sum(parts) == self.number)

    def if_so_many(self, number: int) -> dict[int, int]:
        """What these variables then are, by their index in the model."""
        parts = {
            part.index: part_of(number, turn, every) for (turn, every), part in self._parts.items()
        }
        return {self.number.index: number, **parts}


def newcomers_among(model: cp_model.CpModel, crowds: Iterable[Crowd]) -> Newcomers | None:
    """A variable for the number of newcomers; None where no crowd is of newcomers."""
    sizes = [crowd.size for crowd in crowds if crowd.every]
    return Newcomers(model, model.new_int_var(0, max(sizes), "")) if sizes else None


def number_in(crowd: Crowd, newcomers: Newcomers | None) -> Number:
    """How many a crowd holds: a number, or its part of the newcomers so many times."""
    if newcomers is None or not crowd.every:
        return crowd.size
    return crowd.times * newcomers.part(crowd)
