"""With little time there still is a plan that the checker passes, and reasons for what it lacks."""

import pytest

from tests.agreement.random_organisations import TINY, random_organisation
from tests.organisations import activity, duty, needs, organisation, staff, trainee
from trainsched.checker import check
from trainsched.domain.organisation import Organisation
from trainsched.domain.problems import WorkbookError
from trainsched.planning import one_part, plan_training
from trainsched.planning.search import placing_stage
from trainsched.planning.search.rolling import _RollingAim

ORGANISATIONS = 30
MINUTE = 60.0


def organisations() -> list[Organisation]:
    return [random_organisation(seed, TINY) for seed in range(ORGANISATIONS)]


def test_where_there_is_no_time_for_a_dive_the_weeks_are_rolled_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(placing_stage, "CHOICES_DIVED_A_SECOND", 1e-9)
    weeks = 0
    accept = _RollingAim.accept

    def count(self: _RollingAim, *found: object) -> bool:
        nonlocal weeks
        weeks += 1
        return accept(self, *found)  # type: ignore[arg-type]

    monkeypatch.setattr(_RollingAim, "accept", count)
    for facts in organisations():
        try:
            limited = plan_training(facts, time_limit=MINUTE, workers=1).plan
        except WorkbookError:
            continue
        assert check(facts, limited) == []
    assert weeks > ORGANISATIONS / 2


def test_reasons_that_come_too_late_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    nobody_to_spare = organisation(
        staff=(staff("S1"), staff("S2")),
        trainees=(trainee("T1"),),
        activities=(activity("A"),),
        training_plan=(needs("T1", "A"),),
        duties=(duty("clinic", 2),),
    )
    for share, words in ((0.95, "cannot be spared"), (-1.0, "it was not looked into")):
        monkeypatch.setattr(one_part, "SHARE_FOR_THE_PLAN", share)
        plan = plan_training(nobody_to_spare, time_limit=MINUTE, workers=1).plan
        (item,) = plan.unplaced
        assert words in " ".join(reason.detail for reason in item.reasons)
        assert check(nobody_to_spare, plan) == []
