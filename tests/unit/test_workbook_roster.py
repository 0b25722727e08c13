"""Rosters: grids and lists, codes and combined codes, contradictions, leave, and what is said."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.unit.workbook_builder import (
    MONDAY,
    TODAY,
    errors,
    found,
    read_quickly,
    tables,
    the,
)
from trainsched.domain.problems import Severity
from trainsched.workbook import Reading, load, write_workbook

DAYS = [MONDAY + timedelta(days=n) for n in range(5)]


def roster(*rows: list[Any], **changed: Any) -> Reading:
    return read_quickly(tables(Roster=[list(row) for row in rows], **changed))


def cells(*codes: Any, **changed: Any) -> Reading:
    """S1's codes from Monday on."""
    return roster(["staff_id", *DAYS[: len(codes)]], ["S1", *codes], **changed)


def said(reading: Reading) -> dict[str, str]:
    """What was understood: S1 Mon AM -> meaning, with the duty."""
    return {
        f"{r.person} {r.date:%a} {r.period}": f"{r.meaning} {r.duty}" if r.duty else str(r.meaning)
        for r in reading.roster_reading
    }


def test_a_wide_roster() -> None:
    reading = roster(
        ["staff_id", *DAYS[:3]],
        ["S1", "AL", None, "Linac QC"],
        ["T1", "uni", "D", ""],
    )
    assert errors(reading) == []
    assert said(reading) == {
        "S1 Mon AM": "absent",
        "S1 Mon PM": "absent",
        "S1 Wed AM": "duty Linac QC",
        "S1 Wed PM": "duty Linac QC",
        "T1 Mon AM": "absent",
        "T1 Mon PM": "absent",
        "T1 Tue AM": "work",
        "T1 Tue PM": "work",
    }
    entry = next(e for e in reading.facts().roster if e.duty)
    assert (entry.department, entry.sheet, entry.cell) == ("RT", "Roster", "D2")
    first = reading.roster_reading[0]
    assert (first.code, first.sheet, first.cell) == ("AL", "Roster", "B2")


@pytest.mark.parametrize("code", ["AL", "A/L", "a.l ", "al", "Annual  Leave", "A\u200bL", "A L"])
def test_codes_match_whatever_their_spelling(code: str) -> None:
    reading = cells(code)
    assert reading.problems == ()
    assert said(reading)["S1 Mon AM"] == "absent"


@pytest.mark.parametrize(
    ("code", "meaning"),
    [("SICK", "absent"), ("BH", "absent"), ("X", "absent"), ("OC", "on_call"), ("MTG", "busy"),
     ("TRAIN", "training"), ("PT", "training"), ("WFH", "busy"), ("UNI", "absent"),
     ("D", "work"), ("linac qc", "duty Linac QC"), ("LINAC-QC", "duty Linac QC")],
)  # fmt: skip
def test_usual_codes_and_names_of_duties(code: str, meaning: str) -> None:
    assert said(cells(code))["S1 Mon PM"] == meaning


def test_a_second_header_row_of_periods() -> None:
    reading = roster(
        ["name", MONDAY, None, DAYS[1], None],
        [None, "am", "pm", "AM", "PM"],
        ["Alma Birch", "AL", "Linac QC", None, "OC"],
    )
    assert reading.problems == ()
    assert said(reading) == {
        "S1 Mon AM": "absent",
        "S1 Mon PM": "duty Linac QC",
        "S1 Tue PM": "on_call",
    }


