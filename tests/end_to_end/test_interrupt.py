"""Ctrl-C while a plan is made: the best so far is kept, checked and written."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sends a signal to a process")


def test_one_interrupt_keeps_the_best_plan_so_far(command: Run, tmp_path: Path) -> None:
    workbook, folder = tmp_path / "large.xlsx", tmp_path / "run"
    size = ("--departments", "2", "--trainees", "10", "--weeks", "10", "--seed", "3")
    assert command("generate", workbook, *size).returncode == 0
    words = ("plan", str(workbook), "-o", str(folder))
    with subprocess.Popen(
        [sys.executable, "-m", "trainsched", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    ) as child:
        assert child.stderr is not None
        for line in child.stderr:
            if line.startswith("placing sessions"):
                break
        child.send_signal(signal.SIGINT)
        said, complaints = child.communicate(timeout=200)
    assert child.returncode == 0, complaints
    assert "Stopping with the best plan so far" in complaints
    assert "Traceback" not in complaints
    assert "The independent checker passed this plan." in said
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["settings"]["stopped_early"] is True
    assert command("verify", workbook, folder).returncode == 0
