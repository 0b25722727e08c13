"""The benchmark of questions runs the installed commands, and its table says what they answered."""

import csv
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from scripts.benchmark.asking import Asked
from scripts.benchmark.questions import Absence, busiest_week, with_leave
from scripts.benchmark.questions_table import as_text, row_of
from trainsched.generate import write_organisation

ROOT = Path(__file__).resolve().parents[2]


def session(day: str, *staff: str, pinned: bool = False) -> dict[str, Any]:
    return {"date": day, "staff": [{"staff_id": who} for who in staff], "pinned": pinned}


def test_the_busiest_week_is_of_the_first_who_has_most_without_pins() -> None:
    sessions = [
        session("2027-03-01", "S2", "S1"),
        session("2027-03-07", "S2"),
        session("2027-03-08", "S1"),
        session("2027-03-09", "S1"),
        *(session("2027-03-15", "S3", pinned=pinned) for pinned in (False, False, True)),
    ]
    expected = Absence("S2", date(2027, 3, 1), date(2027, 3, 5))
    assert busiest_week({"sessions": sessions}) == expected
    assert busiest_week({"sessions": []}) is None


def test_leave_is_added_to_a_copy_of_the_workbook(tmp_path: Path) -> None:
    workbook = tmp_path / "tiny.xlsx"
    write_organisation(workbook, departments=1, trainees=2, weeks=1, seed=1)
    absence = Absence("S1", date(2027, 3, 1), date(2027, 3, 5))
    before = workbook.read_bytes()
    copy = load_workbook(with_leave(workbook, absence, tmp_path))
    (*_, last) = copy["Leave"].iter_rows(values_only=True)
    assert [getattr(cell, "date", lambda c=cell: c)() for cell in last] == list(absence)
    assert workbook.read_bytes() == before


def test_a_row_counts_what_is_proved() -> None:
    items = [
        {"status": "proved minimal", "unlocks": [{}, {}]},
        {"status": "reduced, not proved minimal", "unlocks": [{}]},
        {"status": "not settled", "unlocks": []},
    ]
    document = {"items": items, "not_explained": [["T1", "A"], ["T2", "A"]]}
    row = row_of("tiny", "explain the whole plan", "", Asked(document, 1.26, 2.0, 99))
    assert (row["wall_s"], row["items"], row["unlocks_confirmed"]) == ("1.3", "3", "3")
    assert "| 1 / 1 / 1 / 2 | 3 / 1 |" in as_text("0", [row])


def test_moves_that_are_not_proved_least_show_their_bound() -> None:
    goal = {"name": "moved_sessions", "value": 7, "bound": 5, "status": "best found"}
    row = row_of("tiny", "replan, told", "", Asked({"goals": [goal]}, 1, 1, None))
    assert "| 7 (5) |" in as_text("0", [row])


@pytest.mark.slow
def test_all_questions_about_a_small_plan(tmp_path: Path) -> None:
    workbook = tmp_path / "tiny.xlsx"
    write_organisation(workbook, departments=1, trainees=3, weeks=2, seed=1, tightness=1.5)
    table = tmp_path / "table"
    command = [sys.executable, "-m", "scripts.benchmark", "questions", str(workbook)]
    done = subprocess.run(
        [*command, "--table", str(table), "--workbooks", str(tmp_path / "made")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (written,) = table.glob("*.csv")
    with written.open(encoding="utf-8", newline="") as file:
        rows = {row["question"]: row for row in csv.DictReader(file)}
    assert {"plan", "replan, told", "replan, edited", "audit"} <= rows.keys()
    assert not any(row["note"] for row in rows.values())
    told, edited = rows["replan, told"], rows["replan, edited"]
    assert told["moved_sessions_status"] == "proved best"
    assert told["moved_sessions_value"] == edited["moved_sessions_value"]
    plan = json.loads((tmp_path / "made" / "tiny-run" / "plan.json").read_text(encoding="utf-8"))
    assert ("explain one item" in rows) == bool(plan["unplaced"])
