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


@pytest.mark.parametrize(
    ("sheet", "row", "cells", "where", "words"),
    [
        ("Staff", 1, {"staff_id": "S1"}, "Staff!A3", "staff_id S1 stands here and in Staff!A2"),
        ("Staff", 1, {"wte": 1.5}, "Staff!E3", "above 0 and at most 1"),
        ("Staff", 1, {"name": None}, "Staff!B3", "cell for name is blank"),
        ("Staff", 1, {"department": "RX"}, "Staff!C3", "no department 'RX'"),
        ("Staff", 1, {"department": "RT 0.5; XX 0.5"}, "Staff!C3", "no department 'XX'"),
        ("Staff", 1, {"band": "8"}, "Staff!E3", "four bands"),
        ("Staff", 1, {"working_pattern": "Mon-Fry"}, "Staff!E3", "'Fry' is not a day"),
        ("Staff", 1, {"trains": "perhaps"}, "Staff!E3", "neither yes nor no"),
        ("Staff", 1, {"max_training": 0.5}, "Staff!E3", "whole number"),
        ("Staff", 1, {"start_date": "04/13/2026"}, "Staff!E3", "not a date"),
        ("Trainees", 0, {"department": "XX"}, "Trainees!C2", "no department 'XX'"),
        ("Trainees", 0, {"training_officer": "S9"}, "Trainees!E2", "no member of staff 'S9'"),
        ("Trainees", 0, {"trainee_id": "S1"}, "Trainees!A2", "id S1 stands here and in Staff!A2"),
        ("Trainees", 1, {"trainee_id": "T1"}, "Trainees!A3", "stands here and in Trainees!A2"),
        ("Duties", 0, {"staff_needed": 0.5}, "Duties!C2", "whole number"),
        ("Duties", 0, {"department": "XX"}, "Duties!A2", "no department 'XX'"),
        ("Duties", 0, {"presence": "nearby"}, "Duties!E2", "presence"),
        ("Duties", 0, {"periods": "NIGHT"}, "Duties!E2", "not a period"),
        ("Duties", 0, {"days": "Mo"}, "Duties!E2", "not a day"),
        ("Duties", 0, {"priority": "perhaps"}, "Duties!E2", "priority"),
        ("Curriculum", 0, {"sessions": None}, "Curriculum!C2", "neither sessions nor per_week"),
        ("Curriculum", 0, {"per_week": 1}, "Curriculum!D2", "both sessions (in C2) and per_week"),
        ("Curriculum", 0, {"length": 3}, "Curriculum!D2", "a day has 2"),
        ("Curriculum", 0, {"group_min": 2}, "Curriculum!D2", "above group_max, 1"),
        ("Curriculum", 0, {"equipment": "linac"}, "Curriculum!D2", "no equipment 'linac'"),
        ("Curriculum", 0, {"after": "PLAM"}, "Curriculum!D2", "no activity 'PLAM'"),
        ("Curriculum", 0, {"after": "QA"}, "Curriculum!D2", "circle: QA after QA"),
        ("Curriculum", 0, {"staff": "S1; S8"}, "Curriculum!D2", "no member of staff 'S8'"),
        ("Curriculum", 0, {"staff": "S1", "roles": "trainer x2"}, "Curriculum!D2", "only 1"),
        ("Curriculum", 0, {"roles": "trainer, mpe"}, "Curriculum!D2", "comma"),
        ("Curriculum", 0, {"earliest_week": 3, "latest_week": 2}, "Curriculum!E2", "before"),
        ("Curriculum", 0, {"department": "XX"}, "Curriculum!D2", "no department 'XX'"),
        ("Curriculum", 1, {"activity": "QA"}, "Curriculum!B3", "stands here and in Curriculum!B2"),
    ],
)
def test_a_faulty_cell_is_named(
    sheet: str, row: int, cells: dict[str, Any], where: str, words: str
) -> None:
    told, what, remedy = error_of(**{sheet: rows_with(sheet, row, **cells)})
    assert told == where
    assert words in what
    assert remedy


