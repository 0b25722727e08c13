"""Answers given before: who a written name is, and what a code means here."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.unit.workbook_builder import MONDAY, TODAY, tables
from trainsched.workbook import Reading, load, write_workbook
from trainsched.workbook.mapping import Mapping

ROSTER = [["name", MONDAY, MONDAY + timedelta(days=1)], ["AB", "SL", "QZX"], ["Bruno", "OC", None]]


def read(folder: Path, mapping: Mapping | None, **changed: object) -> Reading:
    path = folder / "fellside.xlsx"
    write_workbook(path, tables(Roster=ROSTER, **changed))
    return load(path, today=TODAY, mapping=mapping)


def said(reading: Reading) -> set[str]:
    return {f"{r.person} {r.date:%a} {r.meaning}" for r in reading.roster_reading}


def test_without_answers_names_are_asked_about(tmp_path: Path) -> None:
    reading = read(tmp_path, None)
    assert said(reading) == set()
    asked = [(p.where, p.remedy) for p in reading.problems if str(p.severity) == "question"]
    assert [where for where, _ in asked] == ["Roster!A2", "Roster!A3"]
    assert "S1 (Dr Alma Birch)" in asked[0][1]
    assert "S2 (Bruno Cole)" in asked[1][1]


def test_answers_settle_names_and_codes(tmp_path: Path) -> None:
    mapping = Mapping({"ab": "S1", "bruno": "S2"}, {"sl": "absent", "qzx": "work"})
    reading = read(tmp_path, mapping)
    assert reading.problems == ()
    assert said(reading) == {"S1 Mon absent", "S1 Tue work", "S2 Mon on_call"}


def test_the_codes_sheet_beats_an_answer(tmp_path: Path) -> None:
    mapping = Mapping({"ab": "S1", "bruno": "S2"}, {"sl": "absent", "qzx": "work"})
    reading = read(tmp_path, mapping, Codes=[{"code": "SL", "meaning": "training"}])
    assert "S1 Mon training" in said(reading)


def test_an_answer_for_somebody_who_left_is_not_used(tmp_path: Path) -> None:
    reading = read(tmp_path, Mapping({"ab": "S99"}, {}))
    assert said(reading) == set()