def test_merged_dates_over_periods_and_a_weekday_row(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_workbook(path, tables())
    book = openpyxl.load_workbook(path)
    page = book.create_sheet("Roster")
    for row in (
        ["Spring roster"],
        ["Name", MONDAY, None, DAYS[1], None],
        [None, "Mon", "Mon", "Tue", "Tue"],
        [None, "AM", "PM", "AM", "PM"],
        ["S1", "AL", None, "MTG", None],
    ):
        page.append(row)
    for merge in ("A1:E1", "B2:C2", "D2:E2", "B5:C5"):
        page.merge_cells(merge)
    book.save(path)
    reading = load(path, today=TODAY)
    assert reading.problems == ()
    assert said(reading) == {"S1 Mon AM": "absent", "S1 Mon PM": "absent", "S1 Tue AM": "busy"}


@pytest.mark.parametrize(
    "header",
    [
        MONDAY,
        datetime.fromisoformat("2027-03-01"),
        "01/03/2027",
        "1/3/27",
        "01-03-2027",
        "2027-03-01",
        "1 Mar 2027",
        "01 March 2027",
    ],
)
def test_headers_in_every_form_of_a_date(header: Any) -> None:
    assert said(roster(["staff_id", header], ["S1", "AL"]))["S1 Mon AM"] == "absent"


def test_a_header_that_might_be_a_date_is_a_warning() -> None:
    reading = roster(["staff_id", MONDAY, "Shift 2", "Notes"], ["S1", "AL", "AL", "x"])
    warning, notice = the(reading, Severity.WARNING), the(reading, Severity.NOTICE)
    assert (warning.where, warning.value) == ("Roster!C1", "Shift 2")
    assert notice.where == "Roster!D1"
    assert len(reading.roster_reading) == 2


def test_no_row_of_dates_is_an_error_but_not_on_a_sheet_of_words() -> None:
    reading = roster(["who", "what"], ["S1", "AL"])
    assert errors(reading) == [("Roster!A1", "No row of dates was found on the sheet Roster.")]
    words = read_quickly(tables(Roster_notes=[["Please swap among yourselves"]]))
    assert words.organisation is not None
    assert the(words, Severity.NOTICE).sheet == "Roster notes"


def test_several_sheets_and_blocks() -> None:
    made = tables(
        Roster_RT=[["id", MONDAY], ["S1", "AL"], [], ["RT, next", DAYS[1]], ["S1", "OC"]],
        Roster_NM=[["id", MONDAY], ["S3", "Clinic"]],
    )
    reading = read_quickly(made)
    assert reading.problems == ()
    assert set(said(reading)) == {"S1 Mon AM", "S1 Mon PM", "S1 Tue AM", "S1 Tue PM",
                                  "S3 Mon AM", "S3 Mon PM"}  # fmt: skip
    assert reading.counts["Roster RT"] == (5, 2, 0, 3)


def test_a_long_roster() -> None:
    rows = [
        {"staff_id": "S1", "date": MONDAY, "period": "AM", "code": "AL"},
        {"staff_id": "Bruno Cole", "date": "02/03/2027", "period": None, "code": "Linac QC"},
        {"staff_id": "S1", "date": DAYS[2], "period": None, "code": None},
        {"staff_id": "S1", "date": date(2028, 3, 1), "period": None, "code": "AL"},
    ]
    reading = read_quickly(tables(Roster=rows))
    notice = the(reading, Severity.NOTICE)
    assert notice.where == "Roster!B5"
    assert "1 date outside the plan (1 row) passed over" in notice.problem
    assert said(reading) == {
        "S1 Mon AM": "absent",
        "S2 Tue AM": "duty Linac QC",
        "S2 Tue PM": "duty Linac QC",
    }
    assert reading.facts().notices == ("Roster: 1 date outside the plan passed over.",)


@pytest.mark.parametrize(
    ("changed", "where", "words"),
    [
        ({"date": "someday"}, "Roster!B2", "not a date"),
        ({"date": None}, "Roster!B2", "not a date"),
        ({"period": "NIGHT"}, "Roster!C2", "not a period"),
    ],
)
def test_faults_of_a_long_roster(changed: dict[str, Any], where: str, words: str) -> None:
    row = {"staff_id": "S1", "date": MONDAY, "period": "AM", "code": "AL"} | changed
    problem = the(read_quickly(tables(Roster=[row])), Severity.ERROR)
    assert problem.where == where
    assert words in problem.problem


def test_an_unknown_code_is_one_warning_with_all_its_cells_and_busy() -> None:
    reading = roster(["id", *DAYS[:2]], ["S1", "QZ", "AL"], ["S2", "QZ", "qz"])
    first, second = found(reading, Severity.WARNING)
    assert (first.value, first.cells) == ("QZ", ("B2", "B3"))
    assert (second.value, second.cells) == ("qz", ("C3",))
    assert "busy" in first.problem
    assert "Codes sheet" in first.remedy
    assert said(reading)["S1 Mon AM"] == "busy"
    (sentence,) = reading.facts().notices
    assert sentence == (
        "3 roster cells not understood and read as busy: Roster!B2, Roster!B3, Roster!C3."
    )
    assert "QZ" not in sentence


def test_a_code_with_several_usual_meanings_is_a_question() -> None:
    reading = cells("SL", "S/L")
    questions = found(reading, Severity.QUESTION)
    assert [(q.where, q.value) for q in questions] == [("Roster!B2", "SL"), ("Roster!C2", "S/L")]
    assert set(said(reading).values()) == {"busy"}
    answered = cells("SL", Codes=[{"code": "SL", "meaning": "absent"}])
    assert answered.problems == ()
    assert set(said(answered).values()) == {"absent"}


def test_the_codes_sheet_overrides_the_usual_codes() -> None:
    codes = [
        {"code": "AL", "meaning": "work", "duty": None, "periods": None},
        {"code": "QA", "meaning": "duty", "duty": "Linac QC", "periods": "AM"},
    ]
    reading = cells("A/L", "QA", Codes=codes)
    assert reading.problems == ()
    assert said(reading) == {
        "S1 Mon AM": "work",
        "S1 Mon PM": "work",
        "S1 Tue AM": "duty Linac QC",
    }


def test_one_code_may_say_different_things_of_different_periods() -> None:
    codes = [
        {"code": "HQ", "meaning": "duty", "duty": "Linac QC", "periods": "AM"},
        {"code": "HQ", "meaning": "absent", "duty": None, "periods": "PM"},
    ]
    reading = cells("HQ", Codes=codes)
    assert said(reading) == {"S1 Mon AM": "duty Linac QC", "S1 Mon PM": "absent"}


def test_a_duty_of_another_department_is_read_as_busy() -> None:
    reading = cells("Clinic")
    warning = the(reading, Severity.WARNING)
    assert (warning.where, warning.value) == ("Roster!B2", "Clinic")
    assert "not one of the person's department" in warning.problem
    assert set(said(reading).values()) == {"busy"}


def test_trainees_do_duties_where_they_are_hosted() -> None:
    rotations = [{"trainee_id": "T1", "department": "NM", "from": DAYS[1], "to": DAYS[1]}]
    rows = [["id", *DAYS[:2]], ["T1", "Linac QC", "Clinic"]]
    reading = roster(*rows, Rotations=rotations)
    assert reading.problems == ()
    assert [(e.duty, e.department) for e in reading.facts().roster[::2]] == [
        ("Linac QC", "RT"),
        ("Clinic", "NM"),
    ]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("AL am/OC pm", {"S1 Mon AM": "absent", "S1 Mon PM": "on_call"}),
        ("am AL + pm Linac QC", {"S1 Mon AM": "absent", "S1 Mon PM": "duty Linac QC"}),
        ("A/L AM", {"S1 Mon AM": "absent"}),
        ("A/L am/O/C pm", {"S1 Mon AM": "absent", "S1 Mon PM": "on_call"}),
        ("Linac QC (PM)", {"S1 Mon PM": "duty Linac QC"}),
    ],
)
def test_combined_codes_with_plain_periods(code: str, expected: dict[str, str]) -> None:
    reading = cells(code)
    assert reading.problems == ()
    assert said(reading) == expected


