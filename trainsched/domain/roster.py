"""What the roster says, slot by slot. Reasons for absence are never kept."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Meaning(StrEnum):
    """What a code means for one person in one slot, the safest meaning first."""

    ABSENT = "absent"
    BUSY = "busy"
    ON_CALL = "on_call"
    TRAINING = "training"
    DUTY = "duty"
    WORK = "work"


class RosterEntry(NamedTuple):
    """One person, one slot, one meaning. ``duty`` and ``department`` are set for a duty.

    Dates are inside the plan, but may be days on which nobody works (a night on call on a Sunday
    matters on Monday). ``sheet`` and ``cell`` say where it was read, "" if nowhere.
    """

    person_id: str
    date: date
    period: str
    meaning: Meaning
    duty: str | None = None
    department: str | None = None
    sheet: str = ""
    cell: str = ""
