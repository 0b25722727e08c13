"""The template: what it offers as people fill it in, and that reading takes it as it is."""

import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from trainsched.service import check_workbook
from trainsched.workbook import load
from trainsched.workbook.schema import sheets
from trainsched.workbook.template import write_template


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "example.xlsx"
    write_template(path, example=True)
    return path


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "blank.xlsx"
    write_template(path)
    return path


@pytest.fixture(scope="module")
def book(blank: Path) -> Workbook:
    return openpyxl.load_workbook(blank)


def rules_of(page: Worksheet) -> dict[str, tuple[str, str]]:
    """The kind and the source of the rule on each column, by its letter."""
    return {
        str(rule.sqref).rstrip("0123456789:").split(":")[0].rstrip("0123456789"): (
            str(rule.type),
            str(rule.formula1),
        )
        for rule in page.data_validations.dataValidation
    }


def test_every_header_has_a_note_and_stays_in_view(book: Workbook) -> None:
    for sheet in sheets():
        page = book[sheet.name]
        assert page.freeze_panes == "B2"
        assert [cell.value for cell in page[1]] == [column.name for column in sheet.columns]
        assert [cell.value for cell in page[1] if cell.comment is None] == []


def test_lists_offer_what_a_cell_may_hold(book: Workbook) -> None:
    staff = rules_of(book["Staff"])
    assert staff["D"] == ("list", '"1,2,3,4,5,6,7,8a,8b,8c,8d,9"')
    assert staff["E"][0] == "decimal"
    assert staff["I"] == ("list", '"yes,no"')
    assert rules_of(book["Codes"])["B"] == ("list", '"absent,busy,on_call,training,duty,work"')
    assert rules_of(book["Rotations"])["C"][0] == "date"
    assert rules_of(book["Curriculum"])["F"][0] == "whole"


def test_codes_are_offered_from_the_sheet_that_lists_them(book: Workbook) -> None:
    assert rules_of(book["Rotations"])["A"] == ("list", "'Trainees'!$A$2:$A$1001")
    assert rules_of(book["Rotations"])["B"] == ("list", "'Departments'!$A$2:$A$1001")
    assert rules_of(book["Trainees"])["F"] == ("list", "'Staff'!$A$2:$A$1001")
    assert rules_of(book["Codes"])["C"] == ("list", "'Duties'!$B$2:$B$1001")


def test_no_rule_stops_what_the_reader_takes(book: Workbook) -> None:
    for page in book.worksheets:
        for rule in page.data_validations.dataValidation:
            assert rule.errorStyle == "warning", (page.title, str(rule.sqref))


def test_dates_are_shown_day_first(example: Path) -> None:
    book = openpyxl.load_workbook(example)
    assert book["Settings"]["B3"].number_format == "dd/mm/yyyy"
    assert book["Rotations"]["C2"].number_format == "dd/mm/yyyy"
    assert isinstance(book["Roster"]["B1"].value, datetime)
    assert book["Roster"]["B1"].number_format.endswith("dd/mm/yyyy")


def test_the_example_is_read_without_a_word(example: Path) -> None:
    reading = check_workbook(example)
    assert reading.problems == ()
    assert len(reading.staff_ids) == 8
    assert len(reading.roster_reading) == 40


def test_the_blank_template_is_sound_but_makes_no_plan(blank: Path) -> None:
    reading = check_workbook(blank)
    assert {str(problem.severity) for problem in reading.problems} == {"warning", "notice"}
    assert load(blank).organisation is None


def test_the_same_template_gives_the_same_bytes(blank: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.xlsx"
    write_template(again)
    assert again.read_bytes() == blank.read_bytes()


def through_libreoffice(path: Path, folder: Path) -> Path:
    """The workbook as LibreOffice saves it."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    words = [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder)]
    subprocess.run([*words, str(path)], capture_output=True, check=True, timeout=200)
    return folder / path.name


@pytest.mark.slow
def test_the_example_is_read_alike_once_libreoffice_has_saved_it(
    example: Path, tmp_path: Path
) -> None:
    saved = check_workbook(through_libreoffice(example, tmp_path))
    before = check_workbook(example)
    assert saved.problems == ()
    assert saved.organisation == before.organisation
    assert saved.roster_reading == before.roster_reading


@pytest.mark.slow
def test_the_blank_template_is_sound_once_libreoffice_has_saved_it(
    blank: Path, tmp_path: Path
) -> None:
    saved = check_workbook(through_libreoffice(blank, tmp_path))
    assert {str(problem.severity) for problem in saved.problems} == {"warning", "notice"}
    assert set(saved.counts) == set(check_workbook(blank).counts)
