"""What is said on stderr while a plan is made: one live line in a terminal, else plain lines."""

import threading
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self

from trainsched.domain.progress import Progress
from trainsched.domain.rules import GOAL_WORDS

if TYPE_CHECKING:
    from rich.status import Status

GOAL_STEPS: dict[str, str] = {goal: f"fewest {words}" for goal, words in GOAL_WORDS.items()}
"""What is said where a step bears the name of a goal."""


class ProgressLine:
    """Shows steps as they come; a context manager. Safe to call from several threads."""

    def __init__(self, *, quiet: bool) -> None:
        from trainsched.reports.console import console_for_errors

        self._console = console_for_errors()
        self._quiet = quiet
        self._lock = threading.Lock()
        self._last = ""
        self._status: Status | None = None

    def __enter__(self) -> Self:
        if self._console.is_terminal and not self._quiet:
            self._status = self._console.status("Starting", spinner="line")
            self._status.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._status is not None:
            self._status.stop()

    def step(self, progress: Progress) -> None:
        """One step of the planner."""
        message = GOAL_STEPS.get(progress.message, progress.message)
        text = f"{progress.part}: {message}" if progress.part else message
        if self._quiet:
            return
        with self._lock:
            if self._status is not None:
                self._status.update(f"{text}{figures(progress)}")
            elif text != self._last:
                # Not a terminal: one line a step, not one a figure.
                self.say(text)
            self._last = text

    def say(self, message: str) -> None:
        """A message that stays on the screen."""
        if not self._quiet:
            self._console.print(message, markup=False, highlight=False, soft_wrap=True)

    @property
    def listener(self) -> Callable[[Progress], None]:
        """What the planner calls."""
        return self.step


def figures(progress: Progress) -> str:
    """The value and bound of a step, where there are any."""
    if progress.value is None:
        return ""
    if progress.bound is None:
        return f" ({progress.value:g})"
    return f" ({progress.value:g}, no plan below {progress.bound:g})"
