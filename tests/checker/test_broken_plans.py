"""However broken a plan is, the checker answers with findings and never fails itself."""

import random
from datetime import date
from typing import Any

import pytest

from tests.checker.organisations import CASES
from trainsched.checker import check
from trainsched.domain.findings import Finding
from trainsched.domain.plan import Plan

STRANGE: dict[type, tuple[object, ...]] = {
    str: ("", "ZZ", "AM", "A", "T1", "X", "LINAC", "s00001", "D", "\u00e9\n", "9" * 300),
    int: (-1, 0, 1, 2, 10**12, -(10**12)),
    float: (-1.0, 0.0, 2.5, float("inf"), float("nan")),
    bool: (True, False),
}
DATES = ("0001-01-01", "9999-12-31", "2027-03-01", "2027-03-06", "2027-03-11", "2026-01-01")


def mangle(dice: random.Random, content: Any) -> Any:
    """The same content with something changed, doubled, lost or moved somewhere inside."""
    if isinstance(content, dict):
        keys = [key for key in content if key != "format"]
        key = dice.choice(keys)
        return {**content, key: mangle(dice, content[key])}
    if isinstance(content, list):
        return mangle_list(dice, content)
    if isinstance(content, str) and len(content) == 10 and content[4:8:3] == "--":
        return dice.choice(DATES)
    return dice.choice(STRANGE.get(type(content), ("ZZ", None)))


def mangle_list(dice: random.Random, content: list[Any]) -> list[Any]:
    new = list(content)
    if not new:
        return new
    place = dice.randrange(len(new))
    match dice.choice(("inside", "inside", "inside", "lose", "double", "swap", "empty")):
        case "inside":
            new[place] = mangle(dice, new[place])
        case "lose":
            del new[place]
        case "double":
            new.append(new[place])
        case "swap":
            dice.shuffle(new)
        case "empty":
            new.clear()
    return new


def read(content: dict[str, Any]) -> Plan | None:
    """The plan, or None where even the type of a field is wrong: no Plan object can be that."""
    try:
        return Plan.model_validate(content)
    except ValueError:
        return None


@pytest.mark.parametrize("case", sorted(CASES))
def test_a_mangled_plan_is_judged_without_failing(case: str) -> None:
    dice = random.Random(case)
    draft = CASES[case]()
    judged, faulty = 0, 0
    while judged < 60:
        content = draft.plan().model_dump(mode="json")
        for _ in range(dice.choice((1, 2, 5, 20))):
            content = mangle(dice, content)
        plan = read(content)
        if plan is None:
            continue
        judged += 1
        findings = check(draft.facts, plan, published=dice.choice((None, plan, draft.published)))
        assert all(isinstance(finding, Finding) for finding in findings)
        assert findings == check(draft.facts, plan, published=None) or draft.published is not None
        faulty += bool(findings)
    assert faulty > judged / 2


@pytest.mark.parametrize("case", sorted(CASES))
def test_a_plan_of_one_workbook_can_be_held_against_any_other(case: str) -> None:
    facts = CASES[case]().facts
    for other in CASES.values():
        plan = other().plan()
        suited = plan.model_copy(
            update={
                "start_date": facts.calendar.start_date,
                "weeks": facts.calendar.weeks,
                "periods": CASES[case]().plan().periods,
            }
        )
        check(facts, suited, published=suited)


def test_dates_at_the_ends_of_time_are_judged() -> None:
    draft = CASES["pins"]()
    for day in (date.min, date.max):
        broken = draft.copy()
        for activity in ("TALK", "SHOP"):
            broken.change(activity, date=day)
        assert check(broken.facts, broken.plan(), published=broken.plan())
