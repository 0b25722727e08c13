"""A faulty cell of any sheet is named, with its remedy."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.unit.workbook_builder import (
    MONDAY,
    error_of,
    rows_with,
)

D = date
WEEK_2 = D(2027, 3, 8)
QA = {"programme": "STP-RT", "activity": "QA", "sessions": 4}


def curriculum(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"programme": "STP-RT", "activity": "QA", "sessions": 4} | row for row in rows]


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
        (
            "Duties",
            1,
            {"department": "RT", "duty": "Linac QC", "presence": "on_site"},
            "Duties!E3",
            "exclusive in Duties!B2",
        ),
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
