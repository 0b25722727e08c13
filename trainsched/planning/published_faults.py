"""Published sessions that can no longer be: refused before any search, with what has changed."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from ortools.sat.python import cp_model

from trainsched.domain.curriculum import Pin
from trainsched.domain.plan import Session
from trainsched.domain.problems import Problem as InputProblem
from trainsched.domain.problems import Severity, WorkbookError
from trainsched.domain.rules import RULE_WORDS, RuleId
from trainsched.planning.draft import DraftSession, engagements, narrowed
from trainsched.planning.hand_out import hand_out_day
from trainsched.planning.judgement import DayJudgement
from trainsched.planning.model import build_model
from trainsched.planning.pins import Against, demand_faults, pin_problem, place_of, staff_faults
from trainsched.problem.demands import ActivityNeed
from trainsched.problem.part import take_part
from trainsched.problem.problem import PinNeed, Problem
from trainsched.problem.published import (
    Published,
    PublishedSession,
    equipment_is_there,
    fits_group,
    reads_as_now,
    slot_of,
)
from trainsched.problem.starts import host_of

SUSPECTS: tuple[RuleId, ...] = (
    RuleId.ONE_PLACE_AT_A_TIME,
    RuleId.TRAINING_DEMAND,
    RuleId.TRAINER_LOAD,
    RuleId.TRAINEE_LOAD,
    RuleId.SPACING,
    RuleId.ACTIVITY_ORDER,
    RuleId.EQUIPMENT,
    RuleId.TRAVEL,
    RuleId.QUALIFIED,
    RuleId.GROUP_SIZE,
)
TOGETHER: dict[RuleId, str] = {
    RuleId.ONE_PLACE_AT_A_TIME: "somebody in it is in another published session at that time",
    RuleId.TRAINING_DEMAND: "with the published sessions before it a trainee has more than needed",
    RuleId.TRAINER_LOAD: "with the other published sessions a trainer has more than they may give",
    RuleId.TRAINEE_LOAD: "with the other published sessions a trainee's day is too full",
    RuleId.SPACING: "another published session of the same activity is too near",
    RuleId.ACTIVITY_ORDER: "what must come first is not complete in the sessions before it",
    RuleId.EQUIPMENT: "other published sessions have the equipment at that time",
    RuleId.TRAVEL: "somebody cannot travel in time from or to another published session",
}


def refuse_impossible_sessions(problem: Problem, judgements: tuple[DayJudgement, ...]) -> None:
    """Raise WorkbookError listing every published session that can no longer be as it was."""
    published = problem.published
    if published is None:
        return
    faults = [
        _session_problem(one.session, *against)
        for one in published.sessions
        for against in _faults_of(problem, one)
    ]
    if not faults:
        faults = [*_clashes(problem, published), *_uncovered(problem, published, judgements)]
        faults += _pins_too_late(problem, published)
    if faults:
        raise WorkbookError(tuple(faults))


def _session_problem(session: Session, rule: RuleId, against: str) -> InputProblem:
    day = f"{session.date:%d/%m/%Y}"
    people = ", ".join([*session.trainees, *(entry.staff_id for entry in session.staff)])
    back = f"move locked_until back to {day} or earlier"
    return InputProblem(
        severity=Severity.ERROR,
        sheet="Settings",
        value=f"{session.id}: {session.activity} for {people} on {day} {session.period}",
        problem=f"Session {session.id} ({session.activity} for {people} on {day} "
        f"{session.period}) is published and cannot stay as it was: {against} "
        f"({rule.value}: {RULE_WORDS[rule]}).",
        remedy=f"Change what stands against it, {back}, or cancel the session by taking it out of "
        "the published plan.",
    )


def _faults_of(problem: Problem, one: PublishedSession) -> list[Against]:
    """What the facts alone say against one session; nothing for one that has its offering."""
    if one.offering is not None:
        return []
    session, setting = one.session, problem.setting
    slot = slot_of(setting, session)
    if slot is None:
        day = f"{session.date:%A %d/%m/%Y}"
        if session.date in problem.grid.day_index:
            return [(RuleId.AT_WORK, f"the plan has no period {session.period}")]
        return [(RuleId.AT_WORK, f"{day} is no working day of the plan")]
    ids = {person.person_id for person in problem.people}
    people = [*session.trainees, *(entry.staff_id for entry in session.staff)]
    gone = [(RuleId.AT_WORK, f"{who} is no longer in the workbook") for who in people]
    gone = [fault for fault, who in zip(gone, people, strict=True) if who not in ids]
    if gone:
        return gone
    pin = _as_pin(problem, session)
    faults = demand_faults(problem, pin, slot)
    need = next((n for n in problem.activities if n.activity.code == session.activity), None)
    if need is None or not pin.demands:
        return faults
    faults += staff_faults(problem, pin, slot)
    return faults or _changes_of(problem, session, need, pin, slot)


def _as_pin(problem: Problem, session: Session) -> PinNeed:
    """The session as if somebody had pinned it, to be judged in the same way."""
    by_id = {person.person_id: person.index for person in problem.people}
    wanted = {by_id[trainee_id] for trainee_id in session.trainees}
    staff_ids = tuple(entry.staff_id for entry in session.staff)
    return PinNeed(
        pin=Pin(
            trainee_ids=session.trainees,
            activity=session.activity,
            date=session.date,
            period=session.period,
            staff_ids=staff_ids,
        ),
        offering=None,
        demands=tuple(
            demand.index
            for demand in problem.demands
            if demand.trainee in wanted and demand.requirement.activity == session.activity
        ),
        staff=tuple(by_id[staff_id] for staff_id in staff_ids),
    )


def _changes_of(
    problem: Problem, session: Session, need: ActivityNeed, pin: PinNeed, slot: int
) -> list[Against]:
    """What has changed about a session whose people could all come."""
    setting, organisation = problem.setting, problem.organisation
    see = place_of(problem, f"activity:{session.activity}")
    faults: list[Against] = []
    for number in pin.demands:
        host = organisation.departments[host_of(setting, problem.demands[number], slot)]
        who = problem.demands[number].requirement.trainee_id
        if host.code != session.department:
            faults.append(
                (RuleId.HOSTING, f"{who} would have it in {host.code}, not {session.department}")
            )
        elif not reads_as_now(setting, need, slot, host.site, session):
            against = f"the kind, length, hours or site of {session.activity} have changed{see}"
            return [(RuleId.PUBLISHED, against)]
    if not fits_group(need, len(session.trainees)):
        size = len(session.trainees)
        faults.append((RuleId.GROUP_SIZE, f"a group may no longer have {size} trainees{see}"))
    if not equipment_is_there(setting, need, slot, session.equipment):
        items = " and ".join(session.equipment) or "no equipment"
        against = f"it was to have {items}, which is not what it needs or can have now{see}"
        faults.append((RuleId.EQUIPMENT, against))
    against = f"its roles can no longer be filled by the same people{see}"
    return faults or [(RuleId.QUALIFIED, against)]


def _clashes(problem: Problem, published: Published) -> list[InputProblem]:
    """Sessions that cannot be beside those before them, one after another."""
    faults: list[InputProblem] = []
    kept = _without_doubles(problem, published, faults)
    while not _can_hold(problem, published, kept):
        fewest, most = 0, len(kept)
        while most - fewest > 1:
            middle = (fewest + most) // 2
            if _can_hold(problem, published, kept[:middle]):
                fewest = middle
            else:
                most = middle
        rule = next(
            (r for r in SUSPECTS if _can_hold(problem, published, kept[:most], without=r)),
            RuleId.PUBLISHED,
        )
        against = TOGETHER.get(rule, "it cannot happen together with the other published sessions")
        faults.append(_session_problem(kept[most - 1].session, rule, against))
        del kept[most - 1]
    return faults


def _without_doubles(
    problem: Problem, published: Published, faults: list[InputProblem]
) -> list[PublishedSession]:
    """The sessions without those that have somebody in two seats of one offering."""
    seated: set[tuple[int | None, int]] = set()
    kept: list[PublishedSession] = []
    for one in published.sessions:
        people = [problem.demands[demand].trainee for demand in one.demands]
        seats = Counter((one.offering, who) for who in [*people, *(p for _, p in one.staff)])
        if max(seats.values()) > 1 or seated & set(seats):
            rule = RuleId.ONE_PLACE_AT_A_TIME
            faults.append(_session_problem(one.session, rule, TOGETHER[rule]))
            continue
        seated.update(seats)
        kept.append(one)
    return kept


def _can_hold(
    problem: Problem,
    published: Published,
    sessions: Sequence[PublishedSession],
    *,
    without: RuleId | None = None,
) -> bool:
    """Whether these sessions keep every rule together, cover left out; all of it is fixed."""
    only = replace(published, sessions=tuple(sessions))
    standing = [
        narrowed(problem.offerings[number], found) for number, found in only.by_offering().items()
    ]
    part = take_part(replace(problem, published=only, pins=()), standing, ())
    build = build_model(part.problem, (), without=without)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.catch_sigint_signal = False
    return solver.solve(build.model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)


def _uncovered(
    problem: Problem, published: Published, judgements: tuple[DayJudgement, ...]
) -> list[InputProblem]:
    """Sessions that, beside those before them on the day, would now take somebody from cover."""
    by_day: dict[int, list[tuple[PublishedSession, DraftSession]]] = defaultdict(list)
    for one in published.sessions:
        if one.offering is not None:
            day = problem.grid.day_of(problem.offerings[one.offering].slot)
            draft = DraftSession(one.offering, one.demands, one.staff, one.items)
            by_day[day].append((one, draft))
    faults: list[InputProblem] = []
    for number, cover_day in enumerate(problem.cover_days):
        kept: list[DraftSession] = []
        that_day = by_day[cover_day.day]
        if _is_covered(problem, number, judgements, [draft for _, draft in that_day]):
            continue
        for one, draft in that_day:
            if _is_covered(problem, number, judgements, [*kept, draft]):
                kept.append(draft)
                continue
            against = "its people can no longer be spared from clinical duties that day"
            rule = RuleId.CLINICAL_COVER
            faults.append(_session_problem(one.session, rule, against))
    return faults


def _is_covered(
    problem: Problem,
    number: int,
    judgements: tuple[DayJudgement, ...],
    sessions: Sequence[DraftSession],
) -> bool:
    engaged = engagements(problem, tuple(sessions))
    return hand_out_day(problem, number, judgements[number], engaged) is not None


def _pins_too_late(problem: Problem, published: Published) -> list[InputProblem]:
    """Pins before the date that no published session answers."""
    by_offering = published.by_offering()
    return [
        pin_problem(
            problem,
            pin,
            RuleId.PUBLISHED,
            f"the plan is locked until {published.until:%d/%m/%Y}, and no published session is "
            "as the pin asks",
        )
        for pin in problem.pins
        if pin.pin.date < published.until
        and not any(
            set(pin.demands) <= set(one.demands)
            and set(pin.staff) <= {person for _, person in one.staff}
            for one in by_offering.get(-1 if pin.offering is None else pin.offering, ())
        )
    ]
