"""Uses of one person in a day that do not go together, and how the search parts there."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from trainsched.checker.days import Branch, Day, exclude_each_other


class WaysOut(NamedTuple):
    """The branches that together hold every filling without the clash. May be none at all."""

    branches: list[Branch]


class Clashes:
    """Finds what does not go together in one person's day, and parts the search there."""

    def __init__(self, day: Day, branch: Branch) -> None:
        self._day = day
        self._needs = day.needs
        self._branch = branch
        self._everybody = frozenset[str]().union(*(need.able for need in day.needs))

    def of_two_uses(self, person: str, used: list[int]) -> WaysOut | None:
        """Two uses in one slot that exclude each other."""
        for number, one in enumerate(used):
            for other in used[number + 1 :]:
                if not exclude_each_other(self._needs[one], self._needs[other]):
                    continue
                whole = one if len(self._needs[one].positions) > 1 else other
                if len(self._needs[whole].positions) > 1:
                    decided = self._branch.decided | {(person, whole)}
                    return WaysOut(
                        [
                            self._branch._replace(decided=decided),
                            *self._bar(self._like(person), [whole]),
                        ]
                    )
                return WaysOut(
                    [*self._bar([person], [one]), *self._bar(self._like(person), [other])]
                )
        return None

    def of_presence(self, person: str, used: list[int]) -> WaysOut | None:
        """Presence at two sites in one slot."""
        for position in sorted({p for index in used for p in self._needs[index].positions}):
            here = [index for index in used if position in self._needs[index].positions]
            given = self._day.given.get((person, position))
            sites = {self._needs[index].site for index in here} | ({given} if given else set())
            if len(sites) < 2:
                continue
            stay = given or self._needs[here[0]].site
            covering = self._covering(position)
            at_stay = [index for index in covering if self._needs[index].site == stay]
            elsewhere = [index for index in covering if self._needs[index].site != stay]
            not_there = [] if given else self._bar([person], at_stay)
            return WaysOut([*self._bar(self._like(person), elsewhere), *not_there])
        return None

    def of_travel(self, person: str, used: list[int]) -> WaysOut | None:
        """Consecutive stays at two sites without time to travel."""
        stays = {p: site for (who, p), site in self._day.given.items() if who == person}
        for index in used:
            if self._needs[index].exclusive:
                stays.update(dict.fromkeys(self._needs[index].positions, self._needs[index].site))
        ordered = sorted(stays)
        for first, second in pairwise(ordered):
            if not self._day.too_far(first, stays[first], second, stays[second]):
                continue
            fixed_first = (person, first) in self._day.given
            fixed_second = (person, second) in self._day.given
            if fixed_first and fixed_second:
                continue  # the roster itself asks for it: no filling can help
            return self._part_at_journey(person, (first, stays[first]), (second, stays[second]))
        return None

    def _part_at_journey(
        self, person: str, start: tuple[int, str], goal: tuple[int, str]
    ) -> WaysOut:
        first, from_site = start
        second, to_site = goal
        at_start = self._stays(first, from_site)
        at_goal = self._stays(second, to_site)
        detours = list(self._detours(person, start, goal))
        branches: list[Branch] = []
        if (person, first) not in self._day.given:
            branches += self._bar([person], at_start)
        if (person, second) not in self._day.given:
            # Without detours either this person is not at the start, or all people like them are.
            branches += self._bar([person] if detours else self._like(person), at_goal)
        for index in detours:
            decided = self._branch.decided | {(person, index)}
            branches.append(self._branch._replace(decided=decided))
        return WaysOut(branches)

    def _detours(self, person: str, start: tuple[int, str], goal: tuple[int, str]) -> Iterator[int]:
        """Stays in between that make the journey possible: only where a detour is quicker."""
        for index, need in enumerate(self._needs):
            use = (person, index)
            if not need.exclusive or person not in need.able or use in self._branch.barred:
                continue
            near = any(
                start[0] < p < goal[0]
                and not self._day.too_far(*start, p, need.site)
                and self._can_reach((p, need.site), goal)
                for p in need.positions
            )
            if near and self._room_for(person, index):
                yield index

    def _can_reach(self, start: tuple[int, str], goal: tuple[int, str]) -> bool:
        """Whether the goal is near, if need be by further stays in between."""
        return not self._day.too_far(*start, *goal) or any(
            start[0] < p < goal[0]
            and not self._day.too_far(*start, p, need.site)
            and self._can_reach((p, need.site), goal)
            for need in self._needs
            if need.exclusive
            for p in need.positions
        )

    def _room_for(self, person: str, index: int) -> bool:
        decided = self._branch.decided
        full = sum(i == index for _, i in decided) >= self._needs[index].places
        taken = any(
            who == person and exclude_each_other(self._needs[index], self._needs[i])
            for who, i in decided
        )
        return not full and not taken

    def _covering(self, position: int) -> list[int]:
        return [i for i, need in enumerate(self._needs) if position in need.positions]

    def _stays(self, position: int, site: str) -> list[int]:
        """The exclusive needs that would keep somebody at the site in this period."""
        return [
            index
            for index in self._covering(position)
            if self._needs[index].exclusive and self._needs[index].site == site
        ]

    def _bar(self, people: Iterable[str], indices: Iterable[int]) -> list[Branch]:
        """The branch in which these people are not used so; none if that is already decided."""
        uses = {(person, index) for person in people for index in indices}
        if uses & self._branch.decided:
            return []
        return [self._branch._replace(barred=self._branch.barred | uses)]

    def _like(self, person: str) -> list[str]:
        """Everybody whom nothing tells apart from this person: trying one of them is enough."""
        wanted = self._likeness(person)
        return [other for other in sorted(self._everybody) if self._likeness(other) == wanted]

    def _likeness(self, person: str) -> tuple[object, ...]:
        return (
            frozenset(i for i, need in enumerate(self._needs) if person in need.able),
            frozenset((p, site) for (who, p), site in self._day.given.items() if who == person),
            frozenset(index for who, index in self._branch.barred if who == person),
            frozenset(index for who, index in self._branch.decided if who == person),
        )