SHEET_FAULTS: list[tuple[str, list[dict[str, Any]], str, str]] = [
    ("Rotations", [{"trainee_id": "T9", "department": "NM", "from": MONDAY, "to": WEEK_2}],
     "Rotations!A2", "no trainee 'T9'"),
    ("Rotations", [{"trainee_id": "T1", "department": "NM", "from": WEEK_2, "to": MONDAY}],
     "Rotations!D2", "before the start in C2"),
    ("Rotations", [{"trainee_id": "T1", "department": "NM", "from": MONDAY, "to": WEEK_2},
                   {"trainee_id": "T1", "department": "RT", "from": WEEK_2, "to": WEEK_2}],
     "Rotations!C3", "overlaps the one in Rotations!C2"),
    ("Training plan", [{"trainee_id": "T1", "activity": "QA", "sessions": 1}] * 2,
     "Training plan!B3", "stands here and in Training plan!B2"),
    ("Training plan", [{"trainee_id": "T1", "activity": "NEW", "title": "x"}],
     "Training plan!A2", "neither sessions nor per_week"),
    ("Training plan", [{"trainee_id": "T1", "activity": "QA", "length": 2}],
     "Training plan!C2", "length is not the same here as in Curriculum!B2"),
    ("Equipment", [{"equipment": "linac", "capacity": -1}], "Equipment!B2", "below 0"),
    ("Equipment", [{"equipment": "linac", "from": WEEK_2, "to": MONDAY}], "Equipment!C2", "before"),
    ("University", [{"hei": "U", "from": WEEK_2, "to": MONDAY}], "University!C2", "before"),
    ("Closures", [{"date": "someday"}], "Closures!A2", "not a date"),
    ("Closures", [{"date": MONDAY, "department": "XX"}], "Closures!B2", "no department"),
    ("Travel", [{"from_site": "RT", "to_site": "NM", "minutes": 5}] * 2, "Travel!A3", "Travel!A2"),
    ("Preferences", [{"person": "S9", "kind": "avoid_day", "value": "Fri"}],
     "Preferences!A2", "nobody with the id"),
    ("Preferences", [{"person": "S1", "kind": "avoid_day", "value": "AM"}],
     "Preferences!C2", "not a day"),
    ("Preferences", [{"person": "S1", "kind": "avoid_period", "value": "Fri"}],
     "Preferences!C2", "not a period"),
    ("Preferences", [{"person": "T1", "kind": "prefer_trainer", "value": "T2"}],
     "Preferences!C2", "no member of staff with the id 'T2'"),
    ("Preferences", [{"person": "S1", "kind": "likes", "value": "Fri"}],
     "Preferences!B2", "kind"),
    ("Pins", [{"trainee_id": "T1", "activity": "QA", "date": D(2026, 3, 1), "period": "AM"}],
     "Pins!C2", "outside the plan"),
    ("Pins", [{"trainee_id": "T1", "activity": "QA", "date": MONDAY, "period": "NIGHT"}],
     "Pins!D2", "not a period"),
    ("Pins", [{"trainee_id": "T9", "activity": "QA", "date": MONDAY, "period": "AM"}],
     "Pins!A2", "no trainee 'T9'"),
    ("Pins", [{"trainee_id": "T1", "activity": "QB", "date": MONDAY, "period": "AM"}],
     "Pins!B2", "no activity 'QB'"),
    ("Pins", [{"trainee_id": "T1", "activity": "QA", "date": MONDAY, "period": "AM",
               "staff_ids": "S1; S2"}], "Pins!E2", "roles of QA take 1"),
    ("Pins", [{"trainee_id": "T1", "activity": "QA", "date": MONDAY, "period": "AM",
               "staff_ids": "S9"}], "Pins!E2", "no member of staff 'S9'"),
    ("Pins", [{"trainee_id": "T1; T2", "activity": "QA", "date": MONDAY, "period": "AM"}],
     "Pins!A2", "group_max of QA is 1"),
    ("Pins", [{"trainee_id": "T1", "activity": "QA", "date": MONDAY, "period": "AM"}] * 2,
     "Pins!A3", "stands here and in Pins!A2"),
    ("Codes", [{"code": "ZZ", "meaning": "asleep"}], "Codes!B2", "meaning"),
    ("Codes", [{"code": "ZZ", "meaning": "duty"}], "Codes!A2", "no duty is named"),
    ("Codes", [{"code": "ZZ", "meaning": "duty", "duty": "Linac CQ"}], "Codes!C2", "no duty"),
    ("Codes", [{"code": "Z/Z", "meaning": "work"}, {"code": "zz", "meaning": "absent"}],
     "Codes!A3", "stands here and in Codes!A2"),
    ("Leave", [{"person": "S1", "from": WEEK_2, "to": MONDAY}], "Leave!C2", "before the start"),
    ("Programmes", [{"programme": "P", "years": 0}], "Programmes!B2", "below 1"),
    ("Programmes", [{"programme": "P", "years": 3}] * 2, "Programmes!A3", "Programmes!A2"),
    ("Programmes", [{"programme": "P", "years": 3, "completion_rate": 95}],
     "Programmes!C2", "0 to 1"),
    ("Targets", [{"programme": "XYZ", "year": 2027, "intake": 1}], "Targets!A2", "no programme"),
    ("Targets", [{"programme": "STP-RT", "year": 27, "intake": 1}], "Targets!B2", "academic year"),
    ("Targets", [{"programme": "STP-RT", "year": 2027, "intake": 1, "region": "Mars"}],
     "Targets!D2", "no region 'Mars'"),
    ("HEI", [{"hei": "U", "programme": "STP-RT", "places": 1.5}], "HEI!C2", "whole number"),
    ("Posts", [{"post": "P", "band": "7", "competences": "qc", "department": "XX"}],
     "Posts!D2", "no department"),
    ("Workforce", [{"specialism": "RT", "establishment_wte": "many", "in_post_wte": 1}],
     "Workforce!B2", "not a number"),
    ("Assumptions", [{"name": "a", "low": 3, "central": 2, "source": "x"}],
     "Assumptions!C2", "between low and high"),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "rows", "where", "words"), SHEET_FAULTS)
