"""Starts by masks are those that the rules of time let pass one by one, with the same counts."""

from collections import Counter, defaultdict

import pytest

from tests.agreement.random_organisations import random_organisation
from trainsched.domain.rules import RuleId
from trainsched.problem.index import index
from trainsched.problem.starts import Starts, host_of, refusal_of_time, slots_of


@pytest.mark.parametrize("seed", range(60))
def test_all_starts_at_once_are_those_found_one_by_one(seed: int) -> None:
    problem = index(random_organisation(seed))
    starts = Starts(problem.setting)
    for demand in problem.demands:
        found: dict[int, int] = defaultdict(int)
        refused: Counter[RuleId] = Counter()
        for slot in range(len(problem.grid.days) * problem.grid.periods):
            rule = refusal_of_time(problem.setting, demand, slot)
            if rule is None:
                found[host_of(problem.setting, demand, slot)] |= 1 << slot
            else:
                refused[rule] += 1
        assert starts.of(demand) == (dict(found), refused)


def test_the_slots_of_a_mask_come_in_order_of_time() -> None:
    assert list(slots_of(0b101100)) == [2, 3, 5]
