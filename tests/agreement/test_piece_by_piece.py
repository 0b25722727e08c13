"""Plans made week by week and window by window: right, and never proved better than they are."""

import pytest

from tests.agreement.random_organisations import TINY, random_organisation
from trainsched.checker import check
from trainsched.domain.plan import GoalStatus
from trainsched.domain.problems import WorkbookError
from trainsched.planning import plan_training
from trainsched.planning.search import changing, placing_stage, sharing, windows

SEEDS = range(60)


@pytest.fixture
def small_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if every organisation were too large for one model."""
    for module in (placing_stage, sharing, changing):
        monkeypatch.setattr(module, "MOST_CHOICES_AS_A_WHOLE", 0)
    monkeypatch.setattr(windows, "CHOICES_IN_WEEKS", 10)
    monkeypatch.setattr(windows, "FEWEST_WEEKS", 1)


def judge(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Compare with the same organisation planned as a whole."""
    organisation = random_organisation(seed, TINY)
    try:
        pieces = plan_training(organisation, workers=1).plan
    except WorkbookError:
        return
    assert check(organisation, pieces) == []
    monkeypatch.undo()
    whole = plan_training(organisation, workers=1).plan
    for ours, best in zip(pieces.goals, whole.goals, strict=True):
        if best.status is not GoalStatus.PROVED_BEST or ours.value is None:
            return
        assert ours.bound <= best.value, f"{ours.name} is said to be at least {ours.bound}"
        assert ours.value >= best.value, f"{ours.name} is better than the best"
        if ours.value != best.value:
            return


@pytest.mark.usefixtures("small_windows")
@pytest.mark.parametrize("seed", SEEDS)
def test_random_organisations(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    judge(seed, monkeypatch)


@pytest.mark.slow
@pytest.mark.usefixtures("small_windows")
@pytest.mark.parametrize("seed", range(60, 600))
def test_more_random_organisations(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    judge(seed, monkeypatch)
