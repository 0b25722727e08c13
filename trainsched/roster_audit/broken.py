"""Rules that the roster breaks by itself: duties that do not count, journeys, and missed rest."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from trainsched.domain.findings import Finding
from trainsched.domain.roster import Meaning
from trainsched.domain.rules import RuleId
from trainsched.problem.cover import PlaceType
from trainsched.problem.people import Person
from trainsched.problem.problem import Problem


def broken_rules(problem: Problem) -> tuple[Finding, ...]:
    """Everything the roster asks for that the rules do not allow, in order of rule and time."""
    order = list(RuleId)
    found = [*_not_counting(problem), *_no_time_to_travel(problem), *_no_rest(problem)]
    return tuple(
        sorted(
            found,
            key=lambda f: (
                order.index(f.rule) if f.rule else 0,
                f.date or date.min,
                f.person_id or "",
                f.detail,
            ),
        )
    )


def _not_counting(problem: Problem) -> Iterator[Finding]:
    """People on a duty who do not count for it."""
    places: dict[tuple[int, str, int], list[PlaceType]] = defaultdict(list)
    for day in problem.cover_days:
        for place in day.places:
            for slot in place.slots:
                places[place.department, place.duty, slot].append(place)
    for person in problem.people:
        for slot, (department, duty) in sorted(person.rostered.items()):
            asked = places.get((department, duty, slot), [])
            if asked and not any(person.index in place.candidates for place in asked):
                code = problem.organisation.departments[department].code
                why, rule = _why_not(person, slot)
                yield _finding(
                    problem, rule, person, slot, f"is rostered on {duty} of {code}, but {why}"
                )


def _why_not(person: Person, slot: int) -> tuple[str, RuleId]:
    if not person.counts_in_cover:
        return "is supernumerary and never counts", RuleId.CLINICAL_COVER
    if not (person.usable | person.stays_on) >> slot & 1:
        return "is not at work then", RuleId.AT_WORK
    return "does not hold what it asks for, or not in all of its periods", RuleId.CLINICAL_COVER


def _no_time_to_travel(problem: Problem) -> Iterator[Finding]:
    """Two rostered duties of one day at sites too far apart."""
    grid = problem.grid
    for person in problem.people:
        for first, second in pairwise(sorted(person.rostered)):
            if grid.day_of(first) != grid.day_of(second):
                continue
            here = problem.site_of(person.rostered[first][0])
            there = problem.site_of(person.rostered[second][0])
            if not problem.leaves_room_to_travel(first, here, second, there):
                words = f"is rostered at {there}, too soon after {here} to get there in time"
                yield _finding(problem, RuleId.TRAVEL, person, second, words)


def _no_rest(problem: Problem) -> Iterator[Finding]:
    """Training written into the roster in the first periods after a night on call."""
    organisation, grid = problem.organisation, problem.grid
    names = grid.calendar.period_names
    periods = names[: organisation.policy.whole("rest_after_on_call_periods")]
    nights = {
        (entry.person_id, entry.date + timedelta(days=1))
        for entry in organisation.roster
        if entry.meaning is Meaning.ON_CALL and entry.period == names[-1]
    }
    by_id = {person.person_id: person for person in problem.people}
    for entry in organisation.roster:
        is_training = entry.meaning is Meaning.TRAINING and entry.period in periods
        if is_training and (entry.person_id, entry.date) in nights and entry.date in grid.day_index:
            slot = grid.slot(grid.day_index[entry.date], names.index(entry.period))
            words = "has training in the roster, first thing after a night on call"
            who = by_id[entry.person_id]
            yield _finding(problem, RuleId.REST_AFTER_ON_CALL, who, slot, words)


def _finding(problem: Problem, rule: RuleId, person: Person, slot: int, words: str) -> Finding:
    grid = problem.grid
    day, period = grid.days[grid.day_of(slot)], grid.calendar.period_names[grid.position_of(slot)]
    return Finding(
        rule=rule,
        detail=f"{person.person_id} {words} ({day:%d/%m/%Y} {period}).",
        person_id=person.person_id,
        date=day,
        period=period,
    )
