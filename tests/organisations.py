"""Tiny organisations in Python, so that a test says only what matters to it.

Everything has a permissive default: people work every day in every period, policy limits are off,
and there are no wishes. A test tightens what it is about.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from trainsched.domain.calendar import Period, PlanCalendar, WorkingPattern
from trainsched.domain.curriculum import Activity, Kind, Role, Timing, TrainingPlanRow
from trainsched.domain.departments import Department
from trainsched.domain.duties import Duty, Priority
from trainsched.domain.organisation import Organisation
from trainsched.domain.people import Staff, Trainee
from trainsched.domain.policy import NO_LIMIT, DeclaredValue, Policy
from trainsched.domain.roster import Meaning, RosterEntry

MONDAY = date(2027, 3, 1)
TUESDAY = MONDAY + timedelta(days=1)
WEDNESDAY = MONDAY + timedelta(days=2)
NEXT_MONDAY = MONDAY + timedelta(days=7)

AM = Period(name="AM", start=8 * 60 + 30, end=12 * 60 + 30)
PM = Period(name="PM", start=13 * 60, end=17 * 60)

PERMISSIVE_POLICY: dict[str, float | int | str] = {
    "max_training_per_week": NO_LIMIT,
    "max_training_per_day": NO_LIMIT,
    "max_taught_periods_per_day": NO_LIMIT,
    "rest_after_on_call_periods": 0,
    "default_travel_minutes": 0,
    "min_notice_days": 42,
    "absence_rate": 0.05,
    "min_block_periods": 1,
    "wish_extra_trainer": 0,
    "even_load_sessions_per_week": NO_LIMIT,
    "wish_uneven_load": 0,
    "wish_uneven_spread": 0,
}


def policy(**values: float | str) -> Policy:
    """The permissive policy with some values of one's own."""
    return Policy(
        name="test",
        values=tuple(
            DeclaredValue(name=name, value=value, unit="", source="a test", status="assumption")
            for name, value in {**PERMISSIVE_POLICY, **values}.items()
        ),
    )


def calendar(
    *,
    days: tuple[int, ...] = (0,),
    weeks: int = 1,
    periods: tuple[Period, ...] = (AM,),
    start: date = MONDAY,
    bank_holidays: tuple[date, ...] = (),
) -> PlanCalendar:
    """One Monday morning, unless more is asked for."""
    return PlanCalendar(
        start_date=start,
        weeks=weeks,
        periods=periods,
        working_days=days,
        bank_holidays=bank_holidays,
    )


def pattern(
    days: Iterable[int] = range(7), periods: Iterable[str] = ("AM", "PM")
) -> WorkingPattern:
    """The same week again and again: these weekdays, these periods."""
    wanted = tuple(periods)
    return WorkingPattern(weeks=(tuple((day, name) for day in days for name in wanted),))


def department(code: str = "D", *, site: str | None = None) -> Department:
    """A department at a site of its own."""
    return Department(code=code, name=f"Department {code}", site=site or f"site {code}")


def staff(staff_id: str, departments: tuple[str, ...] = ("D",), **facts: object) -> Staff:
    """A member of staff who is always there."""
    given: dict[str, object] = {"name": f"Person {staff_id}", "pattern": pattern(), **facts}
    return Staff.model_validate({"staff_id": staff_id, "departments": departments, **given})


def trainee(trainee_id: str, home: str = "D", **facts: object) -> Trainee:
    """A trainee who is always there."""
    given: dict[str, object] = {
        "name": f"Trainee {trainee_id}",
        "programme": "STP",
        "pattern": pattern(),
        **facts,
    }
    return Trainee.model_validate({"trainee_id": trainee_id, "department": home, **given})


def activity(code: str, **facts: object) -> Activity:
    """An activity taught by any one trainer of the department, unless roles are given."""
    given: dict[str, object] = {"title": f"Activity {code}", "roles": (Role(name="trainer"),)}
    if facts.get("kind") is Kind.STUDY:
        given["roles"] = ()
    return Activity.model_validate({"code": code, **given, **facts})


def needs(
    trainee_id: str, activity_code: str, sessions: int = 1, **timing: object
) -> TrainingPlanRow:
    """A row of the training plan. ``per_week`` takes the place of ``sessions``."""
    amount: dict[str, object] = {} if "per_week" in timing else {"sessions": sessions}
    return TrainingPlanRow(
        trainee_id=trainee_id,
        activity=activity_code,
        timing=Timing.model_validate({**amount, **timing}),
    )


def duty(name: str, staff_needed: int = 1, home: str = "D", **facts: object) -> Duty:
    """A duty on every day and in every period."""
    return Duty.model_validate(
        {"department": home, "duty": name, "staff_needed": staff_needed, **facts}
    )


def entry(
    person_id: str,
    day: date,
    period: str,
    meaning: Meaning,
    duty_name: str | None = None,
    home: str = "D",
) -> RosterEntry:
    """One cell of the roster."""
    return RosterEntry(person_id, day, period, meaning, duty_name, home if duty_name else None)


def organisation(**facts: object) -> Organisation:
    """An organisation of one department, one Monday morning and the permissive policy."""
    given: dict[str, object] = {
        "name": "Test",
        "calendar": calendar(),
        "policy": policy(),
        "departments": (department(),),
        **facts,
    }
    return Organisation.model_validate(given)


__all__ = [
    "AM",
    "MONDAY",
    "NEXT_MONDAY",
    "PM",
    "TUESDAY",
    "WEDNESDAY",
    "Kind",
    "Meaning",
    "Priority",
    "Role",
    "activity",
    "calendar",
    "department",
    "duty",
    "entry",
    "needs",
    "organisation",
    "pattern",
    "policy",
    "staff",
    "trainee",
]
