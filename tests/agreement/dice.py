"""Seeded chance with a temper: some organisations are hemmed in everywhere, some hardly at all."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

Item = TypeVar("Item")

TEMPERS = (0.15, 0.4, 0.8)
"""How often a restriction that could be there is there."""


class Dice(Random):
    """Random numbers of one seed. Restrictions are rarer in organisations of a mild temper."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.temper = TEMPERS[seed % len(TEMPERS)]

    def chance(self, probability: float) -> bool:
        """True with this probability, whatever the temper."""
        return self.random() < probability

    def limit(self, free: Item, limited: Sequence[Item]) -> Item:
        """One of the restrictions, or the free value; the temper says which is likelier."""
        return self.choice(limited) if self.random() < self.temper else free
