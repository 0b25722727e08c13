"""Files that are refused, and what of a file is looked at."""

from __future__ import annotations

import csv
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.unit.workbook_builder import MONDAY, TODAY, found, read, tables, the
from trainsched.domain.problems import Severity, WorkbookError
from trainsched.workbook import load, write_workbook
from trainsched.workbook.opening import open_file


def refusal(path: Path) -> str:
    reading = load(path)
    assert reading.organisation is None
    (problem,) = reading.problems
    assert (problem.severity, problem.sheet, problem.cell) == (Severity.ERROR, None, None)
    assert problem.remedy
    with pytest.raises(WorkbookError) as caught:
        reading.facts()
    assert caught.value.problems == reading.problems
    return problem.problem


def test_files_that_are_no_workbook(tmp_path: Path) -> None:
    for name, content, words in (
        ("empty.xlsx", b"", "is empty"),
        ("text.xlsx", b"hello, this is text", "damaged"),
        ("old.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600, "password"),
        ("notes.docx", b"PK", "'.docx' are not read"),
        ("~$book.xlsx", b"x", "temporary file"),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        assert words in refusal(path), name
    assert "no such file" in refusal(tmp_path / "missing.xlsx")
    (tmp_path / "nothing").mkdir()
    assert "no .csv files" in refusal(tmp_path / "nothing")


def test_zip_files_that_are_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "nothing here")
    assert "damaged" in refusal(path)


def test_a_cut_off_workbook(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_workbook(path, tables())
    path.write_bytes(path.read_bytes()[:-400])
    assert "damaged" in refusal(path)


def test_a_workbook_with_broken_xml(tmp_path: Path) -> None:
    path, broken = tmp_path / "book.xlsx", tmp_path / "broken.xlsx"
    write_workbook(path, tables())
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content[:200] if name.endswith("sheet1.xml") else content)
    assert "damaged" in refusal(broken)


@pytest.mark.parametrize("name", ["bomb.xlsx", "bomb.ods"])
def test_a_bomb_is_not_opened(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    assert "unpacks to far more" in refusal(path)


def test_stray_cells_far_away_cost_nothing(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_workbook(path, tables())
    book = openpyxl.load_workbook(path)
    book["Staff"]["XFD1048576"] = "stray"
    book.save(path)
    (staff,) = (grid for grid in open_file(path).grids if grid.sheet == "Staff")
    assert staff.last_row == 1_048_576
    assert len(staff.rows) == 5


def test_macros_are_ignored(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsm"
    write_workbook(tmp_path / "book.xlsx", tables())
    (tmp_path / "book.xlsx").rename(path)
    assert load(path, today=TODAY).organisation is not None


def test_excel_errors_and_uncalculated_formulas_are_named(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_workbook(path, tables())
    book = openpyxl.load_workbook(path)
    book["Staff"]["D2"] = "#N/A"
    book["Staff"]["D2"].data_type = "e"
    book["Staff"]["D3"] = "=D4"
    book.save(path)
    reading = load(path, today=TODAY)
    told = {problem.where: problem for problem in found(reading, Severity.ERROR)}
    assert set(told) == {"Staff!D2", "Staff!D3"}
    assert "#N/A" in told["Staff!D2"].problem
    assert "never calculated" in told["Staff!D3"].problem
    assert told["Staff!D3"].value == "=D4"


def test_merged_cells_hold_their_value_everywhere(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page["B2"] = "label"
    page.merge_cells("B2:C3")
    book.save(path)
    (grid,) = open_file(path).grids
    assert grid.rows == {2: {2: "label", 3: "label"}, 3: {2: "label", 3: "label"}}


def test_hidden_sheets_and_rows_are_not_read_and_said_so(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_workbook(path, tables(Rotations=[{"trainee_id": "nobody", "department": "RT"}]))
    book = openpyxl.load_workbook(path)
    book["Rotations"].sheet_state = "hidden"
    book["Staff"].row_dimensions[4].hidden = True
    book.save(path)
    reading = load(path, today=TODAY)
    assert [person.staff_id for person in reading.facts().staff] == ["S1", "S2"]
    told = {(p.sheet, p.cell): p.problem for p in found(reading, Severity.NOTICE)}
    assert "is hidden" in told["Rotations", None]
    assert "1 hidden row was not read" in told["Staff", "A4"]
    assert reading.counts["Staff"] == (4, 2, 1, 1)
    assert reading.counts["Rotations"].rows_used == 0


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8-sig", ","), ("cp1252", ";"), ("utf-8", "\t")]
)
def test_a_folder_of_csv_files_reads_as_the_workbook_does(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    made = tables(Roster=[["staff_id", "01/03/2027"], ["S1", "A/L"], [], ["S9", "AL"]])
    made["Staff"][0]["name"] = "Zo\u00eb; \u201cZed\u201d,\nBirch"
    folder = tmp_path / "fellside"
    folder.mkdir()
    for name, rows in made.items():
        grid = [row for row in rows if not isinstance(row, dict)]
        if not grid:
            headers = list(dict.fromkeys(header for row in rows for header in row))
            grid = [headers, *([row.get(header, "") for header in headers] for row in rows)]
        with (folder / f"{name}.csv").open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows(grid)
    (folder / "notes.txt").write_text("not a sheet")
    reading = load(folder, today=TODAY)
    question = the(reading, Severity.QUESTION)
    assert question.where == "Roster!A4"
    assert len(reading.problems) == 1
    from_file = read(tmp_path, made)
    assert reading.facts().model_dump() == from_file.facts().model_dump()
    assert reading.counts["Roster"] == (4, 1, 1, 2)


def write_ods(path: Path, made: dict[str, list[Any]]) -> None:
    """A bare OpenDocument spreadsheet: text, numbers and dates."""

    def cell(value: Any) -> str:
        if isinstance(value, date):
            return (
                f'<table:table-cell office:value-type="date" office:date-value="{value}">'
                f"<text:p>{value}</text:p></table:table-cell>"
            )
        if isinstance(value, int):
            return (
                f'<table:table-cell office:value-type="float" office:value="{value}">'
                f"<text:p>{value}</text:p></table:table-cell>"
            )
        shown = "" if value is None else f"<text:p>{value}</text:p>"
        return f'<table:table-cell office:value-type="string">{shown}</table:table-cell>'

    sheets = ""
    for name, rows in made.items():
        headers = list(dict.fromkeys(header for row in rows for header in row))
        grid = [headers, *([row.get(header) for header in headers] for row in rows)]
        lines = "".join(
            f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in grid
        )
        sheets += f'<table:table table:name="{name}">{lines}</table:table>'
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces}>'
        f"<office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)


def test_an_open_document_reads_as_the_workbook_does(tmp_path: Path) -> None:
    made = tables(Rotations=[{"trainee_id": "T1", "department": "NM", "from": MONDAY,
                              "to": MONDAY}])  # fmt: skip
    path = tmp_path / "fellside.ods"
    write_ods(path, made)
    reading = load(path, today=TODAY)
    assert "cells with an Excel error look blank" in the(reading, Severity.NOTICE).problem
    assert reading.facts().model_dump() == read(tmp_path, made).facts().model_dump()


@pytest.mark.parametrize("ending", ["xls", "ods", "xlsb"])
def test_damaged_old_files_are_refused(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"book.{ending}"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"nothing" * 100)
    assert "damaged" in refusal(path)
