"""Nobody is in two sessions or exclusive duties in one slot."""

from collections.abc import Iterator

from trainsched.checker.view import View
from trainsched.domain.findings import Finding
from trainsched.domain.rules import RuleId


def check_one_place_at_a_time(view: View) -> Iterator[Finding]:
    """A finding for every person and slot with more than one stay."""
    for (person, day), stays in sorted(view.stays.items()):
        if len(stays) < 2:
            continue
        for position in range(len(view.calendar.periods)):
            here = [stay for stay in stays if position in stay.positions]
            if len(here) > 1:
                places = " and ".join(sorted(stay.what for stay in here))
                yield Finding(
                    rule=RuleId.ONE_PLACE_AT_A_TIME,
                    detail=f"{person} is in more than one place at "
                    f"{view.slot_words(day, position)}: {places}.",
                    person_id=person,
                    date=day,
                    period=view.calendar.period_names[position],
                )
