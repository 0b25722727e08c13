"""`explain` and `audit` as their users run them."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., subprocess.CompletedProcess[str]]

SHORT_OF_TRAINERS = {
    "Departments": "department\nRT\n",
    "Staff": "staff_id,name,department,band\nS1,Ada Bell,RT,7\n",
    "Trainees": "trainee_id,name,department,programme\nT1,Bo Carr,RT,STP\nT2,Cy Dale,RT,STP\n",
    "Training plan": "trainee_id,activity,sessions\nT1,QA,3\nT2,QA,3\n",
    "Duties": "department,duty,staff_needed,days\nRT,clinic,1,Mon-Thu\n",
    "Settings": "setting,value\nstart_date,2027-01-11\nweeks,1\nmax_training_per_day,none\n",
}


def workbook(folder: Path) -> Path:
    folder.mkdir()
    for sheet, text in SHORT_OF_TRAINERS.items():
        (folder / f"{sheet}.csv").write_text(text, encoding="utf-8")
    return folder


def test_a_plan_is_explained_from_the_command_line(command: Run, tmp_path: Path) -> None:
    facts = workbook(tmp_path / "short")
    run = tmp_path / "run"
    assert command("plan", facts, "-o", run, "--quiet").returncode == 0

    shown = command("explain", facts, "--plan", run, COLUMNS="80", NO_COLOR="1")
    assert shown.returncode == 0, shown.stderr
    assert "clinic" in shown.stdout
    assert "What would place it" in shown.stdout
    assert "£" in shown.stdout
    assert max(len(line) for line in shown.stdout.splitlines()) <= 80
    assert "\x1b" not in shown.stdout

    told = command("explain", facts, "--plan", run / "plan.json", "--json", "--quiet")
    document = json.loads(told.stdout)
    assert document["format"] == "trainsched-explain/1"
    missing = sum(i["required"] - i["placed"] for i in document["items"])
    plan = json.loads((run / "plan.json").read_text(encoding="utf-8"))
    assert missing == plan["summary"]["required"] - plan["summary"]["placed"] > 0
    assert told.stderr == ""

    again = command("explain", facts, "--plan", run, "--json", "--quiet")
    assert again.stdout == told.stdout


def test_a_plan_that_breaks_a_rule_is_not_explained(command: Run, tmp_path: Path) -> None:
    facts = workbook(tmp_path / "short")
    run = tmp_path / "run"
    assert command("plan", facts, "-o", run, "--quiet").returncode == 0
    broken = tmp_path / "broken.json"
    shutil.copy(run / "plan.json", broken)
    plan = json.loads(broken.read_text(encoding="utf-8"))
    plan["cover"] = []
    broken.write_text(json.dumps(plan), encoding="utf-8")
    done = command("explain", facts, "--plan", broken)
    assert done.returncode == 1
    assert "clinical_cover" in done.stdout


def test_a_trainee_whom_nobody_knows_is_a_wrong_command(command: Run, tmp_path: Path) -> None:
    facts = workbook(tmp_path / "short")
    run = tmp_path / "run"
    assert command("plan", facts, "-o", run, "--quiet").returncode == 0
    done = command("explain", facts, "--plan", run, "--trainee", "T9")
    assert done.returncode == 4
    assert "T1, T2" in done.stderr


def test_a_plan_that_is_not_there_is_said_to_be_missing(command: Run, tmp_path: Path) -> None:
    facts = workbook(tmp_path / "short")
    done = command("explain", facts, "--plan", tmp_path / "nowhere")
    assert done.returncode == 2
    assert "There is no plan at" in done.stderr
    assert "plan.json" in done.stderr


def test_odd_names_are_told_as_they_are(command: Run, tmp_path: Path) -> None:
    """Brackets are no mark-up, and quotation marks and foreign letters stay."""
    facts = workbook(tmp_path / "short")
    staff = (facts / "Staff.csv").read_text(encoding="utf-8")
    odd = "\u00d8yvind [bold]O'Neil & S\u00f6hne"
    (facts / "Staff.csv").write_text(staff.replace("Ada Bell", odd), encoding="utf-8")
    run = tmp_path / "run"
    assert command("plan", facts, "-o", run, "--quiet").returncode == 0
    shown = command("explain", facts, "--plan", run / "plan.xlsx", COLUMNS="200")
    assert shown.returncode == 0, shown.stderr
    assert odd in shown.stdout
    first = json.loads((run / "plan.json").read_text(encoding="utf-8"))["sessions"][0]["date"]
    words = ("replan", facts, "--from", run, "-o", tmp_path / "new", "--absent", odd, first, first)
    done = command(*words, COLUMNS="200")
    assert done.returncode == 0, done.stderr
    assert f"{odd} (S1)" in done.stdout


def test_a_roster_is_audited_from_the_command_line(command: Run, tmp_path: Path) -> None:
    facts = workbook(tmp_path / "short")
    shown = command("audit", facts, "--time-limit", "20", COLUMNS="80")
    assert shown.returncode == 0, shown.stderr
    for heading in ("1  Is every duty", "2  How much", "3  What hangs", "4  Which rules"):
        assert heading in shown.stdout
    assert max(len(line) for line in shown.stdout.splitlines()) <= 80

    told = command("audit", facts, "--no-plan", "--json", "--quiet")
    document = json.loads(told.stdout)
    assert document["format"] == "trainsched-audit/1"
    assert document["with_plan"] is None
    assert told.stderr == ""
