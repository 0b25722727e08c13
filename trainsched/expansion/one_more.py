"""The organisation with one more unit of one thing that may keep starters out of a department."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from trainsched.domain.curriculum import Activity, Kind
from trainsched.domain.departments import Equipment
from trainsched.domain.duties import Presence, Priority
from trainsched.domain.organisation import Organisation
from trainsched.domain.people import Staff, meets_band
from trainsched.expansion.facts import FIRST_YEAR, every_slot

MOST_DUTIES = 6
"""Duties that are looked at, those that take most people first."""
WEEKLY = "max_training_per_week"


@dataclass(frozen=True, slots=True)
class OneMore:
    """One more unit: the kind of limit, the unit in words, and the facts with it."""

    limit: str
    detail: str
    facts: Organisation


def one_more_of_each(
    organisation: Organisation, department: str, programme: str
) -> Iterator[OneMore]:
    """The organisation with one more of each that starters of a programme use in a department."""
    activities = _what_starters_do(organisation, programme)
    for held, band in _holders_needed(activities):
        words = " or ".join(held) + (f" of band {band} or above" if band else "")
        somebody = Staff(
            staff_id="ONE-MORE",
            name="ONE-MORE",
            departments=(department,),
            band=band or "7",
            competences=held,
            pattern=every_slot(organisation.calendar),
        )
        staff = sorted((*organisation.staff, somebody), key=lambda member: member.staff_id)
        yield OneMore(
            "trainer time",
            f"one more whole-time holder of {words}",
            organisation.with_facts(staff=tuple(staff)),
        )
        more = _with_a_session_more(organisation, department, held, band)
        if more is not None:
            detail = f"one more training session a week for each holder of {words}"
            yield OneMore("supervision limits", detail, more)
    for name in _busiest_duties(organisation, department):
        duties = tuple(
            duty.model_copy(update={"staff_needed": duty.staff_needed - 1})
            if (duty.department, duty.duty) == (department, name) and duty.staff_needed
            else duty
            for duty in organisation.duties
        )
        detail = f"one person fewer needed on {name}"
        yield OneMore("clinical cover", detail, organisation.with_facts(duties=duties))
    for item in sorted({item for a in activities for names in a.equipment for item in names}):
        equipment = (*organisation.equipment, Equipment(item=item))
        yield OneMore("equipment", f"one more {item}", organisation.with_facts(equipment=equipment))


def accredited(organisation: Organisation, department: str, programme: str) -> OneMore:
    """The organisation whose department may train the programme too."""
    departments = tuple(
        here.model_copy(update={"accredited_for": (*here.accredited_for, programme)})
        if here.code == department and here.accredited_for is not None
        else here
        for here in organisation.departments
    )
    more = organisation.with_facts(departments=departments)
    return OneMore("accreditation", "accredited for the programme", more)


def _what_starters_do(organisation: Organisation, programme: str) -> list[Activity]:
    return [
        organisation.activity_by_code[row.activity]
        for row in organisation.curriculum
        if row.programme == programme
        and row.year in (None, FIRST_YEAR)
        and row.timing.priority is Priority.MUST
    ]


def _holders_needed(activities: Sequence[Activity]) -> list[tuple[tuple[str, ...], str]]:
    """Competences of the roles, any of which will do, and the least band ("" for none)."""
    return sorted(
        {
            (role.competences, role.min_band or "")
            for activity in activities
            if activity.kind is not Kind.STUDY
            for role in activity.roles
            if role.competences
        }
    )


def _with_a_session_more(
    organisation: Organisation, department: str, held: tuple[str, ...], band: str
) -> Organisation | None:
    """The facts where the weekly cap of each holder is one higher; None where nobody has any."""

    def update(member: Staff) -> dict[str, Any]:
        is_one = (
            member.trains
            and department in member.departments
            and not set(held).isdisjoint(member.competences)
            and meets_band(member.band, band or None)
        )
        cap = member.max_training_per_week
        if cap is None:
            cap = organisation.policy.limit_for(WEEKLY, member.wte)
        return {WEEKLY: cap + 1} if is_one and cap else {}

    updates = [update(member) for member in organisation.staff]
    if not any(updates):
        return None
    staff = zip(organisation.staff, updates, strict=True)
    return organisation.with_facts(staff=tuple(m.model_copy(update=new) for m, new in staff))


def _busiest_duties(organisation: Organisation, department: str) -> list[str]:
    need: dict[str, int] = {}
    for duty in organisation.duties:
        if duty.department == department and duty.presence is Presence.EXCLUSIVE:
            days = len(duty.weekdays or organisation.calendar.working_days)
            periods = len(duty.periods or organisation.calendar.period_names)
            need[duty.duty] = need.get(duty.duty, 0) + duty.staff_needed * days * periods
    return sorted(need, key=lambda name: (-need[name], name))[:MOST_DUTIES]
