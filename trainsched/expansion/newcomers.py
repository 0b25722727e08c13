"""Newcomers of one programme in one department: how they are dealt out, and what they ask.

They come in turn to the training officers of the department, so those of one turn are alike.
"""

from collections.abc import Collection, Container, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from trainsched.domain.curriculum import Kind
from trainsched.domain.organisation import Organisation
from trainsched.expansion.counting import most_by_counting
from trainsched.expansion.facts import (
    Starter,
    add_starters,
    officer_of,
    only_what_must_be,
    starter_ids,
)
from trainsched.expansion.relaxed import Newcomer
from trainsched.problem.index import index
from trainsched.problem.problem import Problem

NEW = "new"


@dataclass(frozen=True, slots=True)
class Kinds:
    """Newcomers by year and turn: those of a turn have one training officer."""

    programme: str
    department: str
    hei: str | None
    officers: Mapping[int, tuple[str | None, ...]]
    """For each year, to which officers its newcomers are dealt out, in their turn."""

    def first_of_each(self) -> list[Starter]:
        """One starter for each year and officer."""
        return [
            self.starter(turn, year)
            for year, officers in self.officers.items()
            for turn in range(len(officers))
        ]

    def ids(self, facts: Organisation) -> dict[Starter, str]:
        """The ids of these starters, if they alone come."""
        return starter_ids(self.first_of_each(), facts.trainee_by_id)

    def problem(self, facts: Organisation) -> Problem:
        """The musts of the facts with these starters in them."""
        return index(only_what_must_be(add_starters(facts, self.first_of_each())))

    def counted(self, facts: Organisation, problem: Problem) -> int | None:
        """The most of them that counting allows; None where nobody's time limits them."""
        turns = {
            name: (starter.turn, len(self.officers[starter.year]))
            for starter, name in self.ids(facts).items()
        }
        return most_by_counting(problem, turns)

    def starter(self, turn: int, year: int) -> Starter:
        """The starter at that turn."""
        return Starter(self.programme, self.department, turn, self.hei, year)


def kinds_of(
    facts: Organisation, programme: str, department: str, hei: str | None, years: tuple[int, ...]
) -> Kinds:
    """How newcomers of a programme are dealt out to officers."""
    officers: dict[int, tuple[str | None, ...]] = {}
    for year in years:
        seen: list[str | None] = []
        while True:
            officer = officer_of(facts, Starter(programme, department, len(seen), hei, year))
            if officer in seen:
                break
            seen.append(officer)
        officers[year] = tuple(seen)
    return Kinds(programme, department, hei, officers)


def staff_of(problem: Problem, departments: AbstractSet[str]) -> set[int]:
    """The staff of these departments, by their numbers."""
    members = problem.organisation.staff
    ids = {m.staff_id for m in members if not departments.isdisjoint(m.departments)}
    return {person.index for person in problem.people if person.person_id in ids}


def departments_together(problem: Problem, department: str) -> set[str]:
    """The department, and those whose duties are filled together with its own."""
    departments = problem.organisation.departments
    codes = {department}
    for cover_day in problem.cover_days:
        joined = {departments[number].code for number in cover_day.departments}
        if department in joined:
            codes |= joined
    return codes


def what_only_they_give(problem: Problem, staff: AbstractSet[int]) -> set[tuple[str, str]]:
    """``(trainee, activity)`` of what cannot be given without some of these staff."""
    found: set[tuple[str, str]] = set()
    for number, by_role in _able(problem, range(len(problem.demands))).items():
        asked = problem.demands[number]
        need = problem.activities[asked.activity]
        for role, could in zip(need.roles, by_role, strict=True):
            is_officers = need.is_solo and role.of_officers and asked.officer is not None
            if (is_officers and asked.officer in staff) or could <= staff:
                found.add((problem.people[asked.trainee].person_id, need.activity.code))
    return found


def scarce_for(problem: Problem, demands: Collection[int]) -> set[int]:
    """The staff for that role of each demand for which there are fewest, all of them together.

    Or its officer, where that is who must give it.
    """
    scarce: set[int] = set()
    for number, choices in _able(problem, demands).items():
        asked = problem.demands[number]
        need = problem.activities[asked.activity]
        if asked.officer is not None and need.is_solo:
            choices += [{asked.officer} for role in need.roles if role.of_officers]
        scarce |= min(choices, key=len, default=set())
    return scarce


def _able(problem: Problem, demands: Container[int]) -> dict[int, list[set[int]]]:
    """For each of the demands that has an offering, who could take each role of it."""
    able: dict[int, list[set[int]]] = {}
    for offering in problem.offerings:
        for demand in offering.attendees:
            if demand in demands:
                by_role = able.setdefault(demand, [set() for _ in offering.roles])
                for people, of_role in zip(offering.roles, by_role, strict=True):
                    of_role.update(people)
    return able


def cover_together(problem: Problem, staff: AbstractSet[int]) -> set[int]:
    """These staff, and whoever could fill a place of an exclusive duty that one of them could."""
    found = set(staff)
    for cover_day in problem.cover_days:
        for place in cover_day.places:
            if place.exclusive and not staff.isdisjoint(place.candidates):
                found.update(place.candidates)
    return found


def renamed(facts: Organisation, names: Mapping[str, str]) -> Organisation:
    """The facts with other names for newcomers; with no programme where they go to no university.

    It then says nothing more, since what they must have is written out for each.
    """
    trainees = [
        trainee.model_copy(
            update={
                "trainee_id": names[trainee.trainee_id],
                "name": names[trainee.trainee_id],
                "programme": NEW if trainee.hei is None else trainee.programme,
            }
        )
        if trainee.trainee_id in names
        else trainee
        for trainee in facts.trainees
    ]
    rows = [
        row.model_copy(update={"trainee_id": names[row.trainee_id]})
        if row.trainee_id in names
        else row
        for row in facts.training_plan
    ]
    return facts.with_facts(
        trainees=tuple(sorted(trainees, key=lambda t: t.trainee_id)),
        training_plan=tuple(sorted(rows, key=lambda r: (r.trainee_id, r.activity))),
    )


def without_study(facts: Organisation, newcomers: Mapping[str, Newcomer]) -> Organisation:
    """The facts without the newcomers' study, for which they need nobody but time of their own."""
    kinds = {activity.code: activity.kind for activity in facts.activities}
    return facts.with_facts(
        training_plan=tuple(
            row
            for row in facts.training_plan
            if row.trainee_id not in newcomers or kinds[row.activity] is not Kind.STUDY
        ),
    )
