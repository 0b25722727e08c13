"""The fewest places that must stay empty on one day: an exact search, without any solver.

Slots are first filled one by one as if they had nothing to do with each other, which can only
leave too few places empty. Where the same person was then used in ways that do not go together
(a duty for the whole day and another one, two sites without time to travel), the search parts into
the ways in which that can be put right. What is found without such a clash is the true answer.
"""

from collections import defaultdict
from collections.abc import Iterable

from trainsched.checker.attendance import DutyKey
from trainsched.checker.clashes import Clashes
from trainsched.checker.days import LEVELS, Branch, Day, Filling, Vector, exclude_each_other
from trainsched.checker.matching import match_in_order


def least_missing(day: Day, better_than: Vector | None = None) -> Filling | None:
    """The filling with the lexicographically least missing places.

    With ``better_than``, only fillings strictly better are looked for; None if there are none.
    """
    best: Filling | None = None
    limit = better_than
    branches = [Branch()]
    while branches:
        branch = branches.pop()
        trial = _fill_slot_by_slot(day, branch)
        if limit is not None and trial.missing >= limit:
            continue
        further = _ways_out_of_first_clash(day, branch, trial)
        if further is None:
            best, limit = trial, trial.missing
        else:
            branches.extend(reversed(further))
    return best


def _fill_slot_by_slot(day: Day, branch: Branch) -> Filling:
    filler = _SlotFiller(day, branch)
    for position in filler.order:
        filler.fill_exclusive(position)
    for position in filler.order:
        filler.fill_on_site(position)
    missing = [0] * len(LEVELS)
    for index, need in enumerate(day.needs):
        missing[need.level] += max(0, need.places - len(filler.people[index]))
    people = {index: frozenset(used) for index, used in filler.people.items()}
    return Filling(people, tuple(missing))


class _SlotFiller:
    """One pass over the slots. A need over several periods is filled in one of them, its home."""

    def __init__(self, day: Day, branch: Branch) -> None:
        self._needs = day.needs
        self._barred = branch.barred
        self.people: dict[int, set[str]] = {index: set() for index in range(len(day.needs))}
        for person, index in branch.decided:
            self.people[index].add(person)
        self._decided = {index: frozenset(used) for index, used in self.people.items()}
        positions = sorted({p for need in day.needs for p in need.positions})
        asked = {p: self._pressure(p) for p in positions}
        self._at: dict[int, list[int]] = defaultdict(list)
        for index, need in enumerate(day.needs):
            home = max(need.positions, key=lambda p: (asked[p], -p)) if need.positions else 0
            self._at[home].append(index)
        homes = {p for p in positions if any(len(day.needs[i].positions) > 1 for i in self._at[p])}
        self.order = sorted(positions, key=lambda p: (p not in homes, p))
        self._sites: dict[str, set[str]] = defaultdict(set)
        for (person, _), site in day.given.items():
            self._sites[person].add(site)

    def _pressure(self, position: int) -> int:
        """Places of exclusive duties in the slot, less the people who could fill any of them."""
        here = [n for n in self._needs if n.exclusive and position in n.positions]
        people = frozenset[str]().union(*(need.able for need in here))
        return sum(need.places for need in here) - len(people)

    def fill_exclusive(self, position: int) -> None:
        """Fill the exclusive places that are counted in this slot."""
        self._fill(index for index in self._at[position] if self._needs[index].exclusive)

    def fill_on_site(self, position: int) -> None:
        """Fill the on_site places that are counted in this slot, one duty after the other."""
        duties: dict[DutyKey, list[int]] = defaultdict(list)
        for index in self._at[position]:
            if not self._needs[index].exclusive:
                duties[self._needs[index].duty].append(index)
        for duty in sorted(duties):
            self._fill(duties[duty])

    def _fill(self, indices: Iterable[int]) -> None:
        wanted = sorted(indices, key=lambda index: (self._needs[index].level, index))
        candidates = {index: self._candidates(index) for index in wanted}
        places = [(i, self._needs[i].places - len(self._decided[i])) for i in wanted]
        for person, index in match_in_order(places, candidates).items():
            self.people[index].add(person)
            self._sites[person].add(self._needs[index].site)

    def _candidates(self, index: int) -> list[str]:
        need = self._needs[index]
        taken: set[str] = set()
        less_apt: set[str] = set()
        for other, used in self.people.items():
            if used and exclude_each_other(need, self._needs[other]):
                taken |= self._decided[other]
                less_apt |= used
        able = need.able - taken - self._decided[index]
        free = [person for person in able if (person, index) not in self._barred]
        return sorted(free, key=lambda p: (p in less_apt, bool(self._sites[p] - {need.site}), p))


def _ways_out_of_first_clash(day: Day, branch: Branch, trial: Filling) -> list[Branch] | None:
    """The branches that together hold every filling without this clash; None without a clash."""
    used: dict[str, list[int]] = defaultdict(list)
    for index, people in sorted(trial.people.items()):
        for person in people:
            used[person].append(index)
    search = Clashes(day, branch)
    for person in sorted(used):
        further = (
            search.of_two_uses(person, used[person])
            or search.of_presence(person, used[person])
            or search.of_travel(person, used[person])
        )
        if further is not None:
            return further.branches
    return None
