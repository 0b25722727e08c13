"""pinned: sessions beside pinned ones, pins of one slot, and what must come before a pin."""

import itertools
from datetime import timedelta

import pytest

from tests.organisations import (
    MONDAY,
    TUESDAY,
    Meaning,
    activity,
    calendar,
    department,
    entry,
    needs,
    organisation,
    staff,
    trainee,
)
from tests.rules.judging import broken, planned
from trainsched.domain.curriculum import Pin, Role
from trainsched.domain.organisation import Organisation
from trainsched.domain.people import Preference, PreferenceKind
from trainsched.domain.problems import WorkbookError


def pin(trainee_id: str, *others: str, **more: object) -> Pin:
    """A pin of activity A on Monday morning."""
    given: dict[str, object] = {"activity": "A", "date": MONDAY, "period": "AM", **more}
    return Pin.model_validate({"trainee_ids": (trainee_id, *others), **given})


def but(given: Organisation, **changes: object) -> Organisation:
    """The organisation with some facts changed, and nothing remembered of the old ones."""
    facts = {name: getattr(given, name) for name in Organisation.model_fields}
    return Organisation.model_validate({**facts, **changes})


def judged(given: Organisation) -> tuple[int, list[tuple[str, tuple[str, ...], list[str]]]]:
    """Sessions placed, and each session's trainees and staff; the checker has no objection."""
    plan = planned(given)
    assert broken(given, plan) == set()
    seats = [(s.activity, s.trainees, [r.staff_id for r in s.staff]) for s in plan.sessions]
    return plan.summary.placed, seats


OFFICER = (Role(name="training_officer"),)


def reviews(*pins: Pin, group_max: int, officers: tuple[str, ...] = ("O1", "O2")) -> Organisation:
    """Reviews of A by the trainees' officers: O1 has T1, O2 has T2 and so on; one morning."""
    trainees = [f"T{number}" for number, _ in enumerate(officers, start=1)]
    return organisation(
        staff=tuple(staff(officer) for officer in sorted({*officers})),
        trainees=tuple(
            trainee(who, training_officer=officer)
            for who, officer in zip(trainees, officers, strict=True)
        ),
        activities=(activity("A", kind="review", group_max=group_max, roles=OFFICER),),
        training_plan=tuple(needs(who, "A") for who in trainees),
        pins=pins,
    )


@pytest.mark.parametrize("group_max", [1, 2])
@pytest.mark.parametrize("who", ["T1", "T2"])
def test_a_pinned_review_has_the_trainees_own_officer(who: str, group_max: int) -> None:
    placed_here, seats = judged(reviews(pin(who), group_max=group_max))
    assert placed_here == 2
    if group_max == 1:
        assert sorted(seats) == [("A", ("T1",), ["O1"]), ("A", ("T2",), ["O2"])]


def test_a_full_pinned_review_lends_no_officer_to_the_one_beside_it() -> None:
    # T3's officer is away. T1 and T2 fill their review, so T3 has nobody.
    given = reviews(pin("T1", "T2"), group_max=2, officers=("O1", "O2", "O3"))
    away = (entry("O3", MONDAY, "AM", Meaning.ABSENT),)
    given = but(given, roster=away)
    assert judged(given)[0] == 2
    assert judged(but(given, pins=(pin("T1"),)))[0] == 3


def test_a_pin_may_name_the_officer_of_a_trainee_who_joins() -> None:
    # O1 is away; O2 holds the review of both. Where a review is for one, O2 is not for T1.
    away = (entry("O1", MONDAY, "AM", Meaning.ABSENT),)
    both = reviews(pin("T1", staff_ids=("O2",)), group_max=2)
    both = but(both, roster=away)
    assert judged(both) == (2, [("A", ("T1", "T2"), ["O2"])])
    alone = reviews(pin("T1", staff_ids=("O2",)), group_max=1)
    with pytest.raises(WorkbookError):
        planned(alone)


def test_every_session_of_a_pinned_predecessor_may_come_before() -> None:
    # B comes after both sessions of A, of which one is pinned; the other has room on Tuesday.
    given = organisation(
        staff=(staff("S1"),),
        trainees=(trainee("T1"),),
        pins=(pin("T1"), pin("T1", activity="B", date=MONDAY + timedelta(days=2))),
        calendar=calendar(days=(0, 1, 2)),
        activities=(activity("A"), activity("B")),
        training_plan=(needs("T1", "A", 2), needs("T1", "B", after=("A",))),
    )
    assert judged(given)[0] == 3
    with pytest.raises(WorkbookError):
        planned(but(given, calendar=calendar(days=(0, 2))))


