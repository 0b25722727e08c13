"""The marked copy: everything of the user's kept, every problem in its place, and read alike."""

import base64
import importlib.util
import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook import Workbook

from tests.unit.workbook_builder import MONDAY, TODAY, rows_with, tables
from trainsched.domain.problems import Problem, Severity
from trainsched.workbook import load, write_workbook
from trainsched.workbook.annotate import annotate
from trainsched.workbook.annotate_colours import (
    NOTE_START,
    SEVERITY_BORDERS,
    SEVERITY_FILLS,
)
from trainsched.workbook.refusal import RefusedError

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
ROSTER = [["name", MONDAY], ["S1", "SL"], ["T1", "=1+1"], ["A. Nobody", "AL"]]


def problem(severity: Severity, sheet: str, *cells: str, value: str = "x") -> Problem:
    return Problem(
        severity=severity,
        sheet=sheet,
        cell=cells[0] if cells else None,
        cells=cells,
        value=value,
        problem=f"Something about {value}.",
        remedy="Mend it.",
    )


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    path = tmp_path / "faulty.xlsx"
    write_workbook(path, tables(Roster=ROSTER, Staff=rows_with("Staff", 0, wte=3)))
    return path


def annotated(source: Path, *problems: Problem) -> Workbook:
    out = source.with_name("out.xlsx")
    assert annotate(source, out, problems) == ()
    return openpyxl.load_workbook(out)


def test_cells_are_coloured_by_the_worst_and_noted_with_all(faulty: Path) -> None:
    book = annotated(
        faulty,
        problem(Severity.QUESTION, "Roster", "B2", "B3", value="SL"),
        problem(Severity.ERROR, "Roster", "B3", value="QX"),
    )
    page = book["Roster"]
    assert page["B2"].fill.fgColor.rgb == SEVERITY_FILLS[Severity.QUESTION]
    assert page["B3"].fill.fgColor.rgb == SEVERITY_FILLS[Severity.ERROR]
    assert page["B4"].fill.fill_type is None
    note = page["B3"].comment.text
    assert note.startswith(NOTE_START)
    assert "question: Something about SL. Mend it." in note
    assert "error: Something about QX. Mend it." in note


def test_the_list_comes_first_with_links_and_is_shown_on_opening(faulty: Path) -> None:
    reading = load(faulty, today=TODAY)
    book = annotated(faulty, *reading.problems)
    assert book.sheetnames == ["Problems", *openpyxl.load_workbook(faulty).sheetnames]
    assert book.active.title == "Problems"
    assert [page.title for page in book if page.sheet_view.tabSelected] == ["Problems"]
    page = book["Problems"]
    rows = list(page.iter_rows(min_row=5))
    assert [row[0].value for row in rows] == [str(p.severity) for p in reading.problems]
    assert [row[5].value for row in rows] == [p.problem for p in reading.problems]
    first = rows[0]
    assert (first[1].value, first[2].value) == ("Staff", "D2")
    assert first[2].hyperlink.location == "'Staff'!D2"
    assert first[2].hyperlink.target is None


def test_the_copy_is_read_as_the_workbook_was(faulty: Path) -> None:
    before = load(faulty, today=TODAY)
    annotated(faulty, *before.problems)
    after = load(faulty.with_name("out.xlsx"), today=TODAY)
    assert after.problems == before.problems
    assert after.roster_reading == before.roster_reading
    assert {k: v for k, v in after.counts.items() if k != "Problems"} == before.counts
    assert after.counts["Problems"].rows_used == 0


def test_marks_of_an_earlier_check_go(faulty: Path) -> None:
    annotated(faulty, problem(Severity.ERROR, "Roster", "B2"))
    first = faulty.with_name("out.xlsx").rename(faulty.with_name("first.xlsx"))
    book = annotated(first, problem(Severity.WARNING, "Roster", "B3"))
    assert book.sheetnames.count("Problems") == 1
    assert book["Problems"].max_row == 5
    assert book["Roster"]["B2"].fill.fill_type is None
    assert book["Roster"]["B2"].comment is None
    assert book["Roster"]["B3"].comment is not None


def test_a_colour_of_their_own_stays_as_it_may_be_a_code(tmp_path: Path) -> None:
    path = tmp_path / "coloured.xlsx"
    write_workbook(path, tables(Roster=ROSTER))
    book = openpyxl.load_workbook(path)
    book["Roster"]["B2"].fill = PatternFill("solid", fgColor="FF00FF00")
    book.save(path)
    cell = annotated(path, problem(Severity.WARNING, "Roster", "B2"))["Roster"]["B2"]
    assert cell.fill.fgColor.rgb == "FF00FF00"
    assert cell.border.left.color.rgb == SEVERITY_BORDERS[Severity.WARNING]
    first = path.with_name("out.xlsx").rename(path.with_name("first.xlsx"))
    left = annotated(first)["Roster"]["B2"].border.left
    assert left is None or left.style is None