def test_a_faulty_cell_of_another_sheet_is_named(
    sheet: str, rows: list[dict[str, Any]], where: str, words: str
) -> None:
    told, what, remedy = error_of(**{sheet: rows})
    assert told == where
    assert words in what
    assert remedy


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


def test_one_activity_is_the_same_wherever_it_stands() -> None:
    rows = curriculum({"length": 2}, {"programme": "STP-IM"})
    where, what, _ = error_of(Curriculum=rows)
    assert where == "Curriculum!B3"
    assert "length is not the same here as in Curriculum!D2" in what
    same = curriculum({"staff": "S1; S2"}, {"programme": "STP-IM", "staff": "S2; S1"})
    assert read_quickly(tables(Curriculum=same)).organisation is not None


def test_the_training_plan_inherits_and_replaces() -> None:
    rows = curriculum({"earliest_week": 2, "priority": "should", "length": 2, "max_per_week": 1})
    plan = [
        {"trainee_id": "T1", "activity": "QA", "per_week": 1, "priority": "must"},
        {"trainee_id": "T2", "activity": "QA", "sessions": 0},
        {"trainee_id": "T2", "activity": "NEW", "sessions": 1, "roles": "trainer: mpe"},
    ]
    organisation = read_quickly(tables(Curriculum=rows, Training_plan=plan)).facts()
    needs = {(n.trainee_id, n.activity): n.timing for n in organisation.requirements}
    assert set(needs) == {("T1", "QA"), ("T2", "NEW")}
    timing = needs["T1", "QA"]
    assert (timing.sessions, timing.per_week) == (None, 1)
    assert (timing.earliest_week, timing.max_per_week, timing.priority) == (2, 1, "must")
    assert organisation.activity_by_code["QA"].length == 2
    assert str(organisation.places["requirement:T1:QA"]) == "Training plan!C2"


def test_years_of_a_programme_keep_rows_apart() -> None:
    rows = curriculum({"year": 1}, {"year": 2, "sessions": 1})
    trainees = rows_with("Trainees", 0, year=2)
    organisation = read_quickly(tables(Curriculum=rows, Trainees=trainees)).facts()
    assert [(n.trainee_id, n.timing.sessions) for n in organisation.requirements] == [("T1", 1)]
    assert "both rows apply" in error_of(Curriculum=curriculum({"year": 1}, {}))[1]


def test_cohorts_need_the_same_number_of_sessions() -> None:
    rows = curriculum({"together": "yes"})
    organisation = read_quickly(tables(Curriculum=rows)).facts()
    assert organisation.activity_by_code["QA"].group_max is None
    plan = [{"trainee_id": "T2", "activity": "QA", "sessions": 3}]
    where, what, _ = error_of(Curriculum=rows, Training_plan=plan)
    assert where == "Training plan!C2"
    assert "than T1 in Curriculum!C2" in what


def test_circles_are_found_across_rows() -> None:
    rows = curriculum({"after": "PLAN"}, {"activity": "PLAN", "after": "QA"})
    where, what, _ = error_of(Curriculum=rows)
    assert where == "Curriculum!D3"
    assert "PLAN after QA after PLAN" in what


