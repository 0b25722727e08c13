"""An organisation taken apart into parts that have nothing to do with each other.

Departments belong together when they share a person, a trainee's path, a piece of equipment, or a
cohort that meets. What no rule and no sum over sessions connects can be planned apart, and the
best plans of the parts are together the best plan of the whole.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

from trainsched.domain.curriculum import Activity
from trainsched.domain.organisation import Organisation

Fact = TypeVar("Fact")


def independent_parts(organisation: Organisation) -> tuple[Organisation, ...]:
    """The parts, in the order of their first departments; the organisation itself if it is one."""
    groups = _Joined(department.code for department in organisation.departments)
    for together in _what_joins(organisation):
        groups.join(together)
    parts = groups.groups()
    if len(parts) <= 1:
        return (organisation,)
    return _Splitter(organisation, parts).parts()


class _Joined:
    """Sets of department codes that grow together."""

    def __init__(self, codes: Iterable[str]) -> None:
        self._parent = {code: code for code in codes}

    def _root(self, code: str) -> str:
        while self._parent[code] != code:
            self._parent[code] = self._parent[self._parent[code]]
            code = self._parent[code]
        return code

    def join(self, codes: Iterable[str]) -> None:
        """Put the departments into one group."""
        roots = sorted({self._root(code) for code in codes})
        for root in roots[1:]:
            self._parent[root] = roots[0]

    def groups(self) -> list[list[str]]:
        """The groups, each in the order in which departments were given."""
        found: dict[str, list[str]] = defaultdict(list)
        for code in self._parent:
            found[self._root(code)].append(code)
        return list(found.values())


def _what_joins(organisation: Organisation) -> list[set[str]]:
    """Sets of departments that something connects."""
    of_person = _departments_of_people(organisation)
    items: dict[str, set[str]] = defaultdict(set)
    cohorts: dict[str, set[str]] = defaultdict(set)
    for requirement in organisation.requirements:
        activity = organisation.activity_by_code[requirement.activity]
        mine = of_person[requirement.trainee_id]
        mine.update(_outside(activity, of_person))
        cohorts[activity.code] |= mine if activity.together else set()
        for item in {item for alternatives in activity.equipment for item in alternatives}:
            items[item] |= mine
    return [*of_person.values(), *items.values(), *cohorts.values()]


def _departments_of_people(organisation: Organisation) -> dict[str, set[str]]:
    """Where each person belongs, is sent, or meets somebody by name."""
    of_person: dict[str, set[str]] = defaultdict(set)
    for member in organisation.staff:
        of_person[member.staff_id].update(member.departments)
    for trainee in organisation.trainees:
        of_person[trainee.trainee_id].add(trainee.department)
    for rotation in organisation.rotations:
        of_person[rotation.trainee_id].add(rotation.department)
    for entry in organisation.roster:
        if entry.department is not None:
            of_person[entry.person_id].add(entry.department)
    for trainee in organisation.trainees:
        if trainee.training_officer is not None:
            of_person[trainee.trainee_id] |= of_person[trainee.training_officer]
    for preference in organisation.preferences:
        for value in preference.values:
            of_person[preference.person_id] |= of_person.get(value, set())
    for pin in organisation.pins:
        for person in (*pin.trainee_ids[1:], *pin.staff_ids):
            of_person[pin.trainee_ids[0]] |= of_person[person]
    return of_person


def _outside(activity: Activity, of_person: dict[str, set[str]]) -> set[str]:
    """Departments that an activity brings in by name."""
    found = {activity.department} if activity.department is not None else set()
    for person in activity.staff:
        found |= of_person.get(person, set())
    return found


class _Splitter:
    """Gives every fact to the part whose departments it is about."""

    def __init__(self, organisation: Organisation, groups: list[list[str]]) -> None:
        self.organisation = organisation
        self.groups = groups
        self.part_of = {code: n for n, codes in enumerate(groups) for code in codes}
        people = {m.staff_id: self.part_of[m.departments[0]] for m in organisation.staff}
        people |= {t.trainee_id: self.part_of[t.department] for t in organisation.trainees}
        self.part_of_person = people

    def parts(self) -> tuple[Organisation, ...]:
        """Each part as an organisation of its own. What is not about planning is left out."""
        whole = self.organisation
        departments = self._by_department((d.code, d) for d in whole.departments)
        staff = self._by_person((m.staff_id, m) for m in whole.staff)
        trainees = self._by_person((t.trainee_id, t) for t in whole.trainees)
        rotations = self._by_person((r.trainee_id, r) for r in whole.rotations)
        duties = self._by_department((d.department, d) for d in whole.duties)
        training_plan = self._by_person((r.trainee_id, r) for r in whole.training_plan)
        roster = self._by_person((e.person_id, e) for e in whole.roster)
        preferences = self._by_person((p.person_id, p) for p in whole.preferences)
        pins = self._by_person((p.trainee_ids[0], p) for p in whole.pins)
        return tuple(
            Organisation.model_construct(
                name=whole.name,
                calendar=whole.calendar,
                cover=whole.cover,
                cover_goal=whole.cover_goal,
                locked_until=whole.locked_until,
                policy=whole.policy,
                departments=tuple(departments[number]),
                staff=tuple(staff[number]),
                trainees=tuple(trainees[number]),
                rotations=tuple(rotations[number]),
                university=whole.university,
                duties=tuple(duties[number]),
                activities=whole.activities,
                curriculum=whole.curriculum,
                training_plan=tuple(training_plan[number]),
                equipment=whole.equipment,
                roster=tuple(roster[number]),
                closures=tuple(
                    c for c in whole.closures if c.department is None or c.department in codes
                ),
                travel=whole.travel,
                preferences=tuple(preferences[number]),
                pins=tuple(pins[number]),
                notices=whole.notices,
                places=whole.places,
            )
            for number, codes in enumerate(self.groups)
        )

    def _by_department(self, facts: Iterable[tuple[str, Fact]]) -> list[list[Fact]]:
        return self._dealt((self.part_of[code], fact) for code, fact in facts)

    def _by_person(self, facts: Iterable[tuple[str, Fact]]) -> list[list[Fact]]:
        return self._dealt((self.part_of_person[person], fact) for person, fact in facts)

    def _dealt(self, facts: Iterable[tuple[int, Fact]]) -> list[list[Fact]]:
        dealt: list[list[Fact]] = [[] for _ in self.groups]
        for part, fact in facts:
            dealt[part].append(fact)
        return dealt
