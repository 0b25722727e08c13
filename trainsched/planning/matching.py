"""Bipartite matching of people to duty places, for days simple enough to need no solver."""

from collections.abc import Sequence


def most_filled(places: Sequence[tuple[Sequence[int], int]], people: set[int]) -> int:
    """The most places that can be filled at once.

    ``places`` are ``(candidates, need)``; each person fills at most one place. Augmenting paths,
    so the places filled so far stay filled: filling the important ones first and going on gives
    the lexicographically best numbers.
    """
    matcher = Matcher(people)
    return sum(matcher.fill(candidates, need) for candidates, need in places)


class Matcher:
    """Fills places one kind after another; what is filled stays filled, by whomever."""

    def __init__(self, people: set[int]) -> None:
        self._people = people
        self._holder: dict[int, int] = {}
        self._candidates: list[tuple[int, ...]] = []
        self._key: list[int] = []

    def fill(self, candidates: Sequence[int], need: int, key: int = 0) -> int:
        """Try to fill ``need`` more places that have these candidates; return how many could be.

        ``key`` stands for the places in ``filled``.
        """
        able = tuple(person for person in candidates if person in self._people)
        filled = 0
        for _ in range(need):
            self._candidates.append(able)
            self._key.append(key)
            if not self._augment(len(self._candidates) - 1, set()):
                self._candidates.pop()
                self._key.pop()
                break
            filled += 1
        return filled

    def widen(self, key: int, candidates: Sequence[int]) -> None:
        """Let the places of the key be filled by these candidates from now on."""
        able = tuple(person for person in candidates if person in self._people)
        for place, other in enumerate(self._key):
            if other == key:
                self._candidates[place] = able

    def filled(self) -> list[tuple[int, int]]:
        """``(key, person)`` of every place filled."""
        return [(self._key[place], person) for person, place in self._holder.items()]

    def _augment(self, place: int, seen: set[int]) -> bool:
        for person in self._candidates[place]:
            if person not in self._holder:
                self._holder[person] = place
                return True
        for person in self._candidates[place]:
            if person in seen:
                continue
            seen.add(person)
            if self._augment(self._holder[person], seen):
                self._holder[person] = place
                return True
        return False
