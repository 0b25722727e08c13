"""rostered_duties: a rostered duty stays with its person, or the change is counted and named."""

from tests.organisations import (
    AM,
    MONDAY,
    PM,
    Meaning,
    activity,
    calendar,
    duty,
    entry,
    needs,
    organisation,
    staff,
    trainee,
)
from tests.rules.judging import broken, judge_pair, placed, planned
from trainsched.domain.organisation import CoverMode, Organisation
from trainsched.domain.rules import RuleId

RULE = RuleId.ROSTERED_DUTIES
S1_ON_CLINIC = entry("S1", MONDAY, "AM", Meaning.DUTY, "clinic")


def facts(**more: object) -> Organisation:
    """S1 alone may teach and is rostered on the clinic; S2 could take the clinic."""
    given: dict[str, object] = {
        "staff": (staff("S1"), staff("S2", trains=False)),
        "trainees": (trainee("T1"),),
        "activities": (activity("A"),),
        "training_plan": (needs("T1", "A"),),
        "duties": (duty("clinic"),),
        "roster": (S1_ON_CLINIC,),
        **more,
    }
    return organisation(**given)


def test_a_rostered_duty_stays_with_its_person() -> None:
    # Flexible cover lets S2 take over, so S1 teaches; as rostered S1 stays, and nobody teaches.
    judge_pair(RULE, facts(), facts(cover=CoverMode.AS_ROSTERED), loose_places=1, tight_places=0)


def test_a_change_is_counted_and_named() -> None:
    plan = planned(facts())
    assert plan.summary.changed_duties == 1
    assert [(c.staff_id, c.rostered_staff_id) for c in plan.cover] == [("S2", "S1")]
    unnamed = tuple(c.model_copy(update={"rostered_staff_id": None}) for c in plan.cover)
    assert broken(facts(), plan.model_copy(update={"cover": unnamed})) == {RULE}


def test_a_change_without_need_is_not_made() -> None:
    # Nothing to teach: the roster stands.
    idle = facts(training_plan=())
    plan = planned(idle)
    assert plan.summary.changed_duties == 0
    assert [(c.staff_id, c.rostered_staff_id) for c in plan.cover] == [("S1", "S1")]


def test_who_could_not_have_done_it_is_not_counted_as_changed() -> None:
    # S1 is rostered without holding "ct", so S2 on the place is no change.
    plan = planned(
        facts(
            staff=(staff("S1"), staff("S2", trains=False, competences=("ct",))),
            duties=(duty("clinic", competences=("ct",)),),
        )
    )
    assert plan.summary.placed == 1
    assert plan.summary.changed_duties == 0


def test_as_rostered_people_stay_even_when_not_needed() -> None:
    # Two rostered for one place: both stay on it, and the morning is lost to both.
    two = (S1_ON_CLINIC, entry("S2", MONDAY, "AM", Meaning.DUTY, "clinic"))
    both_train = (staff("S1"), staff("S2"))
    crowded = facts(cover=CoverMode.AS_ROSTERED, roster=two, staff=both_train)
    plan = planned(crowded)
    assert plan.summary.placed == 0
    assert {cover.staff_id for cover in plan.cover} == {"S1", "S2"}
    # With one of them rostered, the other teaches.
    assert placed(facts(cover=CoverMode.AS_ROSTERED, staff=both_train)) == 1


def test_as_rostered_leaves_the_other_periods_free() -> None:
    # S1 is held in the morning only and teaches in the afternoon, where S2 covers.
    day = facts(cover=CoverMode.AS_ROSTERED, calendar=calendar(periods=(AM, PM)))
    assert placed(day) == 1
