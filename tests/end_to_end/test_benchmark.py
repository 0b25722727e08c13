"""The benchmark runs from the command line: two planners in processes of their own, and a table."""

import csv
import subprocess
import sys
from pathlib import Path

from trainsched.generate import write_organisation

ROOT = Path(__file__).resolve().parents[2]


def test_two_planners_side_by_side(tmp_path: Path) -> None:
    workbook = tmp_path / "tiny.xlsx"
    write_organisation(workbook, departments=1, trainees=2, weeks=1, seed=1)
    planners = ["trainsched", "plain CP-SAT, tuned"]
    command = [sys.executable, "-m", "scripts.benchmark", "side-by-side", str(workbook)]
    options = ["--limits", "20", "--table", str(tmp_path / "table"), "--planner", *planners]
    done = subprocess.run(
        [*command, *options], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    (written,) = (tmp_path / "table").glob("*.csv")
    with written.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["planner"] for row in rows] == planners
    assert [row["findings"] for row in rows] == ["0", "0"]
    assert len({row["unplaced_must_value"] for row in rows}) == 1
    assert all(row["unplaced_must_status"] == "proved best" for row in rows)
    assert "| ok |" in written.with_suffix(".md").read_text(encoding="utf-8")
