"""Between two sites on one day there is time to travel."""

from collections.abc import Iterator
from itertools import pairwise

from trainsched.checker.view import Stay, View
from trainsched.domain.findings import Finding
from trainsched.domain.rules import RuleId


def check_travel(view: View) -> Iterator[Finding]:
    """A finding for every pair of consecutive stays with too little time in between."""
    for (person, day), stays in sorted(view.stays.items()):
        at: dict[int, list[Stay]] = {}
        for stay in stays:
            for position in stay.positions:
                at.setdefault(position, []).append(stay)
        ordered = sorted(at)
        for first, second in pairwise(ordered):
            if len({stay.site for stay in at[first]}) > 1:
                continue  # two places at a time: another rule's matter
            if len({stay.site for stay in at[second]}) > 1:
                continue
            start, goal = at[first][0], at[second][0]
            if not view.journeys.too_far(first, start.site, second, goal.site):
                continue
            fixed_first = view.attendance.fixed_duty(person, day, first)
            fixed_second = view.attendance.fixed_duty(person, day, second)
            if fixed_first is not None and fixed_second is not None:
                continue  # the roster itself sends them there
            yield Finding(
                rule=RuleId.TRAVEL,
                detail=f"{person} has too little time on {day.isoformat()} to go from "
                f"{start.site} ({start.what}) to {goal.site} ({goal.what}): "
                f"{view.journeys.minutes(start.site, goal.site)} minutes needed.",
                session_id=goal.session_id or start.session_id,
                person_id=person,
                date=day,
                period=view.calendar.period_names[second],
            )
