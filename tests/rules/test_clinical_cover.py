"""clinical_cover: protected time never leaves more duty places empty than there must be."""

import pytest

from tests.organisations import (
    AM,
    MONDAY,
    PM,
    TUESDAY,
    Priority,
    activity,
    calendar,
    department,
    duty,
    needs,
    organisation,
    pattern,
    staff,
    trainee,
)
from tests.rules.judging import broken, judge_pair, placed, planned
from trainsched.domain.departments import Closure
from trainsched.domain.duties import Duty
from trainsched.domain.organisation import Organisation
from trainsched.domain.rules import RuleId

RULE = RuleId.CLINICAL_COVER


def facts(*duties: Duty, **more: object) -> Organisation:
    """Two people, two trainees, one morning: whoever is not needed on a duty may teach."""
    given: dict[str, object] = {
        "staff": (staff("S1", competences=("ct",)), staff("S2")),
        "trainees": (trainee("T1"), trainee("T2")),
        "activities": (activity("A"),),
        "training_plan": (needs("T1", "A"), needs("T2", "A")),
        "duties": duties,
        **more,
    }
    return organisation(**given)


def test_a_duty_place_takes_a_person_from_training() -> None:
    # Two people less one duty place leave one to teach; two places leave nobody.
    judge_pair(RULE, facts(), facts(duty("clinic")), loose_places=2, tight_places=1)
    judge_pair(
        RULE, facts(duty("clinic")), facts(duty("clinic", 2)), loose_places=1, tight_places=0
    )


def test_what_is_missing_anyway_does_not_grow() -> None:
    # Three places for two people: one is missing whatever happens, and still nobody is spared.
    plan = planned(facts(duty("clinic", 3)))
    assert plan.summary.placed == 0
    assert sum(shortfall.missing for shortfall in plan.shortfalls) == 1


def test_what_nobody_can_do_holds_nobody() -> None:
    # Nobody holds "mr": the place is missing with and without training, so both teach.
    plan = planned(facts(duty("clinic", competences=("mr",))))
    assert plan.summary.placed == 2
    assert sum(shortfall.missing for shortfall in plan.shortfalls) == 1


def test_the_more_important_duty_is_covered_first() -> None:
    # S1 alone can do both; the could place is the one that stays empty.
    duties = (
        duty("clinic", competences=("ct",), priority=Priority.MUST, row=2),
        duty("list", competences=("ct",), priority=Priority.COULD, row=3),
    )
    organised = facts(*duties)
    plan = planned(organised)
    assert plan.summary.placed == 1
    assert [shortfall.duty for shortfall in plan.shortfalls] == ["list"]
    swapped = plan.model_copy(
        update={
            "cover": tuple(c.model_copy(update={"duty": "list"}) for c in plan.cover),
            "shortfalls": tuple(s.model_copy(update={"duty": "clinic"}) for s in plan.shortfalls),
        }
    )
    assert broken(organised, swapped) == {RULE}


def test_a_place_left_empty_is_found() -> None:
    organised = facts(duty("clinic"))
    plan = planned(organised)
    assert len(plan.cover) == 1
    assert broken(organised, plan.model_copy(update={"cover": ()})) == {RULE}


@pytest.mark.parametrize(("band", "places"), [("7", 1), ("6", 0)])
def test_a_minimum_band_narrows_who_covers(band: str, places: int) -> None:
    # A place of band 7, and S1 (band 8a) is the only one who may teach. S2 of band 7 can stand in
    # for S1; S2 of band 6 cannot, and S1 stays on the duty.
    people = (staff("S1", band="8a"), staff("S2", band=band, trains=False))
    assert placed(facts(duty("clinic", min_band="7"), staff=people)) == places


def test_one_person_takes_all_periods_of_the_day() -> None:
    # S1 mornings, S2 afternoons. Two half-day places are covered; one person for the day is not to
    # be had, so the place is missing anyway and both may teach: T1 and T2 in either half.
    halves = {
        "calendar": calendar(periods=(AM, PM)),
        "staff": (
            staff("S1", pattern=pattern(periods=("AM",))),
            staff("S2", pattern=pattern(periods=("PM",))),
        ),
    }
    assert placed(facts(duty("theatre"), **halves)) == 0
    plan = planned(facts(duty("theatre", one_person=True), **halves))
    assert plan.summary.placed == 2
    # One missing place, listed in each of its two periods.
    assert [shortfall.missing for shortfall in plan.shortfalls] == [1, 1]


def test_one_person_cannot_change_at_noon() -> None:
    # S1 alone may teach; S2 can cover mornings and S3 afternoons. Two half-day places are theirs
    # and S1 teaches twice. A place for one person all day can only be S1's, and nobody teaches.
    day = {
        "calendar": calendar(periods=(AM, PM)),
        "training_plan": (needs("T1", "A", 2),),
        "staff": (
            staff("S1"),
            staff("S2", trains=False, pattern=pattern(periods=("AM",))),
            staff("S3", trains=False, pattern=pattern(periods=("PM",))),
        ),
    }
    judge_pair(
        RULE,
        facts(duty("theatre"), **day),
        facts(duty("theatre", one_person=True), **day),
        loose_places=2,
        tight_places=0,
    )


