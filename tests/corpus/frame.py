"""The small department in which every mess happens, and how a mess and its reading are stated."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from trainsched.workbook import Reading

MONDAY = date(2026, 9, 7)
WEEKS = 18
DAYS = [MONDAY + timedelta(days=n) for n in range(14)]
WEEK = DAYS[:5]
TODAY = date(2026, 8, 1)

TABLES: dict[str, list[list[Any]]] = {
    "Settings": [["setting", "value"], ["organisation", "Fellside"], ["start_date", MONDAY],
                 ["weeks", WEEKS]],
    "Departments": [["department"], ["RT"], ["NM"]],
    "Staff": [["staff_id", "name", "department", "competences"],
              ["S1", "Dr Alma Birch", "RT", "qc"], ["S2", "Bruno Cole", "RT", "qc"],
              ["S3", "Cerys Dunn", "NM", "camera"], ["S4", "Zoë O'Hara-Finch", "RT", "qc"]],
    "Trainees": [["trainee_id", "name", "department", "programme"],
                 ["T1", "Isla Jory", "RT", "STP-RT"], ["T2", "Jude Kerr", "RT", "STP-RT"]],
    "Duties": [["department", "duty", "staff_needed", "competence"],
               ["RT", "Linac QC", 1, "qc"], ["NM", "Clinic", 1, "camera"]],
    "Curriculum": [["programme", "activity", "sessions"], ["STP-RT", "QA", 4]],
}  # fmt: skip

Sheets = dict[str, Sequence[Sequence[Any]]]


@dataclass(frozen=True)
class Mess:
    """A file that somebody might really have, and what is to be understood of it.

    ``says``: everything the roster says, ``S1 07/09 absent`` or with a period ``S1 07/09 AM
    absent``. ``problems``: every cell or sheet in a problem, with its severity. ``refused``: words
    of the one sentence with which the file as a whole is refused.
    """

    name: str
    build: Callable[[Path], Path]
    says: frozenset[str]
    problems: frozenset[str]
    refused: str = ""


MESSES: list[Mess] = []


def mess(
    says: Iterable[str] | str = (), problems: Iterable[str] | str = (), refused: str = ""
) -> Callable[[Callable[[Path], Any]], Callable[[Path], Any]]:
    """Add a mess to the corpus. The function gets a folder and gives sheets, a book or a path."""

    def take(function: Callable[[Path], Any]) -> Callable[[Path], Any]:
        def build(folder: Path) -> Path:
            made = function(folder)
            if isinstance(made, Path):
                return made
            if isinstance(made, dict):
                made = book(made)
            path = folder / "fellside.xlsx"
            made.save(path)
            return path

        MESSES.append(
            Mess(function.__name__, build, frozenset(_lines(says)), frozenset(_lines(problems)),
                 refused)
        )  # fmt: skip
        return function

    return take


def _lines(text: Iterable[str] | str) -> list[str]:
    parts = text.split(";") if isinstance(text, str) else list(text)
    return [part.strip() for part in parts if part.strip()]


def book(sheets: Sheets, **tables: Any) -> openpyxl.Workbook:
    """A workbook with the department's own sheets and these; None takes one of its own away."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in {**TABLES, **tables, **sheets}.items():
        page = made.create_sheet(name)
        for row in rows:
            page.append(list(row))
    return made


def page_of(made: openpyxl.Workbook, name: str = "Roster") -> Worksheet:
    page = made[name]
    assert isinstance(page, Worksheet)
    return page


def week(person: str, meanings: str, first: date = MONDAY) -> list[str]:
    """What is said of a person day after day: a meaning, ``-`` for nothing, ``a/b`` for AM/PM."""
    made = []
    for number, word in enumerate(meanings.split()):
        day = f"{first + timedelta(days=number):%d/%m}"
        word = word.replace("QC", "duty Linac QC").replace("CL", "duty Clinic")  # noqa: PLW2901
        parts = word.split("/")
        if word != "-" and len(set(parts)) == 1:
            made.append(f"{person} {day} {parts[0]}")
        elif word != "-":
            made += [
                f"{person} {day} {period} {part}"
                for period, part in zip(("AM", "PM"), parts, strict=True)
                if part != "-"
            ]
    return made


def says(*parts: list[str] | str) -> list[str]:
    """Several people's weeks in one list."""
    made: list[str] = []
    for part in parts:
        made += [part] if isinstance(part, str) else part
    return made


def said_by(reading: Reading) -> frozenset[str]:
    """What was understood, in the words of the corpus."""
    slots: dict[tuple[str, date], dict[str, str]] = {}
    for entry in reading.roster_reading:
        meaning = f"{entry.meaning} {entry.duty}" if entry.duty else str(entry.meaning)
        slots.setdefault((entry.person, entry.date), {})[entry.period] = meaning
    made = set()
    for (person, day), periods in slots.items():
        if len(periods) == 2 and len(set(periods.values())) == 1:
            made.add(f"{person} {day:%d/%m} {next(iter(periods.values()))}")
        else:
            made |= {f"{person} {day:%d/%m} {name} {said}" for name, said in periods.items()}
    return frozenset(made)


def problems_of(reading: Reading) -> frozenset[str]:
    """Every place of every problem, with its severity."""
    made = set()
    for problem in reading.problems:
        cells = problem.cells or (None,)
        for cell in cells:
            place = f"{problem.sheet}!{cell}" if cell else (problem.sheet or "file")
            made.add(f"{problem.severity} {place}")
    return frozenset(made)
