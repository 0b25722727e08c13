"""Inputs that cannot be used: said plainly, all at once, and nothing is written."""

import json
from pathlib import Path

import openpyxl
import pytest

from tests.end_to_end.conftest import Run


def changed(example: Path, folder: Path, change: str) -> Path:
    """A copy of the example with something wrong in it."""
    path = folder / "wrong.xlsx"
    if change == "an empty file":
        path.write_bytes(b"")
    elif change == "no workbook":
        path.write_text("Dear all, please find attached", encoding="utf-8")
    else:
        book = openpyxl.load_workbook(example)
        if change == "no sheet Staff":
            del book["Staff"]
        elif change == "an unknown department":
            book["Trainees"].cell(2, column_of(book["Trainees"], "department")).value = "NOWHERE"
        book.save(path)
    return path


def column_of(page: openpyxl.worksheet.worksheet.Worksheet, name: str) -> int:
    """The number of a column by its heading."""
    return [str(cell.value) for cell in page[1]].index(name) + 1


WRONG = {
    "an empty file": "empty",
    "no workbook": "",
    "no sheet Staff": "Staff",
    "an unknown department": "NOWHERE",
}


@pytest.mark.parametrize("change", WRONG)
def test_a_wrong_input_is_listed_and_nothing_is_written(
    command: Run, example: Path, tmp_path: Path, change: str
) -> None:
    path = changed(example, tmp_path, change)
    folder = tmp_path / "out" / "run"
    done = command("plan", path, "-o", folder)
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert "error" in done.stderr
    assert WRONG[change] in done.stderr
    assert "Traceback" not in done.stderr
    assert not folder.parent.exists()


@pytest.mark.parametrize("change", WRONG)
def test_a_wrong_input_as_a_document(
    command: Run, example: Path, tmp_path: Path, change: str
) -> None:
    path = changed(example, tmp_path, change)
    done = command("plan", path, "-o", tmp_path / "run", "--json")
    assert done.returncode == 2
    document = json.loads(done.stdout)
    assert document["format"] == "trainsched-problems/1"
    assert document["ok"] is False
    errors = [p for p in document["problems"] if p["severity"] == "error"]
    assert errors
    assert all(p["problem"] for p in errors)
    if change == "an unknown department":
        assert errors[0]["sheet"] == "Trainees"
        assert errors[0]["cell"] == f"{column_letter(path)}2"
        assert errors[0]["remedy"]


def column_letter(path: Path) -> str:
    """Where the department of a trainee stands."""
    page = openpyxl.load_workbook(path)["Trainees"]
    return str(page.cell(1, column_of(page, "department")).column_letter)


def test_a_file_that_is_not_there(command: Run, tmp_path: Path) -> None:
    done = command("plan", tmp_path / "nowhere.xlsx")
    assert done.returncode == 2
    assert "nowhere.xlsx" in done.stderr


def test_a_plan_that_is_not_one(command: Run, example: Path, tmp_path: Path) -> None:
    strange = tmp_path / "plan.json"
    strange.write_text("{}", encoding="utf-8")
    done = command("verify", example, strange, "--json")
    assert done.returncode == 2
    assert json.loads(done.stdout)["format"] == "trainsched-problems/1"


def test_a_plan_of_another_workbook_does_not_hold(
    command: Run, generated: Path, example_run: Path
) -> None:
    done = command("verify", generated, example_run)
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr
    assert done.stdout or done.stderr


@pytest.mark.parametrize("verb", ["template", "generate", "plan", "verify", "report"])
def test_help_comes_with_an_example(command: Run, verb: str) -> None:
    done = command(verb, "--help")
    assert done.returncode == 0
    assert f"  trainsched {verb} " in done.stdout
    assert "\x1b" not in done.stdout
