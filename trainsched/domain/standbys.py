"""Who stands by for whom, and what share of a plan's sessions survives absence."""

import datetime as dt
import json

from trainsched.domain.facts import Facts

STANDBYS_FORMAT = "trainsched-standbys/1"


class Standby(Facts):
    """Who would fill the first role of a session if one of those in it were away.

    ``instead_of`` are those who have the role in the plan. ``staff_id`` is None where nobody can
    stand by.
    """

    session_id: str
    activity: str
    department: str
    date: dt.date
    period: str
    role: str
    instead_of: tuple[str, ...]
    staff_id: str | None = None


class Survival(Facts):
    """The mean share of sessions that go ahead over seeded draws of who is away on which day.

    ``absence_rate`` is the chance that somebody is away on a day. ``with_standbys`` is None where
    none were named.
    """

    absence_rate: float
    draws: int
    seed: int
    sessions: int
    without_standbys: float
    with_standbys: float | None = None


class Standbys(Facts):
    """The standbys of one plan. ``is_proved``: no choice gives more sessions a standby."""

    format: str = STANDBYS_FORMAT
    organisation: str
    plan_sha256: str = ""
    wanted: int
    """Sessions with a trainer that serve a requirement of priority must."""
    named: int
    is_proved: bool
    sessions: tuple[Standby, ...]
    survival: Survival | None = None

    def to_json(self) -> str:
        """One JSON document: keys in a fixed order, lists sorted, two spaces, a last line."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"
