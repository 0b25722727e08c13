"""More of something: a unit of equipment, or a colleague who learns what a role asks for."""

from collections.abc import Iterator

from trainsched.domain.explanation import UnlockKind
from trainsched.domain.organisation import Organisation
from trainsched.domain.people import Staff, meets_band
from trainsched.domain.rules import RuleId
from trainsched.planning.explanation import changes
from trainsched.planning.explanation.attempts import Attempts, Confirmed
from trainsched.planning.explanation.times import pool
from trainsched.problem.demands import RoleNeed


def one_more_unit(attempts: Attempts) -> Iterator[Confirmed]:
    """One unit more of an item, always there. One more of every item is tried first."""
    items = [fact.subject for fact in attempts.facts_of(RuleId.EQUIPMENT, "equipment")]
    widest = attempts.organisation
    for item in items:
        widest = changes.with_units(widest, item, 1)
    if not items or (len(items) > 1 and attempts.way_with(widest) is None):
        return
    for item in items:
        way = attempts.way_with(changes.with_units(attempts.organisation, item, 1))
        if way is not None:
            detail = f"There is one unit more of {item}"
            yield attempts.confirmed(UnlockKind.ONE_MORE_UNIT, item, detail, way)


def one_more_holder(attempts: Attempts) -> Iterator[Confirmed]:
    """A colleague of the department who also holds what a role asks for, or is named for it."""
    for number, role in enumerate(attempts.roles):
        if role.of_officers or not attempts.facts_of(
            RuleId.QUALIFIED, "role", f"{attempts.key[1]}: {role.name}"
        ):
            continue
        apt = _could_learn(attempts, role)
        wide = attempts.way_with(_qualified(attempts, number, apt)) if apt else None
        new = [person for person in apt if wide is not None and person.staff_id in wide.staff]
        way = attempts.way_with(_qualified(attempts, number, new[:1]), like=wide) if new else None
        if way is not None:
            who = attempts.say.label(new[0].staff_id)
            asked = " or ".join(sorted(role.competences)) or f"the role of {role.name}"
            detail = f"{who} also holds {asked}"
            yield attempts.confirmed(UnlockKind.ONE_MORE_HOLDER, new[0].staff_id, detail, way)


def _could_learn(attempts: Attempts, role: RoleNeed) -> list[Staff]:
    """Staff who would do but for the competence, or for not being named."""
    able = {person.person_id for person in pool(attempts.times, role)}
    return [
        person
        for person in attempts.organisation.staff
        if person.staff_id not in able
        and person.trains
        and meets_band(person.band, role.min_band)
        and set(person.departments) & set(attempts.times.departments)
    ]


def _qualified(attempts: Attempts, number: int, people: list[Staff]) -> Organisation:
    organisation = attempts.organisation
    role = attempts.activity.roles[number]
    for person in people:
        competences = tuple(sorted({*person.competences, *role.competences[:1]}))
        organisation = changes.with_staff(organisation, person.staff_id, competences=competences)
    if number == 0 and attempts.activity.staff:
        named = (*attempts.activity.staff, *(person.staff_id for person in people))
        organisation = changes.with_activity(organisation, attempts.activity.code, staff=named)
    return organisation
