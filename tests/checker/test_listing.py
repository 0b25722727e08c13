"""One rule, one file, one function; one goal, one file, one function."""

from importlib import import_module

import pytest

from trainsched.checker.goals import GOALS
from trainsched.checker.rules import RULES
from trainsched.domain.rules import GoalId, RuleId


def test_every_rule_and_goal_is_judged_once_in_order() -> None:
    assert [rule for rule, _ in RULES] == list(RuleId)
    assert [goal for goal, _ in GOALS] == list(GoalId)


@pytest.mark.parametrize("rule", list(RuleId))
def test_a_rule_lives_in_the_file_of_its_name(rule: RuleId) -> None:
    module = import_module(f"trainsched.checker.rules.{rule.value}")
    assert getattr(module, f"check_{rule.value}") is dict(RULES)[rule]


@pytest.mark.parametrize("goal", list(GoalId))
def test_a_goal_lives_in_the_file_of_its_name(goal: GoalId) -> None:
    module = import_module(f"trainsched.checker.goals.{goal.value}")
    assert getattr(module, f"value_of_{goal.value}") is dict(GOALS)[goal]
