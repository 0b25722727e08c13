"""Changed facts: each function gives an organisation that differs in one thing.

They serve both ends of an explanation: to take a fact away and see whether it mattered, and to
try what would help.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from trainsched.domain.calendar import WorkingPattern
from trainsched.domain.curriculum import Role, TrainingPlanRow
from trainsched.domain.departments import Equipment
from trainsched.domain.organisation import Organisation
from trainsched.domain.people import BANDS, Staff
from trainsched.domain.policy import NO_LIMIT, Policy
from trainsched.domain.roster import Meaning, RosterEntry
from trainsched.problem.chosen import Key

WITHOUT_END = 1_000
"""More sessions, units or people than any plan asks for."""


def always(organisation: Organisation) -> WorkingPattern:
    """At work in every slot in which anybody could be."""
    calendar = organisation.calendar
    return WorkingPattern(
        weeks=(tuple((d, name) for d in calendar.working_days for name in calendar.period_names),)
    )


def with_staff(organisation: Organisation, staff_id: str, **changes: Any) -> Organisation:
    """One member of staff with other facts."""
    return organisation.with_facts(
        staff=tuple(
            person.model_copy(update=changes) if person.staff_id == staff_id else person
            for person in organisation.staff
        ),
    )


def with_trainee(organisation: Organisation, trainee_id: str, **changes: Any) -> Organisation:
    """One trainee with other facts."""
    return organisation.with_facts(
        trainees=tuple(
            person.model_copy(update=changes) if person.trainee_id == trainee_id else person
            for person in organisation.trainees
        ),
    )


def with_activity(organisation: Organisation, code: str, **changes: Any) -> Organisation:
    """One activity with other facts."""
    return organisation.with_facts(
        activities=tuple(
            activity.model_copy(update=changes) if activity.code == code else activity
            for activity in organisation.activities
        ),
    )


def with_timing(organisation: Organisation, key: Key, **changes: Any) -> Organisation:
    """One requirement with other weeks, deadline, spacing or order."""
    now = next(r.timing for r in organisation.requirements if (r.trainee_id, r.activity) == key)
    row = TrainingPlanRow(trainee_id=key[0], activity=key[1], timing=now.model_copy(update=changes))
    others = tuple(r for r in organisation.training_plan if (r.trainee_id, r.activity) != key)
    return organisation.with_facts(training_plan=(*others, row))


def with_policy(organisation: Organisation, name: str, value: float | str) -> Organisation:
    """One figure of the policy set otherwise."""
    policy = organisation.policy
    values = tuple(
        figure.model_copy(update={"value": value}) if figure.name == name else figure
        for figure in policy.values
    )
    return organisation.with_facts(policy=Policy(name=policy.name, values=values))


def without_limit(organisation: Organisation, name: str) -> Organisation:
    """One limit of the policy taken away."""
    return with_policy(organisation, name, NO_LIMIT)


def staff_always_there(organisation: Organisation, staff_id: str) -> Organisation:
    """A member of staff at work in every slot; what the roster has them do on duty stays."""
    there = with_staff(
        organisation, staff_id, pattern=always(organisation), start_date=None, end_date=None
    )
    return only_duties_in_roster(there, staff_id)


def only_duties_in_roster(organisation: Organisation, person_id: str) -> Organisation:
    """Nothing in the roster of one person but their duties."""
    return organisation.with_facts(
        roster=tuple(
            entry
            for entry in organisation.roster
            if entry.person_id != person_id or entry.meaning is Meaning.DUTY
        ),
    )


def duties_as_work(organisation: Organisation, person_id: str) -> Organisation:
    """Somebody's rostered duties no longer bind them: they are at work, free for anything."""
    return organisation.with_facts(
        roster=tuple(
            entry._replace(meaning=Meaning.WORK, duty=None, department=None)
            if entry.person_id == person_id and entry.meaning is Meaning.DUTY
            else entry
            for entry in organisation.roster
        ),
    )


def without_caps(organisation: Organisation, staff_id: str) -> Organisation:
    """A trainer without a limit of sessions."""
    return with_staff(
        organisation,
        staff_id,
        max_training_per_week=WITHOUT_END,
        max_training_per_day=WITHOUT_END,
        max_training=WITHOUT_END,
    )


def without_duty(organisation: Organisation, department: str, duty: str) -> Organisation:
    """A duty that nobody is needed for; it is still known, so rostered people stay on it."""
    return organisation.with_facts(
        duties=tuple(
            row.model_copy(update={"staff_needed": 0})
            if (row.department, row.duty) == (department, duty)
            else row
            for row in organisation.duties
        ),
    )


def with_units(organisation: Organisation, item: str, units: int) -> Organisation:
    """So many more units of an item, always there."""
    more = Equipment(item=item, capacity=units)
    return organisation.with_facts(equipment=(*organisation.equipment, more))


def with_new_staff(organisation: Organisation, *people: Staff) -> Organisation:
    """More members of staff."""
    everybody = sorted((*organisation.staff, *people), key=lambda person: person.staff_id)
    return organisation.with_facts(staff=tuple(everybody))


def with_role(organisation: Organisation, code: str, number: int, **changes: Any) -> Organisation:
    """One role of an activity with other facts."""
    activity = organisation.activity_by_code[code]
    roles: list[Role] = list(activity.roles)
    roles[number] = roles[number].model_copy(update=changes)
    return with_activity(organisation, code, roles=tuple(roles))


def new_person(organisation: Organisation, staff_id: str, **facts: Any) -> Staff:
    """Somebody who is always there, trains without limit, and is of the highest band."""
    given: dict[str, Any] = {
        "name": staff_id,
        "band": BANDS[-1],
        "pattern": always(organisation),
        "max_training_per_week": WITHOUT_END,
        "max_training_per_day": WITHOUT_END,
        "max_training": WITHOUT_END,
        **facts,
    }
    return Staff(staff_id=staff_id, **given)


def with_holders(
    organisation: Organisation, code: str, number: int, departments: tuple[str, ...]
) -> Organisation:
    """One more person in each department who may fill a role, and is always there."""
    activity = organisation.activity_by_code[code]
    role = activity.roles[number]
    people = tuple(
        new_person(
            organisation,
            f"~{code}~{number}~{department}",
            departments=(department,),
            competences=role.competences,
        )
        for department in departments
    )
    changed = with_new_staff(organisation, *people)
    if number == 0 and activity.staff:
        named = (*activity.staff, *(person.staff_id for person in people))
        changed = with_activity(changed, code, staff=named)
    return changed


def at_work_in(
    organisation: Organisation, person_id: str, slots: Iterable[tuple[date, str]]
) -> Organisation:
    """Somebody at work in some periods of some dates, whatever the roster said of them."""
    there = set(slots)
    if not there:
        return organisation
    others = tuple(
        entry
        for entry in organisation.roster
        if entry.person_id != person_id or (entry.date, entry.period) not in there
    )
    at_work = tuple(
        RosterEntry(person_id, day, period, Meaning.WORK) for day, period in sorted(there)
    )
    return organisation.with_facts(roster=(*others, *at_work))
