"""One day's places as the search for the unavoidable shortfall sees them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from trainsched.checker.attendance import DutyKey
from trainsched.domain.duties import Priority

LEVELS: tuple[Priority, ...] = tuple(Priority)
Vector = tuple[int, ...]
"""Missing places by duty priority, most important first."""

Use = tuple[str, int]
"""A person in a need, by its place in ``Day.needs``."""


class Need(NamedTuple):
    """Places of one duties row: in one slot, or for one person over several periods of the day."""

    duty: DutyKey
    site: str
    exclusive: bool
    level: int
    places: int
    positions: tuple[int, ...]
    able: frozenset[str]


@dataclass(frozen=True)
class Day:
    """What one day asks for. ``given`` holds the sites where people must be in any case.

    ``too_far(p, a, q, b)`` says whether there is no time to go from site a after period p to
    site b before period q.
    """

    needs: tuple[Need, ...]
    too_far: Callable[[int, str, int, str], bool]
    given: Mapping[tuple[str, int], str] = field(default_factory=dict)


class Filling(NamedTuple):
    """People by need, and the places left empty by priority."""

    people: dict[int, frozenset[str]]
    missing: Vector


class Branch(NamedTuple):
    """What has been settled so far: uses that are ruled out, and uses that are decided."""

    barred: frozenset[Use] = frozenset()
    decided: frozenset[Use] = frozenset()


def exclude_each_other(one: Need, other: Need) -> bool:
    """Whether nobody can be in both: two exclusive ones, or two of one duty, in a common slot."""
    if not ((one.exclusive and other.exclusive) or one.duty == other.duty):
        return False
    return not set(one.positions).isdisjoint(other.positions)
