"""In a replan, sessions that are kept also keep their equipment, as far as that is free.

The model only counts units, and any dealing out of them is right. No goal asks for the same ones
again, but nobody wants to learn of another linac for no reason.
"""

from collections import Counter
from dataclasses import replace

from trainsched.planning.draft import DraftSession
from trainsched.problem.problem import Problem
from trainsched.problem.published import PublishedSession, equipment_is_there

Used = Counter[tuple[str, int]]
"""Units of an item in use in a slot."""


def keep_items(
    problem: Problem, sessions: tuple[DraftSession, ...], earlier: tuple[PublishedSession, ...]
) -> tuple[DraftSession, ...]:
    """The sessions with the equipment they had before; others take what is then left.

    Where the others would go short, everything stays as it was dealt out.
    """
    wanted = {
        (session.offering, session.demands, session.staff): session.items
        for session in earlier
        if _may_have(problem, session.offering, session.items)
    }
    used: Used = Counter()
    dealt: dict[int, tuple[str, ...]] = {}
    for place, session in enumerate(sessions):
        items = wanted.get((session.offering, session.demands, tuple(sorted(session.staff))))
        if items is not None and _is_free(problem, session, items, used):
            dealt[place] = _take(problem, session, items, used)
    for place, session in enumerate(sessions):
        if place in dealt:
            continue
        items = session.items
        if not _is_free(problem, session, items, used):
            items = _others(problem, session, used)
        if not _is_free(problem, session, items, used):
            return sessions
        dealt[place] = _take(problem, session, items, used)
    return tuple(
        replace(session, items=tuple(sorted(dealt[place])))
        for place, session in enumerate(sessions)
    )


def _may_have(problem: Problem, number: int | None, items: tuple[str, ...]) -> bool:
    if number is None:
        return False
    offering = problem.offerings[number]
    need = problem.activities[offering.activity]
    return equipment_is_there(problem.setting, need, offering.slot, items)


def _is_free(problem: Problem, session: DraftSession, items: tuple[str, ...], used: Used) -> bool:
    units = problem.setting.units
    listed = problem.activities[problem.offerings[session.offering].activity].activity.equipment
    return len(items) == len(listed) and all(
        used[item, slot] + count <= units[item][slot]
        for item, count in Counter(items).items()
        for slot in problem.offerings[session.offering].slots
    )


def _take(
    problem: Problem, session: DraftSession, items: tuple[str, ...], used: Used
) -> tuple[str, ...]:
    used.update((i, slot) for i in items for slot in problem.offerings[session.offering].slots)
    return items


def _others(problem: Problem, session: DraftSession, used: Used) -> tuple[str, ...]:
    """For each listed item the first alternative that is free; short of some where none is."""
    offering = problem.offerings[session.offering]
    chosen: list[str] = []
    for alternatives in problem.activities[offering.activity].activity.equipment:
        for item in alternatives:
            if _is_free_beside(problem, session, item, chosen, used):
                chosen.append(item)
                break
    return tuple(chosen)


def _is_free_beside(
    problem: Problem, session: DraftSession, item: str, chosen: list[str], used: Used
) -> bool:
    mine = chosen.count(item) + 1
    return all(
        used[item, slot] + mine <= problem.setting.units[item][slot]
        for slot in problem.offerings[session.offering].slots
    )
