"""The questions that a reading leaves open, with what each may be answered by."""

import re
from typing import NamedTuple

from trainsched.domain.problems import Problem, Severity
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
        asked = Asked(
            OpenQuestion(table, problem.value or "", _hint(problem)),
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
