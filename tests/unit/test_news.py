"""News of a replan: absences in memory only, and the date before which nothing may change."""

from datetime import date, timedelta

import pytest

from tests.organisations import (
    AM,
    MONDAY,
    PM,
    TUESDAY,
    WEDNESDAY,
    Meaning,
    activity,
    calendar,
    entry,
    needs,
    organisation,
    staff,
    trainee,
)
from trainsched.domain.curriculum import Pin
from trainsched.domain.news import Absence, News, news_of
from trainsched.domain.problems import WorkbookError
from trainsched.workbook.absences import find_absences

FACTS = organisation(
    calendar=calendar(days=(0, 1, 2), periods=(AM, PM)),
    staff=(staff("S1", name="Ada Bell"), staff("S2", name="Ben Carr")),
    trainees=(trainee("T1", name="Eve Firth"), trainee("T2", name="Finn Gray")),
    activities=(activity("A", group_max=2),),
    training_plan=(needs("T1", "A"), needs("T2", "A")),
    roster=(
        entry("S1", MONDAY, "AM", Meaning.ON_CALL),
        entry("S1", TUESDAY, "PM", Meaning.WORK),
        entry("S2", TUESDAY, "PM", Meaning.BUSY),
    ),
    pins=(
        Pin(trainee_ids=("T1", "T2"), activity="A", date=TUESDAY, period="AM", staff_ids=("S1",)),
    ),
)


def away(person_id: str, first: date, last: date) -> Absence:
    return Absence(person_id=person_id, first_date=first, last_date=last)


def test_absences_take_the_place_of_what_the_roster_said() -> None:
    after = News(absences=(away("S1", TUESDAY, WEDNESDAY),)).applied_to(FACTS)
    said = {(e.person_id, e.date, e.period): e.meaning for e in after.roster}
    assert said == {
        ("S1", MONDAY, "AM"): Meaning.ON_CALL,
        **{
            ("S1", day, period): Meaning.ABSENT
            for day in (TUESDAY, WEDNESDAY)
            for period in ("AM", "PM")
        },
        ("S2", TUESDAY, "PM"): Meaning.BUSY,
    }
    assert FACTS.roster[1].meaning is Meaning.WORK


def test_dates_beyond_the_plan_are_cut_off() -> None:
    long = away("T1", MONDAY - timedelta(days=9), MONDAY + timedelta(days=99))
    after = News(absences=(long,)).applied_to(FACTS)
    assert {e.date for e in after.roster if e.person_id == "T1"} == set(FACTS.calendar.dates)


@pytest.mark.parametrize(
    ("person", "trainees", "people"),
    [("T1", ("T2",), ("S1",)), ("S1", ("T1", "T2"), ()), ("S2", ("T1", "T2"), ("S1",))],
)
def test_pins_give_way_to_absences(
    person: str, trainees: tuple[str, ...], people: tuple[str, ...]
) -> None:
    after = News(absences=(away(person, TUESDAY, TUESDAY),)).applied_to(FACTS)
    [pin] = after.pins
    assert (pin.trainee_ids, pin.staff_ids) == (trainees, people)
    assert len(after.notices) == int(person != "S2")
    assert all("gives way" in notice and person in notice for notice in after.notices)


def test_a_pin_of_nobody_is_gone() -> None:
    both = (away("T1", TUESDAY, TUESDAY), away("T2", TUESDAY, TUESDAY))
    assert News(absences=both).applied_to(FACTS).pins == ()


@pytest.mark.parametrize(
    ("in_workbook", "first", "said", "expected"),
    [
        (None, None, None, None),
        (TUESDAY, None, None, TUESDAY),
        (None, TUESDAY, None, TUESDAY),
        (MONDAY, TUESDAY, None, MONDAY),
        (WEDNESDAY, TUESDAY, None, TUESDAY),
        (WEDNESDAY, TUESDAY, WEDNESDAY, WEDNESDAY),
        (WEDNESDAY, None, MONDAY, MONDAY),
    ],
)
def test_what_is_locked(
    in_workbook: date | None, first: date | None, said: date | None, expected: date | None
) -> None:
    facts = FACTS.model_copy(update={"locked_until": in_workbook})
    absences = () if first is None else (away("S1", first, WEDNESDAY),)
    news = news_of(facts, absences, locked_until=said)
    assert news.locked_until == expected
    assert news.applied_to(facts).locked_until == expected


def test_people_are_found_by_id_or_name() -> None:
    said = (("s1", MONDAY, MONDAY), ("Finn Gray", MONDAY, TUESDAY))
    found = find_absences(FACTS, said)
    assert [absence.person_id for absence in found] == ["S1", "T2"]


def test_everything_amiss_is_listed_with_a_remedy() -> None:
    said = (
        ("Ada Bel", MONDAY, MONDAY),
        ("S1", TUESDAY, MONDAY),
        ("S2", MONDAY - timedelta(days=30), MONDAY - timedelta(days=20)),
    )
    with pytest.raises(WorkbookError) as caught:
        find_absences(FACTS, said)
    problems = caught.value.problems
    assert problems[0].value == "Ada Bel"
    assert "S1 (Ada Bell)" in problems[0].remedy
    assert "before it begins" in problems[1].problem
    assert "outside the plan" in problems[2].problem
    assert all(problem.remedy for problem in problems)
