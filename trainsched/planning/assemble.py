"""From indexes to names: the plan as it is written, sorted as the contract says."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from trainsched.domain.calendar import PlanCalendar, clock
from trainsched.domain.plan import (
    CoverEntry,
    GoalResult,
    GoalStatus,
    Plan,
    Session,
    Shortfall,
    StaffRole,
    Summary,
    Unplaced,
    written_periods,
)
from trainsched.domain.rules import FIRST_PLAN_GOALS, REPLAN_GOALS, GoalId
from trainsched.planning.draft import DraftSession, placed_by_demand
from trainsched.planning.figures import GoalFigures
from trainsched.planning.goals.changed_duties import rostered_duties
from trainsched.planning.pinned_groups import PinnedGroup, pinned_groups
from trainsched.planning.reasons import Reasons
from trainsched.planning.search import Search
from trainsched.problem.cover import CoverDay
from trainsched.problem.demands import PRIORITIES
from trainsched.problem.problem import Problem

Pinned = dict[int, tuple[PinnedGroup, ...]]
MINUTES_IN_HOUR = 60
SHARE_DIGITS = 6
HOUR_DIGITS = 2


def assemble(problem: Problem, search: Search) -> Plan:
    """Write the best plan found with names, ids, reasons, goals and summary."""
    organisation = problem.organisation
    pinned = pinned_groups(problem)
    sessions = numbered(
        organisation.calendar, [_session(problem, draft, pinned) for draft in search.sessions]
    )
    unplaced = _unplaced(problem, search)
    cover, shortfalls = _cover(problem, search)
    goals = FIRST_PLAN_GOALS if problem.earlier is None else REPLAN_GOALS
    changes = int(search.figures[GoalId.CHANGED_DUTIES].value)
    return Plan(
        organisation=organisation.name,
        start_date=organisation.calendar.start_date,
        weeks=organisation.calendar.weeks,
        periods=written_periods(organisation.calendar),
        sessions=sessions,
        cover=cover,
        shortfalls=shortfalls,
        unplaced=unplaced,
        goals=tuple(goal_result(goal, search.figures[goal]) for goal in goals),
        summary=summary(
            organisation.calendar,
            sessions,
            required=sum(demand.required for demand in problem.demands),
            changes=changes,
        ),
        warnings=tuple(sorted(set(organisation.notices))),
    )


def numbered(calendar: PlanCalendar, sessions: Iterable[Session]) -> tuple[Session, ...]:
    """Sessions in their order, with their ids."""
    position = calendar.position
    ordered = sorted(
        sessions, key=lambda s: (s.date, position(s.period), s.department, s.activity, s.trainees)
    )
    return tuple(
        session.model_copy(update={"id": f"s{number:05d}"})
        for number, session in enumerate(ordered, start=1)
    )


def _session(problem: Problem, draft: DraftSession, pinned: Pinned) -> Session:
    grid, offering = problem.grid, problem.offerings[draft.offering]
    need = problem.activities[offering.activity]
    department = problem.organisation.departments[offering.department]
    first = grid.position_of(offering.slot)
    people = {person for _, person in draft.staff}
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
        staff=tuple(
            StaffRole(role=need.roles[role].name, staff_id=problem.people[person].person_id)
            for role, person in sorted(
                draft.staff, key=lambda s: (s[0], problem.people[s[1]].person_id)
            )
        ),
        trainees=tuple(
            sorted(problem.people[problem.demands[d].trainee].person_id for d in draft.demands)
        ),
        equipment=draft.items,
        pinned=any(
            set(group.demands) <= set(draft.demands) and set(group.staff) <= people
            for group in pinned.get(draft.offering, ())
        ),
    )


def _unplaced(problem: Problem, search: Search) -> tuple[Unplaced, ...]:
    placed = placed_by_demand(search.sessions)
    reasons = Reasons(problem, search)
    found = [
        Unplaced(
            trainee_id=demand.requirement.trainee_id,
            activity=demand.requirement.activity,
            priority=PRIORITIES[demand.priority],
            required=demand.required,
            placed=placed.get(demand.index, 0),
            reasons=reasons.of(demand),
        )
        for demand in problem.demands
        if placed.get(demand.index, 0) < demand.required
    ]
    return tuple(sorted(found, key=lambda u: (u.trainee_id, u.activity)))


def _cover(
    problem: Problem, search: Search
) -> tuple[tuple[CoverEntry, ...], tuple[Shortfall, ...]]:
    entries: list[CoverEntry] = []
    missing: dict[tuple[int, str, int], int] = defaultdict(int)
    for number, cover in sorted(search.cover.items()):
        cover_day = problem.cover_days[number]
        entries += _entries(problem, cover_day, cover.filled)
        for place, count in zip(cover_day.places, cover.missing, strict=True):
            for slot in place.slots if count else ():
                missing[place.department, place.duty, slot] += count
    position = problem.organisation.calendar.position
    entries.sort(key=lambda e: (e.department, e.duty, e.date, position(e.period), e.staff_id))
    shortfalls = [
        Shortfall(**_where(problem, *key), missing=count) for key, count in missing.items()
    ]
    shortfalls.sort(key=lambda s: (s.department, s.duty, s.date, position(s.period)))
    return tuple(entries), tuple(shortfalls)


def _where(problem: Problem, department: int, duty: str, slot: int) -> dict[str, Any]:
    grid = problem.grid
    return {
        "department": problem.organisation.departments[department].code,
        "duty": duty,
        "date": grid.days[grid.day_of(slot)],
        "period": grid.calendar.period_names[grid.position_of(slot)],
    }


def _entries(
    problem: Problem, cover_day: CoverDay, filled: tuple[tuple[int, int], ...]
) -> list[CoverEntry]:
    """Who is on which duty, and whose place it was; people who stay on a duty are on it anyway."""
    on_duty: dict[tuple[int, str, int], set[int]] = defaultdict(set)
    for position, person in filled:
        place = cover_day.places[position]
        for slot in place.slots:
            on_duty[place.department, place.duty, slot].add(person)
    for person, slot in cover_day.rostered:
        who = problem.people[person]
        if who.is_bound(slot):
            on_duty[(*who.rostered[slot], slot)].add(person)
    able = {(r.department, r.duty, r.slot): r.able for r in rostered_duties(problem, cover_day)}
    entries: list[CoverEntry] = []
    for key, people in on_duty.items():
        department, duty, slot = key
        ids = {p: problem.people[p].person_id for p in people}
        displaced = sorted(
            problem.people[p].person_id for p in able.get(key, ()) if p not in people
        )
        for person in sorted(people, key=lambda p: ids[p]):
            rostered: str | None = None
            if problem.people[person].rostered.get(slot) == (department, duty):
                rostered = ids[person]
            elif displaced:
                rostered = displaced.pop(0)
            entries.append(
                CoverEntry(
                    **_where(problem, department, duty, slot),
                    staff_id=ids[person],
                    rostered_staff_id=rostered,
                )
            )
    return entries


def goal_result(goal: GoalId, figures: GoalFigures) -> GoalResult:
    """What a plan says of a goal."""
    if not figures.was_attempted:
        return GoalResult(name=goal, value=None, bound=None, status=GoalStatus.NOT_ATTEMPTED)
    value: int | float = int(figures.value)
    bound: int | float = int(figures.bound)
    if goal is GoalId.WORST_OFF_TRAINEE:
        value = round(float(figures.value), SHARE_DIGITS)
        bound = round(float(figures.bound), SHARE_DIGITS)
    status = GoalStatus.PROVED_BEST if figures.is_proved else GoalStatus.BEST_FOUND
    return GoalResult(name=goal, value=value, bound=bound, status=status)


def summary(
    calendar: PlanCalendar, sessions: tuple[Session, ...], *, required: int, changes: int
) -> Summary:
    """Totals of a plan: sessions of trainees, protected hours, changed duties."""
    periods, position = calendar.periods, calendar.position
    trainer_minutes = trainee_minutes = placed = 0
    for session in sessions:
        first = position(session.period)
        minutes = sum(period.minutes for period in periods[first : first + session.length])
        trainer_minutes += minutes * len(session.staff)
        trainee_minutes += minutes * len(session.trainees)
        placed += len(session.trainees)
    return Summary(
        required=required,
        placed=placed,
        share_placed=round(placed / required, SHARE_DIGITS) if required else 1.0,
        protected_trainer_hours=round(trainer_minutes / MINUTES_IN_HOUR, HOUR_DIGITS),
        protected_trainee_hours=round(trainee_minutes / MINUTES_IN_HOUR, HOUR_DIGITS),
        changed_duties=changes,
    )
