"""Bipartite matching of people to duty places, for days simple enough to need no solver."""

from collections.abc import Sequence

from trainsched.problem.demands import PRIORITIES

Kind = tuple[int, int, int]
"""Equal places: priority, how many, and who could fill them as a mask."""


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


def left_empty(kinds: Sequence[Kind]) -> tuple[int, int, int]:
    """How many places stay empty by priority; the kinds are in its order, as in ``most_filled``."""
    missing = [0] * len(PRIORITIES)
    holders: list[int] = []
    for priority, need, able in kinds:
        holders.append(0)
        for filled in range(need):
            taken = sum(holders)
            free = able & ~taken
            person = free & -free if free else _made_free(kinds, holders, taken, able)
            if not person:
                missing[priority] += need - filled
                break
            holders[-1] |= person
    return missing[0], missing[1], missing[2]


def _made_free(kinds: Sequence[Kind], holders: list[int], taken: int, able: int) -> int:
    """One of ``able``, freed by a chain of people who each take the place of the next; 0 if none.

    ``holders`` are those who fill each kind, and are changed accordingly; ``taken`` is all of them.
    """
    # For each kind met: the kind before it in the chain, and whom that one would take from it.
    came_from: dict[int, tuple[int, int]] = {}
    waiting = [(-1, able)]
    while waiting:
        before, wanted = waiting.pop()
        for kind, held in enumerate(holders):
            if kind in came_from or not held & wanted:
                continue
            given = held & wanted
            came_from[kind] = before, given & -given
            free = kinds[kind][2] & ~taken
            if free:
                return _passed_on(came_from, holders, kind, free & -free)
            waiting.append((kind, kinds[kind][2]))
    return 0


def _passed_on(
    came_from: dict[int, tuple[int, int]], holders: list[int], kind: int, person: int
) -> int:
    """Move everybody along the chain; the person whom its first link gives away."""
    while kind >= 0:
        before, given = came_from[kind]
        holders[kind] ^= given | person
        kind, person = before, given
    return person
