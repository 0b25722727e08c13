"""Today's roster scored with the yardstick of a plan; nothing is changed. As audit gives it."""

import datetime as dt
import json

from trainsched.domain.facts import Facts
from trainsched.domain.findings import Finding
from trainsched.domain.standbys import Survival

AUDIT_FORMAT = "trainsched-audit/1"


class ShortSlot(Facts):
    """Places of a duty that nobody fills in a slot: by the roster, and at the very least."""

    date: dt.date
    period: str
    as_rostered: int
    at_best: int


class DutyAudit(Facts):
    """One duty over the plan, in places: a place is one person in one slot.

    ``rostered``: places that the roster fills with somebody qualified and at work.
    ``short_at_best``: places that stay empty in one of the best ways to cover the day without any
    training.
    """

    department: str
    duty: str
    priority: str
    needed: int
    rostered: int
    short_as_rostered: int
    short_at_best: int
    slots: tuple[ShortSlot, ...]


class TraineeAudit(Facts):
    """Sessions of one trainee: required, and what could be placed. None where not worked out."""

    trainee_id: str
    required: int
    with_roster_kept: int | None
    with_plan: int | None
    hours_with_roster_kept: float | None
    hours_with_plan: float | None


class TrainerAudit(Facts):
    """Protected hours of one member of staff: by hand in the roster, and what could be."""

    staff_id: str
    hours_in_roster: float
    hours_with_roster_kept: float | None
    hours_with_plan: float | None


class Alone(Facts):
    """Somebody who is the only holder of a competence at work, and when."""

    staff_id: str
    slots: int
    dates: tuple[dt.date, ...]


class CompetenceAudit(Facts):
    """A competence that duties or sessions ask for, and how few people carry it.

    Looked at are the periods in which a duty asks for it; where only sessions do, those in which
    the holders' departments have any duty. ``nobody`` are dates with such a period and no holder
    at work in it.
    """

    competence: str
    asked_by: tuple[str, ...]
    holders: tuple[str, ...]
    alone: tuple[Alone, ...]
    nobody: tuple[dt.date, ...]


class AuditPlan(Facts):
    """How much training a plan protects, and whether more is ruled out."""

    required: int
    placed: int
    share_placed: float
    protected_trainer_hours: float
    protected_trainee_hours: float
    is_proved: bool
    survival: Survival | None = None
    """What share of its sessions goes ahead when people are away at random."""
    sessions_wanting_standby: int = 0
    sessions_with_standby: int = 0


class Audit(Facts):
    """The roster as it is, against what could be protected."""

    format: str = AUDIT_FORMAT
    organisation: str
    start_date: dt.date
    weeks: int
    cover: tuple[DutyAudit, ...]
    unavoidable: tuple[tuple[dt.date, str, int, int, int], ...]
    """Date, first department of the group, missing must, should and could places."""
    trainees: tuple[TraineeAudit, ...]
    trainers: tuple[TrainerAudit, ...]
    competences: tuple[CompetenceAudit, ...]
    broken: tuple[Finding, ...]
    with_roster_kept: AuditPlan | None = None
    with_plan: AuditPlan | None = None

    def to_json(self) -> str:
        """One JSON document: keys in a fixed order, lists sorted, two spaces, a last line."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"
