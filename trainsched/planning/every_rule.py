"""The one list of the hard rules as constraints."""

from collections.abc import Callable

from trainsched.domain.rules import RuleId
from trainsched.planning.build import Build
from trainsched.planning.rules.activity_order import keep_activity_order
from trainsched.planning.rules.at_work import keep_at_work
from trainsched.planning.rules.clinical_cover import keep_clinical_cover
from trainsched.planning.rules.equipment import keep_equipment
from trainsched.planning.rules.group_size import keep_group_size
from trainsched.planning.rules.hosting import keep_hosting
from trainsched.planning.rules.one_place_at_a_time import keep_one_place_at_a_time
from trainsched.planning.rules.pinned import keep_pinned
from trainsched.planning.rules.published import keep_published
from trainsched.planning.rules.qualified import keep_qualified
from trainsched.planning.rules.rest_after_on_call import keep_rest_after_on_call
from trainsched.planning.rules.rostered_duties import keep_rostered_duties
from trainsched.planning.rules.spacing import keep_spacing
from trainsched.planning.rules.time_window import keep_time_window
from trainsched.planning.rules.trainee_load import keep_trainee_load
from trainsched.planning.rules.trainer_load import keep_trainer_load
from trainsched.planning.rules.training_demand import keep_training_demand
from trainsched.planning.rules.travel import keep_travel

EVERY_RULE: tuple[tuple[RuleId, Callable[[Build], None]], ...] = (
    (RuleId.ONE_PLACE_AT_A_TIME, keep_one_place_at_a_time),
    (RuleId.AT_WORK, keep_at_work),
    (RuleId.QUALIFIED, keep_qualified),
    (RuleId.CLINICAL_COVER, keep_clinical_cover),
    (RuleId.ROSTERED_DUTIES, keep_rostered_duties),
    (RuleId.TRAINING_DEMAND, keep_training_demand),
    (RuleId.GROUP_SIZE, keep_group_size),
    (RuleId.EQUIPMENT, keep_equipment),
    (RuleId.ACTIVITY_ORDER, keep_activity_order),
    (RuleId.SPACING, keep_spacing),
    (RuleId.TIME_WINDOW, keep_time_window),
    (RuleId.TRAINER_LOAD, keep_trainer_load),
    (RuleId.TRAINEE_LOAD, keep_trainee_load),
    (RuleId.TRAVEL, keep_travel),
    (RuleId.REST_AFTER_ON_CALL, keep_rest_after_on_call),
    (RuleId.HOSTING, keep_hosting),
    (RuleId.PINNED, keep_pinned),
    (RuleId.PUBLISHED, keep_published),
)
