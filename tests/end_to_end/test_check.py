"""`trainsched check` as people run it: in a process of its own, on real files."""

import json
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from tests.end_to_end.conftest import Run

MONDAY = date(2027, 3, 1)


@pytest.fixture
def messy(example: Path, tmp_path: Path) -> Path:
    """The example with a second roster that leaves questions, and notes of its owner's."""
    book = openpyxl.load_workbook(example)
    page = book.create_sheet("Roster Jo's ward")
    page.append(["name", *(MONDAY + timedelta(days=day) for day in range(4))])
    page.append(["S07", "SD", "QX9", "=1+1", "S D"])
    page["D2"].data_type = "s"
    page.append(["Gwen Heart", "AL"])
    page["G9"] = "Coffee on Fridays"
    path = tmp_path / "messy.xlsx"
    book.save(path)
    return path


def test_the_example_is_sound(command: Run, example: Path) -> None:
    done = command("check", example)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "The workbook can be planned. Nothing needs mending."
    assert "Staff (8): S01, " in done.stdout
    assert done.stderr == ""


def test_a_blank_template_is_accepted_as_it_is(command: Run, tmp_path: Path) -> None:
    path = tmp_path / "blank.xlsx"
    assert command("template", path).returncode == 0
    done = command("check", path)
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith("The headings are sound")
    assert command("plan", path, "-o", tmp_path / "run").returncode == 2


def test_questions_are_asked_and_the_plan_is_not_stopped(command: Run, messy: Path) -> None:
    done = command("check", messy)
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith("The workbook can be planned. 2 questions are worth answering")
    assert "[SD, S D]  Roster Jo's ward B2, E2 (2 cells)" in done.stdout
    assert "S07 (Gwen Hart)" in done.stdout
    assert "--annotated" in done.stderr


@pytest.mark.parametrize("columns", ["80", "120"])
def test_piped_output_is_plain_and_fits(command: Run, messy: Path, columns: str) -> None:
    done = command("check", messy, COLUMNS=columns)
    assert "\x1b" not in done.stdout
    assert max(len(line) for line in done.stdout.splitlines()) <= int(columns)


def test_an_old_console_can_show_it(command: Run, messy: Path) -> None:
    done = command("check", messy, PYTHONIOENCODING="cp1252", NO_COLOR="1")
    assert done.returncode == 0, done.stderr
    assert "The workbook can be planned." in done.stdout


def test_the_document_is_all_that_stands_on_stdout(
    command: Run, messy: Path, tmp_path: Path
) -> None:
    done = command("check", messy, "--json", "--annotated", tmp_path / "out.xlsx", "--remember")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert list(document) == ["format", "ok", "problems", "counts", "reading"]
    assert document["ok"] is True
    for counts in document["counts"].values():
        assert counts["rows_read"] == (
            counts["rows_used"] + counts["rows_reported"] + counts["rows_skipped"]
        )
    asked = {p["value"]: p for p in document["problems"] if p["severity"] == "question"}
    assert asked["SD"]["cell"] == "B2"
    assert asked["SD"]["cells"][0] == "B2"
    entries = [e for e in document["reading"]["roster"] if e["sheet"] == "Roster Jo's ward"]
    assert {e["meaning"] for e in entries if e["cell"] in {"B2", "C2", "D2"}} == {"busy"}


