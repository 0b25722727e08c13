"""Changed copies of an organisation, in which starters have come and posts are filled.

Everything here is a pure function from facts to facts. A scenario is an ordinary organisation,
so the ordinary planner and the ordinary checker judge it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from trainsched.domain.calendar import PlanCalendar, WorkingPattern
from trainsched.domain.curriculum import (
    TRAINING_OFFICER,
    Activity,
    Requirement,
    TrainingPlanRow,
)
from trainsched.domain.duties import Priority
from trainsched.domain.funding import Post
from trainsched.domain.organisation import Organisation
from trainsched.domain.people import Staff, Trainee

FIRST_YEAR = 1


@dataclass(frozen=True, slots=True, order=True)
class Starter:
    """A trainee who is not there yet. ``turn`` counts from 0 within department and programme.

    The training officer goes by the turn, so that one more starter changes nothing for the others.
    """

    programme: str
    department: str
    turn: int
    hei: str | None = None
    year: int = FIRST_YEAR


@dataclass(frozen=True, slots=True, order=True)
class Holder:
    """One unit of a post in a department, on the slots of a week that its holder works."""

    post: str
    department: str
    number: int
    slots: tuple[tuple[int, str], ...]


def starter_ids(starters: Iterable[Starter], taken: Iterable[str]) -> dict[Starter, str]:
    """``NEW-<programme>-<n>`` for each starter; ids that are taken already are passed over."""
    used = set(taken)
    ids: dict[Starter, str] = {}
    count: dict[str, int] = {}
    for starter in sorted(starters, key=_starter_order):
        number = count.get(starter.programme, 0) + 1
        while f"NEW-{starter.programme}-{number}" in used:
            number += 1
        count[starter.programme] = number
        ids[starter] = f"NEW-{starter.programme}-{number}"
    return ids


def _starter_order(starter: Starter) -> tuple[str, int, str, int, str]:
    hei = starter.hei or ""
    return starter.programme, starter.year, starter.department, starter.turn, hei


def add_starters(organisation: Organisation, starters: Iterable[Starter]) -> Organisation:
    """The organisation with the starters among its trainees, at work on every working day."""
    wanted = sorted(starters, key=_starter_order)
    if not wanted:
        return organisation
    ids = starter_ids(wanted, organisation.trainee_by_id)
    pattern = every_slot(organisation.calendar)
    new = [
        Trainee(
            trainee_id=ids[starter],
            name=ids[starter],
            department=starter.department,
            programme=starter.programme,
            year=starter.year,
            training_officer=officer_of(organisation, starter),
            hei=starter.hei,
            pattern=pattern,
        )
        for starter in wanted
    ]
    trainees = sorted([*organisation.trainees, *new], key=lambda t: t.trainee_id)
    plan = sorted(
        [*organisation.training_plan, *_cohort_rows(organisation, new)],
        key=lambda row: (row.trainee_id, row.activity),
    )
    return organisation.with_facts(trainees=tuple(trainees), training_plan=tuple(plan))


def _cohort_rows(organisation: Organisation, new: list[Trainee]) -> list[TrainingPlanRow]:
    """Starters join a cohort for as many sessions as it still has."""
    cohorts = {activity.code for activity in organisation.activities if activity.together}
    rest = {
        need.activity: need.timing for need in organisation.requirements if need.activity in cohorts
    }
    return [
        TrainingPlanRow(trainee_id=trainee.trainee_id, activity=row.activity, timing=timing)
        for trainee in new
        for row in organisation.curriculum
        if row.applies_to(trainee)
        and (timing := rest.get(row.activity)) is not None
        and timing.sessions != row.timing.sessions
    ]


def officer_of(organisation: Organisation, starter: Starter) -> str | None:
    """The training officer of a starter: the department's staff who train take turns.

    Those with the fewest trainees now come first, then those with more working time. Only staff
    who could take the officer's part in every session that needs one are asked; None: nobody.
    """
    needed = [
        role.competences
        for row in organisation.curriculum
        if row.programme == starter.programme and row.year in (None, starter.year)
        for role in organisation.activity_by_code[row.activity].roles
        if role.name == TRAINING_OFFICER and role.competences
    ]
    have: dict[str | None, int] = {}
    for trainee in organisation.trainees:
        have[trainee.training_officer] = have.get(trainee.training_officer, 0) + 1
    able = [
        member
        for member in organisation.staff
        if starter.department in member.departments
        and member.trains
        and 0 not in (member.max_training, member.max_training_per_week)
        and all(set(member.competences) & set(competences) for competences in needed)
    ]
    if not able:
        return None
    able.sort(key=lambda s: (have.get(s.staff_id, 0), -s.wte, s.staff_id))
    return able[starter.turn % len(able)].staff_id


def is_easier_in_company(activity: Activity) -> bool:
    """Whether one more trainee might make a session possible: as company, or by their officer."""
    if activity.group_min > 1:
        return True
    shared = activity.together or activity.group_max != 1
    return shared and any(role.name == TRAINING_OFFICER for role in activity.roles)


def more_is_never_easier(organisation: Organisation, programmes: Iterable[str]) -> bool:
    """Whether a starter more of these programmes never helps the others to their musts."""
    wanted = set(programmes)
    matters = _what_musts_may_take(organisation)
    return not any(
        is_easier_in_company(organisation.activity_by_code[row.activity])
        for row in organisation.curriculum
        if row.programme in wanted and row.activity in matters
    )


def _what_musts_may_take(organisation: Organisation) -> set[str]:
    """The activities that are somebody's must, or pinned, or that others come after."""
    found = {pin.activity for pin in organisation.pins}
    timings = [(row.activity, row.timing) for row in organisation.curriculum]
    timings += [(row.activity, row.timing) for row in organisation.training_plan]
    for code, timing in timings:
        found.update(timing.after)
        if timing.priority is Priority.MUST:
            found.add(code)
    return found


