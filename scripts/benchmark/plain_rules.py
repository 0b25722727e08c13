"""The rules and goals of the plain model."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from trainsched.planning.goals.worst_off_trainee import LOWEST_COUNTED_PRIORITY, required_periods
from trainsched.planning.rules.one_place_at_a_time import exclude_each_other
from trainsched.planning.rules.travel import leave_time_to_travel
from trainsched.planning.written_out import keep_assignments
from trainsched.problem.demands import PRIORITIES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from ortools.sat.python import cp_model

    from trainsched.problem.demands import Demand
    from trainsched.problem.offerings import Offering

    from .plain_model import Literal, PlainModel, PlainSession

    Expression = cp_model.LinearExpr | int


def add_rules(plain: PlainModel) -> None:
    """Every hard rule but those that the offerings keep already, and that of published sessions."""
    for session in plain.sessions:
        _keep_session(plain, session)
    for demand in plain.problem.demands:
        _keep_demand(plain, demand)
        _keep_spacing(plain, demand)
        for earlier in demand.after:
            _keep_order(plain, plain.problem.demands[earlier], demand)
    _keep_equipment(plain)
    _keep_trainer_load(plain)
    _keep_trainee_load(plain)
    _keep_pins(plain)
    _keep_cover(plain)
    exclude_each_other(plain.model, plain.stays)
    leave_time_to_travel(
        plain.problem, plain.model, plain.stays, range(len(plain.problem.grid.days))
    )


def _keep_session(plain: PlainModel, session: PlainSession) -> None:
    """One start at most; every role filled; group sizes; one of each listed equipment."""
    model, need = plain.model, plain.problem.activities[session.activity]
    starts = [literal for literals in session.starts.values() for literal in literals]
    if len(starts) > 1:
        model.add_at_most_one(starts)
    for number, literals in session.starts.items():
        held = sum(literals)
        offering = plain.problem.offerings[number]
        for role, wanted in enumerate(need.roles):
            fillers = {
                person: session.serves[number, role, person]
                for person in offering.roles[role]
                if (number, role, person) in session.serves
            }
            if not session.is_direct:
                model.add(sum(fillers.values()) == wanted.count * held)
            if wanted.of_officers and session.is_group:
                _keep_officers(plain, session, offering, fillers)
        if session.is_group:
            size = sum(session.joins[number, demand] for demand in offering.attendees)
            model.add(size <= need.group_max * held)
            model.add(size >= max(need.activity.group_min, 1) * held)
        for position, alternatives in enumerate(need.activity.equipment):
            if len(alternatives) > 1:
                keys = [(number, position, item) for item in alternatives]
                model.add(sum(session.holds[k] for k in keys if k in session.holds) == held)


def _keep_officers(
    plain: PlainModel, session: PlainSession, offering: Offering, fillers: Mapping[int, Literal]
) -> None:
    for person, literal in fillers.items():
        own = [
            session.joins[offering.index, demand]
            for demand in offering.attendees
            if plain.problem.demands[demand].officer == person
        ]
        plain.model.add(literal <= sum(own))


def _by_day(plain: PlainModel, demand: Demand) -> dict[int, list[Literal]]:
    found: dict[int, list[Literal]] = defaultdict(list)
    for number, literal in plain.placed[demand.index]:
        found[plain.problem.grid.day_of(plain.problem.offerings[number].slot)].append(literal)
    return dict(sorted(found.items()))


def _by_week(plain: PlainModel, by_day: dict[int, list[Literal]]) -> dict[int, list[Literal]]:
    found: dict[int, list[Literal]] = defaultdict(list)
    for day, literals in by_day.items():
        found[plain.problem.grid.week_of_day[day]] += literals
    return found


def _limit(plain: PlainModel, groups: Mapping[int, list[Literal]], most: int | None) -> None:
    for literals in groups.values() if most is not None else ():
        if len(literals) > (most or 0):
            plain.model.add(sum(literals) <= (most or 0))


def _keep_demand(plain: PlainModel, demand: Demand) -> None:
    placed = sum(literal for _, literal in plain.placed[demand.index])
    plain.model.add(placed + plain.unplaced[demand.index] == demand.required)
    if demand.weekly:
        for week, literals in _by_week(plain, _by_day(plain, demand)).items():
            _limit(plain, {week: literals}, demand.weekly.get(week, 0))


def _keep_spacing(plain: PlainModel, demand: Demand) -> None:
    timing, dates = demand.timing, plain.problem.grid.days
    by_day = _by_day(plain, demand)
    _limit(plain, _by_week(plain, by_day), timing.max_per_week)
    _limit(plain, by_day, timing.max_per_day)
    for first in by_day if timing.min_gap_days else ():
        near = [
            literal
            for day, literals in by_day.items()
            if 0 <= (dates[day] - dates[first]).days < (timing.min_gap_days or 0)
            for literal in literals
        ]
        if len(near) > 1:
            plain.model.add_at_most_one(near)


def _keep_order(plain: PlainModel, earlier: Demand, later: Demand) -> None:
    """A literal for each date of the later activity: all sessions of the earlier are before it."""
    before = _by_day(plain, earlier)
    for day, literals in _by_day(plain, later).items():
        is_done = plain.literal()
        counted = [literal for other in before if other < day for literal in before[other]]
        plain.model.add(earlier.required * is_done <= sum(counted))
        for literal in literals:
            plain.model.add_implication(literal, is_done)


def _keep_equipment(plain: PlainModel) -> None:
    used: dict[tuple[str, int], list[Literal]] = defaultdict(list)
    for session in plain.sessions:
        listed = plain.problem.activities[session.activity].activity.equipment
        for number, starts in session.starts.items():
            for position, alternatives in enumerate(listed):
                for item in alternatives:
                    literals = starts
                    key = (number, position, item)
                    if len(alternatives) > 1:
                        literals = [session.holds[key]] if key in session.holds else []
                    for slot in plain.problem.offerings[number].slots:
                        used[item, slot] += literals
    for (item, slot), literals in used.items():
        _limit(plain, {slot: literals}, plain.problem.setting.units[item][slot])


def _keep_trainer_load(plain: PlainModel) -> None:
    grid = plain.problem.grid
    for number, given in plain.given.items():
        person = plain.problem.people[number]
        by_day: dict[int, list[Literal]] = defaultdict(list)
        for offering, literal in given:
            by_day[grid.day_of(plain.problem.offerings[offering].slot)].append(literal)
        _limit(plain, _by_week(plain, by_day), person.max_per_week)
        _limit(plain, by_day, person.max_per_day)
        _limit(plain, {0: [literal for _, literal in given]}, person.max_in_plan)


def _keep_trainee_load(plain: PlainModel) -> None:
    most = plain.problem.max_taught_periods_per_day
    if most is None:
        return
    taught: dict[tuple[int, int], list[Expression]] = defaultdict(list)
    for demand in plain.problem.demands:
        need = plain.problem.activities[demand.activity]
        for day, literals in _by_day(plain, demand).items() if not need.is_study else ():
            taught[demand.trainee, day] += [need.activity.length * literal for literal in literals]
    for periods in taught.values():
        plain.model.add(sum(periods) <= most)


def _keep_pins(plain: PlainModel) -> None:
    """One of the activity's sessions is as the pin says."""
    for pin in plain.problem.pins:
        if pin.offering is None:
            raise ValueError(f"{pin.pin.activity} cannot be held as pinned.")
        chosen: list[Literal] = []
        for session in plain.sessions:
            if pin.offering not in session.starts or not set(pin.demands) <= set(session.demands):
                continue
            literal = plain.literal()
            chosen.append(literal)
            for demand in pin.demands:
                plain.model.add(sum(session.attends(pin.offering, demand)) >= literal)
            for person in pin.staff:
                roles = [
                    serves
                    for (start, _, who), serves in session.serves.items()
                    if (start, who) == (pin.offering, person)
                ]
                plain.model.add(sum(roles) >= literal)
        plain.model.add(sum(chosen) >= 1)


