"""Explanations and audits from Python: JSON, tables, a folder."""

import json
from pathlib import Path

import pandas as pd
import pytest

import trainsched as ts
from tests.organisations import activity, calendar, duty, needs, organisation, staff, trainee

FACTS = organisation(
    calendar=calendar(days=(0, 1)),
    staff=(staff("S1", band="7", competences=("qa",)),),
    trainees=(trainee("T1"),),
    activities=(activity("QA"),),
    training_plan=(needs("T1", "QA"),),
    duties=(duty("clinic", competences=("qa",)),),
)


def test_an_explanation_has_tables_that_say_what_its_json_says(tmp_path: Path) -> None:
    found = ts.explain(FACTS, ts.plan(FACTS, workers=1))
    (item,) = json.loads(found.to_json())["items"]
    tables = found.tables()
    assert list(tables) == ["causes", "items", "facts", "unlocks", "could_take"]
    assert list(tables["facts"]["detail"]) == [fact["detail"] for fact in item["facts"]]
    assert list(tables["unlocks"]["pounds"]) == [unlock["pounds"] for unlock in item["unlocks"]]
    assert list(tables["could_take"]["staff_id"]) == ["S1"]
    assert tables["items"].loc[0, "name"] == "Trainee T1"
    assert list(tables["causes"]["subject"]) == [cause.subject for cause in found.causes]
    folder = found.write(tmp_path / "why")
    assert (folder / "explain.json").read_text(encoding="utf-8") == found.to_json()
    again = pd.read_csv(folder / "facts.csv")
    assert list(again["detail"]) == list(tables["facts"]["detail"])


def test_an_audit_has_tables_that_say_what_its_json_says(tmp_path: Path) -> None:
    found = ts.audit(FACTS, workers=1)
    tables = found.tables()
    assert list(tables) == ["cover", "short", "trainees", "trainers", "competences", "broken"]
    assert list(tables["cover"]["needed"]) == [duty.needed for duty in found.cover]
    assert set(tables["competences"]["staff_id"]) == {"S1"}
    folder = found.write(tmp_path / "audit")
    assert json.loads((folder / "audit.json").read_text(encoding="utf-8"))["format"]
    assert (folder / "competences.csv").is_file()


def test_what_is_there_already_is_left_alone(tmp_path: Path) -> None:
    found = ts.explain(FACTS, ts.plan(FACTS, workers=1))
    folder = found.write(tmp_path / "why")
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ts.FolderExistsError, match="force=True"):
        found.write(folder)
    found.write(folder, force=True)
    assert (folder / "notes.txt").read_text(encoding="utf-8") == "mine"
    other = tmp_path / "other"
    other.mkdir()
    (other / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ts.FolderExistsError, match=r"letter\.txt"):
        found.write(other, force=True)
    assert sorted(path.name for path in other.iterdir()) == ["letter.txt"]


def test_public_functions_stay_functions() -> None:
    """A room of that name would take the function's place once it is imported."""
    for _ in range(2):
        assert ts.audit(FACTS, workers=1).trainees
    assert callable(ts.explain)
    assert callable(ts.audit)
