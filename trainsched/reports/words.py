"""How dates, hours, shares and counts read in every report."""

from collections.abc import Sequence
from datetime import date, timedelta

from trainsched.domain.plan import GoalResult, GoalStatus
from trainsched.domain.rules import GOAL_WORDS, GoalId, RuleId

DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTH_NAMES = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)

WHY_WORDS: dict[RuleId, str] = {
    RuleId.ONE_PLACE_AT_A_TIME: "the people needed are taken already",
    RuleId.AT_WORK: "the people needed are not at work at the same time",
    RuleId.QUALIFIED: "nobody qualified could give them",
    RuleId.CLINICAL_COVER: "clinical duties need the people",
    RuleId.ROSTERED_DUTIES: "rostered duties stay with their people",
    RuleId.TRAINING_DEMAND: "no room was found for all of them",
    RuleId.GROUP_SIZE: "no group of the right size could be made",
    RuleId.EQUIPMENT: "the equipment is in use or not there",
    RuleId.ACTIVITY_ORDER: "what must come first is not complete",
    RuleId.SPACING: "sessions of one activity must keep their distance",
    RuleId.TIME_WINDOW: "their weeks or deadline leave no room",
    RuleId.TRAINER_LOAD: "the trainers are at their limit",
    RuleId.TRAINEE_LOAD: "the trainee's days are full",
    RuleId.TRAVEL: "there is no time to travel",
    RuleId.REST_AFTER_ON_CALL: "people rest after a night on call",
    RuleId.HOSTING: "the trainee is hosted elsewhere",
    RuleId.PINNED: "pinned sessions stand in the way",
    RuleId.PUBLISHED: "published sessions stand in the way",
}
"""Why sessions are missing, to follow "3 sessions: "."""


def day_words(day: date) -> str:
    """A date as ``Mon 5 Jan 2026``, whatever the language of the machine."""
    return f"{DAY_NAMES[day.weekday()]} {date_words(day)}"


def date_words(day: date) -> str:
    """A date as ``5 Jan 2026``."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def short_day_words(day: date) -> str:
    """A date without its year, as ``Mon 5 Jan``."""
    return f"{DAY_NAMES[day.weekday()]} {day.day} {MONTH_NAMES[day.month - 1]}"


def span_words(start_date: date, weeks: int) -> str:
    """The dates of a plan and its length."""
    last = start_date + timedelta(days=7 * weeks - 1)
    return f"{day_words(start_date)} to {day_words(last)} ({counted(weeks, 'week')})"


def counted(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun, as ``1 session`` or ``1,204 sessions``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def number_words(value: float) -> str:
    """A number without needless decimals, thousands set apart."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0").rstrip(".")


def share_words(share: float) -> str:
    """A fraction as per cent; never rounded up to 100 % or down to 0 % when it is not that."""
    per_cent = 100 * share
    if 0 < per_cent < 1:
        return "under 1 %"
    if 99 < per_cent < 100:
        return "over 99 %"
    return f"{per_cent:.0f} %"


def listed(items: Sequence[str]) -> str:
    """Items in a sentence: ``a, b and c``."""
    if len(items) <= 1:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def goal_words(name: GoalId) -> str:
    """What a goal counts, as a phrase that can begin a line."""
    words = GOAL_WORDS[name]
    return words[0].upper() + words[1:]


def goal_value_words(name: GoalId, value: float | None) -> str:
    """The value of a goal in its own unit."""
    if value is None:
        return "-"
    return share_words(value) if name is GoalId.WORST_OFF_TRAINEE else number_words(value)


def goal_status_words(goal: GoalResult) -> str:
    """What is known of a goal's value, in one plain phrase."""
    if goal.status is GoalStatus.NOT_ATTEMPTED:
        return "not attempted: time ran out before it"
    if goal.status is GoalStatus.PROVED_BEST:
        return "proved best: no plan does better"
    bound = goal_value_words(goal.name, goal.bound)
    return f"best found: no plan is below {bound}"
