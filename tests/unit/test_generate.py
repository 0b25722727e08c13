"""Synthetic organisations: sizes, determinism, and what every sheet may say."""

import hashlib
import importlib.util
import re
import sys
from datetime import date
from pathlib import Path
from random import Random

import pytest

from trainsched.domain.people import BANDS, meets_band
from trainsched.generate import organisation_tables, write_organisation
from trainsched.generate.curriculum import split
from trainsched.generate.names import FIRST_NAMES, SURNAMES, NameMaker
from trainsched.generate.section_kinds import KINDS
from trainsched.generate.staffing import heads_by_role
from trainsched.generate.term import AM, EVE, PM, days_text, pattern_text
from trainsched.generate.trusts import share_out
from trainsched.workbook import load
from trainsched.workbook.write import write_workbook

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "inputs" / "examples"


def make_examples():
    path = ROOT / "scripts" / "make_examples.py"
    spec = importlib.util.spec_from_file_location("make_examples", path)
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(path.parent))
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(path.parent))
    return module


@pytest.fixture(scope="module")
def medium():
    return organisation_tables(**make_examples().SPECIFICATIONS["medium"])


def items(cell):
    return [part.strip() for part in str(cell or "").split(";") if part.strip()]


def test_names_are_never_given_twice():
    names = NameMaker(Random(4))
    pairs = len(FIRST_NAMES) * len(SURNAMES)
    given = [names.next() for _ in range(pairs + 50)]
    assert len(set(given)) == pairs + 50
    assert sum(bool(re.search(r" A\. ", name)) for name in given) == 50


def test_shares_add_up_and_follow_the_weights():
    assert share_out(45, [1.85, 1.0, 1.05, 1.4]) == [16, 8, 9, 12]
    assert share_out(0, [1, 2]) == [0, 0]
    assert split(7, [3, 1, 1]) == [4, 2, 1]
    assert split(2, [5, 0.1, 0.1]) == [1, 1, 1]


def test_roles_have_their_least_number_before_shares_count():
    radiotherapy = KINDS[0]
    assert heads_by_role(radiotherapy, 12) == [1, 2, 3, 3, 2, 1]
    assert sum(heads_by_role(radiotherapy, 40)) == 40


def test_patterns_are_written_as_the_workbook_reads_them():
    assert days_text((0, 1, 2, 4)) == "Mon-Wed; Fri"
    late = frozenset((day, p) for day in range(5) for p in (AM, PM)) - {(1, AM)} | {(1, EVE)}
    assert pattern_text((late,), (AM, PM, EVE)) == "Mon AM; Wed-Fri AM; Mon-Fri PM; Tue EVE"
    full = frozenset((day, p) for day in range(5) for p in (AM, PM))
    assert pattern_text((full,), (AM, PM)) == ""
    assert pattern_text((full, full - {(4, AM), (4, PM)}), (AM, PM)) == "Mon-Fri | Mon-Thu"


@pytest.mark.parametrize("weeks", [1, 2])
def test_the_shortest_plans_can_be_read(tmp_path, weeks):
    path = tmp_path / "short.xlsx"
    write_organisation(path, departments=1, trainees=3, weeks=weeks, seed=1)
    assert load(path).organisation is not None


@pytest.mark.parametrize(
    ("departments", "trainees", "weeks"), [(1, 0, 1), (2, 3, 2), (7, 20, 6), (15, 40, 10)]
)
def test_any_size_gives_what_was_asked(departments, trainees, weeks):
    tables = organisation_tables(departments=departments, trainees=trainees, weeks=weeks, seed=9)
    assert len(tables["Departments"]) == departments
    assert len(tables.get("Trainees", [])) == trainees
    wte = sum(row["wte"] for row in tables["Staff"])
    assert wte == pytest.approx(round(11.5 * departments), abs=0.06 * 11.5 * departments + 1.5)


def test_the_same_seed_gives_the_same_tables_and_another_seed_others():
    first = organisation_tables(departments=3, trainees=8, weeks=6, seed=1)
    assert organisation_tables(departments=3, trainees=8, weeks=6, seed=1) == first
    assert organisation_tables(departments=3, trainees=8, weeks=6, seed=2) != first


@pytest.mark.parametrize(
    ("sizes", "message"),
    [
        ({"departments": 0, "trainees": 1, "weeks": 1}, "at least one department"),
        ({"departments": 1, "trainees": -1, "weeks": 1}, "0 or more"),
        ({"departments": 1, "trainees": 1, "weeks": 157}, "1 to 156"),
        ({"departments": 1, "trainees": 1, "weeks": 1, "tightness": 0}, "tightness"),
        ({"departments": 1, "trainees": 1, "weeks": 1, "start": date(2027, 1, 12)}, "Monday"),
    ],
)
def test_impossible_sizes_are_refused(sizes, message):
    with pytest.raises(ValueError, match=message):
        organisation_tables(seed=0, **sizes)


