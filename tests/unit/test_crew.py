"""Tasks shared out among processes: who has how much of the clock, and where results stand."""

import threading
import time
from dataclasses import dataclass, replace

from trainsched.domain.progress import ProgressListener
from trainsched.planning.crew import Crew


@dataclass(frozen=True)
class Timed:
    """Work that says how many seconds it was given."""

    size: int
    seconds: float | None = None

    def with_time(self, seconds: float) -> "Timed":
        """The same with so many seconds of the clock."""
        return replace(self, seconds=seconds)

    def carry_out(
        self, stop: threading.Event, progress: ProgressListener
    ) -> tuple[int, float | None]:
        """Its size and its seconds."""
        assert not stop.is_set()
        return self.size, self.seconds


def test_each_process_shares_its_own_time_among_its_tasks() -> None:
    tasks = [Timed(1), Timed(1), Timed(1)]
    with Crew(2) as crew:
        results = crew.run(tasks, deadline=time.monotonic() + 1000.0, when_done=lambda _: None)
    seconds = [given for _, given in results]
    assert 480 < seconds[0] <= 500  # the third task waits for the same process
    assert 900 < seconds[1] <= 1000
    assert 900 < seconds[2] <= 1000  # nothing else waits by then


def test_small_tasks_wait_behind_each_other_and_not_behind_a_large_one() -> None:
    tasks = [Timed(1), Timed(10), Timed(1)]
    with Crew(2) as crew:
        results = crew.run(tasks, deadline=time.monotonic() + 1000.0, when_done=lambda _: None)
    assert [size for size, _ in results] == [1, 10, 1]
    assert 480 < results[0][1] <= 500
    assert 900 < results[1][1] <= 1000


def test_without_a_deadline_nobody_is_given_a_time() -> None:
    done: list[int] = []
    with Crew(2) as crew:
        results = crew.run([Timed(n) for n in range(5)], deadline=None, when_done=done.append)
    assert results == [(n, None) for n in range(5)]
    assert done[-1] == 5
