"""Who fills which place, where a plan can be read in more than one way."""

from tests.checker.drafts import Draft
from tests.organisations import AM, MONDAY, PM, calendar, duty, organisation, staff
from trainsched.checker import check
from trainsched.checker.days import Day, Need
from trainsched.checker.explanation import empty_places, explain
from trainsched.domain.rules import RuleId

X = ("D", "X")


def never_too_far(_first: int, _from_site: str, _second: int, _to_site: str) -> bool:
    return False


def need(*positions: int, able: str, places: int = 1, level: int = 0) -> Need:
    return Need(X, "D", True, level, places, positions, frozenset(able))


def test_a_person_all_day_beside_a_morning_can_be_read_in_two_ways() -> None:
    # A is there all day: in the place for the day, or in the morning's; one place is empty.
    day = Day((need(0, able="A"), need(0, 1, able="A")), never_too_far)
    for stated in ({0: 1}, {0: 1, 1: 1}):
        assert empty_places(day, explain(day, stated)) == stated


def test_a_statement_that_no_reading_bears_out_is_not_taken() -> None:
    day = Day((need(0, able="A"), need(0, 1, able="A")), never_too_far)
    assert empty_places(day, explain(day, {})) == {0: 1}
    assert empty_places(day, explain(day, {1: 1})) == {0: 1}


def test_a_reading_never_leaves_more_important_places_empty() -> None:
    # The morning must be filled, the day only should be: the statement favours the day in vain.
    day = Day((need(0, able="A"), need(0, 1, able="A", level=1)), never_too_far)
    assert empty_places(day, explain(day, {0: 1})) == {0: 1, 1: 1}


def whole_day_and_morning() -> Draft:
    facts = organisation(
        calendar=calendar(periods=(AM, PM)),
        staff=(staff("A"),),
        duties=(duty("X", periods=("AM",), row=1), duty("X", one_person=True, row=2)),
    )
    draft = Draft(facts)
    draft.covered("X", MONDAY, "AM", "A")
    draft.covered("X", MONDAY, "PM", "A")
    draft.short("X", MONDAY, "AM", 1)
    return draft


def test_a_plan_may_mean_the_place_for_the_day() -> None:
    draft = whole_day_and_morning()
    assert check(draft.facts, draft.plan()) == []


def test_a_plan_may_mean_the_place_of_the_morning() -> None:
    draft = whole_day_and_morning()
    draft.drop_cover("X", 1)
    draft.short("X", MONDAY, "PM", 1)
    assert check(draft.facts, draft.plan()) == []


def test_somebody_there_for_nothing_is_found() -> None:
    draft = whole_day_and_morning()
    draft.short("X", MONDAY, "PM", 1)
    assert {finding.rule for finding in check(draft.facts, draft.plan())} == {RuleId.CLINICAL_COVER}
