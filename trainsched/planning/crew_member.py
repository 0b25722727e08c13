"""A process that plans parts and runs errands: they come in on standard input, results go out.

Started by ``crew``, never by hand. It loads the planner before it is asked for anything, since
whoever starts it may have something else to do until then.
"""

import gc
import os
import pickle
import queue
import signal
import sys
import threading
from collections.abc import Callable
from typing import IO, Any

import trainsched.planning.tiers  # noqa: F401 - see above
from trainsched.domain.progress import Progress
from trainsched.planning.crew import Errand

RARELY = (100_000, 50, 50)
"""As for a whole command: facts and indexes are no waste."""


def serve(tasks: IO[bytes], results: IO[bytes]) -> None:
    """Plan part after part until there are no more. None among the tasks ends all searching."""
    stop = threading.Event()
    waiting: queue.Queue[Errand | None] = queue.Queue()

    def listen() -> None:
        while True:
            try:
                message = pickle.load(tasks)  # noqa: S301 - from the process that started this one
            except (EOFError, OSError):
                waiting.put(None)
                stop.set()
                return
            if message is None:
                stop.set()
            else:
                waiting.put(message)

    lock = threading.Lock()

    def say(message: Any) -> None:
        with lock:
            pickle.dump(message, results, protocol=pickle.HIGHEST_PROTOCOL)
            results.flush()

    threading.Thread(target=listen, daemon=True).start()
    while (task := waiting.get()) is not None:
        try:
            say(_carry_out(task, stop, say))
        except OSError:
            return  # whoever asked has gone
        del task  # it and its plan are waste now, and by itself that is looked for rarely
        gc.collect()


def _carry_out(task: Errand, stop: threading.Event, say: Callable[[Progress], None]) -> Any:
    try:
        return task.carry_out(stop, say)
    except BrokenPipeError:
        raise  # nobody hears it
    except Exception as failure:  # noqa: BLE001 - raised again in the process that asked
        return failure


def main() -> None:
    """Serve on standard input and output, deaf to Ctrl-C: the process that asked decides."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(*RARELY)
    results = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else may be printed must not mix with the results
    serve(sys.stdin.buffer, results)


if __name__ == "__main__":
    main()