def test_a_companion_of_a_pinned_session_may_have_a_predecessor() -> None:
    # A is for two, B comes before it; T2's B is in another department, and Monday is its day.
    given = organisation(
        calendar=calendar(days=(0, 1)),
        departments=(department("D"), department("NM")),
        staff=(staff("S1"), staff("S2", ("NM",))),
        trainees=(trainee("T1"), trainee("T2", "NM")),
        activities=(activity("A", group_min=2, group_max=2, department="D"), activity("B")),
        training_plan=tuple(
            need
            for who in ("T1", "T2")
            for need in (needs(who, "A", after=("B",)), needs(who, "B"))
        ),
        pins=(pin("T1", date=TUESDAY),),
    )
    assert judged(given)[0] == 4


def groups_of_two(*pins: Pin, **more: object) -> Organisation:
    """One morning, two trainers, groups of up to two."""
    names = ("T1", "T2", "T3")
    given: dict[str, object] = {
        "staff": (staff("S1"), staff("S2")),
        "trainees": tuple(trainee(who) for who in names),
        "activities": (activity("A", group_max=2),),
        "training_plan": tuple(needs(who, "A") for who in names),
        "pins": pins,
        **more,
    }
    return organisation(**given)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_pins_are_joined_in_whatever_order_they_stand(order: tuple[int, ...]) -> None:
    # S1 has T1 and T3, and no third; so T2 is with S2.
    pins = pin("T1", staff_ids=("S1",)), pin("T2"), pin("T3", staff_ids=("S1",))
    seats = judged(groups_of_two(*(pins[position] for position in order)))[1]
    assert sorted(seats) == [("A", ("T1", "T3"), ["S1"]), ("A", ("T2",), ["S2"])]
    flags = [s.pinned for s in planned(groups_of_two(*pins)).sessions]
    assert flags == [True, True]


def test_pins_that_may_be_one_session_are_two_where_that_is_liked_better() -> None:
    # T2 would rather not be with S1.
    avoid = Preference(person_id="T2", kind=PreferenceKind.AVOID_TRAINER, values=("S1",), weight=5)
    pins = pin("T1", staff_ids=("S1",)), pin("T2")
    two = {"training_plan": (needs("T1", "A"), needs("T2", "A")), "preferences": (avoid,)}
    seats = judged(groups_of_two(*pins, **two))[1]
    assert sorted(seats) == [("A", ("T1",), ["S1"]), ("A", ("T2",), ["S2"])]


def test_pinned_staff_who_could_take_either_role_take_one_each() -> None:
    # A session has a teacher and a helper. A and B could be either, C and D only help: with A and
    # B in one session there is nobody to teach another.
    roles = (
        Role(name="teacher", competences=("t",)),
        Role(name="helper", competences=("h",)),
    )
    given = organisation(
        staff=(
            staff("A", competences=("t", "h")),
            staff("B", competences=("t", "h")),
            staff("C", competences=("h",)),
            staff("D", competences=("h",)),
        ),
        trainees=(trainee("T1"), trainee("T2")),
        activities=(activity("A", roles=roles),),
        training_plan=(needs("T1", "A"), needs("T2", "A")),
        pins=(pin("T1", staff_ids=("A", "B")),),
    )
    assert judged(given)[0] == 1
    assert judged(but(given, pins=(pin("T1", staff_ids=("A",)),)))[0] == 2


def test_the_rule_that_pins_break_together_is_the_one_named() -> None:
    given = organisation(
        staff=(staff("S1"), staff("S2")),
        trainees=(trainee("T1"),),
        calendar=calendar(days=(0, 1)),
        activities=(activity("A"), activity("B")),
        training_plan=(needs("T1", "A"), needs("T1", "B", after=("A",))),
        pins=(pin("T1", date=TUESDAY), pin("T1", activity="B")),
    )
    with pytest.raises(WorkbookError, match="activity_order"):
        planned(given)
    same_time = but(given, pins=(pin("T1"), pin("T1", activity="B")))
    without_order = (needs("T1", "A"), needs("T1", "B"))
    with pytest.raises(WorkbookError, match="one_place_at_a_time"):
        planned(but(same_time, training_plan=without_order))
