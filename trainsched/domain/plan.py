"""A plan, exactly as it is written to plan.json: names and ids only, no index of any solver."""

import json
from datetime import date
from enum import StrEnum

from trainsched.domain.calendar import PlanCalendar, clock
from trainsched.domain.curriculum import Kind
from trainsched.domain.duties import Priority
from trainsched.domain.facts import Facts
from trainsched.domain.rules import GoalId, RuleId

PLAN_FORMAT = "trainsched-plan/1"


class PlanPeriod(Facts):
    """A period as written: times as ``HH:MM``."""

    name: str
    start: str
    end: str


class StaffRole(Facts):
    """One person in one role of a session."""

    role: str
    staff_id: str


class Session(Facts):
    """A protected training session. ``period`` is the first of ``length`` periods."""

    id: str
    activity: str
    kind: Kind
    department: str
    site: str
    date: date
    period: str
    length: int
    start: str
    end: str
    staff: tuple[StaffRole, ...]
    trainees: tuple[str, ...]
    equipment: tuple[str, ...]
    pinned: bool = False


class CoverEntry(Facts):
    """One person on one duty in one slot; ``rostered_staff_id`` had the place in the roster."""

    department: str
    duty: str
    date: date
    period: str
    staff_id: str
    rostered_staff_id: str | None = None


class Shortfall(Facts):
    """Places of a duty that nobody fills in a slot."""

    department: str
    duty: str
    date: date
    period: str
    missing: int


class Reason(Facts):
    """Why something was not placed, in one sentence, under the name of the rule."""

    rule: RuleId
    detail: str


class Unplaced(Facts):
    """A requirement of which sessions are missing."""

    trainee_id: str
    activity: str
    priority: Priority
    required: int
    placed: int
    reasons: tuple[Reason, ...]


class GoalStatus(StrEnum):
    """What is known of a goal's value. ``proved best`` only when the bound meets it."""

    PROVED_BEST = "proved best"
    BEST_FOUND = "best found"
    NOT_ATTEMPTED = "not attempted"


class GoalResult(Facts):
    """A goal's value (less is better), a proven lower bound, and the status."""

    name: GoalId
    value: int | float | None
    bound: int | float | None
    status: GoalStatus

    @property
    def gap(self) -> float | None:
        """Value less bound; None when not attempted."""
        if self.value is None or self.bound is None:
            return None
        return self.value - self.bound


class Summary(Facts):
    """The plan in six numbers. Sessions count once for each trainee; hours for each person."""

    required: int
    placed: int
    share_placed: float
    protected_trainer_hours: float
    protected_trainee_hours: float
    changed_duties: int


class Plan(Facts):
    """A whole plan. Lists are sorted as the contract says, so equal plans have equal bytes."""

    format: str = PLAN_FORMAT
    organisation: str
    start_date: date
    weeks: int
    periods: tuple[PlanPeriod, ...]
    sessions: tuple[Session, ...]
    cover: tuple[CoverEntry, ...]
    shortfalls: tuple[Shortfall, ...]
    unplaced: tuple[Unplaced, ...]
    goals: tuple[GoalResult, ...]
    summary: Summary
    warnings: tuple[str, ...] = ()

    def to_json(self) -> str:
        """The text of plan.json: UTF-8, keys in the contract's order, two spaces, a last line."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"


def written_periods(calendar: PlanCalendar) -> tuple[PlanPeriod, ...]:
    """The calendar's periods as a plan writes them."""
    return tuple(
        PlanPeriod(name=period.name, start=clock(period.start), end=clock(period.end))
        for period in calendar.periods
    )