@pytest.mark.parametrize("code", ["AL/OC", "AL am/OC", "AL am/OC am", "AL am/QZ pm", "D/OC"])
def test_combined_codes_that_are_not_plain_are_busy(code: str) -> None:
    reading = cells(code)
    warning = the(reading, Severity.WARNING)
    assert (warning.where, warning.value) == ("Roster!B2", code)
    assert set(said(reading).values()) == {"busy"}


def test_a_combined_code_with_an_ambiguous_part_is_a_question() -> None:
    reading = cells("SL am/OC pm")
    assert the(reading, Severity.QUESTION).value == "SL am/OC pm"
    assert set(said(reading).values()) == {"busy"}


def test_a_code_for_another_period_than_its_column() -> None:
    rows = [["id", MONDAY, None], [None, "AM", "PM"], ["S1", "AL am", "AL am"]]
    reading = roster(*rows)
    assert the(reading, Severity.WARNING).where == "Roster!C3"
    assert said(reading) == {"S1 Mon AM": "absent", "S1 Mon PM": "busy"}


@pytest.mark.parametrize(
    ("one", "other", "safest"),
    [("D", "AL", "absent"), ("Linac QC", "MTG", "busy"), ("PT", "OC", "on_call"),
     ("Linac QC", "PT", "training"), ("D", "Linac QC", "duty Linac QC"), ("MTG", "AL", "absent")],
)  # fmt: skip
def test_two_cells_that_say_different_things(one: str, other: str, safest: str) -> None:
    for first, second in ((one, other), (other, one)):
        reading = roster(["id", MONDAY], ["S1", first], ["Alma Birch", second])
        warning = the(reading, Severity.WARNING)
        assert set(warning.cells) == {"B2", "B3"}
        assert "Roster!B2" in warning.problem
        assert set(said(reading).values()) == {safest}


