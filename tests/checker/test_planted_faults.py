"""One fault planted in a good plan is found, under its own rule and under no other."""

import pytest

from tests.checker import faults_of_cover, faults_of_people, faults_of_training
from tests.checker.faults_of_people import trainer_is_absent
from tests.checker.faults_of_training import equipment_missing, unplaced_without_reason
from tests.checker.organisations import CASES
from tests.checker.planted import FAULTS, Fault
from trainsched.checker import check
from trainsched.domain.plan import Reason
from trainsched.domain.rules import RuleId

FILES_OF_FAULTS = (faults_of_people, faults_of_cover, faults_of_training)
"""Importing them registers their faults."""


@pytest.mark.parametrize(
    ("case", "rule", "plant"), FAULTS, ids=[plant.__name__ for _, _, plant in FAULTS]
)
def test_a_planted_fault_is_found_as_itself(case: str, rule: RuleId, plant: Fault) -> None:
    draft = CASES[case]()
    plant(draft)
    findings = check(draft.facts, draft.plan(), published=draft.published)
    assert {finding.rule for finding in findings} == {rule}, findings
    assert all(finding.goal is None for finding in findings)


def test_every_rule_has_a_planted_fault() -> None:
    assert {plant.__module__ for _, _, plant in FAULTS} == {f.__name__ for f in FILES_OF_FAULTS}
    assert {rule for _, rule, _ in FAULTS} == set(RuleId)


def test_all_faults_of_a_plan_are_found_at_once() -> None:
    draft = CASES["single_department"]()
    trainer_is_absent(draft)
    equipment_missing(draft)
    unplaced_without_reason(draft)
    rules = {finding.rule for finding in check(draft.facts, draft.plan())}
    assert rules == {RuleId.AT_WORK, RuleId.EQUIPMENT, RuleId.TRAINING_DEMAND}


def test_findings_come_in_the_order_of_the_rules() -> None:
    draft = CASES["single_department"]()
    unplaced_without_reason(draft)
    trainer_is_absent(draft)
    findings = check(draft.facts, draft.plan())
    assert [finding.rule for finding in findings] == [RuleId.AT_WORK, RuleId.TRAINING_DEMAND]
    assert findings == check(draft.facts, draft.plan())


def test_a_reason_may_name_any_rule() -> None:
    draft = CASES["single_department"]()
    other = (Reason(rule=RuleId.TRAVEL, detail="Too far."),)
    draft.unplaced[0] = draft.unplaced[0].model_copy(update={"reasons": other})
    assert check(draft.facts, draft.plan()) == []
