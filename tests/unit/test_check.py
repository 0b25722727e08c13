"""`check` in words and as a document: verdict, problems in groups, rows counted, people read."""

import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from tests.unit.workbook_builder import MONDAY, rows_with, tables
from trainsched.cli import main
from trainsched.cli.endings import ExitCode
from trainsched.reports.check_document import check_document
from trainsched.reports.check_list import print_check, verdict
from trainsched.reports.check_questions import open_questions
from trainsched.service import check_workbook, read_workbook
from trainsched.workbook import Reading, write_workbook
from trainsched.workbook.mapping import ANSWERABLE_MEANINGS

DAYS = [MONDAY + timedelta(days=day) for day in range(4)]
MESSY = [
    ["name", *DAYS],
    ["S1", "SL", "AL", "QX9", "S/L"],
    ["Bruno Col", "AL", "", "", ""],
    ["T1", "QX9", "AL am", "On call", ""],
]


def written(folder: Path, **changed: Any) -> Path:
    path = folder / "fellside.xlsx"
    write_workbook(path, tables(**changed))
    return path


def checked(folder: Path, **changed: Any) -> Reading:
    return check_workbook(written(folder, **changed))


def printed(reading: Reading, width: int = 100, encoding: str = "utf-8") -> str:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="strict")
    console = Console(file=stream, width=width, highlight=False, markup=False, emoji=False)
    print_check(reading, console)
    stream.flush()
    return stream.buffer.getvalue().decode(encoding)  # type: ignore[attr-defined]


def test_a_sound_workbook_in_one_sentence(tmp_path: Path) -> None:
    reading = checked(tmp_path)
    assert verdict(reading) == "The workbook can be planned. Nothing needs mending."


def test_questions_are_counted_but_stop_nothing(tmp_path: Path) -> None:
    reading = checked(tmp_path, Roster=MESSY)
    assert verdict(reading) == (
        "The workbook can be planned. 2 questions are worth answering first."
    )


def test_errors_stop_a_plan(tmp_path: Path) -> None:
    assert verdict(checked(tmp_path, Staff=rows_with("Staff", 0, wte=3))).startswith(
        "1 error stops a plan. Mend it"
    )
    rows = rows_with("Staff", 0, wte=3, department="NOWHERE")
    assert verdict(checked(tmp_path, Staff=rows)).startswith("2 errors stop a plan. Mend them")


def test_only_headings_are_no_error_of_a_template_but_no_facts_either(tmp_path: Path) -> None:
    write_workbook(tmp_path / "x.xlsx", {"Departments": [], "Staff": [], "Trainees": []})
    assert check_workbook(tmp_path / "x.xlsx").problems[0].severity == "error", "no Curriculum"
    path = written(tmp_path, Departments=[], Staff=[], Trainees=[], Duties=[], Curriculum=[])
    reading = check_workbook(path)
    assert verdict(reading).startswith("The headings are sound, but there are no rows yet.")
    assert not [one for one in reading.problems if one.severity == "error"]
    assert reading.organisation is None


def test_a_file_that_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mapping.toml").write_text('[people]\nBob = "S1"\n', encoding="utf-8")
    reading = check_workbook(tmp_path / "none.xlsx")
    assert len(reading.problems) == 1
    assert verdict(reading) == "The file could not be read, so there is nothing to plan."
    text = printed(reading)
    assert "There is no such file." in text
    assert "Rows:" not in text


def test_problems_of_one_kind_stand_together_with_their_cells(tmp_path: Path) -> None:
    rosters = {
        "Roster": MESSY,
        "Roster_b": [["name", *DAYS[:2]], ["S2", "QX9", "ZZ"], ["Bob", "AL", ""]],
    }
    text = printed(checked(tmp_path, **rosters))
    assert text.count("The code is not known") == 1
    assert "[QX9]  Roster D2, B4; Roster b B2 (3 cells)\n" in text
    assert "[ZZ]  Roster b C2\n" in text
    assert text.count("Who is this?") == 1
    assert "Is it S2 (Bruno Cole)?" in text
    assert "2 warnings\n" in text
    assert "3 questions\n" in text
    assert "[SL, S/L]  Roster B2, E2 (2 cells)\n" in text


