"""What the checker finds wrong with a plan."""

import datetime as dt

from trainsched.domain.facts import Facts
from trainsched.domain.rules import GoalId, RuleId


class Finding(Facts):
    """One breach of one rule (or a goal's figure that is not true), in one plain sentence.

    Exactly one of ``rule`` and ``goal`` is set, or neither where the plan is not of this workbook
    (another start date, an unknown person): then the plan cannot be judged at all there.
    """

    rule: RuleId | None = None
    goal: GoalId | None = None
    detail: str
    session_id: str | None = None
    person_id: str | None = None
    department: str | None = None
    date: dt.date | None = None
    period: str | None = None
