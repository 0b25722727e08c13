import json
from pathlib import Path

import openpyxl
import pytest

from tests.unit.reports_example import ORGANISATION, PLAN
from trainsched.domain.problems import WorkbookError
from trainsched.reports.background import background_of
from trainsched.reports.manifest import RunRecord
from trainsched.reports.plan_workbook import write_plan_workbook
from trainsched.reports.run_folder import FolderExistsError, read_run, write_run
from trainsched.reports.tables import plan_tables

BACKGROUND = background_of(
    ORGANISATION, PLAN, program_version="0.0.0", least_missing={("RT", 0): 1, ("RT", 1): 0}
)
RECORD = RunRecord(
    input_file="mine.xlsx",
    input_sha256="ab" * 32,
    mapping_file="mapping.toml",
    mapping_sha256="cd" * 32,
    time_limit_seconds=5.0,
    seed=3,
    workers=2,
    seconds=1.23456,
    seconds_by_step={"cover": 0.5},
    deterministic_time=0.25,
)


def written(folder: Path, *, force: bool = False) -> Path:
    return write_run(folder, PLAN, BACKGROUND, RECORD, force=force)


def test_a_run_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    run = read_run(written(tmp_path / "run"))
    assert run.plan == PLAN
    assert run.background.staff == BACKGROUND.staff
    assert run.background.trainees == BACKGROUND.trainees
    assert run.background.departments == BACKGROUND.departments
    assert run.background.activities == BACKGROUND.activities
    assert run.background.demand == BACKGROUND.demand
    assert run.background.assumptions == BACKGROUND.assumptions
    assert run.background.checked is True


def test_the_folder_holds_what_was_promised_and_nothing_beside_it(tmp_path: Path) -> None:
    written(tmp_path / "run")
    assert sorted(p.name for p in (tmp_path / "run").iterdir()) == [
        "calendars",
        "calendars.json",
        "manifest.json",
        "plan.json",
        "plan.xlsx",
    ]
    assert [p.name for p in tmp_path.iterdir()] == ["run"]


def test_the_manifest_is_enough_to_repeat_the_run(tmp_path: Path) -> None:
    text = (written(tmp_path / "run") / "manifest.json").read_text(encoding="utf-8")
    manifest = json.loads(text)
    assert manifest["input_sha256"] == "ab" * 32
    assert (manifest["mapping_file"], manifest["mapping_sha256"]) == ("mapping.toml", "cd" * 32)
    assert manifest["seed"] == 3
    assert manifest["settings"]["time_limit_seconds"] == 5.0
    assert manifest["library_versions"]["ortools"].startswith("9.")
    assert manifest["goals"][4] == {
        "name": "changed_duties",
        "value": 1,
        "bound": 0,
        "gap": 1.0,
        "status": "best found",
    }
    assert manifest["times"]["seconds"] == 1.235
    assert manifest["checker"]["verdict"] == "passed"
    assert not any(name in text for name in ("Ada", "Eve", "Dunn"))


def test_an_earlier_run_is_replaced_only_by_force(tmp_path: Path) -> None:
    folder = written(tmp_path / "run")
    (folder / "plan.json").write_text("mine", encoding="utf-8")
    (folder / "notes.txt").write_text("keep me", encoding="utf-8")
    with pytest.raises(FolderExistsError, match="--force"):
        written(folder)
    assert (folder / "plan.json").read_text(encoding="utf-8") == "mine"
    written(folder, force=True)
    assert read_run(folder).plan == PLAN
    assert (folder / "notes.txt").read_text(encoding="utf-8") == "keep me"
    assert [p.name for p in tmp_path.iterdir()] == ["run"]


def test_a_folder_of_other_things_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"x")
    with pytest.raises(FolderExistsError, match=r"photo\.jpg"):
        written(tmp_path, force=True)
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(FolderExistsError, match="is a file"):
        written(tmp_path / "file", force=True)


