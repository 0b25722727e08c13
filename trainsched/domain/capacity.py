"""Results of capacity and funding, exactly as they are written to capacity.json and fund.json."""

import json
from datetime import date

from trainsched.domain.facts import Facts
from trainsched.domain.plan import GoalStatus

CAPACITY_FORMAT = "trainsched-capacity/1"
FUND_FORMAT = "trainsched-fund/1"

STARTERS = "starters"
STEADY_STATE = "steady_state"
SUSTAINABLE = "_sustainable"
"""Ends the name of a view in which staff are absent at the stated rate."""


class Limit(Facts):
    """What keeps one more starter out, under the name of a rule."""

    rule: str
    detail: str


class HostingLimit(Facts):
    """``fits`` starters can be hosted (a year, in the steady state); ``impossible_from`` cannot.

    Between the two lies what could not be settled; None: nothing was proved impossible.
    """

    department: str
    programme: str
    view: str
    fits: int
    impossible_from: int | None
    limits: tuple[Limit, ...] = ()

    @property
    def is_proved(self) -> bool:
        """Whether the number is the exact limit."""
        return self.impossible_from is not None and self.impossible_from <= self.fits + 1


class TargetAnswer(Facts):
    """How many of the starters wanted are hosted in the answer. ``where`` "" means anywhere."""

    programme: str
    year: int
    where: str
    intake: int
    hosted: int


class Unlocks(Facts):
    """What the holder of a post does in the plan that proves the answer."""

    sessions: tuple[str, ...] = ()
    duties: tuple[tuple[str, str, date, str], ...] = ()


class PostAnswer(Facts):
    """Units of a post that are needed in a department. Cost in pounds a year, for all of them."""

    post: str
    department: str
    year: int
    units: int
    wte: float
    annual_cost: int
    unlocks: Unlocks


class HeiAnswer(Facts):
    """Places for the starters at one university. Cost in pounds a year, for all of them."""

    hei: str
    programme: str
    year: int
    needed: int
    available: int
    extra: int
    cost: int


class DepartmentChange(Facts):
    """A department before and after an answer, each as ``(before, after)``.

    Trainees and the must sessions that they need are those of their home department; staff count
    in whole-time equivalents in the first department that they are listed in. For reports alone:
    it is not in capacity.json.
    """

    department: str
    trainees: tuple[int, int]
    staff_wte: tuple[float, float]
    must_sessions: tuple[int, int]

    @property
    def is_any(self) -> bool:
        """Whether anything changes."""
        pairs = self.trainees, self.staff_wte, self.must_sessions
        return any(before != after for before, after in pairs)


class Money(Facts):
    """Pounds a year, with a proven lower bound. None where there is no answer at all."""

    value: int | None
    bound: int | None
    status: GoalStatus


NOT_ASKED = " (not asked: the search was over)"


class BindingLimit(Facts):
    """A limit that binds, and how many more starters one more unit of it would let in.

    Where the search was over before it was asked, the value is 0 and the detail says so.
    """

    limit: str
    detail: str
    value_of_one_more: int

    @property
    def was_asked(self) -> bool:
        """Whether the value is known at all."""
        return not self.detail.endswith(NOT_ASKED)


class Capacity(Facts):
    """What can be hosted, and what the targets would take."""

    format: str = CAPACITY_FORMAT
    hosting: tuple[HostingLimit, ...] = ()
    targets: tuple[TargetAnswer, ...] = ()
    posts: tuple[PostAnswer, ...] = ()
    hei_places: tuple[HeiAnswer, ...] = ()
    annual_cost: Money
    binding_limits: tuple[BindingLimit, ...] = ()

    def to_json(self) -> str:
        """The text of capacity.json."""
        return _text(self)


class MoneySplit(Facts):
    """Pounds a year by what they pay for."""

    salary_support: int
    trainer_posts: int
    backfill_posts: int
    hei_places: int


class StartersAt(Facts):
    """Starters of a programme in a department, at a university (None: none is needed)."""

    programme: str
    department: str
    hei: str | None = None
    count: int


class FundPoint(Facts):
    """What an amount of money buys. ``intake`` counts starters, ``weighted`` by programme weights.

    ``most`` is a proven upper bound on the weighted intake for that money. Costs in pounds.
    ``budget`` None: a point of the frontier, which costs what it costs.
    """

    budget: int | None
    intake: int
    weighted: float
    most: float
    status: GoalStatus
    annual_cost: int
    annual_cost_bound: int
    split: MoneySplit
    starters: tuple[StartersAt, ...]
    posts: tuple[PostAnswer, ...]
    hei_places: tuple[HeiAnswer, ...]
    cost_of_last_trainee: int | None = None
    cost_per_trainee: int | None = None
    cost_per_qualified: int | None = None
    cumulative_cost: tuple[int, ...] = ()
    """Pounds spent from the first year to each year, while these starters go through."""


class Funding(Facts):
    """What budgets buy, or the frontier of cost against intake."""

    format: str = FUND_FORMAT
    year: int
    is_frontier: bool
    points: tuple[FundPoint, ...]
    is_complete: bool = True
    """Whether every point was searched for to the end."""

    def to_json(self) -> str:
        """The text of fund.json."""
        return _text(self)


def _text(facts: Facts) -> str:
    return json.dumps(facts.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"
