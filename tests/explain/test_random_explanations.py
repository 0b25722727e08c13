"""On tiny random organisations: what is said to be impossible is, and what is said to help does.

The judge of the facts is the oracle, which tries everything. The judge of what helps is a new
plan of the changed facts, and the checker.
"""

import pytest

from tests.agreement.brute_force import TooLargeError
from tests.agreement.random_organisations import random_organisation
from tests.explain.judging import can_have
from trainsched.checker import check
from trainsched.declared import load_costs
from trainsched.domain.explanation import Others, Standing
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan
from trainsched.domain.problems import WorkbookError
from trainsched.planning import plan_training
from trainsched.planning.explanation.attempts import Attempts
from trainsched.planning.explanation.budget import Budget
from trainsched.planning.explanation.conditions import Conditions
from trainsched.planning.explanation.core import Reducer
from trainsched.planning.explanation.near import settle
from trainsched.planning.explanation.question import Answer
from trainsched.planning.explanation.rest import Rest
from trainsched.planning.explanation.times import times_of
from trainsched.planning.explanation.unlocks import find_unlocks
from trainsched.problem.demands import PRIORITIES
from trainsched.problem.index import index

COSTS = load_costs()
PLENTY = 10_000.0


def planned(organisation: Organisation) -> Plan:
    return plan_training(organisation, seed=0, workers=1).plan


def rest_of(organisation: Organisation, plan: Plan) -> Rest:
    return Rest(organisation, plan, index(organisation))


def judge(seed: int) -> int:
    """Judge every explanation of one organisation; return how many facts were judged."""
    organisation = random_organisation(seed)
    try:
        plan = planned(organisation)
    except WorkbookError:
        return 0
    if any(r.timing.per_week is not None for r in organisation.requirements):
        return 0  # amounts by week cannot be put to the oracle as other amounts
    base = rest_of(organisation, plan)
    judged = 0
    for item in plan.unplaced:
        key = item.trainee_id, item.activity
        rest = base.counting(base.demand_of[key].priority)
        budget = Budget(PLENTY)
        settled = settle(organisation, rest, key, budget)
        assert settled.answer is Answer.IMPOSSIBLE, (seed, key)
        conditions = Conditions(rest, times_of(base.problem, key), key).listed(settled.working)
        core = Reducer(rest, settled, key, Others.MAY_MOVE, conditions, budget).reduce()
        assert core.standing is Standing.PROVED_MINIMAL
        required = {k: d.required for k, d in base.demand_of.items()}
        for taken in (None, *core.conditions):
            left = [c for c in core.conditions if c is not taken]
            changed = organisation
            for condition in conditions:
                if condition not in left:
                    changed = condition.without(changed)
            held = {k for c in left for k in c.keeps}
            least = {
                k: n for k, n in rest.least(settled.working, key).items() if k == key or k in held
            }
            try:
                assert can_have(changed, least, required) is (taken is not None), (
                    seed,
                    key,
                    taken and taken.fact.detail,
                )
                judged += 1
            except TooLargeError:
                continue
        judged += try_unlocks(organisation, plan, base, key, core)
    return judged


def try_unlocks(organisation: Organisation, plan: Plan, base: Rest, key, core) -> int:
    times = times_of(base.problem, key)
    everything = base.counting(len(PRIORITIES))
    found = find_unlocks(Attempts(everything, times, key, core, COSTS, Budget(PLENTY)))
    level = base.demand_of[key].priority
    before = tuple(goal.value for goal in plan.goals)[: level + 1]
    for unlock, changed in found:
        again = planned(changed)
        assert check(changed, again) == []
        after = tuple(goal.value for goal in again.goals)[: level + 1]
        assert after < before, (organisation.name, key, unlock.detail)
    return len(found)


@pytest.mark.parametrize("seed", range(40))
def test_facts_rule_it_out_and_unlocks_place_it(seed: int) -> None:
    judge(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(40, 300))
def test_facts_rule_it_out_and_unlocks_place_it_on_many(seed: int) -> None:
    judge(seed)


def test_enough_is_judged() -> None:
    """The tests above would pass if there were nothing to judge."""
    assert sum(judge(seed) for seed in range(12)) >= 15