def test_text_that_looks_like_a_formula_stays_text(faulty: Path) -> None:
    signs = ["=1+1", "+1", "-1", "@x", "=cmd|' /C calc'!A0"]
    book = annotated(faulty, *(problem(Severity.ERROR, "Roster", "B3", value=s) for s in signs))
    cells = [row[4] for row in book["Problems"].iter_rows(min_row=5)]
    assert [cell.value for cell in cells] == signs
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)
    assert book["Roster"]["B3"].data_type == "s"
    with zipfile.ZipFile(faulty.with_name("out.xlsx")) as archive:
        for name in archive.namelist():
            assert b"<f>" not in archive.read(name), name


def test_what_is_theirs_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "theirs.xlsx"
    book = Workbook()
    page = book.active
    page.title = "Roster"
    page["A1"], page["B1"], page["C1"] = "name", date(2027, 3, 1), "=B1+1"
    page["A2"], page["B2"] = "S1", "SL"
    page["A2"].font = Font(bold=True, color="FFFF0000")
    page["B2"].comment = Comment("Asked for in May", "Ann")
    page["A3"].fill = PatternFill("solid", fgColor="FF00FF00")
    page.merge_cells("D1:E2")
    page["D1"] = "Notes"
    page.freeze_panes = "B2"
    page.row_dimensions[3].hidden = True
    page.column_dimensions["A"].width = 31
    book.create_sheet("Old").sheet_state = "hidden"
    book.save(path)
    copy = annotated(path, *(problem(Severity.ERROR, "Roster", cell) for cell in ("B2", "E2")))
    page = copy["Roster"]
    assert page["A2"].font.b
    assert page["A2"].font.color.rgb == "FFFF0000"
    assert page["B2"].comment.text.startswith("Asked for in May\n\n" + NOTE_START)
    assert page["B2"].comment.author == "Ann"
    assert page["A3"].fill.fgColor.rgb == "FF00FF00"
    assert page["C1"].value == "=B1+1"
    assert [str(one) for one in page.merged_cells.ranges] == ["D1:E2"]
    assert page["D1"].comment is not None, "the note of a merged cell is where its value is"
    assert page.freeze_panes == "B2"
    assert page.row_dimensions[3].hidden
    assert page.column_dimensions["A"].width == 31
    assert copy["Old"].sheet_state == "hidden"


def test_results_of_formulas_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "formulas.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("Roster")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    page.write_formula("A1", "=1+1", None, 2)
    page.write_formula("A2", '="<A&B>"', None, "<A&B> ")
    page.write_formula("A3", "=TODAY()", day, 46082)
    page.write_formula("A4", "=TRUE()", None, value=True)
    page.write_formula("A5", "=NA()", None, "#N/A")
    page.write_formula("A6", "=0.1+0.2", None, 0.30000000000000004)
    page.write_array_formula("A7:A8", "{=B1:B2}", None, 5)
    page.write_formula("A9", '=""', None, "")
    book.close()
    annotated(path, problem(Severity.ERROR, "Roster", "A2"))
    values = openpyxl.load_workbook(path.with_name("out.xlsx"), data_only=True)["Roster"]
    before = openpyxl.load_workbook(path, data_only=True)["Roster"]
    assert values["A3"].value.date() == date(2026, 3, 1)
    assert values["A5"].data_type == "e"
    for number in range(1, 10):
        assert values.cell(number, 1).value == before.cell(number, 1).value, number
    formulas = openpyxl.load_workbook(path.with_name("out.xlsx"))["Roster"]
    assert [formulas.cell(n, 1).value for n in (1, 3)] == ["=1+1", "=TODAY()"]


def test_a_sheet_of_theirs_named_problems_stays(faulty: Path) -> None:
    book = openpyxl.load_workbook(faulty)
    book.create_sheet("problems")["A1"] = "Linac 2 is broken"
    book.save(faulty)
    copy = annotated(faulty, problem(Severity.ERROR, "Roster", "B2"))
    assert copy.sheetnames[0] == "Problems 2"
    assert copy["problems"]["A1"].value == "Linac 2 is broken"


