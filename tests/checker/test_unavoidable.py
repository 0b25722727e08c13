"""The unavoidable shortfall: argued by hand, then by trying everything."""

import random

import pytest

from tests.checker.every_filling import least_missing_by_trying
from tests.organisations import (
    MONDAY,
    Meaning,
    Priority,
    calendar,
    department,
    duty,
    entry,
    organisation,
    pattern,
    policy,
    staff,
)
from trainsched.checker.attendance import Attendance
from trainsched.checker.duties import DutyBook, Journeys
from trainsched.checker.unavoidable import least_missing
from trainsched.domain.calendar import Period
from trainsched.domain.departments import Travel
from trainsched.domain.duties import Presence
from trainsched.domain.organisation import CoverMode, Organisation
from trainsched.domain.people import BANDS

P1 = Period(name="P1", start=9 * 60, end=10 * 60)
P2 = Period(name="P2", start=10 * 60 + 20, end=12 * 60)
P3 = Period(name="P3", start=13 * 60, end=15 * 60)
THREE = (P1, P2, P3)
NAMES = ("P1", "P2", "P3")


def always() -> object:
    return pattern(periods=NAMES)


def unavoidable(facts: Organisation, better_than: tuple[int, ...] | None = None) -> object:
    attendance = Attendance(facts)
    book = DutyBook(facts, attendance, Journeys(facts))
    group = [known.code for known in facts.departments]
    found = least_missing(book.day_without_training(group, MONDAY), better_than)
    return None if found is None else found.missing


def test_must_is_filled_before_should_even_if_more_stays_empty_in_all() -> None:
    # One person who can do either: the single must place wins.
    facts = organisation(
        calendar=calendar(periods=(P1,)),
        staff=(staff("A", pattern=always()),),
        duties=(
            duty("X", priority=Priority.SHOULD, row=1),
            duty("Y", priority=Priority.MUST, row=2),
        ),
    )
    assert unavoidable(facts) == (0, 1, 0)


def test_one_person_all_day_costs_one_place_but_takes_every_period() -> None:
    # One person, a duty all day (1 place) and another in each of 3 periods (3 places). Doing the
    # three leaves 1 empty, doing the one leaves 3.
    facts = organisation(
        calendar=calendar(periods=THREE),
        staff=(staff("A", pattern=always()),),
        duties=(duty("DAY", one_person=True, row=1), duty("SLOT", row=2)),
    )
    assert unavoidable(facts) == (1, 0, 0)


def test_two_sites_without_time_to_travel_need_two_people() -> None:
    # 6 alike, 4 places at N in P1 and 4 at S in P2, 20 minutes between, 30 needed: 6 of 8 filled.
    facts = organisation(
        calendar=calendar(periods=THREE),
        policy=policy(default_travel_minutes=30),
        departments=(department("N"), department("S")),
        staff=tuple(staff(f"A{n}", ("N", "S"), pattern=always()) for n in range(6)),
        duties=(
            duty("X", 4, home="N", periods=("P1",), row=1),
            duty("Y", 4, home="S", periods=("P2",), row=2),
        ),
    )
    assert unavoidable(facts) == (2, 0, 0)


def test_time_over_lunch_lets_people_serve_two_sites() -> None:
    facts = organisation(
        calendar=calendar(periods=THREE),
        policy=policy(default_travel_minutes=30),
        departments=(department("N"), department("S")),
        staff=(staff("A", ("N", "S"), pattern=always()),),
        duties=(
            duty("X", home="N", periods=("P2",), row=1),
            duty("Y", home="S", periods=("P3",), row=2),
        ),
    )
    assert unavoidable(facts) == (0, 0, 0)


def test_on_site_is_met_by_somebody_on_a_duty_of_the_same_site_only() -> None:
    exclusive = duty("X", home="N", row=1)
    away = duty("MPE", home="S", presence=Presence.ON_SITE, row=2)
    here = duty("MPE", home="N", presence=Presence.ON_SITE, row=2)
    facts = organisation(
        calendar=calendar(periods=(P1,)),
        departments=(department("N"), department("S")),
        staff=(staff("A", ("N", "S"), pattern=always()),),
    )
    assert unavoidable(facts.model_copy(update={"duties": (exclusive, away)})) == (1, 0, 0)
    assert unavoidable(facts.model_copy(update={"duties": (exclusive, here)})) == (0, 0, 0)


