"""The figures of a report, worked out from a plan: what is covered, protected, missing, carried.

Nothing here prints. The terminal, the workbook's summary and the JSON form share these figures.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from trainsched.domain.curriculum import Kind
from trainsched.domain.duties import Priority
from trainsched.domain.plan import GoalResult, Plan, Session, Shortfall, Unplaced
from trainsched.domain.rules import RuleId
from trainsched.reports.background import Background

REPORT_FORMAT = "trainsched-report/1"


class UnknownNameError(LookupError):
    """A department or a person that the run knows nothing of. The message names those it has."""


@dataclass(frozen=True, slots=True)
class DutyFigures:
    """One duty of one department over the plan, in places: a place is one person in one slot."""

    department: str
    duty: str
    needed: int
    covered: int
    short: int
    changed: int


@dataclass(frozen=True, slots=True)
class PriorityFigures:
    """Trainee-sessions of one priority."""

    priority: Priority
    required: int
    placed: int


@dataclass(frozen=True, slots=True)
class TrainingFigures:
    """How much training is protected. Sessions count once for each trainee, hours each person."""

    sessions: int
    required: int
    placed: int
    by_priority: tuple[PriorityFigures, ...]
    trainer_hours: float
    trainee_hours: float


@dataclass(frozen=True, slots=True)
class UnplacedGroup:
    """What is not placed under one rule: ``missing`` trainee-sessions in ``items``."""

    rule: RuleId | None
    missing: int
    items: tuple[Unplaced, ...]


@dataclass(frozen=True, slots=True)
class LoadFigures:
    """What one trainer carries over the plan; ``limit`` None: none, or not known."""

    staff_id: str
    name: str
    wte: float | None
    sessions: int
    hours: float
    limit: int | None

    @property
    def share_of_limit(self) -> float | None:
        """Sessions as a share of the limit; None without a limit."""
        return None if not self.limit else self.sessions / self.limit


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a report, for the whole plan or one department."""

    department: str | None
    duties: tuple[DutyFigures, ...]
    shortfalls: tuple[Shortfall, ...]
    training: TrainingFigures
    unplaced: tuple[UnplacedGroup, ...]
    load: tuple[LoadFigures, ...]
    goals: tuple[GoalResult, ...]
    warnings: tuple[str, ...]

    @property
    def places_needed(self) -> int:
        """Duty places in all."""
        return sum(duty.needed for duty in self.duties)

    @property
    def places_short(self) -> int:
        """Duty places that nobody fills."""
        return sum(duty.short for duty in self.duties)

    @property
    def places_changed(self) -> int:
        """Duty places that pass from the person rostered to another."""
        return sum(duty.changed for duty in self.duties)


def figures_of(plan: Plan, background: Background, department: str | None = None) -> Figures:
    """Work out the figures, of one department if named. Raises UnknownNameError for a strange one.

    For a department: the sessions and duties held there, what its own trainees still lack, and
    the whole load of its staff.
    """
    if department is not None:
        department = known_department(plan, background, department)
    return Figures(
        department=department,
        duties=duty_figures(plan, department),
        shortfalls=tuple(s for s in plan.shortfalls if department in (None, s.department)),
        training=training_figures(plan, background, department),
        unplaced=unplaced_groups(plan, background, department),
        load=load_figures(plan, background, department),
        goals=plan.goals,
        warnings=plan.warnings,
    )


def known_department(plan: Plan, background: Background, asked: str) -> str:
    """The code that was meant, whatever its case. Raises UnknownNameError."""
    codes = set(background.departments) | {s.department for s in plan.sessions}
    codes |= {entry.department for entry in plan.cover}
    codes |= {gap.department for gap in plan.shortfalls}
    for code in sorted(codes):
        if asked.casefold() in (code.casefold(), background.departments.get(code, "").casefold()):
            return code
    have = ", ".join(sorted(codes)) or "none"
    raise UnknownNameError(f"There is no department {asked} in this run. It has: {have}.")


def duty_figures(plan: Plan, department: str | None) -> tuple[DutyFigures, ...]:
    """Places covered, short and changed, by department and duty."""
    covered: Counter[tuple[str, str]] = Counter()
    changed: Counter[tuple[str, str]] = Counter()
    short: Counter[tuple[str, str]] = Counter()
    for entry in plan.cover:
        key = (entry.department, entry.duty)
        covered[key] += 1
        changed[key] += entry.rostered_staff_id not in (None, entry.staff_id)
    for gap in plan.shortfalls:
        short[gap.department, gap.duty] += gap.missing
    return tuple(
        DutyFigures(*key, covered[key] + short[key], covered[key], short[key], changed[key])
        for key in sorted(covered.keys() | short.keys())
        if department in (None, key[0])
    )