@pytest.mark.parametrize("screening", [0, 1])
def test_places_missing_side_by_side_add_up(screening: int) -> None:
    # One of the two CT places is missing in the morning whatever happens, and what must be missing
    # may be missing anywhere that day, since theatre asks one person for all of it. S4 teaches in
    # the morning only, and alone does MR: two would be missing then, though S2 and S3, who could
    # help with screening, are left over.
    day = {
        "calendar": calendar(periods=(AM, PM)),
        "trainees": (trainee("T1"),),
        "activities": (activity("A", staff=("S4",)),),
        "training_plan": (needs("T1", "A"),),
        "staff": (
            staff("S1", competences=("ct",)),
            staff("S2"),
            staff("S3"),
            staff("S4", competences=("mr",), pattern=pattern(periods=("AM",))),
            staff("S5", competences=("theatre",)),
        ),
    }
    duties = (
        duty("ct", 2, competences=("ct",), periods=("AM",), row=2),
        duty("screening", screening, periods=("AM",), row=3),
        duty("theatre", competences=("theatre",), one_person=True, row=4),
    )
    mr = duty("mr", competences=("mr",), periods=("AM",), row=5)
    judge_pair(
        RULE, facts(*duties, **day), facts(*duties, mr, **day), loose_places=1, tight_places=0
    )


def test_presence_on_site_is_no_obstacle_to_teaching_there() -> None:
    # Both are at the site while they teach; an exclusive place would take one of them.
    assert placed(facts(duty("advice", presence="on_site"))) == 2
    assert placed(facts(duty("advice"))) == 1


def test_presence_on_site_is_lost_by_teaching_elsewhere() -> None:
    # S1 alone may teach E's trainee, at the other site; D then has nobody on site.
    def away(*duties: Duty) -> Organisation:
        return facts(
            *duties,
            departments=(department("D"), department("E")),
            staff=(staff("S1", ("D", "E")),),
            trainees=(trainee("T1", "E"),),
            training_plan=(needs("T1", "A"),),
        )

    assert placed(away()) == 1
    assert placed(away(duty("advice", presence="on_site"))) == 0


def test_two_places_on_site_need_two_people() -> None:
    # One person cannot stand for both places, but each may teach meanwhile.
    organised = facts(duty("advice", 2, presence="on_site"))
    plan = planned(organised)
    assert plan.summary.placed == 2
    assert {cover.staff_id for cover in plan.cover} == {"S1", "S2"}


def test_supernumerary_trainees_never_count() -> None:
    # One trainer, one duty place: T1 is taught only if T2 may take the duty.
    day = {"calendar": calendar(days=(0,)), "training_plan": (needs("T1", "A"),)}
    people = (staff("S1"),)
    counted = (trainee("T1"), trainee("T2", supernumerary=False))
    assert placed(facts(duty("clinic"), **day, staff=people)) == 0
    assert placed(facts(duty("clinic"), **day, staff=people, trainees=counted)) == 1
    # A band is more than a trainee can offer, and a competence must be held.
    banded = duty("clinic", min_band="6")
    assert placed(facts(banded, **day, staff=(staff("S1", band="7"),), trainees=counted)) == 0
    skilled = duty("clinic", competences=("ct",))
    one = (staff("S1", competences=("ct",)),)
    assert placed(facts(skilled, **day, staff=one, trainees=counted)) == 0
    able = (trainee("T1"), trainee("T2", supernumerary=False, competences=("ct",)))
    assert placed(facts(skilled, **day, staff=one, trainees=able)) == 1


def test_departments_that_share_people_are_judged_together() -> None:
    # S1 serves both; one place in each department, one person: one missing in all, wherever.
    both = {
        "departments": (department("D", site="one"), department("E", site="one")),
        "staff": (staff("S1", ("D", "E")),),
    }
    plan = planned(facts(duty("clinic"), duty("clinic", home="E"), **both))
    assert plan.summary.placed == 0
    assert sum(shortfall.missing for shortfall in plan.shortfalls) == 1
    # D alone would have a full team, but E's place counts just as much: S1 cannot teach.
    plan = planned(facts(duty("clinic", home="E"), **both))
    assert plan.summary.placed == 0
    assert plan.shortfalls == ()


def test_no_duty_on_a_closed_day() -> None:
    # The clinic of the closed department holds nobody; its person may teach next door.
    both = {
        "departments": (department("D", site="one"), department("E", site="one")),
        "staff": (staff("S1", ("D", "E")),),
        "trainees": (trainee("T1", "E"),),
        "training_plan": (needs("T1", "A"),),
    }
    assert placed(facts(duty("clinic"), **both)) == 0
    shut = (Closure(date=MONDAY, department="D"),)
    assert placed(facts(duty("clinic"), **both, closures=shut)) == 1


def test_duties_keep_to_their_days_periods_and_dates() -> None:
    week = {
        "calendar": calendar(days=(0, 1), periods=(AM, PM)),
        "staff": (staff("S1"),),
        "trainees": (trainee("T1"),),
        "training_plan": (needs("T1", "A", 4),),
    }
    # Four slots less those of the duty.
    assert placed(facts(duty("clinic", weekdays=(0,)), **week)) == 2
    assert placed(facts(duty("clinic", periods=("AM",)), **week)) == 2
    assert placed(facts(duty("clinic", weekdays=(0,), periods=("AM",)), **week)) == 3
    assert placed(facts(duty("clinic", first_date=TUESDAY), **week)) == 2
    assert placed(facts(duty("clinic", last_date=MONDAY, periods=("PM",)), **week)) == 3
