"""Faults by case and rule, as the tests plant them."""

from collections.abc import Callable

from tests.checker.drafts import Draft
from trainsched.domain.plan import StaffRole
from trainsched.domain.rules import RuleId

Fault = Callable[[Draft], object]
FAULTS: list[tuple[str, RuleId, Fault]] = []


def fault(case: str, rule: RuleId) -> Callable[[Fault], Fault]:
    """Register a fault in a case, with the rule that it breaks."""

    def register(plant: Fault) -> Fault:
        FAULTS.append((case, rule, plant))
        return plant

    return register


def by(role: str, *people: str) -> tuple[StaffRole, ...]:
    return tuple(StaffRole(role=role, staff_id=person) for person in people)
