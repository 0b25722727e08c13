"""From a workbook to the folders of capacity and fund, by the command line."""

import json
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

import trainsched as ts
from tests.organisations import organisation
from trainsched.cli.app import main
from trainsched.domain.organisation import CoverGoal
from trainsched.service import expanding
from trainsched.workbook.write import TableRows, write_workbook

TABLES: Mapping[str, TableRows] = {
    "Settings": [
        {"setting": "organisation", "value": "Two rooms (invented)"},
        {"setting": "start_date", "value": "2027-01-11"},
        {"setting": "weeks", "value": 1},
        {"setting": "nation", "value": "none"},
        {"setting": "absence_rate", "value": 0.2},
    ],
    "Departments": [{"department": "D", "name": "Department"}],
    "Staff": [{"staff_id": "S1", "name": "Ada Ash", "department": "D", "band": "7",
               "competences": "qa", "max_training_per_week": 2}],
    "Trainees": [],
    "Curriculum": [{"programme": "P", "activity": "QA", "year": 1, "sessions": 2,
                    "roles": "trainer: qa"}],
    "Programmes": [{"programme": "P", "years": 2, "annual_cost": 1000, "completion_rate": 0.5}],
    "Targets": [{"programme": "P", "year": 2027, "intake": 2}],
    "Posts": [{"post": "T", "band": "7", "competences": "qa", "wte": 0.4, "annual_cost": 500,
               "max_posts": 2}],
}  # fmt: skip


@pytest.fixture
def workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    path = tmp_path / "rooms.xlsx"
    write_workbook(path, dict(TABLES))
    return path