def period_minutes(plan: Plan) -> tuple[int, ...]:
    """How long each period lasts, in the order of the day."""

    def minutes(clock: str) -> int:
        hours, rest = clock.split(":")
        return 60 * int(hours) + int(rest)

    return tuple(minutes(period.end) - minutes(period.start) for period in plan.periods)


def session_hours(plan: Plan, sessions: Iterable[Session]) -> dict[str, float]:
    """The hours of each session: the sum of its periods, by session id."""
    minutes = period_minutes(plan)
    positions = {period.name: place for place, period in enumerate(plan.periods)}
    return {
        s.id: sum(minutes[positions[s.period] : positions[s.period] + s.length]) / 60
        for s in sessions
    }


def training_figures(plan: Plan, background: Background, department: str | None) -> TrainingFigures:
    """How much training is protected."""
    sessions = [s for s in plan.sessions if department in (None, s.department)]
    hours = session_hours(plan, sessions)
    demand = [d for d in background.demand if department in (None, d.department)]
    by_priority = tuple(
        PriorityFigures(
            priority,
            sum(d.required for d in demand if d.priority is priority),
            sum(d.placed for d in demand if d.priority is priority),
        )
        for priority in Priority
        if any(d.priority is priority and d.required for d in demand)
    )
    if department is None:
        required, placed = plan.summary.required, plan.summary.placed
    else:
        required = sum(p.required for p in by_priority)
        placed = sum(p.placed for p in by_priority)
    return TrainingFigures(
        sessions=len(sessions),
        required=required,
        placed=placed,
        by_priority=by_priority,
        trainer_hours=sum(hours[s.id] * len(s.staff) for s in sessions),
        trainee_hours=sum(hours[s.id] * len(s.trainees) for s in sessions),
    )


def unplaced_groups(
    plan: Plan, background: Background, department: str | None
) -> tuple[UnplacedGroup, ...]:
    """What is not placed, by the rule of its first reason; the largest group first."""
    groups: defaultdict[RuleId | None, list[Unplaced]] = defaultdict(list)
    for item in plan.unplaced:
        trainee = background.trainees.get(item.trainee_id)
        if department is None or (trainee is not None and trainee.department == department):
            groups[item.reasons[0].rule if item.reasons else None].append(item)
    found = [
        UnplacedGroup(rule, sum(i.required - i.placed for i in items), tuple(items))
        for rule, items in groups.items()
    ]
    return tuple(sorted(found, key=lambda group: (-group.missing, group.rule or "")))


def load_figures(
    plan: Plan, background: Background, department: str | None
) -> tuple[LoadFigures, ...]:
    """What each trainer with a session carries; nearest to the limit first."""
    hours = session_hours(plan, plan.sessions)
    count: Counter[str] = Counter()
    time: defaultdict[str, float] = defaultdict(float)
    for session in plan.sessions:
        if session.kind is Kind.STUDY:
            continue
        for person in {role.staff_id for role in session.staff}:
            count[person] += 1
            time[person] += hours[session.id]
    rows = []
    for person in count:
        facts = background.staff.get(person)
        if department is None or (facts is not None and department in facts.departments):
            rows.append(
                LoadFigures(
                    staff_id=person,
                    name=background.name(person),
                    wte=None if facts is None else facts.wte,
                    sessions=count[person],
                    hours=time[person],
                    limit=None if facts is None else facts.most_sessions,
                )
            )
    return tuple(
        sorted(rows, key=lambda row: (-(row.share_of_limit or 0), -row.sessions, row.staff_id))
    )


def figures_document(
    plan: Plan, background: Background, department: str | None = None
) -> dict[str, Any]:
    """The figures as one JSON document."""
    figures = figures_of(plan, background, department)
    return {
        "format": REPORT_FORMAT,
        "organisation": plan.organisation,
        "start_date": plan.start_date.isoformat(),
        "weeks": plan.weeks,
        "department": figures.department,
        "cover": {
            "places_needed": figures.places_needed,
            "places_short": figures.places_short,
            "places_changed": figures.places_changed,
            "duties": [asdict(duty) for duty in figures.duties],
            "shortfalls": [gap.model_dump(mode="json") for gap in figures.shortfalls],
        },
        "training": asdict(figures.training),
        "unplaced": [
            {
                "rule": group.rule,
                "missing": group.missing,
                "items": [item.model_dump(mode="json") for item in group.items],
            }
            for group in figures.unplaced
        ],
        "load": [asdict(row) for row in figures.load],
        "goals": [goal.model_dump(mode="json") for goal in figures.goals],
        "warnings": list(figures.warnings),
    }


def dates_of(gaps: Iterable[Shortfall]) -> dict[tuple[str, str], list[tuple[date, str, int]]]:
    """Where places are short: by department and duty, each date, period and number missing."""
    found: defaultdict[tuple[str, str], list[tuple[date, str, int]]] = defaultdict(list)
    for gap in gaps:
        found[gap.department, gap.duty].append((gap.date, gap.period, gap.missing))
    return dict(found)