def test_an_empty_folder_may_be_used(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    assert read_run(written(tmp_path / "run")).plan == PLAN


def test_nothing_is_left_when_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("trainsched.reports.plan_workbook.write_plan_workbook", fail)
    with pytest.raises(OSError, match="disk is full"):
        written(tmp_path / "run")
    assert list(tmp_path.iterdir()) == []


def test_a_report_needs_no_more_than_the_plan(tmp_path: Path) -> None:
    folder = written(tmp_path / "run")
    (folder / "plan.xlsx").unlink()
    (folder / "manifest.json").unlink()
    run = read_run(folder)
    assert run.plan == PLAN
    assert run.background.checked is None
    assert run.background.label("S1") == "S1"


def test_a_plan_changed_since_counts_as_unchecked(tmp_path: Path) -> None:
    folder = written(tmp_path / "run")
    changed = PLAN.model_copy(update={"sessions": PLAN.sessions[:-1]})
    (folder / "plan.json").write_text(changed.to_json(), encoding="utf-8")
    assert read_run(folder).background.checked is None


def test_damaged_neighbours_do_no_harm(tmp_path: Path) -> None:
    folder = written(tmp_path / "run")
    (folder / "plan.xlsx").write_bytes(b"not a workbook")
    (folder / "manifest.json").write_text('{"version": 1}', encoding="utf-8")
    assert read_run(folder).background.staff == {}


@pytest.mark.parametrize(
    ("content", "said"),
    [("", "not a JSON file"), ("[]", "not a plan of trainsched"), ("{}", "not a plan")],
)
def test_a_plan_that_is_none_is_refused(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "plan.json").write_text(content, encoding="utf-8")
    with pytest.raises(WorkbookError, match=said):
        read_run(tmp_path)


def test_the_workbook_has_its_sheets_and_the_same_bytes_every_time(tmp_path: Path) -> None:
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    write_plan_workbook(first, PLAN, BACKGROUND)
    write_plan_workbook(second, PLAN, BACKGROUND)
    assert first.read_bytes() == second.read_bytes()
    book = openpyxl.load_workbook(first)
    assert book.sheetnames == [
        *("Summary", "By trainee", "By trainer", "By department", "Cover", "Unplaced"),
        *("Changes", "Load", "Assumptions", "Names"),
    ]
    for page in book.worksheets[1:]:
        assert page.auto_filter.ref
        assert page.freeze_panes
        assert page.print_title_rows == "$1:$1"
        assert page.page_setup.orientation == "landscape"


def test_no_cell_is_a_formula_or_a_link(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    write_plan_workbook(path, PLAN, BACKGROUND)
    book = openpyxl.load_workbook(path)
    cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
    names = {str(cell.value) for cell in book["Names"]["C"]}
    assert "=HYPERLINK(1)" in names


def test_the_changes_and_the_unplaced_are_named(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    write_plan_workbook(path, PLAN, BACKGROUND)
    book = openpyxl.load_workbook(path)
    changes = list(book["Changes"].iter_rows(min_row=2, values_only=True))
    assert [(row[5], row[7]) for row in changes] == [("Ada Bell", "Ben Carr")]
    unplaced = list(book["Unplaced"].iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[2], row[7]) for row in unplaced] == [("T3", "QA", 2), ("T3", "READ", 1)]
    assert "nobody qualified" in str(unplaced[0][8])


def test_tables_have_their_columns_and_count_alike() -> None:
    tables = plan_tables(PLAN, BACKGROUND)
    assert len(tables["by_trainee"]) == PLAN.summary.placed
    assert len(tables["by_department"]) == len(PLAN.sessions)
    assert tables["by_trainer"]["hours"].sum() == PLAN.summary.protected_trainer_hours
    assert tables["by_trainee"]["hours"].sum() == PLAN.summary.protected_trainee_hours
    assert len(tables["changes"]) == PLAN.summary.changed_duties
    empty = plan_tables(PLAN.model_copy(update={"sessions": (), "cover": ()}), BACKGROUND)
    assert list(empty["by_trainee"].columns) == list(tables["by_trainee"].columns)
    assert str(empty["cover"]["date"].dtype).startswith("datetime64")