def test_capacity_writes_what_it_found(
    workbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "run"
    assert main(["capacity", str(workbook), "-o", str(out), "--json", "--quiet"]) == 0
    said = capsys.readouterr().out
    document = json.loads(said)
    assert document == json.loads((out / "capacity.json").read_text(encoding="utf-8"))
    assert document["format"] == "trainsched-capacity/1"
    hosting = {row["view"]: (row["fits"], row["impossible_from"]) for row in document["hosting"]}
    assert hosting["starters"] == (1, 2)
    assert set(hosting) == {
        *("starters", "steady_state", "starters_sustainable", "steady_state_sustainable"),
    }
    assert document["targets"] == [
        {"programme": "P", "year": 2027, "where": "", "intake": 2, "hosted": 2}
    ]
    (post,) = document["posts"]
    assert (post["post"], post["units"], post["annual_cost"]) == ("T", 1, 500)
    assert len(post["unlocks"]["sessions"]) == 2
    assert document["annual_cost"] == {"value": 500, "bound": 500, "status": "proved best"}
    plan = json.loads((out / "plan.json").read_text(encoding="utf-8"))
    staff = {entry["staff_id"] for session in plan["sessions"] for entry in session["staff"]}
    assert "POST-T-1" in staff
    assert {t for s in plan["sessions"] for t in s["trainees"]} == {"NEW-P-1", "NEW-P-2"}
    book = openpyxl.load_workbook(out / "capacity.xlsx")
    assert {"Results", "Posts traced", "HEI places", "Assumptions", "Method"} <= set(
        book.sheetnames
    )
    traced = list(book["Posts traced"].values)
    sessions = {s["id"]: s for s in plan["sessions"]}
    assert len(traced) == 1 + len(post["unlocks"]["sessions"]) + len(post["unlocks"]["duties"])
    told = {(row[4], row[5].date().isoformat(), row[6], row[7]) for row in traced[1:]
            if row[3] == "session"}  # fmt: skip
    assert told == {
        (f"{s['activity']} ({key})", s["date"], s["period"], ", ".join(s["trainees"]))
        for key in post["unlocks"]["sessions"]
        for s in [sessions[key]]
    }
    heading, row = book["Before and after"].values
    assert dict(zip(heading, row, strict=True)) == {
        "Year": 2027,
        "Department": "D",
        "Trainees now": 0,
        "Trainees then": 2,
        "Staff WTE now": 1,
        "Staff WTE then": 1.4,
        "Must sessions now": 0,
        "Must sessions then": len(plan["sessions"]),
    }
    assert main(["capacity", str(workbook), "-o", str(out), "--quiet"]) == 4
    assert main(["capacity", str(workbook), "-o", str(out), "--quiet", "--force"]) == 0
    assert "proved least" in capsys.readouterr().out


def of_two_years(*intakes: int) -> list[dict[str, object]]:
    """Targets of two academic years."""
    return [
        {"programme": "P", "year": year, "intake": intake}
        for year, intake in zip((2027, 2028), intakes, strict=True)
    ]


def test_every_year_of_the_targets_has_its_plan_beside_it(workbook: Path, tmp_path: Path) -> None:
    targets = of_two_years(1, 2)
    write_workbook(workbook, {**TABLES, "Targets": targets})
    out = tmp_path / "run"
    assert main(["capacity", str(workbook), "-o", str(out), "--quiet"]) == 0
    # The year with two starters is the dearer one.
    main_plan = json.loads((out / "plan.json").read_text(encoding="utf-8"))
    other = json.loads((out / "plans" / "year-2027.json").read_text(encoding="utf-8"))
    starters = [{t for s in plan["sessions"] for t in s["trainees"]} for plan in (main_plan, other)]
    assert [len(who) for who in starters] == [2, 1]
    assert main(["capacity", str(workbook), "-o", str(out), "--quiet", "--force"]) == 0
    write_workbook(workbook, {**TABLES, "Targets": targets[1:]})
    assert main(["capacity", str(workbook), "-o", str(out), "--quiet", "--force"]) == 0
    assert not (out / "plans").exists()


def test_a_year_out_of_reach_beside_one_that_is_not(
    workbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_workbook(workbook, {**TABLES, "Targets": of_two_years(2, 9)})
    out = tmp_path / "run"
    assert main(["capacity", str(workbook), "-o", str(out), "--quiet"]) == 1
    said = capsys.readouterr().out
    assert "Annual cost in 2027 £500: proved least." in said
    words = " ".join(said.split())
    assert "3 of 9: proved out of reach with every listed post; what is shown is the most." in words
    assert "yet" not in said
    assert "Before and after, 2027" in said
    assert "Before and after, 2028" in said
    assert "With one T in D fewer in 2027" in said
    traced = list(openpyxl.load_workbook(out / "capacity.xlsx")["Posts traced"].values)
    assert {row[0] for row in traced[1:]} == {2027, 2028}


def nobody_trains(posts: TableRows, needed: int) -> dict[str, TableRows]:
    """A clinic on one morning, for which so many are needed and nobody is there."""
    settings = [*TABLES["Settings"], {"setting": "cover_goal", "value": "full"},
                {"setting": "working_days", "value": "Mon"}]  # fmt: skip
    duty = {"department": "D", "duty": "Clinic", "staff_needed": needed, "periods": "AM"}
    return {
        "Settings": settings, "Departments": TABLES["Departments"], "Staff": [], "Trainees": [],
        "Curriculum": [], "Duties": [duty], "Posts": posts,
    }  # fmt: skip


def test_duties_beyond_all_listed_posts_are_named(
    workbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    posts = [{"post": "A", "band": "6", "competences": "a", "annual_cost": 10, "max_posts": 2}]
    write_workbook(workbook, nobody_trains(posts, 3))
    assert main(["capacity", str(workbook), "-o", str(tmp_path / "run"), "--quiet"]) == 1
    said = capsys.readouterr().out
    assert "Clinic in D, 11 Jan 2027 AM: 3 needed, and with all listed posts 2 could." in said


def test_posts_without_a_most_are_as_many_as_duties_need(
    workbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    posts = [{"post": "A", "band": "6", "competences": "a", "annual_cost": 10}]
    write_workbook(workbook, nobody_trains(posts, 13))
    out = tmp_path / "run"
    assert main(["capacity", str(workbook), "-o", str(out), "--quiet"]) == 0
    said = capsys.readouterr().out
    assert "Annual cost £130: proved least." in said
    assert "With one A in D fewer: no posts for less than £130 a year fill every duty." in said
    assert "must session" not in said
    write_workbook(workbook, nobody_trains(posts, 0) | {"Duties": []})
    assert main(["capacity", str(workbook), "-o", str(out), "--quiet", "--force"]) == 0
    assert "Annual cost £0: proved least." in capsys.readouterr().out


@pytest.mark.parametrize("columns", [80, 130])
def test_no_figure_of_funding_is_cut_off(
    workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str], columns: int,
) -> None:  # fmt: skip
    programmes = [{**TABLES["Programmes"][0], "annual_cost": 12_345_678}]
    write_workbook(workbook, {**TABLES, "Programmes": programmes})
    monkeypatch.setenv("COLUMNS", str(columns))
    budget = ["--budget", "112500000"]
    assert main(["fund", str(workbook), *budget, "-o", str(tmp_path / "f"), "--quiet"]) == 0
    said = capsys.readouterr().out
    assert "…" not in said
    assert "£112,500,000" in said
    assert "£24,691,356" in said
    assert max(len(line) for line in said.splitlines()) <= columns
    assert ("What the money pays for" in said) == (columns == 80)


def test_targets_out_of_reach_end_with_code_1(workbook: Path, tmp_path: Path) -> None:
    write_workbook(workbook, {**TABLES, "Posts": []})
    assert main(["capacity", str(workbook), "-o", str(tmp_path / "run"), "--quiet"]) == 1
    document = json.loads((tmp_path / "run" / "capacity.json").read_text(encoding="utf-8"))
    assert [target["hosted"] for target in document["targets"]] == [1]
    assert document["annual_cost"]["value"] is None


def test_fund_shows_budgets_and_the_frontier(
    workbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "budgets"
    words = ["fund", str(workbook), "--budget", "0", "--budget", "1400", "-o", str(out)]
    assert main([*words, "--json", "--quiet"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [point["intake"] for point in document["points"]] == [0, 1]
    assert main(["fund", str(workbook), "--frontier", "-o", str(tmp_path / "f"), "--quiet"]) == 0
    assert "best marginal pound" in capsys.readouterr().out
    frontier = json.loads((tmp_path / "f" / "fund.json").read_text(encoding="utf-8"))
    points = frontier["points"]
    assert [(p["intake"], p["annual_cost"]) for p in points] == [(0, 0), (1, 1000), (2, 2500)]
    assert points[2]["cost_of_last_trainee"] == 1500
    # Two starters for two years, the post once, half of them qualify.
    assert points[2]["cost_per_qualified"] == 4500
    book = openpyxl.load_workbook(tmp_path / "f" / "fund.xlsx")
    assert len(book["Charts"]._charts) == 2
    assert main(["fund", str(workbook)]) == 4


def test_the_functions_stay_functions_when_the_room_is_imported(workbook: Path) -> None:
    import trainsched.expansion  # noqa: F401

    organisation = ts.read_workbook(workbook)
    answer = ts.capacity(organisation)
    assert answer.plan is not None
    assert set(answer.tables()) >= {"hosting", "posts"}
    assert ts.fund(organisation, budgets=[1000]).points[0].intake == 1


def test_the_time_for_writing_does_not_grow_with_the_limit() -> None:
    nothing_asked = organisation()
    assert not nothing_asked.asks_for_more
    assert expanding._seconds_for_searching(nothing_asked, 10.0) == 9.5
    assert expanding._seconds_for_searching(nothing_asked, 900.0) == 885.0
    asked = organisation(cover_goal=CoverGoal.FULL)
    assert asked.asks_for_more
    assert expanding._seconds_for_searching(asked, 900.0) == 765.0
