"""Rostered duties stay with their person, or the plan names who takes them over."""

from collections.abc import Iterator
from datetime import date

from trainsched.checker.view import Covering, View
from trainsched.domain.findings import Finding
from trainsched.domain.organisation import CoverMode
from trainsched.domain.rules import RuleId


def check_rostered_duties(view: View) -> Iterator[Finding]:
    """Fixed people are on their duty and nowhere else; changes carry the right name."""
    if view.organisation.cover is CoverMode.AS_ROSTERED:
        yield from _check_fixed_people(view)
    yield from _check_names(view)


def _check_fixed_people(view: View) -> Iterator[Finding]:
    for entry in view.organisation.roster:
        if not view.is_slot(entry.date, entry.period):
            continue
        position = view.calendar.position(entry.period)
        duty = view.attendance.fixed_duty(entry.person_id, entry.date, position)
        if duty is None:
            continue
        problem = ""
        if entry.person_id not in view.covering_people(duty, entry.date, position):
            problem = "but the plan does not have them on it"
        elif not view.duty_book.is_exclusive(duty):
            # An exclusive duty and something else is found as two places at a time.
            problem = _other_stay(view, entry.person_id, entry.date, position)
        if problem:
            yield Finding(
                rule=RuleId.ROSTERED_DUTIES,
                detail=f"{entry.person_id} is rostered on {duty[1]} of {duty[0]} at "
                f"{view.slot_words(entry.date, position)}, {problem}.",
                person_id=entry.person_id,
                department=duty[0],
                date=entry.date,
                period=entry.period,
            )


def _other_stay(view: View, person: str, day: date, position: int) -> str:
    for stay in view.stays.get((person, day), []):
        if position in stay.positions:
            return f"but is also in {stay.what}"
    return ""


def _check_names(view: View) -> Iterator[Finding]:
    """``rostered_staff_id`` is the person rostered for the place, or null."""
    for (duty, day, position), items in sorted(view.covering_by_slot.items()):
        rostered = set(view.duty_book.rostered_on(duty, day, position))
        there = {item.person for item in items}
        able = view.duty_book.rostered_and_able(duty, day, position)
        replaced = [person for person in able if person not in there]
        taking_over = sorted(there - rostered)
        named: dict[str, str | None] = {person: person for person in rostered}
        for number, person in enumerate(taking_over):
            named[person] = replaced[number] if number < len(replaced) else None
        for item in items:
            right = named[item.person]
            if item.entry.rostered_staff_id != right and not _silence_allowed(view, item):
                yield Finding(
                    rule=RuleId.ROSTERED_DUTIES,
                    detail=f"{item.person} on {duty[1]} of {duty[0]} at "
                    f"{view.slot_words(day, position)}: the plan names "
                    f"{item.entry.rostered_staff_id or 'nobody'} as rostered for the place, "
                    f"but it is {right or 'nobody'}.",
                    person_id=item.person,
                    department=duty[0],
                    date=day,
                    period=view.calendar.period_names[position],
                )


def _silence_allowed(view: View, item: Covering) -> bool:
    """Changes are counted on exclusive duties only; on others naming nobody is true enough."""
    silent = item.entry.rostered_staff_id is None
    return silent and not view.duty_book.is_exclusive(item.duty)
