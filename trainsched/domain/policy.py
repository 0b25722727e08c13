"""The protected-time policy in force: every value with unit, source and status."""

from fractions import Fraction
from functools import cached_property
from math import ceil

from trainsched.domain.facts import Facts

NO_LIMIT = "none"


class DeclaredValue(Facts):
    """A number that is declared, not programmed. ``status``: published, derived or assumption."""

    name: str
    value: float | int | str
    unit: str
    source: str
    status: str
    meaning: str = ""
    set_in: str = ""
    """Where the value in force was read: a models file, or Settings with its cell."""


class Policy(Facts):
    """The policy's values by name. A value ``none`` means no limit."""

    name: str
    values: tuple[DeclaredValue, ...]

    @cached_property
    def _by_name(self) -> dict[str, DeclaredValue]:
        return {value.name: value for value in self.values}

    def limit(self, name: str) -> Fraction | None:
        """The value as an exact number; None for no limit. Raises KeyError for an unknown name."""
        value = self._by_name[name].value
        return None if value == NO_LIMIT else Fraction(str(value))

    def whole(self, name: str) -> int:
        """The value as a whole number, 0 where there is no limit. Raises KeyError."""
        return int(self.limit(name) or 0)

    def limit_for(self, name: str, wte: float) -> int | None:
        """The figure times WTE, rounded up, in whole sessions; None for no limit."""
        figure = self.limit(name)
        return None if figure is None else ceil(figure * Fraction(str(wte)))
