"""group_size: a session holds between group_min and group_max trainees who need the activity."""

from tests.organisations import activity, needs, organisation, pattern, staff, trainee
from tests.rules.judging import broken, judge_pair, placed, planned, with_session
from trainsched.domain.organisation import Organisation
from trainsched.domain.rules import RuleId

RULE = RuleId.GROUP_SIZE


def facts(trainees: int = 2, needing: int | None = None, **activity_facts: object) -> Organisation:
    """One trainer, one morning: one session, and what matters is who fits into it."""
    people = tuple(trainee(f"T{n}") for n in range(1, trainees + 1))
    return organisation(
        staff=(staff("S1"),),
        trainees=people,
        activities=(activity("A", **activity_facts),),
        training_plan=tuple(needs(t.trainee_id, "A") for t in people[:needing]),
    )


def test_no_more_than_the_largest_group() -> None:
    # One session for two, or for one.
    judge_pair(RULE, facts(group_max=2), facts(group_max=1), loose_places=2, tight_places=1)


def test_no_fewer_than_the_smallest_group() -> None:
    # Two trainees are a group; they are not three.
    judge_pair(
        RULE,
        facts(group_max=3),
        facts(group_max=3, group_min=3),
        loose_places=2,
        tight_places=0,
    )


def test_only_those_who_need_the_activity() -> None:
    organised = facts(needing=1, group_max=2)
    plan = planned(organised)
    assert plan.summary.placed == 1
    joined = with_session(plan, 0, trainees=("T1", "T2"))
    assert RULE in broken(organised, joined) or RuleId.TRAINING_DEMAND in broken(organised, joined)


def test_a_cohort_comes_together_or_not_at_all() -> None:
    # Three trainees and no limit to the group: all three sit together.
    assert placed(facts(3, group_max=None, together=True)) == 3

    # One of them is never there, so the cohort never meets; without the rule the others do.
    def one_away(**activity_facts: object) -> Organisation:
        away = trainee("T3", pattern=pattern(days=()))
        whole = facts(3, group_max=None, **activity_facts)
        return whole.model_copy(update={"trainees": (*whole.trainees[:2], away)})

    loose_plan = planned(one_away())
    assert loose_plan.summary.placed == 2
    assert placed(one_away(together=True)) == 0
    # The session without T3 may be found wanting twice: as a cohort, and as what T3 is owed.
    assert RULE in broken(one_away(together=True), loose_plan)
