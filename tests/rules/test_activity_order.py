"""activity_order: what builds on an activity comes on later dates, once all of that is placed."""

from tests.organisations import (
    AM,
    PM,
    activity,
    calendar,
    needs,
    organisation,
    staff,
    trainee,
)
from tests.rules.judging import judge_pair, placed
from trainsched.domain.organisation import Organisation
from trainsched.domain.rules import RuleId

RULE = RuleId.ACTIVITY_ORDER


def facts(*rows: object, days: tuple[int, ...] = (0,)) -> Organisation:
    """One trainer, one trainee, two periods a day."""
    return organisation(
        calendar=calendar(days=days, periods=(AM, PM)),
        staff=(staff("S1"),),
        trainees=(trainee("T1"),),
        activities=(activity("A"), activity("B")),
        training_plan=rows,
    )


def test_not_on_the_same_date() -> None:
    # A and B fit into one day, but B has to wait for another one.
    judge_pair(
        RULE,
        facts(needs("T1", "A"), needs("T1", "B")),
        facts(needs("T1", "A"), needs("T1", "B", after=("A",))),
        loose_places=2,
        tight_places=1,
    )
    assert placed(facts(needs("T1", "A"), needs("T1", "B", after=("A",)), days=(0, 1))) == 2


def test_only_after_every_session_of_it() -> None:
    # Three of A in four half-days of two days: the last of A is on the second day, and B falls out.
    judge_pair(
        RULE,
        facts(needs("T1", "A", 3), needs("T1", "B"), days=(0, 1)),
        facts(needs("T1", "A", 3), needs("T1", "B", after=("A",)), days=(0, 1)),
        loose_places=4,
        tight_places=3,
    )


def test_not_at_all_while_some_of_it_is_unplaced() -> None:
    # A has one session a day, so two of its five are placed. A is never complete, and B may not
    # use the two half-days that are left.
    endless = needs("T1", "A", 5, max_per_day=1)
    free = facts(endless, needs("T1", "B"), days=(0, 1))
    bound = facts(endless, needs("T1", "B", after=("A",)), days=(0, 1))
    judge_pair(RULE, free, bound, loose_places=3, tight_places=2)


def test_what_the_trainee_does_not_need_is_no_obstacle() -> None:
    assert placed(facts(needs("T1", "B", after=("A",)))) == 1
