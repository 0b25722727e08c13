"""Parts that share nothing, planned apart and joined: twice the same organisation, side by side."""

from typing import Any

import pytest

from tests.agreement.random_organisations import TINY, random_organisation
from tests.organisations import (
    MONDAY,
    activity,
    department,
    duty,
    entry,
    needs,
    organisation,
    staff,
    trainee,
)
from trainsched.checker import check
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import GoalStatus, Plan
from trainsched.domain.problems import WorkbookError
from trainsched.domain.roster import Meaning, RosterEntry
from trainsched.domain.rules import GoalId
from trainsched.planning import plan_training, tiers
from trainsched.problem.independent import independent_parts

COPIES = ("A-", "B-")
LISTS = (
    "departments",
    "staff",
    "trainees",
    "rotations",
    "university",
    "duties",
    "activities",
    "curriculum",
    "training_plan",
    "equipment",
    "roster",
    "travel",
    "preferences",
    "pins",
)


def names_of(organisation: Organisation) -> set[str]:
    """Every id that facts refer to."""
    return {
        *(d.code for d in organisation.departments),
        *(d.site for d in organisation.departments),
        *(s.staff_id for s in organisation.staff),
        *(t.trainee_id for t in organisation.trainees),
        *(t.programme for t in organisation.trainees),
        *(a.code for a in organisation.activities),
        *(e.item for e in organisation.equipment),
    }


def renamed(fact: Any, names: set[str], prefix: str) -> Any:
    """The same fact about other people and places."""
    if isinstance(fact, str):
        return prefix + fact if fact in names else fact
    if isinstance(fact, RosterEntry):
        return RosterEntry(*(renamed(part, names, prefix) for part in fact))
    if isinstance(fact, tuple | list):
        return tuple(renamed(part, names, prefix) for part in fact)
    if hasattr(fact, "model_copy"):
        fields = type(fact).model_fields
        changed = {name: renamed(getattr(fact, name), names, prefix) for name in fields}
        return fact.model_copy(update=changed)
    return fact


def twice(organisation: Organisation) -> Organisation:
    """Two copies of an organisation that have nothing to do with each other."""
    names = names_of(organisation)
    facts: dict[str, tuple[object, ...]] = {}
    for name in LISTS:
        rows = [
            renamed(row, names, prefix) for prefix in COPIES for row in getattr(organisation, name)
        ]
        facts[name] = tuple(rows)
    facts["closures"] = tuple(
        renamed(row, names, prefix)
        for prefix in COPIES
        for row in organisation.closures
        if row.department is not None or prefix == COPIES[0]
    )
    return organisation.with_facts(**facts)


def planned(organisation: Organisation) -> Plan | None:
    """The plan; None where pins are refused."""
    try:
        return plan_training(organisation, workers=2).plan
    except WorkbookError:
        return None


def judge(seed: int) -> None:
    """Two copies come to twice the figures of one; the worst-off trainee is no worse."""
    organisation = random_organisation(seed, TINY)
    doubled = twice(organisation)
    parts = independent_parts(doubled)
    assert len(parts) > 1
    for name in LISTS:
        if name not in ("university", "activities", "curriculum", "equipment", "travel"):
            dealt = [fact for part in parts for fact in getattr(part, name)]
            assert sorted(map(repr, dealt)) == sorted(map(repr, getattr(doubled, name)))
    one, two = planned(organisation), planned(doubled)
    if one is None or two is None:
        assert one is two
        return
    assert check(doubled, two) == []
    for single, double in zip(one.goals, two.goals, strict=True):
        if single.status is not GoalStatus.PROVED_BEST:
            return
        factor = 1 if single.name is GoalId.WORST_OFF_TRAINEE else 2
        expected = (factor * single.value, factor * single.bound, single.status)
        assert (double.value, double.bound, double.status) == expected


def with_a_duty_to_change() -> Organisation:
    """In D nobody can give what T1 needs; in E a session takes S2 off a duty that S3 can do."""
    return organisation(
        departments=(department("D"), department("E")),
        staff=(staff("S1", trains=False), staff("S2", ("E",)), staff("S3", ("E",))),
        trainees=(trainee("T1"), trainee("T2", "E")),
        activities=(activity("A"), activity("B", staff=("S2",))),
        duties=(duty("clinic", home="E"),),
        training_plan=(needs("T1", "A"), needs("T2", "B")),
        roster=(entry("S2", MONDAY, "AM", Meaning.DUTY, "clinic", "E"),),
    )


def changes_of(plan: Plan) -> tuple[Any, Any, GoalStatus]:
    goal = next(goal for goal in plan.goals if goal.name is GoalId.CHANGED_DUTIES)
    return goal.value, goal.bound, goal.status


def test_parts_are_planned_again_for_the_share_of_all() -> None:
    plan = plan_training(with_a_duty_to_change(), workers=1).plan
    assert changes_of(plan) == (1, 1, GoalStatus.PROVED_BEST)


def test_without_time_to_plan_again_nothing_is_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tiers, "SHARE_TO_BEGIN_AGAIN", 2.0)
    plan = plan_training(with_a_duty_to_change(), workers=1, time_limit=60).plan
    assert changes_of(plan) == (1, 0, GoalStatus.BEST_FOUND)


@pytest.mark.parametrize("seed", range(40))
def test_two_copies_come_to_twice_as_much(seed: int) -> None:
    judge(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(40, 300))
def test_two_copies_come_to_twice_as_much_in_many_cases(seed: int) -> None:
    judge(seed)


def test_processes_find_the_same_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    organisation = twice(random_organisation(3, TINY))
    alone = planned(organisation)
    monkeypatch.setattr(tiers, "FEWEST_REQUIREMENTS_FOR_A_CREW", 0)
    assert alone is not None
    assert planned(organisation) == alone


def test_clashing_pins_are_said_by_every_process(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = next(
        organisation
        for organisation in (random_organisation(seed, TINY) for seed in range(200))
        if planned(organisation) is None
    )
    with pytest.raises(WorkbookError) as of_one:
        plan_training(refused, workers=2)
    monkeypatch.setattr(tiers, "FEWEST_REQUIREMENTS_FOR_A_CREW", 0)
    with pytest.raises(WorkbookError) as of_two:
        plan_training(twice(refused), workers=2)
    assert len(of_two.value.problems) == 2 * len(of_one.value.problems)
