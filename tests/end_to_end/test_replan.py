"""A replan as a coordinator does it: after an edit, and after the telephone call at seven."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest

import trainsched as ts
from tests.end_to_end.conftest import Run
from trainsched.domain.plan import Session


def plan_of(folder: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    return document


def goal(folder: Path, name: str) -> dict[str, Any]:
    [found] = [goal for goal in plan_of(folder)["goals"] if goal["name"] == name]
    return dict(found)


def without_mark(session: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in session.items() if key not in ("id", "pinned")}


@pytest.fixture(scope="module")
def generated_run(command: Run, generated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("earlier") / "run"
    done = command("plan", generated, "-o", folder, "--quiet")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def call(generated_run: Path) -> tuple[str, str, str]:
    """Somebody who gives a session is away on its day: who, from, to."""
    session = next(s for s in reversed(plan_of(generated_run)["sessions"]) if s["staff"])
    return session["staff"][0]["staff_id"], session["date"], session["date"]


@pytest.fixture(scope="module")
def replanned(
    command: Run,
    generated: Path,
    generated_run: Path,
    call: tuple[str, str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    folder = tmp_path_factory.mktemp("later") / "run"
    words = ("replan", generated, "--from", generated_run, "-o", folder, "--absent", *call)
    done = command(*words)
    assert done.returncode == 0, done.stderr
    assert "Proved: no plan that places as many must sessions changes fewer." in done.stdout
    assert "To send out" in done.stdout
    return folder


def test_an_unchanged_workbook_moves_nothing(
    command: Run, generated: Path, generated_run: Path, tmp_path: Path
) -> None:
    done = command("replan", generated, "--from", generated_run / "plan.json", "-o", tmp_path / "x")
    assert done.returncode == 0, done.stderr
    assert "No session: all" in done.stdout
    before, after = plan_of(generated_run), plan_of(tmp_path / "x")
    assert after["sessions"] == before["sessions"]
    assert after["cover"] == before["cover"]
    moved = goal(tmp_path / "x", "moved_sessions")
    assert (moved["value"], moved["bound"], moved["status"]) == (0, 0, "proved best")
    assert [goal["name"] for goal in after["goals"]][:3] == [
        *("unplaced_must", "moved_sessions", "unplaced_should"),
    ]
    for path in (generated_run / "calendars").iterdir():
        assert (tmp_path / "x" / "calendars" / path.name).read_bytes() == path.read_bytes()


def test_a_call_moves_what_it_must_and_nothing_before_it(
    generated_run: Path, replanned: Path, call: tuple[str, str, str]
) -> None:
    who, first, last = call
    before, after = plan_of(generated_run), plan_of(replanned)
    for session in after["sessions"]:
        staff = {entry["staff_id"] for entry in session["staff"]}
        assert not (who in staff and first <= session["date"] <= last)
    early_before = [without_mark(s) for s in before["sessions"] if s["date"] < first]
    early_after = [s for s in after["sessions"] if s["date"] < first]
    assert [without_mark(s) for s in early_after] == early_before
    assert all(session["pinned"] for session in early_after)
    document = json.loads((replanned / "changes.json").read_text(encoding="utf-8"))
    assert document["counts"]["moved_sessions"] == goal(replanned, "moved_sessions")["value"] >= 1
    assert document["locked_until"] == first
    manifest = json.loads((replanned / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["replan"]["absent"] == [{"person": who, "from": first, "to": last}]
    earlier = json.loads((generated_run / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["replan"]["earlier_plan_sha256"] == earlier["plan_sha256"]
    assert manifest["input_sha256"] == earlier["input_sha256"]


def test_a_replan_is_verified_with_what_it_was_made_for(
    command: Run, generated: Path, generated_run: Path, replanned: Path
) -> None:
    for words in ((), ("--from", generated_run)):
        done = command("verify", generated, replanned, *words)
        assert done.returncode == 0, done.stdout
        assert "away" in done.stderr
    before, after = plan_of(generated_run), plan_of(replanned)
    # Against a plan that had another session in the locked time, it does not hold.
    first = json.loads((replanned / "changes.json").read_text(encoding="utf-8"))["locked_until"]
    assert any(session["date"] < first for session in before["sessions"])
    other = {**after, "sessions": after["sessions"][1:]}
    changed = replanned.parent / "other.json"
    changed.write_text(json.dumps(other), encoding="utf-8")
    done = command("verify", generated, replanned, "--from", changed)
    assert done.returncode == 1
    assert "published" in done.stdout


def test_calendars_update_in_place(generated_run: Path, replanned: Path) -> None:
    def events(folder: Path) -> dict[tuple[str, str], tuple[int, str]]:
        return {
            (path.stem, str(event["UID"])): (int(event["SEQUENCE"]), str(event["STATUS"]))
            for path in (folder / "calendars").iterdir()
            for event in icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
        }

    before, after = events(generated_run), events(replanned)
    # Nothing vanishes: whatever somebody has imported is updated, called off, or as it was.
    assert set(before) <= set(after)
    changed = {key for key in before if after[key] != before[key]}
    assert changed
    assert all(after[key][0] == 1 for key in changed)


def test_the_same_call_gives_the_same_plan(
    command: Run,
    generated: Path,
    generated_run: Path,
    replanned: Path,
    call: tuple[str, str, str],
    tmp_path: Path,
) -> None:
    words = ("replan", generated, "--from", generated_run, "-o", tmp_path / "x", "--json")
    done = command(*words, "--absent", *call)
    assert done.returncode == 0, done.stderr
    assert done.stdout == (replanned / "plan.json").read_text(encoding="utf-8")
    for name in ("plan.json", "changes.json", "calendars.json", "plan.xlsx"):
        assert (tmp_path / "x" / name).read_bytes() == (replanned / name).read_bytes()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--absent", "S000X", "2026-01-01", "2030-01-01"), "Nobody in the workbook"),
        (("--absent", "{who}", "2001-01-01", "2001-01-02"), "outside the plan"),
        (("--absent", "{who}", "{last}", "2001-01-02"), "before it begins"),
    ],
)
def test_a_call_that_cannot_be_understood_is_an_input_error(
    command: Run,
    generated: Path,
    generated_run: Path,
    call: tuple[str, str, str],
    tmp_path: Path,
    words: tuple[str, ...],
    said: str,
) -> None:
    meant = [word.format(who=call[0], last=call[2]) for word in words]
    folder = tmp_path / "x"
    done = command("replan", generated, "--from", generated_run, "-o", folder, *meant, "--json")
    assert done.returncode == 2
    [problem] = json.loads(done.stdout)["problems"]
    assert said in problem["problem"]
    assert problem["remedy"]
    assert not folder.exists()


def test_a_plan_of_other_people_is_an_input_error(
    command: Run, generated: Path, generated_run: Path, tmp_path: Path
) -> None:
    words = (generated_run / "plan.json").read_text(encoding="utf-8")
    document = json.loads(words)
    for session in document["sessions"]:
        session["trainees"] = [f"X{trainee}" for trainee in session["trainees"]]
        for entry in session["staff"]:
            entry["staff_id"] = f"X{entry['staff_id']}"
    other = tmp_path / "other.json"
    other.write_text(json.dumps(document), encoding="utf-8")
    done = command("replan", generated, "--from", other, "-o", tmp_path / "x", "--json")
    assert done.returncode == 2
    [problem] = json.loads(done.stdout)["problems"]
    assert "of other people" in problem["problem"]
    assert problem["remedy"]
    assert not (tmp_path / "x").exists()


def test_a_missing_earlier_plan_is_an_input_error(
    command: Run, generated: Path, tmp_path: Path
) -> None:
    done = command("replan", generated, "--from", tmp_path / "nothing", "-o", tmp_path / "x")
    assert done.returncode == 2
    assert "There is no earlier plan" in done.stderr


def test_from_python(generated: Path, generated_run: Path, call: tuple[str, str, str]) -> None:
    organisation = ts.read_workbook(generated)
    who, first, last = call[0], date.fromisoformat(call[1]), date.fromisoformat(call[2])
    earlier = ts.read_plan(generated_run, organisation)
    plan = ts.replan(organisation, earlier, absent=[(who, first, last)])
    assert ts.verify(organisation, plan, published=earlier) == []
    assert plan.changes is not None
    assert plan.changes.moved_sessions >= 1
    tables = plan.tables()
    assert len(tables["moved_sessions"]) == len(plan.changes.changed)
    assert set(tables["messages"]["person_id"]) >= set(plan.changes.changed[0].people)
    # A second call, on top of the first plan: whoever came back is not moved again for that.
    tomorrow = first + timedelta(days=1)
    again = ts.replan(organisation, plan, locked_until=tomorrow)
    early: list[Session] = [s for s in again.sessions if s.date < tomorrow]
    assert [without_mark(s.model_dump()) for s in early] == [
        without_mark(s.model_dump()) for s in plan.sessions if s.date < tomorrow
    ]
    assert ts.verify(organisation, again, published=plan) == []
