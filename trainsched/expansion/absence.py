"""Staff away at the stated rate: what can be kept up, beside what can be done in theory."""

from datetime import date

from trainsched.domain.organisation import Organisation
from trainsched.domain.roster import Meaning, RosterEntry

KEY = "absence_rate"


def with_absence(organisation: Organisation) -> Organisation | None:
    """Every member of staff is away on the policy's share of the open days, spread evenly.

    The first day differs from person to person, so that not all are away together. Pinned staff
    are there for their pin. None where the policy states no absence.
    """
    try:
        rate = organisation.policy.limit(KEY)
    except KeyError:
        return None
    if not rate or rate >= 1:
        return None
    days = organisation.calendar.open_dates
    pinned = {(staff_id, pin.date) for pin in organisation.pins for staff_id in pin.staff_ids}
    away: set[tuple[str, date]] = set()
    for number, member in enumerate(organisation.staff):
        start = number / len(organisation.staff)
        for position, day in enumerate(days):
            turns = int((position + 1) * rate + start) - int(position * rate + start)
            if turns and (member.staff_id, day) not in pinned:
                away.add((member.staff_id, day))
    kept = [entry for entry in organisation.roster if (entry.person_id, entry.date) not in away]
    on_call = [
        entry
        for entry in organisation.roster
        if (entry.person_id, entry.date) in away and entry.meaning is Meaning.ON_CALL
    ]
    taken = {(entry.person_id, entry.date, entry.period) for entry in on_call}
    absent = [
        RosterEntry(staff_id, day, period, Meaning.ABSENT)
        for staff_id, day in away
        for period in organisation.calendar.period_names
        if (staff_id, day, period) not in taken
    ]
    position_of = organisation.calendar.position
    roster = sorted(
        [*kept, *on_call, *absent], key=lambda e: (e.person_id, e.date, position_of(e.period))
    )
    return organisation.with_facts(roster=tuple(roster))