def test_somebody_can_do_every_duty_and_fill_every_role(medium):
    staff = medium["Staff"]

    def holders(competence, band, department=None):
        return [
            row["staff_id"]
            for row in staff
            if (competence is None or competence in items(row["competences"]))
            and meets_band(row["band"], band)
            and (department is None or department in re.findall(r"[A-Z]{2}", row["department"]))
        ]

    for duty in medium["Duties"]:
        able = holders(duty["competence"], duty["min_band"], duty["department"])
        assert len(able) >= duty["staff_needed"], duty
    for row in medium["Curriculum"] + medium["Training plan"]:
        for role in items(row["roles"]):
            competence = role.partition(":")[2].strip()
            name, _, band = competence.partition(">=")
            if role != "training_officer":
                assert holders(name.strip(), band or None), row
    assert {row["band"] for row in staff} <= set(BANDS)


def test_every_reference_is_known(medium):
    staff = {row["staff_id"] for row in medium["Staff"]}
    trainees = {row["trainee_id"] for row in medium["Trainees"]}
    departments = {row["department"] for row in medium["Departments"]}
    activities = {row["activity"] for row in medium["Curriculum"] + medium["Training plan"]}
    equipment = {row["equipment"] for row in medium["Equipment"]}
    for row in medium["Curriculum"] + medium["Training plan"]:
        assert set(items(row["after"])) <= activities
        assert set(items(row["staff"])) <= staff
        assert set(re.split(r"[;|] ?", row["equipment"] or "")) - {""} <= equipment
    for row in medium["Trainees"]:
        assert row["training_officer"] in staff
        assert row["department"] in departments
    assert {row["person"] for row in medium["Preferences"]} <= staff | trainees
    assert {line[0] for line in medium["Roster"][1:]} == staff | trainees
    codes = {row["code"] for row in medium["Codes"]}
    assert {code for line in medium["Roster"][1:] for code in line[1:]} - {None} <= codes


def test_the_medium_department_has_the_features_it_is_there_to_show(medium):
    duties = {row["duty"] for row in medium["Duties"]}
    assert duties >= {
        "Linac run-up", "Duty physicist", "Brachytherapy theatre", "Treatment planning",
        "Plan checking", "Patient-specific QA", "MPE on site", "Iodine therapy", "Advice line",
        "MR safety expert", "Helpdesk",
    }  # fmt: skip
    rows = medium["Curriculum"] + medium["Training plan"]
    assert {row["priority"] for row in rows} == {"must", "should", "could"}
    assert {row["kind"] for row in rows} == {"taught", "assessment", "review", "study"}
    for column in ("equipment", "after", "deadline", "min_gap_days", "together", "staff"):
        assert any(row[column] for row in rows), column
    assert any(" | " in (row["working_pattern"] or "") for row in medium["Staff"])
    assert any(";" in row["department"] for row in medium["Staff"])
    assert any(row["supernumerary"] == "no" for row in medium["Trainees"])
    assert {row["programme"] for row in medium["Trainees"]} >= {"STP-RTP", "HSST", "TTS", "APP-L6"}
    for sheet in ("Rotations", "University", "Travel", "Closures", "Preferences", "Pins"):
        assert medium[sheet], sheet


def test_leave_is_about_an_eighth_of_the_days_worked(medium):
    cells = [code for line in medium["Roster"][1:] for code in line[1:]]
    days = 57 * (45 + 14)
    assert 0.09 < cells.count("AL") / days < 0.15


def test_written_files_are_the_same_byte_for_byte(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        write_organisation(tmp_path / name, departments=2, trainees=5, weeks=3, seed=6)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.parametrize("name", ["small", "medium", "regional"])
def test_the_examples_are_what_the_script_makes(name, tmp_path):
    examples = make_examples()
    examples.make(tmp_path, [name])
    made = hashlib.sha256((tmp_path / f"{name}.xlsx").read_bytes()).hexdigest()
    kept = hashlib.sha256((EXAMPLES / f"{name}.xlsx").read_bytes()).hexdigest()
    assert made == kept, "Run python3 scripts/make_examples.py and commit what it writes."


@pytest.mark.parametrize("name", ["small", "medium", "regional"])
def test_the_examples_are_read_without_errors_or_questions(name):
    from trainsched.workbook import load

    reading = load(EXAMPLES / f"{name}.xlsx")
    unwanted = [p for p in reading.problems if p.severity in {"error", "question", "warning"}]
    assert unwanted == []
    assert reading.organisation is not None


def test_a_synthetic_network_is_read_without_errors(tmp_path):
    from trainsched.workbook import load

    path = tmp_path / "network.xlsx"
    write_workbook(
        path,
        organisation_tables(departments=9, trainees=25, weeks=8, seed=2, start=date(2027, 3, 1)),
    )
    reading = load(path)
    assert [p for p in reading.problems if p.severity == "error"] == []
