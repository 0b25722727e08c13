"""How much may be asked: counted in deterministic time, so that the same input is told the same."""

import threading
import time
from dataclasses import dataclass

PER_QUESTION = 0.01
PER_VARIABLE = 0.00005
"""What it costs to put a question, before the solver begins, in deterministic time."""


@dataclass(slots=True)
class Budget:
    """``deterministic_left`` is for all that is still asked; ``deadline`` of ``time.monotonic``."""

    deterministic_left: float
    deadline: float | None = None
    seed: int = 0
    stop: threading.Event | None = None
    questions: int = 0
    spent: float = 0.0

    @property
    def is_spent(self) -> bool:
        """Whether nothing more may be asked."""
        late = self.seconds_left is not None and self.seconds_left <= 0
        asked = self.stop is not None and self.stop.is_set()
        return late or asked or self.deterministic_left <= 0

    @property
    def seconds_left(self) -> float | None:
        """Seconds of the clock; None without a deadline."""
        return None if self.deadline is None else self.deadline - time.monotonic()

    def next_share(self, most: float) -> float:
        """What the next answer may cost."""
        return max(min(most, self.deterministic_left), 1e-3)

    def note(self, deterministic_time: float, variables: int) -> None:
        """Take the cost of an answer off."""
        self.questions += 1
        cost = deterministic_time + PER_QUESTION + PER_VARIABLE * variables
        self.deterministic_left -= cost
        self.spent += cost

    def part(self, deterministic_time: float) -> "Budget":
        """A budget of its own for a part of the work, no larger than what is left."""
        most = max(min(deterministic_time, self.deterministic_left), 0.0)
        return Budget(most, self.deadline, self.seed, self.stop)