def test_errors_come_before_warnings_questions_and_notices(tmp_path: Path) -> None:
    days = [MONDAY - timedelta(days=1), *DAYS]
    roster = [["name", *days], *([row[0], "", *row[1:]] for row in MESSY[1:])]
    text = printed(checked(tmp_path, Roster=roster, Staff=rows_with("Staff", 1, wte=3)))
    places = [text.index(f"\n{word}") for word in ("1 error", "1 warning", "2 questions", "1 not")]
    assert places == sorted(places)


def test_rows_are_counted_by_what_became_of_them(tmp_path: Path) -> None:
    reading = checked(tmp_path, Roster=MESSY)
    lines = [line.split() for line in printed(reading).splitlines()]
    assert ["Roster", "4", "0", "3", "1"] in lines
    for counts in reading.counts.values():
        assert counts.rows_read == counts.rows_used + counts.rows_reported + counts.rows_skipped


def test_who_and_what_was_read_is_shown(tmp_path: Path) -> None:
    text = printed(checked(tmp_path, Roster=MESSY))
    assert "Staff (3): S1, S2 and S3" in text
    assert "Trainees (2): T1 and T2" in text
    assert "Roster: 13 entries of 2 people, 1 Mar 2027 to 4 Mar 2027" in text
    assert "Not in the roster (3): S2, S3 and T2" in text


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "ascii"])
@pytest.mark.parametrize("width", [80, 120])
def test_every_line_fits_and_can_be_shown(tmp_path: Path, width: int, encoding: str) -> None:
    many = [
        ["name", *DAYS],
        *([f"Wanda {n} Quill-Nightingale the Elder" * 3, "AL"] for n in range(30)),
    ]
    reading = checked(tmp_path, Roster=[*many, *MESSY[1:]], Staff=rows_with("Staff", 1, wte=3))
    text = printed(reading, width, encoding)
    assert max(len(line) for line in text.splitlines()) <= width
    assert "and 19 more values; --annotated and --json show all." in text
    assert "\x1b" not in text


def test_the_document_has_the_shape_of_the_contract(tmp_path: Path) -> None:
    document = check_document(checked(tmp_path, Roster=MESSY))
    assert list(document) == ["format", "ok", "problems", "counts", "reading"]
    assert document["format"] == "trainsched-check/1"
    assert document["ok"] is True
    keys = ["severity", "sheet", "cell", "cells", "value", "problem", "remedy"]
    assert all(list(problem) == keys for problem in document["problems"])
    rows = ["rows_read", "rows_used", "rows_reported", "rows_skipped"]
    assert all(list(counts) == rows for counts in document["counts"].values())
    assert list(document["reading"]) == ["staff", "trainees", "roster"]
    assert document["reading"]["staff"] == ["S1", "S2", "S3"]
    assert document["reading"]["roster"][0] == {
        "person": "S1",
        "date": "2027-03-01",
        "period": "AM",
        "meaning": "busy",
        "duty": None,
        "code": "SL",
        "sheet": "Roster",
        "cell": "B2",
    }
    json.dumps(document)


def test_open_questions_name_each_name_and_code_once_with_proposals(tmp_path: Path) -> None:
    asked = open_questions(checked(tmp_path, Roster=MESSY))
    assert [(one.question.table, one.question.written, one.proposals) for one in asked] == [
        ("codes", "QX9", ANSWERABLE_MEANINGS),
        ("codes", "SL", ANSWERABLE_MEANINGS),
        ("people", "Bruno Col", ("S2",)),
    ]
    assert asked[2].question.hint.startswith("Roster!A3: Is it S2 (Bruno Cole)?")


def test_a_code_is_asked_about_once_for_every_way_in_which_it_stands(tmp_path: Path) -> None:
    roster = [["name", *DAYS], ["S1", "SL", "S/L", "SL am/OC pm", "Twilight am"]]
    reading = checked(tmp_path, Roster=roster)
    assert "2 questions are worth" in verdict(reading)
    assert [one.question.written for one in open_questions(reading)] == ["SL", "Twilight"]
    text = '[codes]\nSL = "absent"\nTwilight = "duty: Linac QC"\n'
    (tmp_path / "mapping.toml").write_text(text, encoding="utf-8")
    answered = check_workbook(written(tmp_path, Roster=roster))
    assert open_questions(answered) == []
    said = [(entry.cell, str(entry.meaning)) for entry in answered.roster_reading]
    assert said[4:] == [("D2", "absent"), ("D2", "on_call"), ("E2", "duty")]