def every_slot(calendar: PlanCalendar) -> WorkingPattern:
    """Every working day, all day."""
    return WorkingPattern(
        weeks=(
            tuple((day, name) for day in calendar.working_days for name in calendar.period_names),
        )
    )


def holder_id(post: str, number: int) -> str:
    """The staff id of one unit of a post."""
    return f"POST-{post}-{number}"


def add_holders(
    organisation: Organisation, posts: Mapping[str, Post], holders: Iterable[Holder]
) -> Organisation:
    """The organisation with the holders of posts among its staff."""
    new = [
        Staff(
            staff_id=holder_id(holder.post, holder.number),
            name=holder_id(holder.post, holder.number),
            departments=(holder.department,),
            band=posts[holder.post].band,
            wte=posts[holder.post].wte,
            competences=posts[holder.post].competences,
            pattern=posts[holder.post].pattern or WorkingPattern(weeks=(holder.slots,)),
        )
        for holder in holders
    ]
    if not new:
        return organisation
    staff = sorted([*organisation.staff, *new], key=lambda s: s.staff_id)
    return organisation.with_facts(staff=tuple(staff))


def only_what_must_be(organisation: Organisation) -> Organisation:
    """The organisation with no demands but those that decide whether every must is placed.

    Kept are the musts, pinned sessions, what these come after, and sessions that they may share
    with others.
    """
    activities = organisation.activity_by_code
    musts = {
        need.activity for need in organisation.requirements if need.timing.priority is Priority.MUST
    }
    shared = {
        code for code in musts if activities[code].together or activities[code].group_max != 1
    }
    by_trainee: dict[str, dict[str, Requirement]] = {}
    for need in organisation.requirements:
        by_trainee.setdefault(need.trainee_id, {})[need.activity] = need
    pinned = {(trainee, pin.activity) for pin in organisation.pins for trainee in pin.trainee_ids}
    kept: list[TrainingPlanRow] = []
    for trainee_id, needs in sorted(by_trainee.items()):
        waiting = [
            code
            for code, need in needs.items()
            if need.timing.priority is Priority.MUST
            or code in shared
            or (trainee_id, code) in pinned
        ]
        found: set[str] = set()
        while waiting:
            code = waiting.pop()
            if code in needs and code not in found:
                found.add(code)
                waiting += needs[code].timing.after
        kept += [
            TrainingPlanRow(trainee_id=trainee_id, activity=code, timing=needs[code].timing)
            for code in sorted(found)
        ]
    return organisation.with_facts(curriculum=(), training_plan=tuple(kept), preferences=())


def steady_state(organisation: Organisation, programme: str, department: str) -> Organisation:
    """The organisation without the department's present trainees of the programme."""
    gone = {
        trainee.trainee_id
        for trainee in organisation.trainees
        if trainee.programme == programme and trainee.department == department
    }
    if not gone:
        return organisation
    return organisation.with_facts(
        trainees=tuple(t for t in organisation.trainees if t.trainee_id not in gone),
        rotations=tuple(r for r in organisation.rotations if r.trainee_id not in gone),
        training_plan=tuple(r for r in organisation.training_plan if r.trainee_id not in gone),
        roster=tuple(e for e in organisation.roster if e.person_id not in gone),
        preferences=tuple(p for p in organisation.preferences if p.person_id not in gone),
        pins=tuple(p for p in organisation.pins if not gone.intersection(p.trainee_ids)),
    )
