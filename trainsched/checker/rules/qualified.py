"""Every role of a session is filled by different people who may fill it."""

from collections.abc import Iterator

from trainsched.checker.matching import match_in_order
from trainsched.checker.view import Placed, View
from trainsched.domain.curriculum import TRAINING_OFFICER, Role
from trainsched.domain.findings import Finding
from trainsched.domain.people import Staff, meets_band
from trainsched.domain.rules import RuleId


def check_qualified(view: View) -> Iterator[Finding]:
    """A finding for every role that has too few, too many or the wrong people."""
    for item in view.placed:
        yield from _check_numbers(item)
        yield from _check_people(view, item)


def _finding(item: Placed, words: str, person: str | None = None) -> Finding:
    return Finding(
        rule=RuleId.QUALIFIED,
        detail=f"Session {item.session.id} ({item.session.activity}): {words}.",
        session_id=item.session.id,
        person_id=person,
        date=item.session.date,
        period=item.session.period,
    )


def _check_numbers(item: Placed) -> Iterator[Finding]:
    ids = [entry.staff_id for entry in item.session.staff]
    for person in sorted({person for person in ids if ids.count(person) > 1}):
        yield _finding(item, f"{person} fills more than one role", person)
    names = list(dict.fromkeys(role.name for role in item.activity.roles))
    for name in sorted({entry.role for entry in item.session.staff} - set(names)):
        yield _finding(item, f"there is no role {name} in this activity")
    for name in names:
        wanted = sum(role.count for role in item.activity.roles if role.name == name)
        there = sum(entry.role == name for entry in item.session.staff)
        if there != wanted:
            yield _finding(item, f"role {name} needs {wanted} people and has {there}")


def _check_people(view: View, item: Placed) -> Iterator[Finding]:
    roles = item.activity.roles
    people = view.organisation.staff_by_id
    for name in dict.fromkeys(role.name for role in roles):
        numbers = [number for number, role in enumerate(roles) if role.name == name]
        filling = [
            entry.staff_id
            for entry in item.session.staff
            if entry.role == name and entry.staff_id in people
        ]
        may_fill = {
            person: [n for n in numbers if _may_fill(view, item, people[person], n)]
            for person in filling
        }
        unfit = [person for person in may_fill if not may_fill[person]]
        for person in unfit:
            yield _finding(item, f"{person} may not fill the role {name}", person)
        fit = {number: [p for p in may_fill if number in may_fill[p]] for number in numbers}
        placed = match_in_order([(n, roles[n].count) for n in numbers], fit)
        if len(numbers) > 1 and len(placed) < len(may_fill) - len(unfit):
            yield _finding(item, f"the people in role {name} cannot fill all its places")


def _may_fill(view: View, item: Placed, person: Staff, number: int) -> bool:
    role = item.activity.roles[number]
    is_first = number == 0
    named = is_first and person.staff_id in item.activity.staff
    if is_first and item.activity.staff and not named:
        return False
    if not (person.trains and _holds(person, role)):
        return False
    if role.name == TRAINING_OFFICER:
        trainees = view.organisation.trainee_by_id
        return any(trainees[t].training_officer == person.staff_id for t in item.trainees)
    # A session that stands in the wrong department is found by the rule of hosting alone.
    places = {item.session.department, view.place_of(item)}
    return named or not places.isdisjoint(person.departments)


def _holds(person: Staff, role: Role) -> bool:
    competent = not role.competences or not set(role.competences).isdisjoint(person.competences)
    return competent and meets_band(person.band, role.min_band)
