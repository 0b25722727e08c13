"""Room that was found for newcomers: how many, where, and with whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from trainsched.expansion.named import NamedSession
from trainsched.expansion.relaxed import Counted

Place = tuple[str, int, int]
"""Activity, department and slot."""


@dataclass(frozen=True, slots=True)
class NamedPlan:
    """The sessions of a scenario, and by turn and year of each newcomer their id in it."""

    sessions: tuple[NamedSession, ...]
    newcomers: Mapping[tuple[int, int], str]


@dataclass(slots=True)
class Room:
    """``fits`` newcomers have room when they are counted; ``above`` and fewer is all there can be.

    ``of``: in which facts, those of the whole (``is_of_whole``) or of a part. ``used`` says by
    person and activity where they have sessions and how many of them are there, ``serving`` who
    gives them. ``plan``: its sessions by name, once it was dealt out. ``is_last_word``: to ask
    again is no use.
    """

    above: int
    of: Counted | None = None
    fits: int | None = None
    is_of_whole: bool = False
    is_last_word: bool = False
    used: dict[tuple[str, str], dict[tuple[int, int], int]] = field(default_factory=dict)
    serving: dict[Place, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    plan: NamedPlan | None = None

    @property
    def is_settled(self) -> bool:
        """Whether as many have room as can be."""
        return self.fits == self.above

    def asks(self, who: str, code: str) -> bool:
        """Whether the requirement is one of those that have room here."""
        return self.of is not None and (self.of.counted_as(who, code), code) in self.of.rows

    def used_by(self, who: str, code: str) -> Mapping[tuple[int, int], int]:
        """Where the requirement has sessions, and how many of those counted with it are there."""
        if self.of is None:
            return {}
        return self.used.get((self.of.counted_as(who, code), code), {})
