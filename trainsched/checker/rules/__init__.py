"""The hard rules as the checker judges them: one file a rule, listed once."""

from collections.abc import Callable, Iterator

from trainsched.checker.rules.activity_order import check_activity_order
from trainsched.checker.rules.at_work import check_at_work
from trainsched.checker.rules.clinical_cover import check_clinical_cover
from trainsched.checker.rules.equipment import check_equipment
from trainsched.checker.rules.group_size import check_group_size
from trainsched.checker.rules.hosting import check_hosting
from trainsched.checker.rules.one_place_at_a_time import check_one_place_at_a_time
from trainsched.checker.rules.pinned import check_pinned
from trainsched.checker.rules.published import check_published
from trainsched.checker.rules.qualified import check_qualified
from trainsched.checker.rules.rest_after_on_call import check_rest_after_on_call
from trainsched.checker.rules.rostered_duties import check_rostered_duties
from trainsched.checker.rules.spacing import check_spacing
from trainsched.checker.rules.time_window import check_time_window
from trainsched.checker.rules.trainee_load import check_trainee_load
from trainsched.checker.rules.trainer_load import check_trainer_load
from trainsched.checker.rules.training_demand import check_training_demand
from trainsched.checker.rules.travel import check_travel
from trainsched.checker.view import View
from trainsched.domain.findings import Finding
from trainsched.domain.rules import RuleId

Check = Callable[[View], Iterator[Finding]]

RULES: tuple[tuple[RuleId, Check], ...] = (
    (RuleId.ONE_PLACE_AT_A_TIME, check_one_place_at_a_time),
    (RuleId.AT_WORK, check_at_work),
    (RuleId.QUALIFIED, check_qualified),
    (RuleId.CLINICAL_COVER, check_clinical_cover),
    (RuleId.ROSTERED_DUTIES, check_rostered_duties),
    (RuleId.TRAINING_DEMAND, check_training_demand),
    (RuleId.GROUP_SIZE, check_group_size),
    (RuleId.EQUIPMENT, check_equipment),
    (RuleId.ACTIVITY_ORDER, check_activity_order),
    (RuleId.SPACING, check_spacing),
    (RuleId.TIME_WINDOW, check_time_window),
    (RuleId.TRAINER_LOAD, check_trainer_load),
    (RuleId.TRAINEE_LOAD, check_trainee_load),
    (RuleId.TRAVEL, check_travel),
    (RuleId.REST_AFTER_ON_CALL, check_rest_after_on_call),
    (RuleId.HOSTING, check_hosting),
    (RuleId.PINNED, check_pinned),
    (RuleId.PUBLISHED, check_published),
)
