"""The same workbook gives the same plan, to the last byte, whatever else the machine is doing."""

import subprocess
import sys
from pathlib import Path

WORKBOOK = Path(__file__).resolve().parents[2] / "inputs" / "examples" / "small.xlsx"
BUSY = "while True: pass"


def plan(folder: Path) -> bytes:
    """Plan the small example in a process of its own and return the plan's bytes."""
    command = [sys.executable, "-m", "trainsched", "plan", str(WORKBOOK), "-o", str(folder)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return (folder / "plan.json").read_bytes()


def test_a_busy_machine_plans_the_same(tmp_path: Path) -> None:
    quiet = plan(tmp_path / "quiet")
    busy = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(4)]
    try:
        loaded = plan(tmp_path / "loaded")
    finally:
        for process in busy:
            process.kill()
            process.wait()
    assert quiet == loaded
