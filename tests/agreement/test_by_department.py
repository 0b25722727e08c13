"""What each department must go without, against an oracle that tries everything for it alone."""

import pytest

from tests.agreement.brute_force import Oracle, TooLargeError
from tests.agreement.random_organisations import random_organisation
from trainsched.domain.curriculum import Requirement, TrainingPlanRow
from trainsched.domain.duties import Priority
from trainsched.domain.organisation import Organisation
from trainsched.domain.problems import WorkbookError
from trainsched.domain.rules import GoalId
from trainsched.planning import plan_training
from trainsched.problem.demands import PRIORITIES

SEEDS = range(120)
MUSTS, SHOULDS = 0, 1


def least(organisation: Organisation, department: str, priority: int) -> int | None:
    """The fewest sessions of the priority that the department's trainees go without in any plan.

    For shoulds: in any plan that leaves out as few musts as can be. Others' needs come last.
    """

    def ranked(need: Requirement) -> TrainingPlanRow:
        is_own = organisation.trainee_by_id[need.trainee_id].department == department
        number = PRIORITIES.index(need.timing.priority)
        stays = number < priority or (is_own and number == priority)
        new = need.timing.priority if stays else Priority.COULD
        timing = need.timing.model_copy(update={"priority": new})
        return TrainingPlanRow(trainee_id=need.trainee_id, activity=need.activity, timing=timing)

    rows = {(row.trainee_id, row.activity): row for row in organisation.training_plan}
    rows |= {(need.trainee_id, need.activity): ranked(need) for need in organisation.requirements}
    facts = {name: getattr(organisation, name) for name in Organisation.model_fields}
    facts["training_plan"] = tuple(rows.values())
    best = Oracle(Organisation(**facts)).best()
    goal = (GoalId.UNPLACED_MUST, GoalId.UNPLACED_SHOULD)[priority]
    return None if best is None else int(best[goal])


def judge(seed: int) -> int:
    """Compare all departments of an organisation; return how many bounds above nothing there were.

    The relaxation may prove less than is true, never more.
    """
    organisation = random_organisation(seed)
    try:
        outcome = plan_training(organisation, workers=1)
    except WorkbookError:
        return 0
    missing = {(u.trainee_id, u.activity): u.required - u.placed for u in outcome.plan.unplaced}
    above = 0
    for (department, priority), bound in outcome.least_missing.items():
        value = sum(
            missing.get((need.trainee_id, need.activity), 0)
            for need in organisation.requirements
            if organisation.trainee_by_id[need.trainee_id].department == department
            and PRIORITIES.index(need.timing.priority) == priority
        )
        assert 0 <= bound <= value
        above += bound > 0
        if bound > 0 and priority in (MUSTS, SHOULDS):
            try:
                true = least(organisation, department, priority)
            except TooLargeError:
                continue
            assert true is not None
            assert bound <= true, f"{department} is said to lack {bound} in any plan, not {true}"
    return above


def test_no_department_is_said_to_lack_more_than_it_must() -> None:
    assert sum(judge(seed) for seed in SEEDS) > 20


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(120, 700))
def test_no_department_of_many_is_said_to_lack_more_than_it_must(seed: int) -> None:
    judge(seed)
