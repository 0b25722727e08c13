"""What is known of a day's cover before any training is planned."""

from dataclasses import dataclass

Vector = tuple[int, int, int]
"""Missing places of priority must, should, could."""


@dataclass(frozen=True, slots=True)
class DayJudgement:
    """``unavoidable`` are the places that nobody could fill even without any training.

    ``is_simple``: every place takes one slot and no duty could take anybody to a second site, so
    the slots can be judged one by one.
    """

    unavoidable: Vector
    is_simple: bool
