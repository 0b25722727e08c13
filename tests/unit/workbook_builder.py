"""A small workbook as tables, and short ways to change, write and read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from trainsched.declared import load_codes, load_policy, load_programmes
from trainsched.domain.policy import Policy
from trainsched.domain.problems import Problem, Severity
from trainsched.workbook import Reading, load, write_workbook
from trainsched.workbook.grid import Grid
from trainsched.workbook.reader import read_grids

MONDAY = date(2027, 3, 1)
TODAY = date(2027, 2, 24)

# Parsing the declared files again for every case would take most of the time.
_DECLARED = {"load_programmes": cache(load_programmes), "load_codes": cache(load_codes)}

_TABLES: dict[str, list[Any]] = {
    "Settings": [
        {"setting": "organisation", "value": "Fellside"},
        {"setting": "start_date", "value": MONDAY},
        {"setting": "weeks", "value": 4},
    ],
    "Departments": [{"department": "RT"}, {"department": "NM"}],
    "Staff": [
        {"staff_id": "S1", "name": "Dr Alma Birch", "department": "RT", "competences": "qc; mpe"},
        {"staff_id": "S2", "name": "Bruno Cole", "department": "RT", "competences": "qc"},
        {"staff_id": "S3", "name": "Cerys Dunn", "department": "NM", "competences": "camera"},
    ],
    "Trainees": [
        {"trainee_id": "T1", "name": "Isla Jory", "department": "RT", "programme": "STP-RT"},
        {"trainee_id": "T2", "name": "Jude Kerr", "department": "RT", "programme": "STP-RT"},
    ],
    "Duties": [
        {"department": "RT", "duty": "Linac QC", "staff_needed": 1, "competence": "qc"},
        {"department": "NM", "duty": "Clinic", "staff_needed": 1, "competence": "camera"},
    ],
    "Curriculum": [
        {"programme": "STP-RT", "activity": "QA", "sessions": 4},
        {"programme": "STP-RT", "activity": "PLAN", "sessions": 2},
    ],
}


def tables(**changed: Any) -> dict[str, list[Any]]:
    """The small workbook; a sheet given replaces its own, None takes it away."""
    made = deepcopy(_TABLES)
    for name, rows in changed.items():
        sheet = name.replace("_", " ")
        if rows is None:
            made.pop(sheet)
        else:
            made[sheet] = rows
    return made


def rows_with(sheet: str, number: int, **cells: Any) -> list[dict[str, Any]]:
    """The rows of a sheet with some cells of one row (from 0) changed."""
    rows = deepcopy(_TABLES[sheet])
    rows[number] |= cells
    return rows


def read(folder: Path, made: Mapping[str, Sequence[Any]], **options: Any) -> Reading:
    path = folder / "fellside.xlsx"
    write_workbook(path, made)
    return load(path, today=TODAY, **options)


def read_quickly(made: Mapping[str, Sequence[Any]]) -> Reading:
    """The same without a file between: the sheets as a file's reader would give them."""
    grids = []
    for sheet, rows in made.items():
        listed = [row for row in rows if not isinstance(row, Mapping)]
        if not listed:
            headers = list(dict.fromkeys(name for row in rows for name in row))
            listed = [headers, *([row.get(name) for name in headers] for row in rows)]
        filled = {
            number: {n: value for n, value in enumerate(row, 1) if value not in {None, ""}}
            for number, row in enumerate(listed, 1)
            if any(value not in {None, ""} for value in row)
        }
        grids.append(Grid(sheet=sheet, rows=filled))
    with (
        patch.multiple("trainsched.workbook.declared_lists", **_DECLARED),
        patch("trainsched.workbook.settings.load_policy", _load_policy),
    ):
        return read_grids(tuple(grids), "fellside", today=TODAY)


def _load_policy(
    name: str, overrides: Mapping[str, tuple[object, str]] | None = None, models_dir: Any = None
) -> Policy:
    return _load_policy_once(name, tuple((overrides or {}).items()))


@cache
def _load_policy_once(name: str, overrides: tuple[tuple[str, tuple[object, str]], ...]) -> Policy:
    return load_policy(name, dict(overrides))


def read_roster(folder: Path, *rows: Sequence[Any], **changed: Any) -> Reading:
    return read(folder, tables(Roster=[list(row) for row in rows], **changed))


def found(reading: Reading, severity: Severity) -> list[Problem]:
    return [problem for problem in reading.problems if problem.severity is severity]


def errors(reading: Reading) -> list[tuple[str, str]]:
    """Where every error is, and what it says."""
    return [(problem.where, problem.problem) for problem in found(reading, Severity.ERROR)]


def the(reading: Reading, severity: Severity) -> Problem:
    """The only problem of that severity."""
    listed = found(reading, severity)
    assert len(listed) == 1, listed
    assert listed[0].remedy or severity is Severity.NOTICE
    return listed[0]


def error_of(**changed: Any) -> tuple[str, str, str]:
    """Where the only error of the changed workbook is, what it says, and its remedy."""
    reading = read_quickly(tables(**changed))
    assert reading.organisation is None
    problem = the(reading, Severity.ERROR)
    return problem.where, problem.problem, problem.remedy


def the_error(reading: Reading) -> tuple[str, str]:
    assert reading.organisation is None
    problem = the(reading, Severity.ERROR)
    return problem.where, problem.problem
