"""What is wrong with a workbook is found all at once, with sheet, cell and remedy."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as settings_of_hypothesis
from hypothesis import strategies as st

from tests.unit.test_workbook_columns import FULL
from tests.unit.workbook_builder import (
    MONDAY,
    TODAY,
    error_of,
    errors,
    found,
    read,
    read_quickly,
    rows_with,
    tables,
    the,
)
from trainsched.domain.organisation import CoverGoal, CoverMode
from trainsched.domain.problems import Severity
from trainsched.workbook import load, write_workbook

D = date
WEEK_2 = D(2027, 3, 8)
QA = {"programme": "STP-RT", "activity": "QA", "sessions": 4}


def curriculum(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"programme": "STP-RT", "activity": "QA", "sessions": 4} | row for row in rows]


def settings(**values: Any) -> list[dict[str, Any]]:
    given = {"start_date": MONDAY, "weeks": 4} | values
    return [{"setting": name, "value": value} for name, value in given.items()]


def test_the_small_workbook_has_no_problem(tmp_path: Path) -> None:
    reading = read(tmp_path, tables())
    assert reading.problems == ()
    assert reading.counts["Staff"] == (4, 3, 0, 1)
    assert reading.staff_ids == ("S1", "S2", "S3")
    assert reading.trainee_ids == ("T1", "T2")
    organisation = reading.facts()
    assert organisation.name == "Fellside"
    assert [need.timing.sessions for need in organisation.requirements] == [2, 4, 2, 4]
    assert str(organisation.places["requirement:T1:QA"]) == "Curriculum!C2"
    assert organisation.activities[0].roles[0].name == "trainer"


def test_a_minimal_workbook_takes_every_default(tmp_path: Path) -> None:
    made = tables(Settings=None, Duties=None)
    reading = read(tmp_path, made)
    notice = the(reading, Severity.NOTICE)
    assert "starts next Monday, 01/03/2027" in notice.problem
    organisation = reading.facts()
    assert organisation.name == "fellside"
    calendar = organisation.calendar
    assert (calendar.start_date, calendar.weeks, calendar.nation) == (
        MONDAY,
        12,
        "England and Wales",
    )
    assert [(p.name, p.start, p.end) for p in calendar.periods] == [
        ("AM", 510, 750),
        ("PM", 780, 1020),
    ]
    assert D(2027, 3, 26) in calendar.bank_holidays  # Good Friday
    assert organisation.policy.whole("max_training_per_week") == 4
    assert (organisation.cover, organisation.cover_goal) == (CoverMode.FLEXIBLE, CoverGoal.KEPT)


def test_bank_holidays_are_those_of_the_nation() -> None:
    easter_monday = D(2027, 3, 29)
    by_nation = {
        nation: easter_monday
        in read_quickly(tables(Settings=settings(nation=nation))).facts().calendar.bank_holidays
        for nation in ("England and Wales", "Scotland", "Northern Ireland", "none")
    }
    assert list(by_nation.values()) == [True, False, True, False]


def test_sheets_and_headers_match_whatever_their_spelling(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    made = tables()
    staff = made.pop("Staff")
    made["STAFF LIST "] = [
        {"Staff ID*": r["staff_id"], "full-name": r["name"], "Dept.": r["department"],
         "Competency": r["competences"]} for r in staff
    ]  # fmt: skip
    write_workbook(path, {"X" if name == "STAFF LIST " else name: rows
                          for name, rows in made.items()})  # fmt: skip
    import openpyxl

    book = openpyxl.load_workbook(path)
    book["X"].title = "STAFF_list"
    book.save(path)
    reading = load(path, today=TODAY)
    assert reading.problems == ()
    assert reading.facts().staff_by_id["S1"].competences == ("qc", "mpe")


def test_the_header_need_not_be_the_first_row(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    rows: list[list[Any]] = [
        ["Trainees of the department, spring"], [], ["trainee_id", "name", "department",
        "programme"], ["T1", "Isla Jory", "RT", "STP-RT"], [], ["Total", 1],
        ["trainee_id", "name", "department", "programme"], ["T2", "Jude", "RT", "STP-RT"],
        ["Please tell Alma of any change"],
    ]  # fmt: skip
    reading = read(tmp_path, tables(Trainees=rows))
    assert path.exists() is False
    assert reading.trainee_ids == ("T1", "T2")
    assert reading.counts["Trainees"] == (9, 2, 1, 6)
    assert the(reading, Severity.NOTICE).where == "Trainees!A9"


def test_unknown_sheets_and_columns_are_named_and_kept_out() -> None:
    made = tables(Staff=rows_with("Staff", 0, grde="7"), Trainers_rota=[{"a": 1}])
    reading = read_quickly(made)
    assert reading.organisation is not None
    told = {p.where: (p.problem, p.remedy) for p in found(reading, Severity.NOTICE)}
    assert "'grde'" in told["Staff!E1"][0]
    assert "Trainers rota" in told["Trainers rota"][0]
    counts = reading.counts["Trainers rota"]
    assert (counts.rows_read, counts.rows_skipped) == (2, 2)


def test_unknown_columns_offer_the_nearest_one() -> None:
    reading = read_quickly(tables(Staff=rows_with("Staff", 0, bandd="7")))
    assert the(reading, Severity.NOTICE).remedy == "Did you mean band?"


def test_two_headers_of_one_meaning() -> None:
    reading = read_quickly(tables(Staff=rows_with("Staff", 0, grade="7", afc_band="6")))
    problem = the(reading, Severity.WARNING)
    assert problem.where == "Staff!F1"
    assert "only the one in E1 was read" in problem.problem
    assert reading.facts().staff_by_id["S1"].band == "7"


def test_a_columns_own_name_beats_an_alias() -> None:
    reading = read_quickly(tables(Staff=rows_with("Staff", 0, grade="7", band="6")))
    assert the(reading, Severity.NOTICE).where == "Staff!E1"
    assert reading.facts().staff_by_id["S1"].band == "6"


@pytest.mark.parametrize("sheet", ["Departments", "Staff", "Trainees"])
def test_a_missing_sheet_is_named(sheet: str) -> None:
    reading = read_quickly(tables(**{sheet: None}))
    assert reading.organisation is None
    assert ("", f"The sheet {sheet} is missing.") in errors(reading)
    problem = next(p for p in reading.problems if "missing" in p.problem)
    assert (problem.sheet, problem.cell) == (None, None)
    assert "columns" in problem.remedy


def test_one_of_curriculum_and_training_plan_is_enough() -> None:
    plan = [{"trainee_id": "T1", "activity": "X", "sessions": 1}]
    reading = read_quickly(tables(Curriculum=None, Training_plan=plan))
    assert reading.organisation is not None
    assert "are both missing" in error_of(Curriculum=None)[1]


def test_empty_sheets_are_errors_unless_targets_ask_about_a_new_department() -> None:
    assert error_of(Departments=[["department"]])[1] == "The sheet Departments has no rows."
    empty = {"Staff": [["staff_id", "name", "department"]], "Trainees": None, "Curriculum": None}
    assert "The sheet Staff has no rows." in [what for _, what in errors(
        read_quickly(tables(**empty)))]  # fmt: skip
    targets = [{"programme": "STP-RT", "year": 2027, "intake": 2}]
    programmes = [{"programme": "STP-RT", "years": 3}]
    reading = read_quickly(tables(**empty, Targets=targets, Programmes=programmes))
    assert errors(reading) == []


def test_a_missing_list_is_said_once() -> None:
    for sheet in ("Departments", "Staff", "Trainees"):
        rotations = [{"trainee_id": "T1", "department": "NM", "from": MONDAY, "to": MONDAY}]
        trainees = rows_with("Trainees", 0, training_officer="S1")
        changed = {"Rotations": rotations, "Trainees": trainees} | {sheet: None}
        assert errors(read_quickly(tables(**changed))) == [("", f"The sheet {sheet} is missing.")]


def test_a_missing_required_column_is_named() -> None:
    where, what, remedy = error_of(
        Duties=[{"department": "RT", "duty": "QC"}, {"department": "NM", "duty": "X"}]
    )
    assert (where, what) == (
        "Duties!A1",
        "The column staff_needed is missing from the sheet Duties.",
    )
    assert "header staff_needed" in remedy


def test_faulty_headers_are_not_taken_for_an_empty_sheet() -> None:
    where, what, _ = error_of(Staff=[{"staff_id": "S1", "department": "RT"}])
    assert (where, what) == ("Staff!A1", "The column name is missing from the sheet Staff.")


def test_a_sheet_without_any_header() -> None:
    reading = read_quickly(tables(Travel=[["North", "South", 5]]))
    assert ("Travel!A1", "No header row was found on the sheet Travel.") in errors(reading)


def test_everything_is_reported_at_once() -> None:
    reading = read_quickly(
        tables(
            Staff=rows_with("Staff", 0, wte=2, band="12"),
            Trainees=rows_with("Trainees", 0, department="XX", programme=None),
            Duties=rows_with("Duties", 1, staff_needed="two"),
        )
    )
    assert [where for where, _ in errors(reading)] == [
        "Staff!E2",
        "Staff!F2",
        "Trainees!C2",
        "Trainees!D2",
        "Duties!C3",
    ]
    assert reading.counts["Staff"] == (4, 2, 1, 1)


def test_equal_problems_of_a_sheet_are_one_with_all_cells() -> None:
    rows = [row | {"department": "XX"} for row in tables()["Trainees"]]
    reading = read_quickly(tables(Trainees=rows))
    problem = the(reading, Severity.ERROR)
    assert (problem.cell, problem.cells, problem.value) == ("C2", ("C2", "C3"), "XX")
    assert reading.counts["Trainees"] == (3, 0, 2, 1)


def test_numbers_as_ids_match_text() -> None:
    staff = [{"staff_id": 7.0, "name": "A", "department": "RT", "competences": "qc; camera"}]
    trainees = rows_with("Trainees", 0, training_officer="7")
    reading = read_quickly(tables(Staff=staff, Trainees=trainees))
    assert reading.facts().trainee_by_id["T1"].training_officer == "7"


def test_settings_that_are_unknown_wrong_or_doubled() -> None:
    warned = read_quickly(tables(Settings=settings(wekks=5)))
    problem = the(warned, Severity.WARNING)
    assert (problem.where, problem.value) == ("Settings!A4", "wekks")
    assert "Did you mean weeks?" in problem.remedy
    assert warned.organisation is not None
    for values, where, words in (
        ({"weeks": 0}, "Settings!B3", "below 1"),
        ({"weeks": 157}, "Settings!B3", "above 156"),
        ({"nation": "France"}, "Settings!B4", "nation"),
        ({"periods": "AM 9-12"}, "Settings!B4", "not a period with its times"),
        ({"working_days": "Mon-Fry"}, "Settings!B4", "not a day"),
        ({"policy": "lenient"}, "Settings!B4", "no policy 'lenient'"),
        ({"max_training_per_day": -1}, "Settings!B4", "max_training_per_day"),
        ({"cover": "maybe"}, "Settings!B4", "cover"),
        ({"Week s": 3}, "Settings!A4", "weeks stands here and in B3"),
    ):
        told, what, remedy = error_of(Settings=settings(**values))
        assert (told, bool(remedy)) == (where, True)
        assert words in what


def test_settings_reach_the_facts() -> None:
    given = settings(
        periods="P1 09:00-10:00; P2 10:00-11:00; P3 11:30-12:30",
        working_days="Mon-Sat",
        cover="As rostered",
        policy="strict",
        max_training_per_week="none",
        default_travel_minutes=20,
        locked_until="none",
    )
    organisation = read_quickly(tables(Settings=given)).facts()
    assert organisation.calendar.period_names == ("P1", "P2", "P3")
    assert organisation.calendar.working_days == (0, 1, 2, 3, 4, 5)
    assert organisation.cover is CoverMode.AS_ROSTERED
    assert organisation.locked_until is None
    assert organisation.policy.name == "strict"
    assert organisation.policy.limit("max_training_per_week") is None
    assert organisation.policy.whole("default_travel_minutes") == 20
    values = {value.name: value for value in organisation.policy.values}
    assert values["default_travel_minutes"].set_in == "Settings!B9"


def test_blank_settings_mean_the_default() -> None:
    reading = read_quickly(tables(Settings=settings(nation=None, weeks=None)))
    assert reading.problems == ()
    assert reading.facts().calendar.weeks == 12


ODD = st.sampled_from(
    ["", "x", "007", 7.0, -1, 1e300, 0.5, True, D(2027, 3, 4), time(8, 30), "=A1+1", "a;b", "|",
     "a|", "AL am/OC pm", "///", "Mon-", "AM-PM", ":", "x2", ">=7", "RT 0.5; NM", "T1", "QA", "yes",
     "100%", "#REF!", "31/02/2027", timedelta(days=1), "\u200b", "2027/28", "\u00b2", "\u0663"]
)  # fmt: skip


@settings_of_hypothesis(max_examples=60)
@given(changes=st.lists(st.tuples(st.integers(0, 10_000), ODD), min_size=1, max_size=6))
def test_no_cell_whatever_it_holds_stops_the_reading(changes: list[tuple[int, object]]) -> None:
    made: dict[str, list[dict[str, Any]]] = deepcopy(FULL)
    cells = [(row, name) for rows in made.values() for row in rows for name in row]
    for number, value in changes:
        row, name = cells[number % len(cells)]
        row[name] = value
    reading = read_quickly(made)
    assert (reading.organisation is None) == bool(errors(reading))
    assert all(counts.rows_read == sum(counts[1:]) for counts in reading.counts.values())


def test_every_row_is_counted_once() -> None:
    rows = [*tables()["Staff"], {}, {"staff_id": "S1", "name": "Again", "department": "RT"}]
    reading = read_quickly(tables(Staff=rows))
    for counts in reading.counts.values():
        assert counts.rows_read == sum(counts[1:])
    assert reading.counts["Staff"] == (6, 3, 1, 2)
