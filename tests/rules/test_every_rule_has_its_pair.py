"""No rule is without its tests here."""

from pathlib import Path

from trainsched.domain.rules import RuleId


def test_every_rule_has_its_pair() -> None:
    here = Path(__file__).parent
    assert [rule for rule in RuleId if not (here / f"test_{rule}.py").exists()] == []
