"""Which limits bind, and how many more starters one more unit of each would let in."""

from collections.abc import Callable, Sequence
from typing import Any

from trainsched.domain.capacity import STARTERS, BindingLimit, HostingLimit
from trainsched.domain.curriculum import Kind
from trainsched.domain.departments import Equipment
from trainsched.domain.duties import Presence, Priority
from trainsched.domain.organisation import Organisation
from trainsched.domain.people import Staff
from trainsched.expansion.facts import Starter, add_starters, changed, every_slot
from trainsched.expansion.questions import Asker
from trainsched.expansion.universities import choices_of_universities

MOST_GAIN = 3
"""Further starters that are tried for one more unit."""
FOR_ONE_STEP = 1.5
"""Deterministic time."""
MOST_DUTIES = 6
"""Duties that are looked at, those that take most people first."""


def binding_limits(
    organisation: Organisation,
    asker: Asker,
    hosting: Sequence[HostingLimit],
    years: Sequence[Any],
    say: Callable[[str], None],
) -> tuple[BindingLimit, ...]:
    """The limits that bind where starters are trained now or wanted, most valuable first."""
    wanted = {(t.department, t.programme) for t in organisation.targets}
    wanted |= {(t.department, t.programme) for t in organisation.trainees}
    found: list[BindingLimit] = []
    for limit in hosting:
        if limit.view != STARTERS or not limit.is_proved or limit.fits == 0:
            continue
        if (limit.department, limit.programme) not in wanted or asker.engine.is_spent:
            continue
        say(f"{limit.department}, {limit.programme}: the worth of one more of each")
        found += _of_department(organisation, asker, limit)
    found += _of_places(years)
    found.sort(key=lambda b: (-b.value_of_one_more, b.limit, b.detail))
    return tuple(found)


def _of_department(
    organisation: Organisation, asker: Asker, limit: HostingLimit
) -> list[BindingLimit]:
    found: list[BindingLimit] = []
    for name, detail, more in _one_more_of_each(organisation, limit):
        gain = 0
        while gain < MOST_GAIN and _fits(more, asker, limit, limit.fits + gain + 1):
            gain += 1
        found.append(
            BindingLimit(
                limit=name,
                detail=f"{limit.department}, {limit.programme}: {detail}",
                value_of_one_more=gain,
            )
        )
    return [one for one in found if one.value_of_one_more]


def _fits(organisation: Organisation, asker: Asker, limit: HostingLimit, number: int) -> bool:
    ways = list(choices_of_universities(organisation, limit.programme, number, (1,)))
    starters = [
        Starter(limit.programme, limit.department, turn, hei) for turn, hei in enumerate(ways[0])
    ]
    return bool(asker.every_must(add_starters(organisation, starters), most=FOR_ONE_STEP).fits)


def _one_more_of_each(
    organisation: Organisation, limit: HostingLimit
) -> list[tuple[str, str, Organisation]]:
    """The organisation with one more unit of one thing, by kind of limit."""
    activities = [
        organisation.activity_by_code[row.activity]
        for row in organisation.curriculum
        if row.programme == limit.programme
        and row.year in (None, 1)
        and row.timing.priority is Priority.MUST
    ]
    found: list[tuple[str, str, Organisation]] = []
    competences = sorted(
        {
            (role.competences, role.min_band or "")
            for activity in activities
            if activity.kind is not Kind.STUDY
            for role in activity.roles
            if role.competences
        }
    )
    for held, band in competences:
        words = " or ".join(held)
        staff = (*organisation.staff, _somebody(organisation, limit.department, held, band))
        more = changed(organisation, staff=tuple(sorted(staff, key=lambda s: s.staff_id)))
        detail = f"one more whole-time holder of {words}, free of duties"
        found.append(("trainer time", detail, more))
    for name in _busiest_duties(organisation, limit.department):
        duties = tuple(
            duty.model_copy(update={"staff_needed": duty.staff_needed - 1})
            if (duty.department, duty.duty) == (limit.department, name) and duty.staff_needed
            else duty
            for duty in organisation.duties
        )
        detail = f"one person fewer on {name}"
        found.append(("clinical cover", detail, changed(organisation, duties=duties)))
    for item in sorted({i for a in activities for names in a.equipment for i in names}):
        unit = Equipment(item=item)
        more = changed(organisation, equipment=(*organisation.equipment, unit))
        found.append(("equipment", f"one more {item}", more))
    return found


def _busiest_duties(organisation: Organisation, department: str) -> list[str]:
    need: dict[str, int] = {}
    for duty in organisation.duties:
        if duty.department == department and duty.presence is Presence.EXCLUSIVE:
            days = len(duty.weekdays or organisation.calendar.working_days)
            periods = len(duty.periods or organisation.calendar.period_names)
            need[duty.duty] = need.get(duty.duty, 0) + duty.staff_needed * days * periods
    return sorted(need, key=lambda name: (-need[name], name))[:MOST_DUTIES]


def _somebody(
    organisation: Organisation, department: str, held: tuple[str, ...], band: str
) -> Staff:
    return Staff(
        staff_id="ONE-MORE",
        name="ONE-MORE",
        departments=(department,),
        band=band or "7",
        competences=held,
        pattern=every_slot(organisation.calendar),
    )


def _of_places(years: Sequence[Any]) -> list[BindingLimit]:
    """Universities whose ordinary places are all taken, and more would be."""
    return [
        BindingLimit(
            limit="HEI places",
            detail=f"{row.hei}, {row.programme}: one more ordinary place spares an extra one",
            value_of_one_more=0,
        )
        for year in years
        if year.bought is not None
        for row, _, extra in year.bought.places
        if extra
    ]
