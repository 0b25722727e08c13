"""What the oracle remembers of the days it has been through. No rule is judged here."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from tests.agreement.day_sessions import Sitting
from trainsched.domain.duties import Priority

Key = tuple[str, str]
"""A trainee and an activity."""

Goals = tuple[int, int, int, int, Fraction, int, int]
"""Must, moved, should, could, worst off, changed, wishes."""


@dataclass(frozen=True)
class Part:
    """One way to spend a day: what later days and the goals ask about it, and its best price."""

    received: tuple[tuple[Key, int, frozenset[str]], ...]
    given: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Received:
    """What one trainee has had of one activity so far, as far as it still matters."""

    total: int = 0
    this_week: int = 0
    latest: date | None = None
    people: frozenset[str] = frozenset()


@dataclass(frozen=True)
class History:
    """All that later days ask about the days before."""

    received: tuple[Received, ...]
    given: tuple[tuple[int, int], ...]
    """For each member of staff: sessions in all, and in the week."""


@dataclass(frozen=True)
class Price:
    """What was paid so far in three goals; weeks that are over are in ``wishes``."""

    moved: int = 0
    changed: int = 0
    wishes: int = 0
    sessions: tuple[Sitting, ...] = ()
    """One way to get there, for those who wonder."""


@dataclass(frozen=True)
class Best:
    """The least value of every goal, and sessions that reach it."""

    goals: Goals
    sessions: tuple[Sitting, ...]


@dataclass
class Coming:
    """What the days from some day on can bring at the very most, and cost at the very least."""

    most: Counter[Key] = field(default_factory=Counter)
    most_by_priority: Counter[Priority] = field(default_factory=Counter)
    moved: int = 0
    changed: int = 0


@dataclass
class Day:
    """A date with everything that can be done on it."""

    day: date
    parts: dict[Part, tuple[Price, tuple[Sitting, ...]]] = field(default_factory=dict)
    most: Counter[Key] = field(default_factory=Counter)
    most_by_priority: Counter[Priority] = field(default_factory=Counter)


def cheaper(one: Price, other: Price) -> bool:
    """Whether one price is less: moves first, then changes, then wishes."""
    return (one.moved, one.changed, one.wishes) < (other.moved, other.changed, other.wishes)
