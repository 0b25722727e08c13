"""equipment: per item and slot no more units are in use than there are."""

from datetime import timedelta

from tests.organisations import (
    AM,
    MONDAY,
    PM,
    TUESDAY,
    activity,
    calendar,
    needs,
    organisation,
    staff,
    trainee,
)
from tests.rules.judging import broken, judge_pair, placed, planned, with_session
from trainsched.domain.departments import Equipment
from trainsched.domain.organisation import Organisation
from trainsched.domain.rules import RuleId

RULE = RuleId.EQUIPMENT
LINAC1 = Equipment(item="linac1")
LINAC2 = Equipment(item="linac2")
LINAC2_NEVER = Equipment(item="linac2", last_date=MONDAY - timedelta(days=1))
ONE_LINAC = (("linac1",),)
EITHER = (("linac1", "linac2"),)


def facts(*units: Equipment, needed: object = ONE_LINAC, **more: object) -> Organisation:
    """Two trainers, two trainees, one morning: both are taught if there is equipment for both."""
    given: dict[str, object] = {
        "staff": (staff("S1"), staff("S2")),
        "trainees": (trainee("T1"), trainee("T2")),
        "activities": (activity("A", equipment=needed, **more),),
        "training_plan": (needs("T1", "A"), needs("T2", "A")),
        "equipment": units,
    }
    return organisation(**given)


def test_one_unit_serves_one_session() -> None:
    two = Equipment(item="linac1", capacity=2)
    judge_pair(RULE, facts(two), facts(LINAC1), loose_places=2, tight_places=1)


def test_rows_of_one_item_add_up() -> None:
    assert placed(facts(LINAC1, LINAC1)) == 2


def test_an_alternative_serves_as_well() -> None:
    # Two items for two sessions; while the second is not there, one session.
    judge_pair(
        RULE,
        facts(LINAC1, LINAC2, needed=EITHER),
        facts(LINAC1, LINAC2_NEVER, needed=EITHER),
        loose_places=2,
        tight_places=1,
    )


def test_an_item_named_twice_takes_two_units() -> None:
    two = Equipment(item="linac1", capacity=2)
    judge_pair(
        RULE,
        facts(Equipment(item="linac1", capacity=4), needed=ONE_LINAC * 2),
        facts(two, needed=ONE_LINAC * 2),
        loose_places=2,
        tight_places=1,
    )


def test_a_session_holds_what_it_needs() -> None:
    organised = facts(LINAC1, LINAC2, needed=EITHER)
    plan = planned(organised)
    assert broken(organised, with_session(plan, 0, equipment=())) == {RULE}
    assert broken(organised, with_session(plan, 0, equipment=("linac1", "linac2"))) == {RULE}


def test_units_keep_to_their_days_periods_and_dates() -> None:
    # Nothing of it is there on a Monday morning.
    assert placed(facts(Equipment(item="linac1", weekdays=(1,)))) == 0
    assert placed(facts(Equipment(item="linac1", periods=("PM",)))) == 0
    assert placed(facts(Equipment(item="linac1", first_date=TUESDAY))) == 0
    assert placed(facts(Equipment(item="linac1", last_date=TUESDAY))) == 1


def test_the_same_item_for_the_whole_session() -> None:
    # linac1 mornings, linac2 afternoons: an all-day session cannot change over at noon.
    def all_day(*units: Equipment) -> Organisation:
        return facts(*units, needed=EITHER, length=2).model_copy(
            update={"calendar": calendar(periods=(AM, PM))}
        )

    halves = (
        Equipment(item="linac1", periods=("AM",)),
        Equipment(item="linac2", periods=("PM",)),
    )
    assert placed(all_day(*halves)) == 0
    assert placed(all_day(LINAC1, LINAC2_NEVER)) == 1