def test_problems_of_a_sheet_or_the_file_are_listed_without_a_cell(faulty: Path) -> None:
    whole = Problem(severity=Severity.ERROR, problem="The sheet Pins is missing.")
    book = annotated(faulty, whole, problem(Severity.NOTICE, "Roster"))
    rows = list(book["Problems"].iter_rows(min_row=5))
    assert [row[1].value for row in rows] == ["(the whole file)", "Roster"]
    assert rows[1][1].hyperlink.location == "'Roster'!A1"
    assert rows[0][1].hyperlink is None


def test_what_could_not_be_kept_is_said(tmp_path: Path) -> None:
    path = tmp_path / "drawn.xlsm"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("Roster")
    page.insert_textbox("C3", "Please do not touch")
    page.insert_image("A9", "dot.png", {"image_data": io.BytesIO(DOT)})
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Roster!$A$1:$A$3"})
    page.insert_chart("H1", chart)
    page.add_sparkline("D1", {"range": "A1:B1"})
    (tmp_path / "vbaProject.bin").write_bytes(b"not a real macro")
    book.add_vba_project(str(tmp_path / "vbaProject.bin"))
    book.close()
    out = tmp_path / "out.xlsx"
    said = " ".join(annotate(path, out, []))
    assert "charts" not in said
    # Where the library for pictures happens to be installed, they are kept.
    assert ("pictures" in said) == (importlib.util.find_spec("PIL") is None)
    for words in ("the macros", "shapes and text boxes", "sparklines", "Your own file"):
        assert words in said
    with zipfile.ZipFile(out) as archive:
        assert "xl/charts/chart1.xml" in archive.namelist()
        assert not any("vba" in name for name in archive.namelist())
        assert b"macroEnabled" not in archive.read("[Content_Types].xml")


def test_a_folder_of_csv_files_becomes_a_workbook_of_text(tmp_path: Path) -> None:
    folder = tmp_path / "rota"
    folder.mkdir()
    name = "Roster for Radiotherapy and all of Nuclear Medicine"
    (folder / f"{name}.csv").write_text("staff_id,01/03/2027\n007,=1+1\n", encoding="utf-8")
    found = problem(Severity.WARNING, name, "B2", value="=1+1")
    out = tmp_path / "out.xlsx"
    assert "as they were read" in annotate(folder, out, [found])[0]
    book = openpyxl.load_workbook(out)
    page = book[name[:31]]
    assert [[cell.value for cell in row] for row in page] == [
        ["staff_id", "01/03/2027"],
        ["007", "=1+1"],
    ]
    assert page["B2"].data_type == "s"
    assert page["B2"].comment is not None
    assert book["Problems"]["C5"].hyperlink.location == f"'{name[:31]}'!B2"


def test_an_ending_that_is_wrong_does_not_matter(faulty: Path) -> None:
    old = faulty.rename(faulty.with_suffix(".xls"))
    page = annotated(old, problem(Severity.ERROR, "Roster", "B2"))["Staff"]
    assert page["A1"].comment is not None, "the look of the file is kept"


def test_a_book_that_cannot_be_rewritten_is_written_anew(
    faulty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AttributeError("no such style")

    monkeypatch.setattr("trainsched.workbook.annotate.keep_results", fail)
    out = faulty.with_name("out.xlsx")
    said = annotate(faulty, out, [problem(Severity.ERROR, "Roster", "B2")])
    assert "as they were read" in said[0]
    assert openpyxl.load_workbook(out)["Roster"]["B2"].comment is not None


def test_values_of_every_kind_can_be_written_anew(tmp_path: Path) -> None:
    from trainsched.workbook.annotate import _book_of
    from trainsched.workbook.grid import Grid

    values = (
        1,
        2.5,
        True,
        "x\x00y",
        date(2027, 3, 1),
        datetime.combine(MONDAY, time(8)),
        time(8, 30),
    )
    grids = [Grid("A/B", {1: dict(enumerate(values, 1))}), Grid("a_b", {3: {2: "x"}})]
    book, titles = _book_of(grids)
    assert titles == {"A/B": "A_B", "a_b": "a_b 2"}
    book.save(tmp_path / "new.xlsx")
    row = openpyxl.load_workbook(tmp_path / "new.xlsx")["A_B"][1]
    assert [cell.value for cell in row][:4] == [1, 2.5, True, "xy"]


def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rota.xls"
    path.write_bytes(b"no workbook at all")
    with pytest.raises(RefusedError):
        annotate(path, tmp_path / "out.xlsx", [])
    assert not (tmp_path / "out.xlsx").exists()
