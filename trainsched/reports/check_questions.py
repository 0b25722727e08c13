"""The questions that a reading leaves open, with what each may be answered by."""

import re
from typing import NamedTuple

from trainsched.declared import load_codes
from trainsched.domain.problems import Problem, Severity
from trainsched.domain.roster import code_key
from trainsched.reports.problems_list import cells_words
from trainsched.workbook import Reading
from trainsched.workbook.mapping import ANSWERABLE_MEANINGS, OpenQuestion

PEOPLE, CODES = "people", "codes"
_ASKED = (Severity.QUESTION, Severity.WARNING)


class Asked(NamedTuple):
    """One open question. ``proposals`` are the answers to choose from, the likeliest first."""

    question: OpenQuestion
    proposals: tuple[str, ...]


def open_questions(reading: Reading) -> list[Asked]:
    """Every name and code to be asked about, each once however often it stands in the file."""
    ids = (*reading.staff_ids, *reading.trainee_ids)
    found: dict[tuple[str, str], Asked] = {}
    for problem in reading.problems:
        table = _table(problem)
        if table is None:
            continue
        value = problem.value or ""
        written = value if table == PEOPLE else _code_asked_about(problem.problem, value)
        asked = Asked(
            OpenQuestion(table, written, _hint(problem)),
            ANSWERABLE_MEANINGS if table == CODES else _ids_in(problem.remedy, ids),
        )
        if asked.question.key:
            found.setdefault((table, asked.question.key), asked)
    return [found[key] for key in sorted(found)]


def _table(problem: Problem) -> str | None:
    """Whether a problem asks who somebody is or what a code means, by the way it may be mended."""
    if problem.severity not in _ASKED or not problem.value or problem.sheet is None:
        return None
    if problem.problem.startswith("Who is"):
        return PEOPLE
    return CODES if "Codes sheet" in problem.remedy else None


def asks_about_a_code(problem: Problem) -> bool:
    """Whether a problem asks what a usual code means here: one question, wherever it stands."""
    return problem.severity is Severity.QUESTION and "Codes sheet" in problem.remedy


def _code_asked_about(question: str, value: str) -> str:
    """The code that the question is about, where the cell holds more: ``SL am/OC pm``."""
    inside = code_key(value)
    for code in load_codes():
        if code.question and question.startswith(code.question):
            words = [w for w in (code.code, *code.aliases) if code_key(w) in inside]
            if words and inside not in map(code_key, words):
                return max(words, key=len)
    return value


def _hint(problem: Problem) -> str:
    words = problem.remedy if problem.problem.startswith("Who is") else problem.problem
    return f"{problem.sheet}!{cells_words(problem)}: {words}"


def _ids_in(words: str, ids: tuple[str, ...]) -> tuple[str, ...]:
    """The ids that a proposal names, in its order."""
    places = {}
    for person_id in ids:
        found = re.search(rf"(?<![\w-]){re.escape(person_id)}(?![\w-])", words)
        if found:
            places[person_id] = found.start()
    return tuple(sorted(places, key=lambda person_id: (places[person_id], person_id)))
