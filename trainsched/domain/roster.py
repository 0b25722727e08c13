"""What the roster says, slot by slot. Reasons for absence are never kept."""

import unicodedata
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from trainsched.domain.facts import Facts


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


def code_key(text: str) -> str:
    """What is compared when codes are matched: letters and digits only, whatever their case."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in plain if character.isalnum())


class Code(Facts):
    """A roster code. ``meaning`` None: it has no safe default, and ``question`` is what to ask."""

    code: str
    aliases: tuple[str, ...] = ()
    meaning: Meaning | None = None
    question: str = ""
