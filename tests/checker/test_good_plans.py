"""Plans by hand that break no rule: the checker finds nothing in them."""

import pytest

from tests.checker.organisations import CASES
from trainsched.checker import check


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_good_plan_has_no_findings(name: str) -> None:
    draft = CASES[name]()
    assert check(draft.facts, draft.plan(), published=draft.published) == []