def test_an_input_with_errors_ends_with_2(command: Run, example: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(example)
    book["Staff"]["E2"] = 7
    book["Staff"]["C3"] = "NOWHERE"
    book.save(tmp_path / "wrong.xlsx")
    done = command("check", tmp_path / "wrong.xlsx")
    assert done.returncode == 2
    assert done.stdout.startswith("2 errors stop a plan.")
    assert "Staff E2" in done.stdout
    assert "NOWHERE" in done.stdout


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("none.xlsx", None),
        ("empty.xlsx", b""),
        ("letter.docx", b"PK\x03\x04 not a zip"),
        ("report.pdf", b"%PDF-1.7"),
        ("~$rota.xlsx", b"x"),
    ],
)
def test_a_refused_file_is_one_problem(
    command: Run, tmp_path: Path, name: str, content: bytes | None
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    done = command("check", path, "--json", "--annotated", tmp_path / "out.xlsx", "--remember")
    assert done.returncode == 2
    document = json.loads(done.stdout)
    assert document["ok"] is False
    [problem] = document["problems"]
    assert (problem["severity"], problem["sheet"], problem["cell"]) == ("error", None, None)
    assert problem["problem"]
    assert problem["remedy"]
    assert not (tmp_path / "out.xlsx").exists()
    assert not (tmp_path / "mapping.toml").exists()
    plain = command("check", path)
    assert plain.returncode == 2
    assert plain.stdout.startswith("The file could not be read, so there is nothing to plan.")
    assert "Traceback" not in plain.stderr


def test_the_marked_copy_says_all_and_is_read_alike(
    command: Run, messy: Path, tmp_path: Path
) -> None:
    before = messy.read_bytes()
    out = tmp_path / "marked" / "out.xlsx"
    done = command("check", messy, "--annotated", out)
    assert done.returncode == 0, done.stderr
    assert f"Wrote {out}" in done.stderr
    assert messy.read_bytes() == before
    book = openpyxl.load_workbook(out)
    assert book.sheetnames[0] == "Problems"
    assert book.sheetnames[1:] == openpyxl.load_workbook(messy).sheetnames
    page = book["Roster Jo's ward"]
    assert "question" in page["B2"].comment.text
    assert page["G9"].value == "Coffee on Fridays"
    assert book["Staff"].data_validations.count > 0
    assert book["Staff"]["A1"].comment is not None
    links = {row[2].hyperlink.location for row in book["Problems"].iter_rows(min_row=5)
             if row[2].hyperlink}  # fmt: skip
    assert "'Roster Jo''s ward'!B2" in links
    documents = [json.loads(command("check", path, "--json").stdout) for path in (messy, out)]
    assert documents[0]["problems"] == documents[1]["problems"]
    assert documents[0]["reading"] == documents[1]["reading"]
    again = command("check", messy, "--annotated", out)
    assert again.returncode == 4
    assert "--force" in again.stderr
    assert command("check", messy, "--annotated", out, "--force", "-q").stderr == ""


def test_answers_are_kept_for_next_time(command: Run, messy: Path) -> None:
    done = command("check", messy, "--remember")
    kept = messy.with_name("mapping.toml")
    assert str(kept) in done.stderr
    text = kept.read_text(encoding="utf-8")
    assert text.count(' = ""') == 4, text
    for written, answer in (("Gwen Heart", "S07"), ("SD", "busy"), ("QX9", "work")):
        text = text.replace(f'"{written}" = ""', f'"{written}" = "{answer}"  # June')
    kept.write_text(text, encoding="utf-8")
    document = json.loads(command("check", messy, "--json").stdout)
    assert [p["value"] for p in document["problems"] if p["severity"] == "question"] == []
    notices = [p["problem"] for p in document["problems"] if p["severity"] == "notice"]
    used = next(one for one in notices if one.startswith("mapping.toml: Its answers were used"))
    assert "(names: 1, codes: 2)" in used
    assert "'Gwen Heart' is S07; 'QX9' means work; 'SD' means busy." in used
    said = {e["cell"]: e["meaning"] for e in document["reading"]["roster"]
            if e["sheet"] == "Roster Jo's ward"}  # fmt: skip
    assert said == {"C2": "work", "D2": "busy", "E2": "busy", "B3": "absent"}
    command("check", messy, "--remember")
    assert '"Gwen Heart" = "S07"  # June' in kept.read_text(encoding="utf-8")


def test_a_folder_of_csv_files(command: Run, tmp_path: Path) -> None:
    folder = tmp_path / "rota"
    folder.mkdir()
    for name, text in {
        "Departments": "department\nRT\n",
        "Staff": "staff_id,name,department\nS1,Alma Birch,RT\n",
        "Trainees": "trainee_id,name,department,programme\nT1,Isla Jory,RT,STP\n",
        "Curriculum": "programme,activity,sessions\nSTP,QA,1\n",
        "Settings": "setting,value\nstart_date,01/03/2027\n",
        "Roster": "staff_id,01/03/2027\nS1,=QX9\n",
    }.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    out = tmp_path / "out.xlsx"
    done = command("check", folder, "--json", "--annotated", out)
    document = json.loads(done.stdout)
    assert done.returncode == 0, document["problems"]
    [warning] = [p for p in document["problems"] if p["severity"] == "warning"]
    assert (warning["sheet"], warning["cell"], warning["value"]) == ("Roster", "B2", "=QX9")
    assert openpyxl.load_workbook(out)["Roster"]["B2"].data_type == "s"
    assert json.loads(command("check", out, "--json").stdout)["reading"] == document["reading"]
