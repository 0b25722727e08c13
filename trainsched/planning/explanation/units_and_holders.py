"""More of something: a unit of equipment, or a colleague who learns what is asked, or trains."""

from collections.abc import Iterator

from trainsched.domain.explanation import UnlockKind
from trainsched.domain.organisation import Organisation
from trainsched.domain.people import Staff, meets_band
from trainsched.domain.rules import RuleId
from trainsched.planning.explanation import changes
from trainsched.planning.explanation.attempts import Attempts, Confirmed
from trainsched.planning.explanation.times import pool, who_would_do
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
    """A colleague who also holds what a role asks for, is named for it, or trains.

    Where the training officer has to be there, that is the only one who would do.
    """
    for number, role in enumerate(attempts.roles):
        subject = role.name if role.of_officers else f"{attempts.key[1]}: {role.name}"
        if not attempts.facts_of(RuleId.QUALIFIED, "role", subject):
            continue
        apt = _officer(attempts) if role.of_officers else _could_learn(attempts, role)
        wide = attempts.way_with(_qualified(attempts, number, apt)) if apt else None
        new = [person for person in apt if wide is not None and person.staff_id in wide.staff]
        way = attempts.way_with(_qualified(attempts, number, new[:1]), like=wide) if new else None
        if way is not None:
            detail = f"{attempts.say.label(new[0].staff_id)} {_what(new[0], role)}"
            yield attempts.confirmed(UnlockKind.ONE_MORE_HOLDER, new[0].staff_id, detail, way)


def _what(person: Staff, role: RoleNeed) -> str:
    if not person.trains:
        return "also trains"
    return f"also holds {' or '.join(sorted(role.competences)) or f'the role of {role.name}'}"


def _could_learn(attempts: Attempts, role: RoleNeed) -> list[Staff]:
    """Staff who would do but for one thing: the competence, not being named, or not training."""
    able = {person.person_id for person in pool(attempts.times, role)}
    colleagues = [
        person
        for person in attempts.organisation.staff
        if person.staff_id not in able
        and meets_band(person.band, role.min_band)
        and set(person.departments) & set(attempts.times.departments)
    ]
    apt_but_for_training = {person.person_id for person in who_would_do(attempts.times, role)}
    return [
        *(person for person in colleagues if person.trains),
        *(person for person in colleagues if person.staff_id in apt_but_for_training),
    ]


def _officer(attempts: Attempts) -> list[Staff]:
    """The trainee's training officer, if they do not train."""
    officer = attempts.organisation.trainee_by_id[attempts.key[0]].training_officer
    person = attempts.organisation.staff_by_id.get(officer or "")
    return [] if person is None or person.trains else [person]


def _qualified(attempts: Attempts, number: int, people: list[Staff]) -> Organisation:
    organisation = attempts.organisation
    role = attempts.activity.roles[number]
    learning = [person for person in people if person.trains]
    for person in people:
        if not person.trains:
            organisation = changes.with_staff(organisation, person.staff_id, trains=True)
            continue
        competences = tuple(sorted({*person.competences, *role.competences[:1]}))
        organisation = changes.with_staff(organisation, person.staff_id, competences=competences)
    if number == 0 and attempts.activity.staff and learning:
        named = (*attempts.activity.staff, *(person.staff_id for person in learning))
        organisation = changes.with_activity(organisation, attempts.activity.code, staff=named)
    return organisation
