"""The goals recomputed from the plan alone: one file a goal, listed once, in their order."""

from collections.abc import Callable

from trainsched.checker.goals.changed_duties import value_of_changed_duties
from trainsched.checker.goals.moved_sessions import value_of_moved_sessions
from trainsched.checker.goals.unplaced_could import value_of_unplaced_could
from trainsched.checker.goals.unplaced_must import value_of_unplaced_must
from trainsched.checker.goals.unplaced_should import value_of_unplaced_should
from trainsched.checker.goals.wishes import value_of_wishes
from trainsched.checker.goals.worst_off_trainee import value_of_worst_off_trainee
from trainsched.checker.view import View
from trainsched.domain.rules import GoalId

Value = Callable[[View], int | float]

GOALS: tuple[tuple[GoalId, Value], ...] = (
    (GoalId.UNPLACED_MUST, value_of_unplaced_must),
    (GoalId.MOVED_SESSIONS, value_of_moved_sessions),
    (GoalId.UNPLACED_SHOULD, value_of_unplaced_should),
    (GoalId.UNPLACED_COULD, value_of_unplaced_could),
    (GoalId.WORST_OFF_TRAINEE, value_of_worst_off_trainee),
    (GoalId.CHANGED_DUTIES, value_of_changed_duties),
    (GoalId.WISHES, value_of_wishes),
)
