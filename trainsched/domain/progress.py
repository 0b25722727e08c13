"""What a long piece of work says while it runs."""

from collections.abc import Callable
from typing import NamedTuple

from trainsched.domain.rules import GoalId


class Progress(NamedTuple):
    """One step forward. ``value`` and ``bound`` are of ``goal``; ``part`` names what is solved."""

    message: str
    part: str = ""
    goal: GoalId | None = None
    value: float | None = None
    bound: float | None = None


ProgressListener = Callable[[Progress], None]
