"""Five public rota files, which are not part of the project: read to the right people and dates.

They stand in a folder beside the project. Who is named in them is taken from the files themselves,
by the libraries that read them and nothing of ours.
"""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from trainsched.domain.problems import Severity
from trainsched.workbook import Reading, load
from trainsched.workbook.grid import Grid
from trainsched.workbook.opening import open_file
from trainsched.workbook.reader import read_grids

FOLDER = Path(__file__).parents[2].parent / "shared" / "benchmarks" / "roster_workbooks"

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the public rota files do not stand beside the project"
)


def _grid(name: str, rows: list[list[Any]]) -> Grid:
    return Grid(name, {r: dict(enumerate(row, 1)) for r, row in enumerate(rows, 1)})


def read(file: str, people: set[str], start: date, weeks: int, codes: list[str]) -> Reading:
    """The file's sheets in a workbook that knows the people and the codes."""
    opened = open_file(FOLDER / file)
    own = [
        _grid("Settings", [["setting", "value"], ["start_date", start], ["weeks", weeks]]),
        _grid("Departments", [["department"], ["A"]]),
        _grid("Staff", [["staff_id", "name", "department"],
                        *([name, name, "A"] for name in sorted(people))]),
        _grid("Trainees", [["trainee_id", "name", "department", "programme"],
                           ["T1", "Somebody Else", "A", "P"]]),
        _grid("Curriculum", [["programme", "activity", "sessions"], ["P", "QA", 1]]),
        _grid("Codes", [["code", "meaning"], *([code, "on_call"] for code in codes)]),
    ]  # fmt: skip
    return read_grids((*own, *opened.grids), "public", today=start)


def by_day(reading: Reading) -> Counter[tuple[str, date]]:
    return Counter((entry.person, entry.date) for entry in reading.roster_reading)


@pytest.mark.parametrize("ending", ["csv", "xls", "xlsx"])
def test_one_rota_in_three_forms(ending: str) -> None:
    with (FOLDER / "simple_rota.csv").open(newline="") as file:
        typed = list(csv.reader(file))[1:]
    start = date(2018, 1, 1)
    reading = read(f"simple_rota.{ending}", {row[1] for row in typed}, start, 5, [])
    assert len(typed) == 30
    expected = {(row[1], start + timedelta(days=n)): 2 for n, row in enumerate(typed)}
    assert by_day(reading) == expected
    assert {str(entry.meaning) for entry in reading.roster_reading} == {"on_call"}
    assert {entry.cell for entry in reading.roster_reading} == {f"B{n}" for n in range(2, 32)}
    assert all(problem.severity is Severity.NOTICE for problem in reading.problems)


def test_several_rotas_in_one_sheet() -> None:
    rows = CalamineWorkbook.from_path(FOLDER / "multi_rota.xls").get_sheet_by_index(0).to_python()
    people = {str(name) for row in rows[1:] for name in row[1:]}
    start = date(2018, 1, 29)
    reading = read("multi_rota.xls", people, start, 5, [str(head) for head in rows[0][1:]])
    assert len(rows) == 31
    expected = Counter({(str(name), start + timedelta(days=n)): 2
                        for n, row in enumerate(rows[1:]) for name in row[1:]})  # fmt: skip
    assert by_day(reading) == expected
    assert sum(expected.values()) == 180
    assert {str(entry.meaning) for entry in reading.roster_reading} == {"on_call"}
    assert all(problem.severity is Severity.NOTICE for problem in reading.problems)


def test_day_numbers_under_months_with_hidden_rows() -> None:
    page = openpyxl.load_workbook(FOLDER / "unusual1.xlsx")["Sheet1"]
    typed = {row: str(page.cell(row, 2).value).split("(")[0].strip()
             for row in range(504, 1021) if page.cell(row, 2).value}  # fmt: skip
    start = date(2017, 10, 1)
    reading = read("unusual1.xlsx", set(typed.values()), start, 74, [])
    # Nothing says what the people do, so each entry is read as busy, and said to be.
    expected = {(name, start + timedelta(days=n)): 2 for n, name in enumerate(typed.values())}
    assert len(expected) == 512
    assert by_day(reading) == expected
    assert max(entry.date for entry in reading.roster_reading) == date(2019, 2, 24)
    assert {str(entry.meaning) for entry in reading.roster_reading} == {"busy"}
    assert {entry.cell for entry in reading.roster_reading} == {f"B{row}" for row in typed}
    assert any("503 hidden rows" in problem.problem for problem in reading.problems)
    read_, used, reported, skipped = reading.counts["Sheet1"]
    assert read_ == 1020 == used + reported + skipped


@pytest.mark.parametrize("ending", ["csv", "xls", "xlsx"])
def test_a_rota_alone_is_read_with_its_own_names_and_dates(ending: str) -> None:
    with (FOLDER / "simple_rota.csv").open(newline="") as file:
        typed = list(csv.reader(file))[1:]
    reading = load(FOLDER / f"simple_rota.{ending}")
    start = date(2018, 1, 1)
    assert by_day(reading) == {(row[1], start + timedelta(days=n)): 2
                               for n, row in enumerate(typed)}  # fmt: skip
    said = {(e.code, str(e.meaning), e.sheet) for e in reading.roster_reading}
    assert said == {("On-Call", "on_call", "simple_rota")}
    assert {entry.cell for entry in reading.roster_reading} == {f"B{n}" for n in range(2, 32)}
    assert reading.organisation is None
    assert any("The sheet Staff is missing" in problem.problem for problem in reading.problems)


def test_several_rotas_alone() -> None:
    rows = CalamineWorkbook.from_path(FOLDER / "multi_rota.xls").get_sheet_by_index(0).to_python()
    reading = load(FOLDER / "multi_rota.xls")
    start = date(2018, 1, 29)
    expected = {
        (str(name), start + timedelta(days=n), str(head))
        for n, row in enumerate(rows[1:])
        for head, name in zip(rows[0][1:], row[1:], strict=True)
    }
    assert {(e.person, e.date, e.code) for e in reading.roster_reading} == expected
    assert {str(entry.meaning) for entry in reading.roster_reading} == {"busy"}
    doubted = {cell for p in reading.problems for cell in p.cells}
    assert {entry.cell for entry in reading.roster_reading} <= doubted


def test_day_numbers_under_months_alone() -> None:
    page = openpyxl.load_workbook(FOLDER / "unusual1.xlsx")["Sheet1"]
    typed = [str(page.cell(row, 2).value).split("(")[0].strip()
             for row in range(504, 1021) if page.cell(row, 2).value]  # fmt: skip
    reading = load(FOLDER / "unusual1.xlsx")
    start = date(2017, 10, 1)
    assert by_day(reading) == {(name, start + timedelta(days=n)): 2 for n, name in enumerate(typed)}
    told = {cell for problem in reading.problems for cell in problem.cells}
    notes = {cell.coordinate for row in page.iter_rows(min_row=504) for cell in row
             if cell.column > 2 and cell.value is not None and str(cell.value).strip()}  # fmt: skip
    assert notes - told <= {"G536"}
