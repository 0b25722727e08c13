"""The cover variables: as few as each day allows.

Most duties need no variable at all: that enough people are left is a matter of counting rows
(see ``rules.clinical_cover``). Variables by person are made where counting is not exact.
"""

from collections import defaultdict

from trainsched.planning.build import Build, CoverPlan
from trainsched.planning.matching import most_filled
from trainsched.planning.written_out import (
    hold_on_duty,
    hold_rostered_people,
    write_out,
)
from trainsched.problem.cover import CoverDay, PlaceType

MOST_KINDS_OF_PLACES = 10
"""Counting rows grow as 2 to this power; beyond it a day is written out by person."""


def add_cover_variables(build: Build) -> None:
    """Decide for each day how its cover is modelled, and make the variables for it."""
    hold_rostered_people(build.problem, build.model, build.stays)
    for number, cover_day in enumerate(build.problem.cover_days):
        people = {person for place in cover_day.places for person in place.candidates}
        touched = {
            person
            for person in people
            if any(build.sessions_at(person, slot) for slot in _slots(build, cover_day))
        }
        if not touched:
            continue
        wanderers = _wanderers(build, cover_day)
        judgement = build.judgements[number]
        is_slot_by_slot = judgement.is_simple and not wanderers
        plan = CoverPlan(
            written_out=_needs_writing_out(build, number, cover_day),
            by_person=wanderers,
            is_traded=any(judgement.unavoidable) and not is_slot_by_slot,
        )
        build.cover_plans[number] = plan
        if plan.written_out:
            _write_out(build, number, cover_day)
        else:
            _add_some(build, number, cover_day, plan)


def _slots(build: Build, cover_day: CoverDay) -> range:
    first = build.problem.grid.slot(cover_day.day, 0)
    return range(first, first + build.problem.grid.periods)


def _wanderers(build: Build, cover_day: CoverDay) -> frozenset[int]:
    """Candidates who might be at two sites on the day."""
    sites: dict[int, set[str]] = defaultdict(set)
    for place in cover_day.places:
        for person in place.candidates:
            sites[person].add(place.site)
    for person, found in sites.items():
        for slot in _slots(build, cover_day):
            found.update(stay.site for stay in build.stays.at(person, slot))
    return frozenset(person for person, found in sites.items() if len(found) > 1)


def _needs_writing_out(build: Build, number: int, cover_day: CoverDay) -> bool:
    kinds: dict[int, set[tuple[int, ...]]] = defaultdict(set)
    for place in cover_day.places:
        if place.exclusive and not place.is_long:
            kinds[place.slots[0]].add(place.candidates)
    if any(len(found) > MOST_KINDS_OF_PLACES for found in kinds.values()):
        return True
    # A change of a rostered duty is none where its place is missing: that asks which ones are.
    return (
        build.with_changes
        and bool(cover_day.rostered)
        and any(build.judgements[number].unavoidable)
    )


def _write_out(build: Build, number: int, cover_day: CoverDay) -> None:
    written = write_out(build.problem, build.model, build.stays, cover_day, present=False)
    for (place, person), literal in written.fills.items():
        build.fills[number, place, person] = literal
    for place, missing in written.missing.items():
        build.missing[number, place] = missing


def _add_some(build: Build, number: int, cover_day: CoverDay, plan: CoverPlan) -> None:
    exclusive = build.problem.exclusive_duties
    rostered = {
        (person, slot): build.problem.people[person].rostered[slot]
        for person, slot in cover_day.rostered
        if build.with_changes and build.problem.people[person].rostered[slot] in exclusive
    }
    for position, place in enumerate(cover_day.places):
        if not place.exclusive:
            continue
        for person in place.candidates:
            duty = place.department, place.duty
            if (
                place.is_long
                or person in plan.by_person
                or rostered.get((person, place.slots[0])) == duty
            ):
                build.fills[number, position, person] = build.literal()
        made = {
            (position, person): build.fills[number, position, person]
            for person in place.candidates
            if (number, position, person) in build.fills
        }
        hold_on_duty(build.problem, build.stays, place, position, made)
        if place.is_long:
            _may_be_missing(build, plan, number, position, place)
    _add_presence(build, number, cover_day, plan)


def _may_be_missing(
    build: Build, plan: CoverPlan, number: int, position: int, place: PlaceType
) -> None:
    """Where missing places may be traded, some of them may be these."""
    most = min(place.need, sum(build.judgements[number].unavoidable[: place.priority + 1]))
    if most and plan.is_traded:
        build.missing[number, position] = build.model.new_int_var(0, most, "")


def _add_presence(build: Build, number: int, cover_day: CoverDay, plan: CoverPlan) -> None:
    """Presence by person, only where sessions or duties at other sites could leave too few.

    Where missing places may be traded, also where there are too few anyway: those are some of them.
    """
    groups: dict[tuple[int, str], list[int]] = defaultdict(list)
    for position, place in enumerate(cover_day.places):
        if not place.exclusive:
            groups[place.department, place.duty].append(position)
    for positions in groups.values():
        places = [cover_day.places[position] for position in positions]
        could_leave = any(plan.by_person.intersection(place.candidates) for place in places)
        if not (could_leave or plan.is_traded) or _is_sure(places, plan.by_person):
            continue
        for position, place in zip(positions, places, strict=True):
            for person in place.candidates:
                build.fills[number, position, person] = build.literal()
            _may_be_missing(build, plan, number, position, place)


def _is_sure(places: list[PlaceType], wanderers: frozenset[int]) -> bool:
    """Whether people who cannot be elsewhere suffice for every place of an on-site duty."""
    if any(place.is_long for place in places) and len(places) > 1:
        return False
    by_slots: dict[tuple[int, ...], list[PlaceType]] = defaultdict(list)
    for place in places:
        by_slots[place.slots].append(place)
    for found in by_slots.values():
        steady = {p for place in found for p in place.candidates} - wanderers
        needed = sum(place.need for place in found)
        if most_filled([(p.candidates, p.need) for p in found], steady) < needed:
            return False
    return True