def test_rostered_people_stay_where_they_are_not_needed() -> None:
    # B is rostered on X, which A does already: B cannot help on Y.
    facts = organisation(
        calendar=calendar(periods=(P1,)),
        cover=CoverMode.AS_ROSTERED,
        staff=(staff("A", pattern=always()), staff("B", pattern=always())),
        duties=(duty("X", row=1), duty("Y", row=2)),
        roster=(
            entry("A", MONDAY, "P1", Meaning.DUTY, "X"),
            entry("B", MONDAY, "P1", Meaning.DUTY, "X"),
        ),
    )
    assert unavoidable(facts) == (1, 0, 0)
    assert unavoidable(facts.model_copy(update={"cover": CoverMode.FLEXIBLE})) == (0, 0, 0)


def test_nothing_better_than_the_least_is_found() -> None:
    facts = organisation(
        calendar=calendar(periods=(P1,)),
        duties=(duty("X", 2, row=1),),
        staff=(staff("A", pattern=always()),),
    )
    assert unavoidable(facts, better_than=(1, 0, 0)) is None
    assert unavoidable(facts, better_than=(2, 0, 0)) == (1, 0, 0)


def random_facts(seed: int) -> Organisation:
    """Up to three departments on two or three sites, few people, few places, every kind of duty."""
    dice = random.Random(seed)
    codes = ("N", "S", "W")[: dice.choice((1, 2, 2, 3))]
    sites = {code: dice.choice(("north", "south", code)) for code in codes}
    periods = THREE[: dice.choice((1, 2, 3, 3))]
    names = [period.name for period in periods]
    people = tuple(
        staff(
            f"A{number}",
            tuple(sorted(dice.sample(codes, dice.randint(1, len(codes))))),
            competences=tuple(sorted(dice.sample(("a", "b"), dice.randint(0, 2)))),
            band=dice.choice((None, "6", "7")),
            pattern=pattern(periods=[name for name in names if dice.random() < 0.85]),
        )
        for number in range(dice.randint(1, 4))
    )
    rows, places = [], 0
    for number in range(dice.randint(1, 5)):
        listed = tuple(name for name in names if dice.random() < 0.7)
        row = duty(
            dice.choice(("X", "Y", "Z")),
            dice.choice((1, 1, 1, 2)),
            home=dice.choice(codes),
            periods=dice.choice((None, listed)),
            competences=dice.choice(((), ("a",), ("b",), ("a", "b"))),
            min_band=dice.choice((None, None, "7")),
            presence=dice.choice((Presence.EXCLUSIVE, Presence.EXCLUSIVE, Presence.ON_SITE)),
            one_person=dice.random() < 0.4,
            priority=dice.choice(tuple(Priority)),
            row=number,
        )
        count = row.staff_needed * (1 if row.one_person else len(row.periods or names))
        if places + count <= 6:
            rows.append(row)
            places += count
    roster = tuple(
        entry(person.staff_id, MONDAY, name, meaning, row.duty, row.department)
        if meaning is Meaning.DUTY
        else entry(person.staff_id, MONDAY, name, meaning)
        for person in people
        for name in names
        if rows and dice.random() < 0.3
        for meaning in [dice.choice((Meaning.DUTY, Meaning.DUTY, Meaning.ABSENT, Meaning.WORK))]
        for row in [dice.choice(rows)]
    )
    legs = tuple(
        Travel(from_site=a, to_site=b, minutes=dice.choice((10, 30, 90, 200)))
        for a in sorted(set(sites.values()))
        for b in sorted(set(sites.values()))
        if a != b and dice.random() < 0.6
    )
    return organisation(
        calendar=calendar(periods=periods),
        cover=dice.choice(tuple(CoverMode)),
        policy=policy(default_travel_minutes=dice.choice((0, 15, 45))),
        departments=tuple(department(code, site=sites[code]) for code in codes),
        staff=people,
        duties=tuple(rows),
        roster=roster,
        travel=legs,
    )


@pytest.mark.parametrize("block", range(8))
def test_the_search_agrees_with_trying_everything(block: int) -> None:
    assert "7" in BANDS
    for seed in range(block * 50, block * 50 + 50):
        facts = random_facts(seed)
        assert unavoidable(facts) == least_missing_by_trying(facts, MONDAY), f"seed {seed}"
