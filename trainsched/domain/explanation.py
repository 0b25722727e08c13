"""Why a session is not in a plan, and what would put it there; written as explain gives it."""

import datetime as dt
import json
from enum import StrEnum

from trainsched.domain.duties import Priority
from trainsched.domain.facts import Facts
from trainsched.domain.rules import RuleId

EXPLANATION_FORMAT = "trainsched-explain/1"


class Standing(StrEnum):
    """How far an explanation is proved."""

    PROVED_MINIMAL = "proved minimal"
    """The facts rule the session out; without any one of them it could be given."""
    REDUCED = "reduced, not proved minimal"
    """The facts rule the session out; perhaps fewer of them would."""
    CAN_BE_PLACED = "can be placed"
    """Nothing rules it out: a longer search would place it."""
    NOT_SETTLED = "not settled"


class Others(StrEnum):
    """What the other sessions may do while one more is looked for."""

    MAY_MOVE = "others may move"
    """Each requirement of the same or a higher priority keeps its number of sessions."""
    STAND = "given all other sessions as planned"


class SlotName(Facts):
    """A date and a period."""

    date: dt.date
    period: str


class Fact(Facts):
    """One fact that stands in the way, in one sentence. ``slots`` are the times it is about.

    ``subject`` is the id of what it is about: a person, a duty, an item, an activity.
    """

    rule: RuleId
    kind: str
    subject: str
    department: str | None = None
    detail: str
    slots: tuple[SlotName, ...] = ()


class UnlockKind(StrEnum):
    """What would help. Each kind changes one fact."""

    SLOT_FREED = "slot freed"
    HIGHER_LIMIT = "higher limit"
    ONE_MORE_HOLDER = "one more holder"
    ONE_MORE_UNIT = "one more unit"
    LATER_DEADLINE = "later deadline"
    EARLIER_START = "earlier start"
    LARGER_GROUP = "larger group"
    EXTRA_POST = "extra post"


class Unlock(Facts):
    """A change of one fact that places the session, confirmed by solving again.

    ``pounds`` is what it costs (``per_year``: every year, else once); None where nothing that is
    declared prices it. ``moved`` is the number of other sessions that move in the plan found.
    """

    kind: UnlockKind
    subject: str
    detail: str
    pounds: int | None = None
    per_year: bool = False
    price_basis: str = ""
    moved: int = 0
    date: dt.date | None = None
    period: str | None = None
    wte: float | None = None


class Hindrance(Facts):
    """Why somebody cannot take the session now, under the name of the rule."""

    rule: RuleId
    detail: str


class Candidate(Facts):
    """Somebody who could take a role of the session, and what keeps them from it."""

    staff_id: str
    role: str
    is_qualified: bool
    nearest: int
    """Of the times at which the trainee could come, those at which only cover is in the way."""
    hindrances: tuple[Hindrance, ...]


class ItemExplanation(Facts):
    """One requirement of which sessions are missing."""

    trainee_id: str
    activity: str
    priority: Priority
    required: int
    placed: int
    status: Standing
    others: Others
    starts: int
    """Times at which the trainee could begin such a session, going by the facts alone."""
    facts: tuple[Fact, ...] = ()
    background: str = ""
    unlocks: tuple[Unlock, ...] = ()
    unlocks_note: str = ""
    could_take: tuple[Candidate, ...] = ()


class Cause(Facts):
    """A fact that has a part in several explanations."""

    rule: RuleId
    subject: str
    department: str | None = None
    detail: str
    missing: int
    items: int
    weeks: tuple[int, ...] = ()


class Explanation(Facts):
    """Why not, and what would: for one requirement, or for all that a plan leaves out."""

    format: str = EXPLANATION_FORMAT
    organisation: str
    start_date: dt.date
    weeks: int
    items: tuple[ItemExplanation, ...]
    causes: tuple[Cause, ...] = ()
    not_explained: tuple[tuple[str, str], ...] = ()
    """Trainee and activity of what there was no time for; the plan's own reasons stand."""

    def to_json(self) -> str:
        """One JSON document: keys in a fixed order, lists sorted, two spaces, a last line."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"