@pytest.mark.parametrize(
    ("changed", "where", "words"),
    [
        ({"Duties": rows_with("Duties", 0, competence="qcc")}, "Duties!D2", "Nobody holds"),
        ({"Curriculum": curriculum({"roles": "trainer: mpp"})}, "Curriculum!D2", "Nobody holds"),
        ({"Curriculum": curriculum({"kind": "study", "roles": "trainer"})}, None, ""),
        ({"Curriculum": curriculum({"kind": "study", "roles": "lead: qc"})}, "Curriculum!E2",
         "were not used"),
        ({"Curriculum": curriculum({"kind": "study", "staff": "S1"})}, "Curriculum!E2",
         "were not used"),
        ({"Curriculum": curriculum({"roles": "training_officer"})}, "Trainees!A2",
         "no training officer"),
        ({"Curriculum": curriculum({"group_min": 3, "group_max": 4})}, "Curriculum!B2",
         "at least 3"),
        ({"Curriculum": curriculum({"together": "yes", "group_max": 1})}, "Curriculum!B2",
         "group_max is 1"),
        ({"Curriculum": curriculum({"deadline": D(2026, 1, 1)})}, "Curriculum!D2", "deadline"),
        ({"Curriculum": curriculum({"earliest_week": 9})}, "Curriculum!D2", "last week, 4"),
        ({"Staff": rows_with("Staff", 0, department="RT 0.5; NM 0.3")}, "Staff!C2", "add up to"),
        ({"Departments": [{"department": "RT", "accredited_for": "STP-IM"},
                          {"department": "NM", "accredited_for": None}]}, "Trainees!A2",
         "not accredited for STP-RT"),
        ({"Curriculum": curriculum({}, {"activity": "X", "programme": "STP-RR"})}, "Curriculum!A3",
         "No trainee follows"),
        ({"University": [{"hei": "U", "programme": "STR-RT", "from": MONDAY, "to": MONDAY}]},
         "University!B2", "no programme 'STR-RT'"),
        ({"Trainees": rows_with("Trainees", 0, hei="V"),
          "University": [{"hei": "U", "from": MONDAY, "to": MONDAY}]}, "Trainees!E2",
         "no university 'V'"),
        ({"Travel": [{"from_site": "RT", "to_site": "NN", "minutes": 5}]}, "Travel!B2",
         "no site 'NN'"),
        ({"Trainees": rows_with("Trainees", 0, programme="STP-XX")}, "Trainees!A2",
         "Nothing is due to T1"),
    ],
)  # fmt: skip
def test_what_is_odd_but_possible_is_a_warning(
    changed: dict[str, Any], where: str | None, words: str
) -> None:
    reading = read_quickly(tables(**changed))
    assert reading.organisation is not None, errors(reading)
    warned = found(reading, Severity.WARNING)
    if where is None:
        assert warned == []
        return
    assert where in {problem.where for problem in warned}
    assert any(words in problem.problem and problem.remedy for problem in warned)


def test_accreditation_is_repeated_by_plans_with_the_department_named() -> None:
    departments = [
        {"department": "RT"},
        {"department": "NM", "accredited_for": "STP-IM"},
    ]
    rotations = [{"trainee_id": "T1", "department": "NM", "from": WEEK_2, "to": WEEK_2}]
    reading = read_quickly(tables(Departments=departments, Rotations=rotations))
    assert reading.facts().notices == ("T1 trains in NM, which is not accredited for STP-RT.",)


def test_travel_goes_both_ways_unless_both_are_given() -> None:
    one = [{"from_site": "RT", "to_site": "NM", "minutes": 30}]
    both = [*one, {"from_site": "NM", "to_site": "RT", "minutes": 40}]
    for rows, back in ((one, 30), (both, 40)):
        travel = read_quickly(tables(Travel=rows)).facts().travel
        assert {(t.from_site, t.to_site): t.minutes for t in travel} == {
            ("RT", "NM"): 30,
            ("NM", "RT"): back,
        }


def test_people_may_stand_by_unique_name_in_preferences() -> None:
    rows = [{"person": "BIRCH, Alma", "kind": "prefer_day", "value": "Mon; Tue", "weight": 2}]
    (wish,) = read_quickly(tables(Preferences=rows)).facts().preferences
    assert (wish.person_id, wish.values, wish.weight) == ("S1", ("0", "1"), 2)


def test_programmes_of_the_workbook_override_single_figures(tmp_path: Path) -> None:
    plain = read_quickly(tables()).facts().programmes
    first = plain[0]
    rows = [{"programme": first.code, "years": first.years, "annual_cost": 1}]
    organisation = read_quickly(tables(Programmes=rows)).facts()
    changed = next(p for p in organisation.programmes if p.code == first.code)
    assert changed == first.model_copy(update={"annual_cost_pounds": 1})


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
