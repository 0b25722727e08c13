"""Filling places with people in one slot, the most important places first."""

from collections.abc import Iterable, Mapping, Sequence


def match_in_order(
    places: Iterable[tuple[int, int]], candidates: Mapping[int, Sequence[str]]
) -> dict[str, int]:
    """Give people to needs so that earlier needs are filled first, as far as possible.

    ``places`` are ``(need, number of places)`` in order of importance, ``candidates`` the people
    able to fill each need, in the order in which they are tried. Returns the need of each person
    used. The sets of places that can be filled together form a matroid, so filling greedily by
    importance loses as little as possible of every level of importance at once.
    """
    need_of: dict[str, int] = {}

    def find_person(need: int, tried: set[str]) -> bool:
        for person in candidates[need]:
            if person in tried:
                continue
            tried.add(person)
            if person not in need_of or find_person(need_of[person], tried):
                need_of[person] = need
                return True
        return False

    for need, number in places:
        for _ in range(min(number, len(candidates[need]))):
            if not find_person(need, set()):
                break
    return need_of
