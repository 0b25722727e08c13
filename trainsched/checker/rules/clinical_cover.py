"""Protected time never makes clinical cover worse than it must be without any training."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from trainsched.checker.attendance import DutyKey
from trainsched.checker.days import LEVELS, Vector
from trainsched.checker.explanation import explain
from trainsched.checker.unavoidable import least_missing
from trainsched.checker.view import Covering, View
from trainsched.domain.findings import Finding
from trainsched.domain.rules import RuleId


def check_clinical_cover(view: View) -> Iterator[Finding]:
    """Who covers, what is stated as missing, and whether anything less could be missing."""
    for covering in view.covering:
        yield from _check_person(view, covering)
    yield from _check_spare_people(view)
    yield from _check_presence(view)
    yield from _check_stated_shortfalls(view)
    yield from _check_against_unavoidable(view)


def _slot_finding(
    view: View, duty: DutyKey, day: date, position: int, words: str, person: str | None = None
) -> Finding:
    return Finding(
        rule=RuleId.CLINICAL_COVER,
        detail=f"Duty {duty[1]} of {duty[0]} at {view.slot_words(day, position)}: {words}.",
        person_id=person,
        department=duty[0],
        date=day,
        period=view.calendar.period_names[position],
    )


def _is_rostered_fast(view: View, covering: Covering) -> bool:
    """Whether the roster itself keeps the person there, needed and qualified or not."""
    day, position = covering.entry.date, covering.position
    return view.attendance.fixed_duty(covering.person, day, position) == covering.duty


def _check_person(view: View, covering: Covering) -> Iterator[Finding]:
    """People in cover hold what a row of the duty needs."""
    day, position, person = covering.entry.date, covering.position, covering.person
    rows = view.duty_book.rows_at(covering.duty, day, position)
    if view.attendance.person(person) is None or not rows or _is_rostered_fast(view, covering):
        return
    if not any(view.duty_book.holds_what_it_needs(person, row, day, position) for row in rows):
        words = f"{person} is not qualified for it"
        yield _slot_finding(view, covering.duty, day, position, words, person)


def _check_spare_people(view: View) -> Iterator[Finding]:
    """Nobody is on a duty without filling a place of it, unless the roster keeps them there."""
    for (duty, day, position), items in sorted(view.covering_by_slot.items()):
        filling = view.fillers_at(duty, day, position)
        if all(item.person in filling for item in items):
            continue
        if not view.attendance.department_open(duty[0], day):
            continue
        rows = view.duty_book.rows_at(duty, day, position)
        able = [item for item in items if not rows or _counts(view, item)]
        others = {item.person for item in able if not _is_rostered_fast(view, item)}
        if others <= filling:
            continue
        needed = min(len(filling), _filled_by(view, duty, day, position, others))
        if len(others) > needed:
            words = f"{', '.join(sorted(others))} on it, of whom it can use {needed}"
            yield _slot_finding(view, duty, day, position, words)


def _counts(view: View, item: Covering) -> bool:
    """Whether the person could be counted: those who are not qualified are found already."""
    rows = view.duty_book.rows_at(item.duty, item.entry.date, item.position)
    return view.attendance.person(item.person) is None or any(
        view.duty_book.holds_what_it_needs(item.person, row, item.entry.date, item.position)
        for row in rows
    )


def _filled_by(view: View, duty: DutyKey, day: date, position: int, people: set[str]) -> int:
    """How many places in the slot these people alone would fill."""
    on_it = {
        at: set(view.covering_people(duty, day, at)) & people
        for at in range(len(view.calendar.periods))
    }
    asked = view.duty_book.day_as_covered(duty, day, on_it)
    filling = explain(asked, {})
    return sum(
        len(used)
        for index, used in filling.people.items()
        if position in asked.needs[index].positions
    )


def _check_presence(view: View) -> Iterator[Finding]:
    """On_site duties: each person once a duty, and at one site in the slot."""
    present: dict[tuple[str, date, int], list[Covering]] = defaultdict(list)
    for covering in view.covering:
        if not view.duty_book.is_exclusive(covering.duty):
            present[covering.person, covering.entry.date, covering.position].append(covering)
    for (person, day, position), items in sorted(present.items()):
        duties = [item.duty for item in items]
        for duty in sorted({duty for duty in duties if duties.count(duty) > 1}):
            yield _slot_finding(view, duty, day, position, f"{person} stands twice on it", person)
        sites = {view.duty_book.site(department) for department, _ in duties}
        for stay in view.stays.get((person, day), []):
            if position in stay.positions:
                sites.add(stay.site)
        if len(sites) > 1:
            words = f"{person} cannot be at {' and '.join(sorted(sites))} at once"
            yield _slot_finding(view, min(duties), day, position, words, person)


def _check_stated_shortfalls(view: View) -> Iterator[Finding]:
    """What the plan says is missing is what is missing."""
    stated = view.stated_missing
    true: dict[tuple[DutyKey, date, int], int] = {}
    for duty in view.duty_book.duties:
        for day in view.calendar.open_dates:
            for position, places in view.slots_of(duty, day):
                missing = places - len(view.fillers_at(duty, day, position))
                if missing > 0:
                    true[duty, day, position] = missing
    for key in sorted(true.keys() | stated.keys()):
        if true.get(key, 0) != stated.get(key, 0):
            words = f"{true.get(key, 0)} missing, but the plan states {stated.get(key, 0)}"
            yield _slot_finding(view, *key, words)


def _check_against_unavoidable(view: View) -> Iterator[Finding]:
    """Where places are missing, no other use of the people would leave less missing."""
    groups = sorted(
        {view.duty_book.group_of(department) for department, _ in view.duty_book.duties}
    )
    for group in groups:
        for day in view.calendar.open_dates:
            missing = view.missing_places(group, day)
            if not any(missing):
                continue
            asked = view.duty_book.day_without_training(group, day)
            better = least_missing(asked, better_than=missing)
            if better is not None:
                yield Finding(
                    rule=RuleId.CLINICAL_COVER,
                    detail=f"On {day.isoformat()} the plan leaves {_words(missing)} of "
                    f"{', '.join(group)} empty; without training it would be "
                    f"{_words(better.missing)}.",
                    department=group[0],
                    date=day,
                )


def _words(missing: Vector) -> str:
    counts = [f"{number} {level.value}" for number, level in zip(missing, LEVELS, strict=True)]
    return ", ".join(counts) + " places"
