"""Large and odd files: the fast reader reads as the other one does, and nothing grows unbounded."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.corpus import messy_codes, messy_dates, messy_layouts  # noqa: F401
from tests.corpus.frame import MESSES, TABLES, TODAY, WEEK, book, problems_of, said_by
from trainsched.domain.problems import Severity
from trainsched.workbook import load, opening_large
from trainsched.workbook.opening import open_file

_ALIKE = (
    *("plain_grid", "merged_codes_over_days_and_people", "hidden_rows_columns_and_sheets"),
    *("dates_counted_from_1904", "errors_and_uncalculated_formulas", "shift_times_in_cells"),
)


@pytest.mark.parametrize("name", _ALIKE)
def test_the_fast_reader_reads_alike(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening_large, "LARGE_BYTES", 0)
    one = next(one for one in MESSES if one.name == name)
    reading = load(one.build(tmp_path), today=TODAY)
    assert said_by(reading) == one.says
    assert problems_of(reading) == one.problems | {"notice file"}


def test_very_many_styled_rows_cost_little(tmp_path: Path) -> None:
    plain, path = tmp_path / "plain.xlsx", tmp_path / "styled.xlsx"
    book({"Roster": [["Name", *WEEK], ["Alma Birch", "AL"]]}).save(plain)
    styled = b"".join(
        b'<row r="%d" s="1" customFormat="1"><c r="A%d" s="1"/></row>' % (row, row)
        for row in range(3, 300_003)
    )
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if b"Alma Birch" in content and b"AL" in content and name.endswith("sheet7.xml"):
                content = content.replace(b"</sheetData>", styled + b"</sheetData>")
            new.writestr(name, content)
    roster = next(grid for grid in open_file(path).grids if grid.sheet == "Roster")
    assert len(roster.rows) == 2
    assert said_by(load(path, today=TODAY)) == {"S1 07/09 absent"}


def test_a_file_of_a_hundred_megabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "huge.xlsx"
    with path.open("wb") as file:
        file.write(b"PK")
        file.truncate(101_000_000)
    (problem,) = load(path).problems
    assert "101 million bytes" in problem.problem


def test_a_csv_alone_is_a_sheet_of_its_name(tmp_path: Path) -> None:
    path = tmp_path / "Roster.csv"
    path.write_text("Name,07/09/2026\nAlma Birch,AL\n")
    (grid,) = open_file(path).grids
    assert grid.sheet == "Roster"
    assert grid.rows[2] == {1: "Alma Birch", 2: "AL"}
    reading = load(path, today=TODAY)
    missing = [p for p in reading.problems if p.severity is Severity.ERROR]
    assert any("The sheet Staff is missing" in problem.problem for problem in missing)
    assert "Roster" in reading.counts


def test_text_under_the_name_of_a_workbook_is_told_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "Roster.xlsx"
    path.write_bytes(b"Name;07/09/2026\r\nZo\xeb Birch;AL\r\n")
    (grid,) = open_file(path).grids
    assert grid.rows[2] == {1: "Zoë Birch", 2: "AL"}


def test_links_to_other_files_are_not_followed(tmp_path: Path) -> None:
    made = book({"Roster": [["Name", *WEEK], ["Alma Birch", "AL"]]})
    made["Roster"]["B3"] = "='[other.xlsx]Sheet1'!A1"
    made.save(tmp_path / "book.xlsx")
    reading = load(tmp_path / "book.xlsx", today=TODAY)
    assert said_by(reading) == {"S1 07/09 absent"}
    assert openpyxl.load_workbook(tmp_path / "book.xlsx").sheetnames == [*TABLES, "Roster"]
