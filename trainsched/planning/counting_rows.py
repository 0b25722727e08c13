"""The counting rows of a slot: which people must be left for which of its places.

People are bits of a whole number, so that sets of them are joined and compared at once. See
``rules.clinical_cover`` for why these rows are enough.
"""

from collections.abc import Container, Iterable, Iterator
from functools import lru_cache

from trainsched.planning.matching import Matcher
from trainsched.problem.demands import PRIORITIES

Kind = tuple[tuple[int, ...], int, int]
"""Places of a slot: ``(candidates, need, priority)``."""
Row = tuple[int, tuple[int, ...], int]
"""``(people as a mask, positions of the kinds that lie in it, places to fill)``."""
MOST_REMEMBERED = 20_000


@lru_cache(maxsize=MOST_REMEMBERED)
def rows_of(kinds: tuple[Kind, ...]) -> tuple[Row, ...]:
    """The rows of places of these kinds: for all, and for each prefix that must fall short.

    Windows of one plan ask for the same slots again and again.
    """
    people = {person for candidates, _, _ in kinds for person in candidates}
    matcher = Matcher(people)
    needed = filled = 0
    shortfalls: list[int] = []
    for priority in range(len(PRIORITIES)):
        for candidates, need, important in kinds:
            if important == priority:
                needed += need
                filled += matcher.fill(candidates, need)
        shortfalls.append(needed - filled)
    if not any(shortfalls):
        return tuple(_of_prefix(kinds, len(PRIORITIES), 0, apart=True))
    return tuple(
        row
        for priority, shortfall in enumerate(shortfalls)
        for row in _of_prefix(kinds, priority, shortfall, apart=shortfall == 0)
    )


@lru_cache(maxsize=MOST_REMEMBERED)
def rows_where_traded(kinds: tuple[Kind, ...]) -> tuple[tuple[tuple[Row, ...], ...], ...]:
    """Rows with nothing missing, for each component of kinds that share people, by priority.

    Those of a priority are about kinds of it, and of priorities before; rows about those before
    alone stand there already.
    """
    return tuple(
        tuple(
            tuple(
                row
                for row in _of_prefix(kinds, prefix, 0, among=inside, apart=False)
                if any(kinds[n][2] == prefix for n in row[1])
            )
            for prefix in range(len(PRIORITIES))
        )
        for inside in _components([mask_of(kind[0]) for kind in kinds])
    )


def _components(masks: list[int]) -> list[list[int]]:
    """The places of the masks, those together that are joined by common people."""
    found: list[tuple[int, list[int]]] = []
    for number, mask in enumerate(masks):
        joined = [component for component in found if component[0] & mask]
        found = [component for component in found if not component[0] & mask]
        people, members = mask, [number]
        for other, its in joined:
            people |= other
            members = its + members
        found.append((people, sorted(members)))
    return [members for _, members in found]


def _of_prefix(
    kinds: tuple[Kind, ...],
    priority: int,
    shortfall: int,
    *,
    among: Container[int] | None = None,
    apart: bool,
) -> Iterator[Row]:
    """Rows for the kinds (``among`` these) up to a priority, for each distinct set of people N(K).

    See ``_unions`` for ``apart``.
    """
    masks = {
        n: mask_of(kind[0])
        for n, kind in enumerate(kinds)
        if kind[2] <= priority and (among is None or n in among)
    }
    for union in _unions(set(masks.values()), apart=apart):
        inside = tuple(n for n, mask in masks.items() if mask | union == union)
        yield union, inside, sum(kinds[n][1] for n in inside) - shortfall


def _unions(distinct: set[int], *, apart: bool) -> list[int]:
    """Each distinct set of people N(K), as a mask.

    ``apart``: kinds that share nobody need no row together, since theirs add up to it. That is so
    only where no place may stay empty: a shortfall is for all kinds together.
    """
    unions = set(distinct)
    waiting = sorted(distinct)
    while waiting:
        union = waiting.pop()
        for mask in sorted(distinct):
            grown = union | mask
            if (union & mask or not apart) and grown not in unions:
                unions.add(grown)
                waiting.append(grown)
    return sorted(unions)


def mask_of(people: Iterable[int]) -> int:
    """The people as bits."""
    return sum(1 << person for person in people)


def members_of(mask: int) -> Iterator[int]:
    """The people whose bits are set, from the first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
