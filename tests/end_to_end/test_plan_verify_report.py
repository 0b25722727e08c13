"""The main job, as a user does it: template, plan, verify, report."""

import json
import shutil
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from subprocess import CompletedProcess

import openpyxl
import pytest

from tests.end_to_end.conftest import Run

ESCAPE = "\x1b"


def test_the_example_is_planned_and_written_whole(
    planned: CompletedProcess[str], example: Path, example_run: Path
) -> None:
    assert "Is every duty covered if I approve this?" in planned.stdout
    assert "The independent checker passed this plan." in planned.stdout
    assert sorted(p.name for p in example_run.iterdir()) == [
        "calendars",
        "calendars.json",
        "manifest.json",
        "plan.json",
        "plan.xlsx",
    ]
    assert [p.name for p in example_run.parent.iterdir()] == ["example"]
    manifest = json.loads((example_run / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["input_sha256"] == sha256(example.read_bytes()).hexdigest()
    assert manifest["plan_sha256"] == sha256((example_run / "plan.json").read_bytes()).hexdigest()
    assert manifest["checker"]["verdict"] == "passed"


def test_again_with_json_and_quiet_gives_the_same_bytes_and_nothing_else(
    command: Run, example: Path, example_run: Path, tmp_path: Path
) -> None:
    done = command("plan", example, "--json", "--quiet", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    # Without -o the folder is named after the workbook.
    folder = tmp_path / "outputs" / "department-plan"
    assert done.stdout == (folder / "plan.json").read_text(encoding="utf-8")
    plan = json.loads(done.stdout)
    assert plan["format"] == "trainsched-plan/1"
    assert plan["sessions"]
    for file in ("plan.json", "plan.xlsx"):
        assert (folder / file).read_bytes() == (example_run / file).read_bytes()


def test_a_generated_organisation_is_planned_and_verified(
    command: Run, generated: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "run"
    done = command("plan", generated, "-o", folder, "--time-limit", "5")
    assert done.returncode == 0, done.stderr
    for plan in (folder, folder / "plan.json", folder / "plan.xlsx"):
        checked = command("verify", generated, plan)
        assert checked.returncode == 0, checked.stdout + checked.stderr
        assert "keeps every rule" in checked.stdout


def test_an_earlier_run_stays_unless_forced(
    command: Run, generated: Path, example_run: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "run"
    shutil.copytree(example_run, folder)
    (folder / "plan.json").write_text("mine", encoding="utf-8")
    done = command("plan", generated, "-o", folder)
    assert done.returncode == 4
    assert "--force" in done.stderr
    assert (folder / "plan.json").read_text(encoding="utf-8") == "mine"
    done = command("plan", generated, "-o", folder, "--force", "--time-limit", "5")
    assert done.returncode == 0, done.stderr
    assert json.loads((folder / "plan.json").read_text(encoding="utf-8"))["weeks"] == 2


def test_verify_says_what_it_looked_at(command: Run, example: Path, example_run: Path) -> None:
    plan = json.loads((example_run / "plan.json").read_text(encoding="utf-8"))
    done = command("verify", example, example_run)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(plan['sessions'])} session" in done.stdout
    assert len(done.stdout.strip().splitlines()) == 1
    done = command("verify", example, example_run / "plan.xlsx", "--json")
    assert json.loads(done.stdout) == {
        "format": "trainsched-verify/1",
        "ok": True,
        "findings": [],
    }


def test_a_broken_plan_is_found_out(
    command: Run, example: Path, example_run: Path, tmp_path: Path
) -> None:
    plan = json.loads((example_run / "plan.json").read_text(encoding="utf-8"))
    dropped = plan["sessions"].pop()
    broken = tmp_path / "plan.json"
    broken.write_text(json.dumps(plan), encoding="utf-8")
    done = command("verify", example, broken)
    assert done.returncode == 1
    assert done.stdout.startswith("The plan does not hold:")
    assert "training_demand" in done.stdout
    done = command("verify", example, broken, "--json")
    document = json.loads(done.stdout)
    assert done.returncode == 1
    assert document["ok"] is False
    assert "training_demand" in [finding["rule"] for finding in document["findings"]]
    assert dropped["trainees"]


@pytest.mark.parametrize("columns", [80, 120])
def test_a_report_fits_its_width_and_has_no_codes_when_piped(
    command: Run, example_run: Path, columns: int
) -> None:
    done = command("report", example_run, COLUMNS=str(columns))
    assert done.returncode == 0, done.stderr
    assert ESCAPE not in done.stdout
    assert max(len(line) for line in done.stdout.splitlines()) <= columns
    for heading in ("1  Is every", "2  How much", "3  What is not", "4  Who carries", "Goals"):
        assert heading in done.stdout


def test_a_report_on_an_old_console_uses_its_letters(command: Run, example_run: Path) -> None:
    done = command("report", example_run, PYTHONIOENCODING="cp1252")
    assert done.returncode == 0, done.stderr
    assert "#" in done.stdout
    assert "─" not in done.stdout


def test_the_report_from_the_folder_is_the_report_of_the_run(
    command: Run, planned: CompletedProcess[str], example_run: Path
) -> None:
    assert command("report", example_run).stdout == planned.stdout


def test_a_report_on_the_plan_alone_shows_ids(
    command: Run, example_run: Path, tmp_path: Path
) -> None:
    shutil.copy(example_run / "plan.json", tmp_path)
    done = command("report", tmp_path)
    assert done.returncode == 0, done.stderr
    plan = json.loads((example_run / "plan.json").read_text(encoding="utf-8"))
    person = next(s["staff"][0]["staff_id"] for s in plan["sessions"] if s["staff"])
    assert f"   {person} " in done.stdout


def test_one_department_and_one_person(command: Run, example_run: Path) -> None:
    plan = json.loads((example_run / "plan.json").read_text(encoding="utf-8"))
    session = next(s for s in plan["sessions"] if s["staff"])
    department = command("report", example_run, "--department", session["department"])
    assert department.returncode == 0, department.stderr
    assert f"({session['department']})" in department.stdout.splitlines()[0]
    trainee = session["trainees"][0]
    timetable = command("report", example_run, "--person", trainee)
    assert timetable.returncode == 0, timetable.stderr
    assert f"({trainee}): timetable" in timetable.stdout.splitlines()[0]
    assert session["activity"] in timetable.stdout
    document = json.loads(command("report", example_run, "--person", trainee, "--json").stdout)
    mine = [s["id"] for s in plan["sessions"] if trainee in s["trainees"]]
    assert [stay["session_id"] for stay in document["stays"] if stay["session_id"]] == mine


@pytest.mark.parametrize("option", ["--department", "--person"])
def test_a_name_that_is_not_there(command: Run, example_run: Path, option: str) -> None:
    done = command("report", example_run, option, "NOBODY-99")
    assert done.returncode == 4
    assert "NOBODY-99" in done.stderr
    assert done.stdout == ""


def test_the_report_as_a_document(command: Run, example_run: Path) -> None:
    plan = json.loads((example_run / "plan.json").read_text(encoding="utf-8"))
    document = json.loads(command("report", example_run, "--json").stdout)
    assert document["format"] == "trainsched-report/1"
    assert document["training"]["placed"] == plan["summary"]["placed"]
    assert document["cover"]["places_changed"] == plan["summary"]["changed_duties"]


def test_the_workbook_of_the_run_opens_and_holds_every_session(example_run: Path) -> None:
    plan = json.loads((example_run / "plan.json").read_text(encoding="utf-8"))
    book = openpyxl.load_workbook(example_run / "plan.xlsx")
    placed = sum(len(session["trainees"]) for session in plan["sessions"])
    assert book["By trainee"].max_row >= placed + 1
    assert book.sheetnames[0] == "Summary"


def test_a_workbook_changed_by_hand_is_checked_too(
    command: Run, example: Path, example_run: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "run"
    shutil.copytree(example_run, folder)
    book = openpyxl.load_workbook(folder / "plan.xlsx")
    page = book["By department"]
    day = page.cell(2, [cell.value for cell in page[1]].index("Date") + 1)
    day.value += timedelta(days=5 - day.value.weekday())
    book.save(folder / "plan.xlsx")
    for plan in (folder, folder / "plan.xlsx"):
        done = command("verify", example, plan)
        assert done.returncode == 1, done.stdout + done.stderr
        assert "at_work" in done.stdout
    assert command("verify", example, folder / "plan.json").returncode == 0


def test_a_robust_plan_is_the_same_plan_with_standbys(
    command: Run, example: Path, example_run: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "run"
    done = command("plan", example, "--robust", "-o", folder)
    assert done.returncode == 0, done.stderr
    assert (folder / "plan.json").read_bytes() == (example_run / "plan.json").read_bytes()
    standbys = json.loads((folder / "standbys.json").read_text(encoding="utf-8"))
    assert standbys["format"] == "trainsched-standbys/1"
    assert standbys["plan_sha256"] == sha256((folder / "plan.json").read_bytes()).hexdigest()
    named = [one for one in standbys["sessions"] if one["staff_id"] is not None]
    assert len(named) == standbys["named"] <= standbys["wanted"] == len(standbys["sessions"])
    survival = standbys["survival"]
    assert 0 < survival["without_standbys"] <= survival["with_standbys"] < 1
    assert f"{len(named)} of {standbys['wanted']} must sessions" in " ".join(done.stdout.split())
    book = openpyxl.load_workbook(folder / "plan.xlsx", read_only=True)
    assert book["Standbys"].max_row == 1 + standbys["wanted"]
    assert command("verify", example, folder / "plan.xlsx").returncode == 0
    again = command("report", folder)
    assert " ".join(again.stdout.split()).count("have a standby") == 1
    document = json.loads(command("report", folder, "--json").stdout)
    assert document["survival"] == survival
    # Standbys of another plan are not shown.
    (folder / "standbys.json").write_text(
        json.dumps({**standbys, "plan_sha256": "other"}), encoding="utf-8"
    )
    assert "have a standby" not in command("report", folder).stdout


def test_a_plan_without_standbys_still_says_what_absence_does(
    command: Run, planned: CompletedProcess[str], example_run: Path
) -> None:
    for said in (planned.stdout, command("report", example_run).stdout):
        assert "of the sessions go ahead as planned" in " ".join(said.split())
