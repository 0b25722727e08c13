"""One command of trainsched, run as a user runs it: what it answered, and what it cost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .memory import MemoryWatch

MOST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """The answer to a command, with the seconds from its start to its end.

    ``document`` is what it printed as JSON; None where it failed, and ``failure`` says how.
    ``cpu_seconds`` are those of all processors together.
    """

    document: dict[str, Any] | None
    seconds: float
    cpu_seconds: float
    peak_megabytes: int | None
    failure: str = ""

    def costs(self) -> dict[str, object]:
        """What a row of a table says of every question."""
        return {
            "wall_s": round(self.seconds, 1),
            "cpu_s": round(self.cpu_seconds, 1),
            "peak_mb": self.peak_megabytes,
            "note": self.failure,
        }


def ask(*words: str) -> Asked:
    """Run the installed command for its JSON, in a process of its own."""
    command = shutil.which("trainsched", path=str(Path(sys.executable).parent))
    if command is None:
        raise SystemExit("trainsched is not installed beside this Python.")
    with tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as messages:
        began, spent = time.monotonic(), _cpu_seconds_of_children()
        process = subprocess.Popen(
            (command, *words, "--json", "--quiet"), stdout=answer, stderr=messages
        )
        with MemoryWatch(process.pid) as memory:
            code = process.wait()
        seconds, spent = time.monotonic() - began, _cpu_seconds_of_children() - spent
        answer.seek(0)
        messages.seek(0)
        failure = _said(code, answer.read(), messages.read()) if code else ""
        answer.seek(0)
        document = None if code else json.loads(answer.read())
    return Asked(document, seconds, spent, memory.peak_megabytes, failure)


def _said(code: int, answer: bytes, messages: bytes) -> str:
    """Why a command gave no answer, in a few words."""
    try:
        words = str(json.loads(answer)["problems"][0]["problem"])
    except (ValueError, LookupError, TypeError):
        words = " ".join(messages.decode(errors="replace").split())
    return f"exit code {code}: {words}"[:MOST_WORDS]


def _cpu_seconds_of_children() -> float:
    """Processor time of all processes that this one has started and that have ended."""
    return sum(os.times()[2:4])
