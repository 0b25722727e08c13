"""Competences that hang on one person: who holds what, and when nobody else is there."""

from collections import defaultdict
from datetime import date

from trainsched.domain.audit import Alone, CompetenceAudit
from trainsched.problem.people import Person
from trainsched.problem.problem import Problem


def competence_audits(problem: Problem) -> tuple[CompetenceAudit, ...]:
    """Every competence that a duty or a role asks for, the most fragile first."""
    asked: dict[str, set[str]] = defaultdict(set)
    for duty in problem.organisation.duties:
        for competence in duty.competences:
            asked[competence].add(f"duty {duty.duty} of {duty.department}")
    for activity in problem.organisation.activities:
        for role in activity.roles:
            for competence in role.competences:
                asked[competence].add(f"{role.name} of {activity.code}")
    found = [_audit(problem, competence, asked[competence]) for competence in asked]
    return tuple(sorted(found, key=lambda c: (-_fragility(c), len(c.holders), c.competence)))


def _fragility(competence: CompetenceAudit) -> int:
    return sum(alone.slots for alone in competence.alone)


def _audit(problem: Problem, competence: str, asked_by: set[str]) -> CompetenceAudit:
    grid = problem.grid
    holders = [p for p in problem.people if p.is_staff and competence in p.competences]
    departments = {d for person in holders for d in person.departments}
    asked_slots = _slots_with_duties(problem, competence, departments)
    alone: dict[int, list[int]] = defaultdict(list)
    nobody: set[date] = set()
    for slot in range(len(grid.days) * grid.periods):
        if slot not in asked_slots:
            continue
        there = [person for person in holders if _is_there(person, slot)]
        if len(there) == 1:
            alone[there[0].index].append(slot)
        elif not there:
            nobody.add(grid.days[grid.day_of(slot)])
    return CompetenceAudit(
        competence=competence,
        asked_by=tuple(sorted(asked_by)),
        holders=tuple(person.person_id for person in holders),
        alone=tuple(
            Alone(
                staff_id=problem.people[person].person_id,
                slots=len(slots),
                dates=tuple(sorted({grid.days[grid.day_of(slot)] for slot in slots})),
            )
            for person, slots in sorted(alone.items())
        ),
        nobody=tuple(sorted(nobody)),
    )


def _slots_with_duties(problem: Problem, competence: str, departments: set[int]) -> set[int]:
    """When duties ask for the competence; if none does, when the departments have any duty at all.

    An evening in which nobody works would otherwise look like a gap. Without duties, every slot.
    """
    rows = problem.organisation.duties
    any_duty: set[int] = set()
    asking: set[int] = set()
    for day in problem.cover_days:
        for place in day.places:
            if place.department in departments:
                any_duty.update(place.slots)
            if competence in rows[place.row].competences:
                asking.update(place.slots)
    return asking or any_duty or set(range(len(problem.grid.days) * problem.grid.periods))


def _is_there(person: Person, slot: int) -> bool:
    """Whether the person is at work then, free or kept on a rostered duty."""
    return bool((person.usable | person.stays_on) >> slot & 1)
