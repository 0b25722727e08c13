"""The names of every hard rule and goal, used everywhere a rule is spoken of."""

from enum import StrEnum


class RuleId(StrEnum):
    """A hard rule of a plan. The value is the name of its files, headings, tests and words."""

    ONE_PLACE_AT_A_TIME = "one_place_at_a_time"
    AT_WORK = "at_work"
    QUALIFIED = "qualified"
    CLINICAL_COVER = "clinical_cover"
    ROSTERED_DUTIES = "rostered_duties"
    TRAINING_DEMAND = "training_demand"
    GROUP_SIZE = "group_size"
    EQUIPMENT = "equipment"
    ACTIVITY_ORDER = "activity_order"
    SPACING = "spacing"
    TIME_WINDOW = "time_window"
    TRAINER_LOAD = "trainer_load"
    TRAINEE_LOAD = "trainee_load"
    TRAVEL = "travel"
    REST_AFTER_ON_CALL = "rest_after_on_call"
    HOSTING = "hosting"
    PINNED = "pinned"
    PUBLISHED = "published"


class GoalId(StrEnum):
    """A goal of a plan, in the order in which goals are pursued: an earlier one always wins."""

    UNPLACED_MUST = "unplaced_must"
    MOVED_SESSIONS = "moved_sessions"
    """Only in a replan."""
    UNPLACED_SHOULD = "unplaced_should"
    UNPLACED_COULD = "unplaced_could"
    WORST_OFF_TRAINEE = "worst_off_trainee"
    CHANGED_DUTIES = "changed_duties"
    WISHES = "wishes"


FIRST_PLAN_GOALS: tuple[GoalId, ...] = tuple(
    goal for goal in GoalId if goal is not GoalId.MOVED_SESSIONS
)
"""The goals of a plan that follows no earlier one."""

REPLAN_GOALS: tuple[GoalId, ...] = tuple(GoalId)
"""The goals of a plan that follows an earlier one."""


RULE_WORDS: dict[RuleId, str] = {
    RuleId.ONE_PLACE_AT_A_TIME: "nobody is in two places at once",
    RuleId.AT_WORK: "people are used only when they are at work and free",
    RuleId.QUALIFIED: "every role is filled by somebody qualified, in the right department",
    RuleId.CLINICAL_COVER: "protected time never makes clinical cover worse",
    RuleId.ROSTERED_DUTIES: "rostered duties stay with their person, or the change is named",
    RuleId.TRAINING_DEMAND: "what each trainee needs is placed or reported, never more",
    RuleId.GROUP_SIZE: "groups are neither too small nor too large",
    RuleId.EQUIPMENT: "no more equipment is used than there is",
    RuleId.ACTIVITY_ORDER: "activities come after the ones they build on",
    RuleId.SPACING: "sessions of one activity keep their distance",
    RuleId.TIME_WINDOW: "sessions are inside their weeks and before their deadline",
    RuleId.TRAINER_LOAD: "no trainer gives more sessions than their limit",
    RuleId.TRAINEE_LOAD: "no trainee is taught more periods in a day than the policy allows",
    RuleId.TRAVEL: "there is time to travel between sites",
    RuleId.REST_AFTER_ON_CALL: "nobody trains first thing after a night on call",
    RuleId.HOSTING: "trainees train where they are hosted",
    RuleId.PINNED: "pinned sessions happen as pinned",
    RuleId.PUBLISHED: "published sessions stay as they were",
}

GOAL_WORDS: dict[GoalId, str] = {
    GoalId.UNPLACED_MUST: "must sessions not placed",
    GoalId.MOVED_SESSIONS: "sessions of the earlier plan moved, cancelled or restaffed",
    GoalId.UNPLACED_SHOULD: "should sessions not placed",
    GoalId.UNPLACED_COULD: "could sessions not placed",
    GoalId.WORST_OFF_TRAINEE: "largest share of required time left unplaced for one trainee",
    GoalId.CHANGED_DUTIES: "rostered duty-slots moved to another person",
    GoalId.WISHES: "points for wishes not met (continuity, even load, even spread, preferences)",
}
