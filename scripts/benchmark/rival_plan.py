"""A plan of ours from a rival's sessions and duties; its figures are those the checker finds."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trainsched.checker.figures import summary_of
from trainsched.checker.view import View
from trainsched.domain.calendar import clock
from trainsched.domain.plan import (
    CoverEntry,
    Plan,
    Reason,
    Session,
    Shortfall,
    StaffRole,
    Summary,
    Unplaced,
    written_periods,
)
from trainsched.domain.rules import RuleId
from trainsched.planning.goals.changed_duties import rostered_duties
from trainsched.problem.demands import PRIORITIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trainsched.domain.plan import GoalResult
    from trainsched.problem.problem import Problem

NOTHING = Summary(
    required=0,
    placed=0,
    share_placed=0.0,
    protected_trainer_hours=0.0,
    protected_trainee_hours=0.0,
    changed_duties=0,
)
NO_REASON = Reason(rule=RuleId.TRAINING_DEMAND, detail="Not placed; this planner gives no reason.")


@dataclass(frozen=True, slots=True)
class RivalSession:
    """A session in indexes. ``staff`` are ``(role, person)``, ``items`` the equipment held."""

    offering: int
    demands: tuple[int, ...]
    staff: tuple[tuple[int, int], ...]
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RivalPlan:
    """``filled[cover day]`` are ``(place, person)``; a person may fill several places."""

    sessions: tuple[RivalSession, ...]
    filled: Mapping[int, tuple[tuple[int, int], ...]]


def write_plan(problem: Problem, rival: RivalPlan, goals: tuple[GoalResult, ...]) -> Plan:
    """The plan in names, with the summary that the checker works out."""
    organisation = problem.organisation
    cover, shortfalls = _cover(problem, rival)
    plan = Plan(
        organisation=organisation.name,
        start_date=organisation.calendar.start_date,
        weeks=organisation.calendar.weeks,
        periods=written_periods(organisation.calendar),
        sessions=_sessions(problem, rival),
        cover=cover,
        shortfalls=shortfalls,
        unplaced=_unplaced(problem, rival),
        goals=goals,
        summary=NOTHING,
        warnings=tuple(sorted(set(organisation.notices))),
    )
    return plan.model_copy(update={"summary": summary_of(View(organisation, plan, None))})


def _sessions(problem: Problem, rival: RivalPlan) -> tuple[Session, ...]:
    position = problem.organisation.calendar.position
    written = [_session(problem, session) for session in rival.sessions]
    written.sort(key=lambda s: (s.date, position(s.period), s.department, s.activity, s.trainees))
    return tuple(
        session.model_copy(update={"id": f"s{number:05d}"})
        for number, session in enumerate(written, start=1)
    )


def _session(problem: Problem, session: RivalSession) -> Session:
    grid, offering = problem.grid, problem.offerings[session.offering]
    need = problem.activities[offering.activity]
    department = problem.organisation.departments[offering.department]
    first = grid.position_of(offering.slot)
    ids = [(role, problem.people[person].person_id) for role, person in session.staff]
    present = {person for _, person in session.staff}
    return Session(
        id="",
        activity=need.activity.code,
        kind=need.activity.kind,
        department=department.code,
        site=department.site,
        date=grid.days[grid.day_of(offering.slot)],
        period=grid.calendar.period_names[first],
        length=offering.length,
        start=clock(grid.starts[first]),
        end=clock(grid.ends[first + offering.length - 1]),
        staff=tuple(StaffRole(role=need.roles[r].name, staff_id=who) for r, who in sorted(ids)),
        trainees=tuple(
            sorted(problem.people[problem.demands[d].trainee].person_id for d in session.demands)
        ),
        equipment=tuple(sorted(session.items)),
        pinned=any(
            pin.offering == session.offering
            and set(pin.demands) <= set(session.demands)
            and set(pin.staff) <= present
            for pin in problem.pins
        ),
    )


def _unplaced(problem: Problem, rival: RivalPlan) -> tuple[Unplaced, ...]:
    placed: dict[int, int] = defaultdict(int)
    for session in rival.sessions:
        for demand in session.demands:
            placed[demand] += 1
    found = [
        Unplaced(
            trainee_id=demand.requirement.trainee_id,
            activity=demand.requirement.activity,
            priority=PRIORITIES[demand.priority],
            required=demand.required,
            placed=placed[demand.index],
            reasons=(NO_REASON,),
        )
        for demand in problem.demands
        if placed[demand.index] < demand.required
    ]
    return tuple(sorted(found, key=lambda u: (u.trainee_id, u.activity)))


Place = tuple[int, str, int]
"""Department, duty and slot."""


def _cover(
    problem: Problem, rival: RivalPlan
) -> tuple[tuple[CoverEntry, ...], tuple[Shortfall, ...]]:
    entries: list[CoverEntry] = []
    missing: dict[Place, int] = defaultdict(int)
    for number, cover_day in enumerate(problem.cover_days):
        on_duty: dict[Place, set[int]] = defaultdict(set)
        filled: dict[int, int] = defaultdict(int)
        for position, person in rival.filled.get(number, ()):
            place = cover_day.places[position]
            filled[position] += 1
            for slot in place.slots:
                on_duty[place.department, place.duty, slot].add(person)
        for position, place in enumerate(cover_day.places):
            for slot in place.slots if filled[position] < place.need else ():
                missing[place.department, place.duty, slot] += place.need - filled[position]
        for person, slot in cover_day.rostered:
            if problem.people[person].is_bound(slot):
                on_duty[(*problem.people[person].rostered[slot], slot)].add(person)
        able = {(r.department, r.duty, r.slot): r.able for r in rostered_duties(problem, cover_day)}
        for key, people in on_duty.items():
            replaced = [person for person in able.get(key, ()) if person not in people]
            entries += _entries(problem, key, people, replaced)
    position_of = problem.organisation.calendar.position
    entries.sort(key=lambda e: (e.department, e.duty, e.date, position_of(e.period), e.staff_id))
    shortfalls = [Shortfall(**_where(problem, key), missing=n) for key, n in missing.items()]
    shortfalls.sort(key=lambda s: (s.department, s.duty, s.date, position_of(s.period)))
    return tuple(entries), tuple(shortfalls)


def _entries(
    problem: Problem, key: Place, people: set[int], replaced: list[int]
) -> list[CoverEntry]:
    """Who is on a duty in a slot; those it is new to stand in for those who are ``replaced``."""
    department, duty, slot = key
    ids = {person: problem.people[person].person_id for person in people}
    waiting = sorted(problem.people[person].person_id for person in replaced)
    entries: list[CoverEntry] = []
    for person in sorted(people, key=lambda p: ids[p]):
        is_own = problem.people[person].rostered.get(slot) == (department, duty)
        rostered = ids[person] if is_own else waiting.pop(0) if waiting else None
        entries.append(
            CoverEntry(**_where(problem, key), staff_id=ids[person], rostered_staff_id=rostered)
        )
    return entries


def _where(problem: Problem, key: Place) -> dict[str, object]:
    department, duty, slot = key
    grid = problem.grid
    return {
        "department": problem.organisation.departments[department].code,
        "duty": duty,
        "date": grid.days[grid.day_of(slot)],
        "period": grid.calendar.period_names[grid.position_of(slot)],
    }