def test_remembered_questions_are_answered_by_hand_and_hold_for_plan_and_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, Roster=MESSY)
    assert main(["check", str(path), "--remember", "--json"]) == ExitCode.DONE
    kept = tmp_path / "mapping.toml"
    assert "Open: 3" in capsys.readouterr().err
    text = kept.read_text(encoding="utf-8")
    for written_so, answer in (("QX9", "work"), ("SL", "absent"), ("Bruno Col", "S2")):
        text = text.replace(f'"{written_so}" = ""', f'"{written_so}" = "{answer}"')
    kept.write_text(text, encoding="utf-8")
    reading = check_workbook(path)
    assert open_questions(reading) == []
    [notice] = [one for one in reading.problems if one.problem.startswith("mapping.toml")]
    assert notice.severity == "notice"
    assert "names: 1, codes: 2" in notice.problem
    said = {(one.person, one.cell): str(one.meaning) for one in reading.roster_reading}
    assert said["S2", "B3"] == "absent"
    assert said["S1", "B2"] == said["S1", "E2"] == "absent"
    assert said["S1", "D2"] == "work"
    assert notice in read_workbook(path).problems
    assert reading.organisation is not None
    assert read_workbook(path).roster == reading.organisation.roster


def test_answers_that_fit_nobody_are_said(tmp_path: Path) -> None:
    (tmp_path / "mapping.toml").write_text('[people]\nBob = "S9"\n', encoding="utf-8")
    said = [one for one in checked(tmp_path).problems if "S9" in one.problem]
    assert [str(one.severity) for one in said] == ["notice"]


def test_a_faulty_file_of_answers_is_said_and_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, Roster=MESSY)
    (tmp_path / "mapping.toml").write_text("[people", encoding="utf-8")
    assert "cannot be read" in "".join(one.problem for one in check_workbook(path).problems)
    assert main(["check", str(path), "--remember"]) == ExitCode.BAD_COMMAND
    assert "left as it is" in capsys.readouterr().err
    assert (tmp_path / "mapping.toml").read_text(encoding="utf-8") == "[people"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_at_a_terminal_each_question_is_asked_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, Roster=MESSY)
    # QX9: a wrong number, then the first meaning; SL: skipped; Bruno Col: the first proposal.
    monkeypatch.setattr("sys.stdin", Terminal("9\n1\n\n1\n"))
    assert main(["check", str(path), "--remember"]) == ExitCode.DONE
    spoken = capsys.readouterr()
    assert "Answered now: 2. Open: 1." in spoken.err
    assert "Type one of the numbers" in spoken.err
    kept = (tmp_path / "mapping.toml").read_text(encoding="utf-8")
    assert '"QX9" = "absent"' in kept
    assert '"SL" = ""' in kept
    assert '"Bruno Col" = "S2"' in kept
    assert spoken.out.startswith("The workbook can be planned. 1 question is worth answering")


@pytest.mark.parametrize(
    ("out", "said"),
    [("fellside.xlsx", "cannot take the place"), ("x.csv", ".xlsx file"), ("old.xlsx", "--force")],
)
def test_the_copy_never_takes_the_place_of_anything(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], out: str, said: str
) -> None:
    path = written(tmp_path)
    before = path.read_bytes()
    (tmp_path / "old.xlsx").write_text("precious", encoding="utf-8")
    force = ["--force"] if out == "fellside.xlsx" else []
    words = ["check", str(path), "--annotated", str(tmp_path / out), *force]
    assert main(words) == ExitCode.BAD_COMMAND
    assert said in capsys.readouterr().err
    assert path.read_bytes() == before
    assert (tmp_path / "old.xlsx").read_text(encoding="utf-8") == "precious"


def test_nothing_is_remembered_where_nothing_is_open(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(written(tmp_path)), "--remember"]) == ExitCode.DONE
    assert "no questions" in capsys.readouterr().err
    assert not (tmp_path / "mapping.toml").exists()