def test_two_sheets_that_say_different_things() -> None:
    made = tables(Roster_1=[["id", MONDAY], ["S1", "AL"]], Roster_2=[["id", MONDAY], ["S1", "D"]])
    warning = the(read_quickly(made), Severity.WARNING)
    assert warning.where == "Roster 2!B2"
    assert "Roster 1!B2" in warning.problem


def test_two_cells_that_say_the_same_are_no_problem() -> None:
    assert roster(["id", MONDAY], ["S1", "AL"], ["S1", "a/l"]).problems == ()


def test_work_on_a_day_off_is_followed_with_a_notice() -> None:
    staff = tables()["Staff"]
    staff[0]["working_pattern"] = "Tue-Fri"
    reading = cells("D", "D", Staff=staff)
    notice = the(reading, Severity.NOTICE)
    assert (notice.where, notice.cells) == ("Roster!B2", ("B2",))
    assert said(reading)["S1 Mon AM"] == "work"


def test_work_when_departments_are_shut_is_said() -> None:
    saturday = MONDAY + timedelta(days=5)
    reading = roster(["id", saturday], ["S1", "D"], ["S2", "OC"])
    notice = the(reading, Severity.NOTICE)
    assert notice.cells == ("B2",)
    assert said(reading)["S2 Sat PM"] == "on_call"


def test_dates_outside_the_plan_are_counted() -> None:
    before = MONDAY - timedelta(days=1)
    reading = roster(["id", before, MONDAY], ["S1", "QQ", "AL"], ["S2", None, "AL"])
    notice = the(reading, Severity.NOTICE)
    assert notice.where == "Roster!B1"
    assert "1 date outside the plan (1 filled cell) passed over" in notice.problem
    assert len(reading.roster_reading) == 4


@pytest.mark.parametrize(
    "name", ["alma birch", " ALMA  BIRCH", "Dr. Alma Birch", "Prof Alma Birch", "Birch, Alma",
             "Almá Birch"],
)  # fmt: skip
def test_people_by_name(name: str) -> None:
    assert said(roster(["name", MONDAY], [name, "AL"]))["S1 Mon AM"] == "absent"


def test_a_name_beside_an_unknown_number_is_enough() -> None:
    reading = roster(["payroll", "name", MONDAY], [90210, "Alma Birch", "AL"])
    assert reading.problems == ()
    assert said(reading)["S1 Mon AM"] == "absent"


