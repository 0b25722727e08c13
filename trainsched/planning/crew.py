"""Independent parts planned side by side, each in a process of its own.

The processes are plain Python programs that take tasks and hand back results, so nothing is asked
of the program that calls: it may be a script, a notebook or a server, on any system.
"""

import os
import pickle
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, Protocol, Self

from trainsched.domain.progress import Progress, ProgressListener

ASK_TO_STOP_EVERY_SECONDS = 0.2
APART_FROM_THE_TERMINAL: dict[str, Any] = (
    {"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)}
    if sys.platform == "win32"
    else {"start_new_session": True}
)
"""Ctrl-C is for the process that asks: one that still loads would die of it with a traceback."""


class MemberGoneError(RuntimeError):
    """A process ended, or never began, before its work was done."""


class Errand(Protocol):
    """Whatever a process can do by itself and hand back a result of. It must bear pickling."""

    @property
    def size(self) -> int:
        """Its share of the work."""
        ...

    def with_time(self, seconds: float) -> "Errand":
        """The same with so many seconds of the clock."""
        ...

    def carry_out(self, stop: threading.Event, progress: ProgressListener) -> Any:
        """Do it. What ``progress`` is told is heard where the errand was given."""
        ...


class Crew:
    """Runs tasks in ``members`` processes. Use as a context; the processes end with it."""

    def __init__(self, members: int) -> None:
        self._members = [_Member() for _ in range(members)]

    def __enter__(self) -> Self:
        """The processes have begun already."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the processes."""
        for member in self._members:
            member.end()

    def run(
        self,
        tasks: Sequence[Errand],
        *,
        deadline: float | None = None,
        when_done: Callable[[int], None] | None = None,
        progress: ProgressListener | None = None,
        stop: threading.Event | None = None,
    ) -> list[Any]:
        """Carry out the tasks, the largest first; results in their order, failures among them.

        ``deadline`` is in seconds of ``time.monotonic``; each task gets its share of what is left.
        ``when_done`` hears how many are done, ``progress`` whatever an errand tells while it is
        carried out. Setting ``stop`` ends all searching.
        """
        work = _Work(tasks, deadline, len(self._members), progress)
        threads = [
            threading.Thread(target=work.carry_out, args=(member, own), daemon=True)
            for own, member in enumerate(self._members)
        ]
        for thread in threads:
            thread.start()
        told, is_stopping = 0, False
        while any(thread.is_alive() for thread in threads):
            threads[0].join(ASK_TO_STOP_EVERY_SECONDS)
            for thread in threads[1:]:
                thread.join(0.01)
            if work.done != told:
                told = work.done
                if when_done is not None:
                    when_done(told)
            if stop is not None and stop.is_set() and not is_stopping:
                is_stopping = True
                for member in self._members:
                    member.tell(None)
        return work.in_order()


class _Work:
    """Tasks waiting and results in, shared by the threads that serve the processes.

    Each process has tasks of its own, dealt out the largest first to whoever has least, and shares
    its own time among them: of three equal tasks and two processes, one task has a process alone.
    """

    def __init__(
        self,
        tasks: Sequence[Errand],
        deadline: float | None,
        members: int,
        progress: ProgressListener | None,
    ) -> None:
        self._tasks = tasks
        self._progress = progress
        self._lanes: list[deque[int]] = [deque() for _ in range(members)]
        for number in sorted(range(len(tasks)), key=lambda n: (-tasks[n].size, n)):
            min(self._lanes, key=self._size_of).append(number)
        self._deadline = deadline
        self._lock = threading.Lock()
        self._results: dict[int, Any] = {}

    @property
    def done(self) -> int:
        """How many tasks are finished."""
        return len(self._results)

    def in_order(self) -> list[Any]:
        """The results in the order of the tasks."""
        nobody = MemberGoneError("every process ended before its work was done")
        return [self._results.get(number, nobody) for number in range(len(self._tasks))]

    def carry_out(self, member: "_Member", own: int) -> None:
        """Give a process its own tasks one after another, and then what others have left."""
        while True:
            with self._lock:
                lane = self._lanes[own] or max(self._lanes, key=self._size_of)
                if not lane:
                    return
                share = self._share_of_first(lane)
                number = lane.popleft()
            task = self._tasks[number]
            result = member.carry_out(
                task if share is None else task.with_time(share), self._progress
            )
            with self._lock:
                self._results[number] = result
            if isinstance(result, MemberGoneError):
                return  # others take over what is left

    def _size_of(self, lane: deque[int]) -> int:
        return sum(self._tasks[number].size for number in lane)

    def _share_of_first(self, lane: deque[int]) -> float | None:
        """Seconds for the next task of a lane: its share of the clock that is left."""
        if self._deadline is None:
            return None
        left = max(self._deadline - time.monotonic(), 0.1)
        return left * self._tasks[lane[0]].size / max(self._size_of(lane), 1)


class _Member:
    """One process, spoken to by pickles over its standard input and output."""

    def __init__(self) -> None:
        paths = [path for path in sys.path if path]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "trainsched.planning.crew_member"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            **APART_FROM_THE_TERMINAL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        )
        self._lock = threading.Lock()

    def tell(self, message: Any) -> None:
        """Send a message: a task, or None to stop searching."""
        if self._process.stdin is None:
            raise RuntimeError("the planning process cannot be spoken to")
        with self._lock:
            pickle.dump(message, self._process.stdin, protocol=pickle.HIGHEST_PROTOCOL)
            self._process.stdin.flush()

    def carry_out(self, task: Errand, progress: ProgressListener | None) -> Any:
        """Have the process do a task and wait for the result, or for what went wrong."""
        if self._process.stdout is None:
            raise RuntimeError("the planning process cannot be heard")
        try:
            self.tell(task)
            while isinstance(
                answer := pickle.load(self._process.stdout),  # noqa: S301 - a process of our own
                Progress,
            ):
                if progress is not None:
                    progress(answer)
        except Exception as failure:  # noqa: BLE001 - whatever it is, the work is not done
            return MemberGoneError(f"a process ended before its work was done: {failure}")
        return answer

    def end(self) -> None:
        """End the process. It keeps nothing, so it need not tidy up, and nobody waits for that."""
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):  # what could not be told is of no use now
                    stream.close()
        self._process.wait()
