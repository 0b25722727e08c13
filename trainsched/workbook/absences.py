"""Absences told on the telephone: who is meant, and whether the dates are of the plan."""

from collections.abc import Iterable
from datetime import date

from trainsched.domain.news import Absence
from trainsched.domain.organisation import Organisation
from trainsched.domain.problems import Problem, Severity, WorkbookError
from trainsched.workbook.person_index import PersonIndex

Said = tuple[str, date, date]
"""A person by id or name, the first and the last day away."""


def find_absences(organisation: Organisation, said: Iterable[Said]) -> tuple[Absence, ...]:
    """The absences with the people's ids. Raises WorkbookError that lists everything amiss."""
    people = PersonIndex(
        ((person.staff_id, person.name) for person in organisation.staff),
        ((trainee.trainee_id, trainee.name) for trainee in organisation.trainees),
    )
    problems: list[Problem] = []
    found: list[Absence] = []
    for who, first, last in said:
        person_id = people.find(who)
        if person_id is None:
            problem = f"Nobody in the workbook is called {who}."
            problems.append(_error(who, problem, people.proposal(who)))
            continue
        problem = _fault_of_dates(organisation, first, last)
        if problem:
            remedy = "Give the first and the last day away, in this order."
            problems.append(_error(f"{who} {first} {last}", problem, remedy))
        found.append(Absence(person_id=person_id, first_date=first, last_date=last))
    if problems:
        raise WorkbookError(tuple(problems))
    return tuple(sorted(found, key=lambda a: (a.person_id, a.first_date, a.last_date)))


def _fault_of_dates(organisation: Organisation, first: date, last: date) -> str:
    calendar = organisation.calendar
    if last < first:
        return f"The absence ends on {last:%d/%m/%Y}, before it begins on {first:%d/%m/%Y}."
    if last < calendar.start_date or first > calendar.end_date:
        return (
            f"The absence from {first:%d/%m/%Y} to {last:%d/%m/%Y} is outside the plan, which runs "
            f"from {calendar.start_date:%d/%m/%Y} to {calendar.end_date:%d/%m/%Y}."
        )
    return ""


def _error(value: str, problem: str, remedy: str) -> Problem:
    return Problem(severity=Severity.ERROR, value=value, problem=problem, remedy=remedy)
