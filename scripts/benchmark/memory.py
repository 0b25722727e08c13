"""The memory of a process and all its descendants, watched from outside."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

PROC = Path("/proc")
LOOK_EVERY_SECONDS = 0.1
BYTES_IN_MEGABYTE = 1_000_000


class MemoryWatch:
    """A context manager. ``peak_megabytes`` is None where the system has no /proc.

    What counts is resident memory, summed over the processes; pages that they share count more
    than once, so the figure is rather too large than too small.
    """

    def __init__(self, process_id: int) -> None:
        self.process_id = process_id
        self._peak_bytes = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        if PROC.is_dir():
            self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    @property
    def peak_megabytes(self) -> int | None:
        """The most that all processes together have held."""
        return round(self._peak_bytes / BYTES_IN_MEGABYTE) if self._peak_bytes else None

    def end_all(self) -> None:
        """Kill the process and its descendants."""
        for process_id in (*descendants(self.process_id), self.process_id):
            try:
                os.kill(process_id, signal.SIGKILL)
            except ProcessLookupError:
                continue

    def _watch(self) -> None:
        page = os.sysconf("SC_PAGE_SIZE")
        while not self._over.wait(LOOK_EVERY_SECONDS):
            family = (self.process_id, *descendants(self.process_id))
            pages = sum(_resident_pages(process_id) for process_id in family)
            self._peak_bytes = max(self._peak_bytes, pages * page)


def descendants(process_id: int) -> tuple[int, ...]:
    """Children, their children and so on; none where there is no /proc."""
    children: dict[int, list[int]] = {}
    for entry in PROC.iterdir() if PROC.is_dir() else ():
        if entry.name.isdigit():
            parent = _parent(entry)
            if parent is not None:
                children.setdefault(parent, []).append(int(entry.name))
    found: list[int] = []
    waiting = [process_id]
    while waiting:
        mine = children.get(waiting.pop(), [])
        found += mine
        waiting += mine
    return tuple(found)


def _parent(entry: Path) -> int | None:
    try:
        # The name of the program stands in brackets and may hold anything.
        after_name = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2]
    except OSError:
        return None
    return int(after_name.split()[1])


def _resident_pages(process_id: int) -> int:
    try:
        words = (PROC / str(process_id) / "statm").read_text(encoding="ascii").split()
    except OSError:
        return 0
    return int(words[1]) if len(words) > 1 else 0