def test_somebody_unknown_is_a_question_with_proposals() -> None:
    reading = roster(["name", MONDAY], ["Alma Burch", "AL"], ["S2", "AL"])
    question = the(reading, Severity.QUESTION)
    assert (question.where, question.value) == ("Roster!A2", "Alma Burch")
    assert "S1 (Dr Alma Birch)" in question.remedy
    assert set(said(reading)) == {"S2 Mon AM", "S2 Mon PM"}
    assert reading.counts["Roster"] == (3, 1, 1, 1)
    (sentence,) = reading.facts().notices
    assert "Roster!A2" in sentence


def test_a_name_that_two_people_have_is_a_question() -> None:
    staff = [*tables()["Staff"], {"staff_id": "S4", "name": "Mr Alma Birch", "department": "RT"}]
    reading = roster(["name", MONDAY], ["Alma Birch", "AL"], Staff=staff)
    question = the(reading, Severity.QUESTION)
    assert "S1 (Dr Alma Birch) or S4 (Mr Alma Birch)" in question.remedy


def test_totals_legends_and_notes_are_no_people() -> None:
    reading = roster(
        ["id", *DAYS[:3]],
        ["S1", "AL", None, "OC"],
        [],
        ["Total", 1, 0, 1],
        [None, "Mon", "Tue", "Wed"],
        ["Minimum staffing", 2, 2, 2],
        ["Key:"],
        ["AL", "Annual leave"],
        ["OC", "On call"],
    )
    assert reading.problems == ()
    assert reading.counts["Roster"] == (9, 1, 0, 8)


def test_hidden_rows_of_a_roster_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_workbook(path, tables(Roster=[["id", MONDAY], ["S1", "AL"], ["S2", "AL"]]))
    book = openpyxl.load_workbook(path)
    book["Roster"].row_dimensions[2].hidden = True
    book.save(path)
    reading = load(path, today=TODAY)
    assert set(said(reading)) == {"S2 Mon AM", "S2 Mon PM"}
    assert the(reading, Severity.NOTICE).where == "Roster!A2"


def test_leave_is_absence() -> None:
    leave = [
        {"person": "S1", "from": DAYS[0], "to": DAYS[1], "periods": None},
        {"person": "Bruno Cole", "from": DAYS[2], "to": DAYS[2], "periods": "PM"},
        {"person": "S1", "from": date(2026, 1, 1), "to": date(2026, 1, 2), "periods": None},
        {"person": "Nobody Known", "from": DAYS[2], "to": DAYS[2], "periods": None},
    ]
    reading = read_quickly(tables(Leave=leave))
    assert set(said(reading)) == {"S1 Mon AM", "S1 Mon PM", "S1 Tue AM", "S1 Tue PM", "S2 Wed PM"}
    assert set(said(reading).values()) == {"absent"}
    assert the(reading, Severity.QUESTION).where == "Leave!A5"
    assert the(reading, Severity.NOTICE).where == "Leave!B4"


def test_leave_beats_a_rostered_duty_with_a_warning() -> None:
    leave = [{"person": "S1", "from": MONDAY, "to": MONDAY}]
    reading = cells("Linac QC", Leave=leave)
    warning = the(reading, Severity.WARNING)
    assert warning.where == "Leave!A2"
    assert "Roster!B2" in warning.problem
    assert set(said(reading).values()) == {"absent"}


def test_reasons_for_absence_are_kept_nowhere_in_the_facts() -> None:
    leave = [{"person": "S2", "from": MONDAY, "to": MONDAY}]
    reading = cells("SICK", "Mat leave", "Carer", "CHEMO", Leave=leave)
    facts = reading.facts()
    text = repr((facts.roster, facts.notices, facts.places)).casefold()
    for reason in ("sick", "mat leave", "carer", "chemo"):
        assert reason not in text


def test_error_cells_in_a_grid_are_not_understood(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_workbook(path, tables(Roster=[["id", MONDAY], ["S1", "AL"]]))
    book = openpyxl.load_workbook(path)
    book["Roster"]["B2"] = "#REF!"
    book["Roster"]["B2"].data_type = "e"
    book.save(path)
    reading = load(path, today=TODAY)
    warning = the(reading, Severity.WARNING)
    assert (warning.where, warning.value) == ("Roster!B2", "#REF!")
    assert set(said(reading).values()) == {"busy"}
