"""Pins of one offering, joined where they can only mean one session."""

from collections import defaultdict
from dataclasses import dataclass

from trainsched.problem.problem import Problem


@dataclass(frozen=True, slots=True)
class PinnedGroup:
    """The demands and staff that pins want in one session."""

    demands: tuple[int, ...]
    staff: tuple[int, ...]


def pinned_groups(problem: Problem) -> dict[int, tuple[PinnedGroup, ...]]:
    """For each pinned offering its pinned sessions.

    Pins of a group activity that name the same member of staff, or none, are one session as long
    as it holds them all; pins of a solo activity are sessions of their own.
    """
    found: dict[int, list[PinnedGroup]] = defaultdict(list)
    for pin in problem.pins:
        if pin.offering is None:
            continue
        need = problem.activities[problem.offerings[pin.offering].activity]
        groups = found[pin.offering]
        for position, group in enumerate(groups):
            demands = tuple(sorted({*group.demands, *pin.demands}))
            shares = bool(set(group.staff) & set(pin.staff)) or not (group.staff and pin.staff)
            if shares and len(demands) <= need.group_max:
                staff = tuple(sorted({*group.staff, *pin.staff}))
                groups[position] = PinnedGroup(demands, staff)
                break
        else:
            groups.append(PinnedGroup(tuple(sorted(pin.demands)), tuple(sorted(pin.staff))))
    return {offering: tuple(groups) for offering, groups in found.items()}
