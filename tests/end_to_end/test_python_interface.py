"""The same job from Python, as a notebook does it."""

import json
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

import trainsched as ts
from trainsched.cli import main
from trainsched.domain.findings import Finding
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan as DomainPlan
from trainsched.domain.rules import RuleId


@pytest.fixture(scope="module")
def organisation(generated: Path) -> Organisation:
    return ts.read_workbook(generated)


@pytest.fixture(scope="module")
def plan(organisation: Organisation) -> ts.Plan:
    return ts.plan(organisation, time_limit=5)


def test_a_plan_reads_writes_and_verifies(
    organisation: Organisation, plan: ts.Plan, generated: Path, tmp_path: Path
) -> None:
    assert isinstance(plan, DomainPlan)
    assert ts.verify(organisation, plan) == []
    folder = plan.write(tmp_path / "run")
    assert (folder / "plan.json").read_text(encoding="utf-8") == plan.to_json()
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["input_file"] == generated.name
    assert len(manifest["input_sha256"]) == 64
    assert ts.read_plan(folder, organisation) == plan
    assert ts.verify(organisation, ts.read_plan(folder / "plan.xlsx", organisation)) == []
    with pytest.raises(ts.FolderExistsError):
        plan.write(folder)


def test_the_answers_that_were_used_are_part_of_the_record(generated: Path, tmp_path: Path) -> None:
    copy = tmp_path / "department.xlsx"
    shutil.copy(generated, copy)
    assert getattr(ts.read_workbook(copy), "mapping_file", "unset") == ""
    answers = tmp_path / "mapping.toml"
    answers.write_text('[codes]\n"SL" = "absent"\n', encoding="utf-8")
    organisation = ts.read_workbook(copy)
    assert getattr(organisation, "mapping_file", "") == "mapping.toml"
    assert getattr(organisation, "mapping_sha256", "") == sha256(answers.read_bytes()).hexdigest()
    changed = organisation.model_copy(update={"name": "Elsewhere"})
    assert getattr(changed, "mapping_sha256", "unset") == ""


def test_tables_count_what_the_plan_counts(plan: ts.Plan) -> None:
    tables = plan.tables()
    assert set(tables) == {
        *("by_trainee", "by_trainer", "by_department", "cover", "shortfalls"),
        *("unplaced", "changes", "goals"),
    }
    assert len(tables["by_trainee"]) == plan.summary.placed
    assert len(tables["cover"]) == len(plan.cover)
    assert tables["by_trainee"]["name"].notna().all()
    hours = tables["by_trainee"]["hours"].sum()
    assert hours == pytest.approx(plan.summary.protected_trainee_hours)


def test_progress_is_told(organisation: Organisation) -> None:
    steps: list[ts.Progress] = []
    again = ts.plan(organisation, time_limit=5, progress=steps.append)
    assert steps
    assert all(step.message for step in steps)
    assert again.summary.required > 0


def test_changed_facts_are_no_longer_those_of_the_file(organisation: Organisation) -> None:
    changed = organisation.model_copy(update={"name": "Elsewhere"})
    assert getattr(organisation, "input_sha256", "") != ""
    assert getattr(changed, "input_sha256", "unset") == ""


def test_a_wrong_workbook_raises_with_its_problems(tmp_path: Path) -> None:
    (tmp_path / "wrong.xlsx").write_bytes(b"")
    with pytest.raises(ts.WorkbookError) as caught:
        ts.read_workbook(tmp_path / "wrong.xlsx")
    assert caught.value.problems


def test_a_plan_that_the_checker_refuses_is_never_written(
    generated: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    finding = Finding(rule=RuleId.TRAVEL, detail="S1 would need wings.")
    monkeypatch.setattr("trainsched.checker.check", lambda *facts, published: [finding])
    folder = tmp_path / "run"
    assert main(["plan", str(generated), "-o", str(folder), "--time-limit", "5"]) == 5
    said = capsys.readouterr()
    assert "travel: S1 would need wings." in said.err
    assert said.out == ""
    assert list(tmp_path.iterdir()) == []
