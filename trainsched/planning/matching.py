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

    def fill(self, candidates: Sequence[int], need: int) -> int:
        """Try to fill ``need`` more places that have these candidates; return how many could be."""
        able = tuple(person for person in candidates if person in self._people)
        filled = 0
        for _ in range(need):
            self._candidates.append(able)
            if not self._augment(len(self._candidates) - 1, set()):
                self._candidates.pop()
                break
            filled += 1
        return filled

    def _augment(self, place: int, seen: set[int]) -> bool:
        for person in self._candidates[place]:
            if person in seen:
                continue
            seen.add(person)
            if person not in self._holder or self._augment(self._holder[person], seen):
                self._holder[person] = place
                return True
        return False
