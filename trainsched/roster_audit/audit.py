"""The whole audit: cover, possible training, single points of failure, and broken rules."""

import threading
from collections import Counter, defaultdict

from trainsched import checker
from trainsched.checker.standbys import check_standbys
from trainsched.checker.survival import survival_of
from trainsched.domain.audit import Audit, AuditPlan, TraineeAudit, TrainerAudit
from trainsched.domain.organisation import CoverMode, Organisation
from trainsched.domain.plan import GoalStatus, Plan, Session
from trainsched.domain.progress import Progress, ProgressListener
from trainsched.domain.roster import Meaning
from trainsched.domain.rules import GoalId
from trainsched.planning import plan_training
from trainsched.planning.at_best import cover_at_best
from trainsched.planning.standbys import name_standbys
from trainsched.problem.index import index
from trainsched.problem.problem import Problem
from trainsched.roster_audit.broken import broken_rules
from trainsched.roster_audit.competences import competence_audits
from trainsched.roster_audit.cover import duty_audits, unavoidable_of

SECONDS_FOR_A_PLAN = 30.0
"""For each of the two plans that the roster is held against, unless the user says otherwise."""
MINUTES_IN_HOUR = 60
PLACING = (GoalId.UNPLACED_MUST, GoalId.UNPLACED_SHOULD, GoalId.UNPLACED_COULD)


def audit_organisation(
    organisation: Organisation,
    *,
    with_plans: bool = True,
    time_limit: float | None = None,
    seed: int = 0,
    workers: int | None = None,
    progress: ProgressListener | None = None,
    stop: threading.Event | None = None,
) -> Audit:
    """Score the roster as it is.

    ``with_plans``: also plan, once with every rostered duty left with its person and once with
    the cover that the workbook allows, each for half of ``time_limit`` seconds. Pins that cannot
    hold raise WorkbookError, as in a plan.
    """
    problem = index(organisation)
    best = cover_at_best(problem)
    kept: Plan | None = None
    free: Plan | None = None
    if with_plans:
        seconds = SECONDS_FOR_A_PLAN if time_limit is None else time_limit / 2

        def plan(what: Organisation, part: str) -> Plan:
            def listen(step: Progress) -> None:
                if progress is not None:
                    progress(step._replace(part=part))

            return plan_training(
                what,
                time_limit=seconds,
                seed=seed,
                workers=workers,
                progress=listen,
                stop=stop,
            ).plan

        free = plan(organisation, "a plan, to compare")
        kept = free
        if organisation.cover is not CoverMode.AS_ROSTERED and _names_duties(organisation):
            kept = plan(_as_rostered(organisation), "what fits the roster as it is")
    return Audit(
        organisation=organisation.name,
        start_date=organisation.calendar.start_date,
        weeks=organisation.calendar.weeks,
        cover=duty_audits(problem, best),
        unavoidable=unavoidable_of(problem, best),
        trainees=_trainees(problem, kept, free),
        trainers=_trainers(organisation, kept, free),
        competences=competence_audits(problem),
        broken=broken_rules(problem),
        with_roster_kept=_figures(kept),
        with_plan=_with_absence(organisation, free, _figures(free)),
    )


def _names_duties(organisation: Organisation) -> bool:
    return any(entry.meaning is Meaning.DUTY for entry in organisation.roster)


def _as_rostered(organisation: Organisation) -> Organisation:
    """The same facts, with every rostered duty left with its person."""
    return organisation.with_facts(cover=CoverMode.AS_ROSTERED)


def _figures(plan: Plan | None) -> AuditPlan | None:
    if plan is None:
        return None
    proved = all(
        goal.status is GoalStatus.PROVED_BEST for goal in plan.goals if goal.name in PLACING
    )
    return AuditPlan(
        required=plan.summary.required,
        placed=plan.summary.placed,
        share_placed=plan.summary.share_placed,
        protected_trainer_hours=plan.summary.protected_trainer_hours,
        protected_trainee_hours=plan.summary.protected_trainee_hours,
        is_proved=proved,
    )


def _with_absence(
    organisation: Organisation, plan: Plan | None, figures: AuditPlan | None
) -> AuditPlan | None:
    """What absence at the policy's rate would do to the plan, without and with standbys."""
    rate = organisation.policy.limit("absence_rate")
    if plan is None or figures is None or not rate:
        return figures
    standbys = name_standbys(organisation, plan)
    if checker.check(organisation, plan) or check_standbys(organisation, plan, standbys):
        raise RuntimeError("the independent checker refused the plan that the audit compares with")
    return figures.model_copy(
        update={
            "survival": survival_of(plan, float(rate), standbys=standbys),
            "sessions_wanting_standby": standbys.wanted,
            "sessions_with_standby": standbys.named,
        }
    )


def _trainees(problem: Problem, kept: Plan | None, free: Plan | None) -> tuple[TraineeAudit, ...]:
    required: Counter[str] = Counter()
    for demand in problem.demands:
        required[demand.requirement.trainee_id] += demand.required
    kept_sessions, kept_hours = _received(problem.organisation, kept)
    free_sessions, free_hours = _received(problem.organisation, free)
    return tuple(
        TraineeAudit(
            trainee_id=trainee.trainee_id,
            required=required[trainee.trainee_id],
            with_roster_kept=None if kept is None else kept_sessions[trainee.trainee_id],
            with_plan=None if free is None else free_sessions[trainee.trainee_id],
            hours_with_roster_kept=None if kept is None else kept_hours[trainee.trainee_id],
            hours_with_plan=None if free is None else free_hours[trainee.trainee_id],
        )
        for trainee in problem.organisation.trainees
    )


def _received(
    organisation: Organisation, plan: Plan | None
) -> tuple[Counter[str], dict[str, float]]:
    sessions: Counter[str] = Counter()
    hours: dict[str, float] = defaultdict(float)
    for session in plan.sessions if plan is not None else ():
        sessions.update(session.trainees)
        for trainee in session.trainees:
            hours[trainee] += _hours(organisation, session)
    return sessions, hours


def _trainers(
    organisation: Organisation, kept: Plan | None, free: Plan | None
) -> tuple[TrainerAudit, ...]:
    length = {
        period.name: period.minutes / MINUTES_IN_HOUR for period in organisation.calendar.periods
    }
    by_hand: dict[str, float] = defaultdict(float)
    for entry in organisation.roster:
        if entry.meaning is Meaning.TRAINING:
            by_hand[entry.person_id] += length[entry.period]
    kept_hours, free_hours = _given(organisation, kept), _given(organisation, free)
    return tuple(
        TrainerAudit(
            staff_id=person.staff_id,
            hours_in_roster=round(by_hand[person.staff_id], 2),
            hours_with_roster_kept=None if kept is None else kept_hours[person.staff_id],
            hours_with_plan=None if free is None else free_hours[person.staff_id],
        )
        for person in organisation.staff
        if person.trains
    )


def _given(organisation: Organisation, plan: Plan | None) -> dict[str, float]:
    hours: dict[str, float] = defaultdict(float)
    for session in plan.sessions if plan is not None else ():
        for entry in session.staff:
            hours[entry.staff_id] += _hours(organisation, session)
    return hours


def _hours(organisation: Organisation, session: Session) -> float:
    first = organisation.calendar.position(session.period)
    periods = organisation.calendar.periods[first : first + session.length]
    return sum(period.minutes for period in periods) / MINUTES_IN_HOUR
