"""A small invented organisation and a plan for it, made by hand, for the tests of reports."""

from datetime import date

from trainsched.domain.calendar import Period, PlanCalendar, WorkingPattern
from trainsched.domain.curriculum import Activity, CurriculumRow, Kind, Role, Timing
from trainsched.domain.departments import Department
from trainsched.domain.duties import Duty, Priority
from trainsched.domain.organisation import Organisation
from trainsched.domain.people import Staff, Trainee
from trainsched.domain.plan import (
    CoverEntry,
    GoalResult,
    GoalStatus,
    Plan,
    Reason,
    Session,
    Shortfall,
    StaffRole,
    Summary,
    Unplaced,
    written_periods,
)
from trainsched.domain.policy import DeclaredValue, Policy
from trainsched.domain.rules import GoalId, RuleId

PERIODS = (Period(name="AM", start=510, end=750), Period(name="PM", start=780, end=1020))
CALENDAR = PlanCalendar(start_date=date(2026, 1, 5), weeks=2, periods=PERIODS, nation="none")
EVERY_DAY = WorkingPattern(weeks=(tuple((d, p) for d in range(5) for p in ("AM", "PM")),))
POLICY = Policy(
    name="default",
    values=(
        DeclaredValue(
            name="max_training_per_week",
            value=4,
            unit="sessions a week for 1.0 WTE",
            source="our own default",
            status="assumption",
        ),
        DeclaredValue(
            name="min_notice_days",
            value=42,
            unit="days",
            source="usual notice of a roster",
            status="assumption",
            set_in="Settings!B4",
        ),
    ),
)

ORGANISATION = Organisation(
    name="Riverside",
    calendar=CALENDAR,
    policy=POLICY,
    departments=(
        Department(code="NM", name="Nuclear Medicine", site="North"),
        Department(code="RT", name="Radiotherapy Physics", site="Main"),
    ),
    staff=(
        Staff(staff_id="S1", name="Ada Bell", departments=("RT",), pattern=EVERY_DAY),
        Staff(staff_id="S2", name="Ben Carr", departments=("RT",), wte=0.6, pattern=EVERY_DAY),
        Staff(staff_id="S3", name="Zoë Dunn", departments=("NM",), pattern=EVERY_DAY),
    ),
    trainees=(
        Trainee(
            trainee_id="T1", name="Eve Firth", department="RT", programme="STP", pattern=EVERY_DAY
        ),
        Trainee(
            trainee_id="T2", name="Finn Gray", department="RT", programme="STP", pattern=EVERY_DAY
        ),
        Trainee(
            trainee_id="T3",
            name="=HYPERLINK(1)",
            department="NM",
            programme="STP",
            pattern=EVERY_DAY,
        ),
    ),
    duties=(
        Duty(department="RT", duty="Linac QA", staff_needed=1, periods=("AM",)),
        Duty(department="NM", duty="Radiopharmacy", staff_needed=1, periods=("AM",)),
    ),
    activities=(
        Activity(code="QA", title="Linac quality assurance", roles=(Role(name="trainer"),)),
        Activity(code="READ", title="Reading", kind=Kind.STUDY),
    ),
    curriculum=(
        CurriculumRow(programme="STP", activity="QA", timing=Timing(sessions=2)),
        CurriculumRow(
            programme="STP",
            activity="READ",
            timing=Timing(sessions=1, priority=Priority.COULD),
        ),
    ),
)


def session(
    number: int, activity: str, day: date, period: str, staff: str, *trainees: str
) -> Session:
    """A one-period session; ``staff`` "" for study."""
    start, end = ("08:30", "12:30") if period == "AM" else ("13:00", "17:00")
    return Session(
        id=f"s{number:05d}",
        activity=activity,
        kind=Kind.TAUGHT if staff else Kind.STUDY,
        department="RT",
        site="Main",
        date=day,
        period=period,
        length=1,
        start=start,
        end=end,
        staff=(StaffRole(role="trainer", staff_id=staff),) if staff else (),
        trainees=trainees,
        equipment=("linac1",) if staff else (),
    )


MONDAY, TUESDAY, NEXT_MONDAY = date(2026, 1, 5), date(2026, 1, 6), date(2026, 1, 12)

PLAN = Plan(
    organisation="Riverside",
    start_date=MONDAY,
    weeks=2,
    periods=written_periods(CALENDAR),
    sessions=(
        session(1, "QA", MONDAY, "PM", "S1", "T1", "T2"),
        session(2, "READ", TUESDAY, "AM", "", "T1"),
        session(3, "QA", NEXT_MONDAY, "PM", "S2", "T1", "T2"),
        session(4, "READ", NEXT_MONDAY, "AM", "", "T2"),
    ),
    cover=(
        CoverEntry(
            department="RT",
            duty="Linac QA",
            date=MONDAY,
            period="AM",
            staff_id="S2",
            rostered_staff_id="S1",
        ),
        CoverEntry(
            department="RT",
            duty="Linac QA",
            date=TUESDAY,
            period="AM",
            staff_id="S1",
            rostered_staff_id="S1",
        ),
        CoverEntry(department="NM", duty="Radiopharmacy", date=MONDAY, period="AM", staff_id="S3"),
    ),
    shortfalls=(
        Shortfall(department="NM", duty="Radiopharmacy", date=TUESDAY, period="AM", missing=2),
    ),
    unplaced=(
        Unplaced(
            trainee_id="T3",
            activity="QA",
            priority=Priority.MUST,
            required=2,
            placed=0,
            reasons=(
                Reason(rule=RuleId.QUALIFIED, detail="Nobody in NM holds linac_qc and trains."),
                Reason(rule=RuleId.EQUIPMENT, detail="linac1 is in use."),
            ),
        ),
        Unplaced(
            trainee_id="T3",
            activity="READ",
            priority=Priority.COULD,
            required=1,
            placed=0,
            reasons=(Reason(rule=RuleId.AT_WORK, detail="T3 is away on every day."),),
        ),
    ),
    goals=(
        GoalResult(name=GoalId.UNPLACED_MUST, value=2, bound=2, status=GoalStatus.PROVED_BEST),
        GoalResult(name=GoalId.UNPLACED_SHOULD, value=0, bound=0, status=GoalStatus.PROVED_BEST),
        GoalResult(name=GoalId.UNPLACED_COULD, value=1, bound=1, status=GoalStatus.PROVED_BEST),
        GoalResult(
            name=GoalId.WORST_OFF_TRAINEE, value=1.0, bound=1.0, status=GoalStatus.PROVED_BEST
        ),
        GoalResult(name=GoalId.CHANGED_DUTIES, value=1, bound=0, status=GoalStatus.BEST_FOUND),
        GoalResult(name=GoalId.WISHES, value=None, bound=None, status=GoalStatus.NOT_ATTEMPTED),
    ),
    summary=Summary(
        required=9,
        placed=6,
        share_placed=0.666667,
        protected_trainer_hours=8.0,
        protected_trainee_hours=24.0,
        changed_duties=1,
    ),
    warnings=("NM is not accredited for STP.",),
)
