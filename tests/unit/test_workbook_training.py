"""Curriculum, training plan, and what is odd but possible."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.unit.workbook_builder import (
    MONDAY,
    error_of,
    errors,
    found,
    read_quickly,
    rows_with,
    tables,
)
from trainsched.domain.problems import Severity

D = date
WEEK_2 = D(2027, 3, 8)
QA = {"programme": "STP-RT", "activity": "QA", "sessions": 4}


def curriculum(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"programme": "STP-RT", "activity": "QA", "sessions": 4} | row for row in rows]


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
