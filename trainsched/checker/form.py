"""What belongs to no rule: whose plan it is, what it names, and how it is written down."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from trainsched.checker.view import Placed, View
from trainsched.domain.calendar import clock
from trainsched.domain.findings import Finding
from trainsched.domain.plan import PLAN_FORMAT, Plan, Session, written_periods


def check_belongs(view: View) -> Iterator[Finding]:
    """A plan with another format, start, length or day cannot be judged by this workbook."""
    plan, calendar = view.plan, view.calendar
    if plan.format != PLAN_FORMAT:
        yield Finding(detail=f"The plan's format is {plan.format}, not {PLAN_FORMAT}.")
    if plan.start_date != calendar.start_date:
        yield Finding(
            detail=f"The plan starts on {plan.start_date.isoformat()}, "
            f"the workbook on {calendar.start_date.isoformat()}."
        )
    if plan.weeks != calendar.weeks:
        yield Finding(detail=f"The plan has {plan.weeks} weeks, the workbook {calendar.weeks}.")
    if plan.periods != written_periods(calendar):
        yield Finding(detail="The plan's periods are not those of the workbook.")


def check_names(view: View) -> Iterator[Finding]:
    """Everything that the plan names exists, and sessions are as long as their activity."""
    for session in view.plan.sessions:
        for words in _unknown_in_session(view, session):
            yield Finding(
                detail=f"Session {session.id}: {words}.", session_id=session.id, date=session.date
            )
    for entry in view.plan.cover:
        duty = (entry.department, entry.duty)
        if not view.duty_book.is_known(duty):
            yield Finding(detail=f"Cover names duty {entry.duty} of {entry.department}: unknown.")
        elif not view.is_slot(entry.date, entry.period):
            yield Finding(
                detail=f"Cover of {entry.duty} is at {entry.date.isoformat()} {entry.period}, "
                "which is not in the plan.",
                date=entry.date,
            )
        if view.attendance.person(entry.staff_id) is None:
            yield Finding(
                detail=f"Cover of {entry.duty} names {entry.staff_id}: unknown.",
                person_id=entry.staff_id,
                date=entry.date,
            )
    for item in view.plan.shortfalls:
        known = view.duty_book.is_known((item.department, item.duty))
        if not known or not view.is_slot(item.date, item.period):
            yield Finding(
                detail=f"A shortfall names {item.duty} of {item.department} at "
                f"{item.date.isoformat()} {item.period}: unknown duty or slot."
            )
    for missing in view.plan.unplaced:
        known = missing.trainee_id in view.organisation.trainee_by_id
        if not known or missing.activity not in view.organisation.activity_by_code:
            yield Finding(
                detail=f"The unplaced list names {missing.activity} for {missing.trainee_id}: "
                "unknown."
            )


def _unknown_in_session(view: View, session: Session) -> Iterator[str]:
    organisation = view.organisation
    if session.activity not in organisation.activity_by_code:
        yield f"activity {session.activity} is unknown"
    elif session.length != organisation.activity_by_code[session.activity].length:
        wanted = organisation.activity_by_code[session.activity].length
        yield f"it takes {session.length} periods, but {session.activity} takes {wanted}"
    elif view.is_slot(session.date, session.period):
        last = view.calendar.position(session.period) + session.length
        if last > len(view.calendar.periods):
            yield "it runs over the end of the day"
    if session.department not in organisation.department_by_code:
        yield f"department {session.department} is unknown"
    if not view.is_slot(session.date, session.period):
        yield f"{session.date.isoformat()} {session.period} is not in the plan"
    for entry in session.staff:
        if entry.staff_id not in organisation.staff_by_id:
            yield f"{entry.staff_id} is no member of staff"
    for trainee in session.trainees:
        if trainee not in organisation.trainee_by_id:
            yield f"{trainee} is no trainee"


def check_fields(view: View) -> Iterator[Finding]:
    """What sessions say of themselves is true: kind, site, start, end, order of people."""
    for item in view.placed:
        session = item.session
        first, last = item.positions[0], item.positions[-1]
        people = sorted(
            session.staff, key=lambda entry: (_role_order(item, entry.role), entry.staff_id)
        )
        wanted_and_stated: dict[str, tuple[object, object]] = {
            "kind": (item.activity.kind.value, session.kind.value),
            "site": (view.duty_book.site(session.department), session.site),
            "start": (clock(view.calendar.periods[first].start), session.start),
            "end": (clock(view.calendar.periods[last].end), session.end),
            "staff": (tuple(people), session.staff),
            "trainees": (tuple(sorted(session.trainees)), session.trainees),
            "equipment": (tuple(sorted(session.equipment)), session.equipment),
        }
        for name, (wanted, stated) in wanted_and_stated.items():
            if wanted != stated:
                yield Finding(
                    detail=f"Session {session.id}: {name} is {_shown(stated)}, "
                    f"but should be {_shown(wanted)}.",
                    session_id=session.id,
                    date=session.date,
                )


def _role_order(item: Placed, role: str) -> int:
    names = [known.name for known in item.activity.roles]
    return names.index(role) if role in names else len(names)


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(getattr(part, "staff_id", str(part)) for part in value) or "empty"
    return str(value)


def check_order(view: View) -> Iterator[Finding]:
    """Lists are sorted, nothing is stated twice, and sessions are numbered in their order."""
    plan = view.plan
    ids = [session.id for session in plan.sessions]
    if ids != [f"s{number:05d}" for number in range(1, len(ids) + 1)]:
        yield Finding(detail="Sessions are not numbered s00001, s00002, ... in their order.")
    for name, keys in _sorting_keys(view, plan).items():
        # Two sessions may agree in everything but their staff, other entries may not.
        in_order = all(a <= b if name == "sessions" else a < b for a, b in pairwise(keys))
        if not in_order:
            yield Finding(detail=f"The plan's {name} are not sorted, or state something twice.")
    if any(item.missing <= 0 for item in plan.shortfalls):
        yield Finding(detail="A shortfall states that nothing is missing.")


def _sorting_keys(view: View, plan: Plan) -> dict[str, Sequence[tuple[object, ...]]]:
    at = {name: number for number, name in enumerate(view.calendar.period_names)}
    return {
        "sessions": [
            (s.date, at[s.period], s.department, s.activity, s.trainees) for s in plan.sessions
        ],
        "cover": [(c.department, c.duty, c.date, at[c.period], c.staff_id) for c in plan.cover],
        "shortfalls": [(s.department, s.duty, s.date, at[s.period]) for s in plan.shortfalls],
        "unplaced": [(u.trainee_id, u.activity) for u in plan.unplaced],
        "warnings": [(warning,) for warning in plan.warnings],
    }
