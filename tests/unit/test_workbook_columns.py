"""Every column and every setting is read: take a cell away and something changes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.unit.workbook_builder import MONDAY, read, read_quickly
from trainsched.workbook import Reading
from trainsched.workbook.schema import sheets
from trainsched.workbook.schema_work import SETTINGS

D = date
FULL: dict[str, list[dict[str, Any]]] = {
    "Settings": [
        {"setting": "organisation", "value": "Fellside"},
        {"setting": "start_date", "value": MONDAY},
        {"setting": "weeks", "value": 4},
        {"setting": "nation", "value": "Scotland"},
        {"setting": "periods", "value": "AM 08:00-12:00; PM 13:00-17:00"},
        {"setting": "working_days", "value": "Mon-Sat"},
        {"setting": "cover", "value": "as rostered"},
        {"setting": "policy", "value": "strict"},
        {"setting": "cover_goal", "value": "full"},
        {"setting": "locked_until", "value": D(2027, 3, 8)},
        {"setting": "max_training_per_week", "value": 7},
    ],
    "Departments": [
        {"department": "RT", "name": "Radiotherapy", "site": "North", "specialism": "RT",
         "region": "West", "accredited_for": "STP-RT"},
        {"department": "NM", "name": "Nuclear", "site": "South", "specialism": "NM",
         "region": "East", "accredited_for": "STP-RT"},
    ],
    "Staff": [
        {"staff_id": "S1", "name": "Alma Birch", "department": "RT 0.5; NM 0.3", "band": "8a",
         "wte": 0.8, "competences": "qc; mpe", "working_pattern": "Mon-Thu | Mon-Fri",
         "pattern_anchor": D(2027, 3, 8), "trains": "no", "max_training_per_week": 3,
         "max_training_per_day": 1, "max_training": 9, "site": "North",
         "start_date": D(2027, 1, 1), "end_date": D(2027, 12, 1), "email": "a@example.org"},
        {"staff_id": "S2", "name": "Bruno Cole", "department": "RT"},
    ],
    "Trainees": [
        {"trainee_id": "T1", "name": "Isla Jory", "department": "RT", "programme": "STP-RT",
         "year": 2, "training_officer": "S1", "hei": "North U", "wte": 0.8,
         "working_pattern": "Mon-Thu", "start_date": D(2027, 1, 1), "end_date": D(2028, 1, 1),
         "supernumerary": "no", "competences": "qc"},
    ],
    "Rotations": [{"trainee_id": "T1", "department": "NM", "from": D(2027, 3, 8),
                   "to": D(2027, 3, 12)}],
    "Duties": [
        {"department": "RT", "duty": "Linac QC", "staff_needed": 2, "competence": "qc",
         "min_band": "7", "days": "Mon-Tue", "periods": "AM", "presence": "on_site",
         "one_person": "yes", "from": D(2027, 3, 2), "to": D(2027, 3, 30), "priority": "should"},
        {"department": "RT", "duty": "Clinic", "staff_needed": 1, "competence": "qc"},
    ],
    "Curriculum": [
        {"programme": "STP-RT", "activity": "QA", "title": "Quality", "year": 2,
         "kind": "assessment", "sessions": 3, "length": 2, "roles": "assessor: qc",
         "staff": "S1; S2", "group_max": 3, "group_min": 2, "together": "yes",
         "equipment": "linac", "department": "RT", "earliest_week": 2, "latest_week": 4,
         "deadline": D(2027, 3, 20), "max_per_week": 2, "max_per_day": 1, "min_gap_days": 3,
         "after": "INTRO", "priority": "could"},
        {"programme": "STP-RT", "activity": "INTRO", "per_week": 1},
    ],
    "Training plan": [
        {"trainee_id": "T1", "activity": "EXTRA", "sessions": 3, "title": "Extra",
         "kind": "assessment", "length": 2, "roles": "assessor: qc", "staff": "S1; S2",
         "group_max": 3, "group_min": 2, "together": "yes", "equipment": "linac",
         "department": "RT", "earliest_week": 2, "latest_week": 4, "deadline": D(2027, 3, 20),
         "max_per_week": 2, "max_per_day": 1, "min_gap_days": 3, "after": "INTRO",
         "priority": "could"},
        {"trainee_id": "T1", "activity": "INTRO", "per_week": 2},
    ],
    "Equipment": [{"equipment": "linac", "department": "RT", "site": "North", "capacity": 2,
                   "days": "Mon", "periods": "PM", "from": D(2027, 3, 2), "to": D(2027, 3, 30)}],
    "Roster": [
        {"staff_id": "S1", "date": D(2027, 3, 2), "period": "AM", "code": "ZZ"},
        {"staff_id": "S1", "date": D(2027, 3, 3), "code": "ZZ"},
    ],
    "Codes": [{"code": "ZZ", "meaning": "duty", "duty": "Linac QC", "periods": "AM"},
              {"code": "YY", "meaning": "busy"}],
    "Leave": [{"person": "S2", "from": D(2027, 3, 2), "to": D(2027, 3, 4), "periods": "AM"}],
    "University": [{"hei": "North U", "programme": "STP-RT", "year": 2, "from": D(2027, 3, 15),
                    "to": D(2027, 3, 19)}],
    "Closures": [{"date": D(2027, 3, 16), "department": "RT", "note": "Moving"}],
    "Travel": [{"from_site": "North", "to_site": "South", "minutes": 25}],
    "Preferences": [{"person": "S1", "kind": "avoid_day", "value": "Fri", "weight": 3}],
    "Pins": [{"trainee_id": "T1", "activity": "INTRO", "date": D(2027, 3, 9), "period": "AM",
              "staff_ids": "S2"}],
    "Programmes": [{"programme": "OWN", "years": 3, "annual_cost": 1000, "hei_fee": 200,
                    "start_month": 9, "completion_rate": 0.9, "retention_rate": "80%"}],
    "Targets": [{"programme": "OWN", "year": 2027, "intake": 2, "department": "RT"},
                {"programme": "OWN", "year": "2027/28", "intake": 3, "region": "East"}],
    "HEI": [{"hei": "North U", "programme": "OWN", "year": 2027, "places": 4,
             "fee_per_place": 900, "extra_places_max": 2, "extra_place_cost": 1500}],
    "Posts": [{"post": "P7", "band": "7", "competences": "qc", "wte": 0.5, "annual_cost": 60000,
               "department": "RT", "max_posts": 2, "lead_time_months": 6,
               "working_pattern": "Mon-Wed"}],
    "Workforce": [{"specialism": "RT", "year": 2026, "establishment_wte": 10.5,
                   "in_post_wte": 9, "recommended_wte": 12, "leavers_rate": "5%",
                   "retirements_wte": 0.5, "growth_wte": -0.2, "region": "West",
                   "source": "Survey"}],
    "Assumptions": [{"name": "Growth", "low": 0.1, "central": 0.2, "high": 0.3, "unit": "share",
                     "source": "Judgement"}],
}  # fmt: skip

FOR_PEOPLE_ONLY = {("Closures", "note")}


def understood(reading: Reading) -> tuple[Any, ...]:
    organisation = reading.organisation
    problems = {(p.severity, p.problem) for p in reading.problems}
    return (organisation.model_dump() if organisation else None, problems)


@pytest.fixture(scope="module")
def whole() -> Reading:
    return read_quickly(FULL)


def test_a_file_between_changes_nothing(tmp_path: Path, whole: Reading) -> None:
    assert understood(read(tmp_path, FULL)) == understood(whole)


def test_the_full_workbook_has_no_error_and_every_column(whole: Reading) -> None:
    assert whole.organisation is not None, whole.problems
    for sheet in sheets():
        given = {name for row in FULL[sheet.name] for name in row}
        assert given == {column.name for column in sheet.columns}, sheet.name


CELLS = [
    (sheet.name, row, column)
    for sheet in sheets()
    if sheet.name != "Settings"
    for column in [c.name for c in sheet.columns]
    for row in [next(n for n, r in enumerate(FULL[sheet.name]) if column in r)]
]


@pytest.mark.parametrize(("sheet", "row", "column"), CELLS)
def test_every_column_is_read(whole: Reading, sheet: str, row: int, column: str) -> None:
    rows = [dict(one) for one in FULL[sheet]]
    del rows[row][column]
    changed = understood(read_quickly(FULL | {sheet: rows}))
    if (sheet, column) in FOR_PEOPLE_ONLY:
        assert changed == understood(whole)
    else:
        assert changed != understood(whole)


@pytest.mark.parametrize("name", [row["setting"] for row in FULL["Settings"]])
def test_every_setting_is_read(whole: Reading, name: str) -> None:
    rows = [row for row in FULL["Settings"] if row["setting"] != name]
    assert understood(read_quickly(FULL | {"Settings": rows})) != understood(whole)


def test_every_setting_is_tried() -> None:
    tried = {row["setting"] for row in FULL["Settings"]}
    assert {setting.name for setting in SETTINGS} == tried - {"max_training_per_week"}
