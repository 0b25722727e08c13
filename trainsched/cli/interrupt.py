"""Ctrl-C: once to stop and keep the best so far, twice to give up."""

import _thread
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

from trainsched.cli.endings import ExitCode

Result = TypeVar("Result")


HEARD_AGAIN_AFTER_SECONDS = 0.01


@contextmanager
def never_lost() -> Iterator[None]:
    """Hear a Ctrl-C that came where Python lets no exception through, a moment later.

    While modules are imported it can fall into a callback of the import system. Python then shows
    a traceback and goes on as if nothing had been.
    """
    before = sys.unraisablehook

    def hear(lost: "sys.UnraisableHookArgs") -> None:
        if issubclass(lost.exc_type, KeyboardInterrupt):
            again = threading.Timer(HEARD_AGAIN_AFTER_SECONDS, _thread.interrupt_main)
            again.daemon = True
            again.start()
        else:
            before(lost)

    sys.unraisablehook = hear
    try:
        yield
    finally:
        sys.unraisablehook = before


def run_until_stopped(
    work: Callable[[threading.Event], Result],
    say: Callable[[str], None],
    *,
    meanwhile: Callable[[], None] | None = None,
) -> Result:
    """Run ``work`` so that Ctrl-C is heard at once, and return what it returns.

    The first Ctrl-C sets the event that ``work`` was given; the second ends the program with
    exit code 130. The work runs in a thread of its own: Python hears signals in the main thread
    only, which a long search would otherwise keep busy. ``meanwhile`` is done while it begins.
    Raises what ``work`` raises.
    """
    stop = threading.Event()
    results: list[Result] = []
    failures: list[BaseException] = []

    def carry_out() -> None:
        try:
            results.append(work(stop))
        except BaseException as failure:  # noqa: BLE001 - raised again in the main thread
            failures.append(failure)

    def hear(_signal: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            say("Stopped. Nothing was written.")
            # The search cannot be interrupted from outside, so the process ends under it.
            os._exit(ExitCode.ABORTED)
        stop.set()
        say("Stopping with the best plan so far. Press Ctrl-C again to give up without a plan.")

    worker = threading.Thread(target=carry_out, name="planning", daemon=True)
    before = signal.signal(signal.SIGINT, hear)
    try:
        worker.start()
        if meanwhile is not None:
            meanwhile()
        while worker.is_alive():
            # A wait with an end lets the signal through on every system.
            worker.join(timeout=0.1)
    finally:
        signal.signal(signal.SIGINT, before)
    if failures:
        raise failures[0]
    return results[0]
