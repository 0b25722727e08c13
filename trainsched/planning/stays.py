"""Where people may be: for each person and slot, the things that would hold them at a site."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from ortools.sat.python import cp_model


class Stay(NamedTuple):
    """One session or exclusive duty that may hold a person in a slot.

    ``is_bound``: the roster binds the person to it, whatever is planned.
    """

    literal: cp_model.IntVar
    site: str
    is_bound: bool = False


class Stays:
    """All stays by person and slot. What is registered here excludes each other."""

    def __init__(self) -> None:
        self._stays: dict[int, dict[int, list[Stay]]] = defaultdict(lambda: defaultdict(list))

    def add(self, person: int, slot: int, stay: Stay) -> None:
        """The stay may hold the person in the slot."""
        self._stays[person][slot].append(stay)

    def at(self, person: int, slot: int) -> list[Stay]:
        """The stays that may hold the person in the slot."""
        return self._stays[person].get(slot, []) if person in self._stays else []

    def elsewhere(self, person: int, slot: int, site: str) -> list[cp_model.IntVar]:
        """Literals that hold the person at another site in the slot."""
        return [stay.literal for stay in self.at(person, slot) if stay.site != site]

    def people(self) -> Iterator[tuple[int, dict[int, list[Stay]]]]:
        """Every person with their stays by slot, in order."""
        for person in sorted(self._stays):
            yield person, self._stays[person]