def _keep_cover(plain: PlainModel) -> None:
    """On every day just as many places stay empty as must without training, by priority."""
    for written, judgement in zip(plain.days, plain.judgements, strict=True):
        keep_assignments(plain.problem, plain.model, plain.stays, written.cover_day, written.fills)
        for priority in range(len(PRIORITIES)):
            missing = written.missing_of(priority)
            if missing:
                plain.model.add(sum(missing) == judgement.unavoidable[priority])


def unplaced_sessions(plain: PlainModel, priority: int) -> Expression:
    """Goals 1 to 3: unplaced trainee-sessions of one priority."""
    return sum(
        plain.unplaced[demand.index]
        for demand in plain.problem.demands
        if demand.priority == priority
    )


def steps_of_worst_share(plain: PlainModel, steps: tuple[Fraction, ...]) -> Expression:
    """Goal 4: how far up the steps (all possible shares, from 0) the worst-off trainee is."""
    above = [plain.literal() for _ in steps[1:]]
    for lower, upper in pairwise(above):
        plain.model.add_implication(upper, lower)
    missing: dict[int, list[Expression]] = defaultdict(list)
    for demand in plain.problem.demands:
        if demand.priority <= LOWEST_COUNTED_PRIORITY:
            length = plain.problem.activities[demand.activity].activity.length
            missing[demand.trainee].append(length * plain.unplaced[demand.index])
    for trainee, periods in required_periods(plain.problem).items():
        allowed = [int(step * periods) for step in steps]
        gained = [after - before for before, after in pairwise(allowed)]
        room = sum(gain * literal for gain, literal in zip(gained, above, strict=True))
        plain.model.add(sum(missing[trainee]) <= allowed[0] + room)
    return sum(above)
