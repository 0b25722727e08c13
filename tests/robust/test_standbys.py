"""Standbys: who may be one, that no more sessions could have one, and what the checker refuses."""

from itertools import product

import pytest

from tests.agreement.random_organisations import random_organisation
from tests.organisations import (
    AM,
    PM,
    Priority,
    Role,
    activity,
    calendar,
    duty,
    needs,
    organisation,
    pattern,
    staff,
    trainee,
)
from trainsched.checker import check
from trainsched.checker.standbys import check_standbys
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan
from trainsched.domain.problems import WorkbookError
from trainsched.domain.rules import RuleId
from trainsched.domain.standbys import Standbys
from trainsched.planning import plan_training
from trainsched.planning.standbys import name_standbys

MOST_COMBINATIONS = 20_000


def facts(**more: object) -> Organisation:
    """One morning: S1 alone may teach T1 first, as the only one named in the plan made by hand."""
    given: dict[str, object] = {
        "staff": (staff("S1"), staff("S2")),
        "trainees": (trainee("T1"),),
        "activities": (activity("A"),),
        "training_plan": (needs("T1", "A"),),
        **more,
    }
    return organisation(**given)


def planned(organised: Organisation) -> Plan:
    plan = plan_training(organised, seed=0, workers=1).plan
    assert check(organised, plan) == []
    return plan


def named(organised: Organisation) -> tuple[Plan, Standbys]:
    plan = planned(organised)
    standbys = name_standbys(organised, plan)
    assert check_standbys(organised, plan, standbys) == []
    assert standbys.is_proved
    return plan, standbys


def refused(
    organised: Organisation, plan: Plan, standbys: Standbys, who: str, place: int = 0
) -> set[RuleId | None]:
    """The rules by which the checker refuses somebody as a standby."""
    sessions = list(standbys.sessions)
    sessions[place] = sessions[place].model_copy(update={"staff_id": who})
    count = sum(one.staff_id is not None for one in sessions)
    changed = standbys.model_copy(update={"sessions": tuple(sessions), "named": count})
    return {finding.rule for finding in check_standbys(organised, plan, changed)}


def test_the_free_colleague_stands_by() -> None:
    plan, standbys = named(facts())
    (one,) = standbys.sessions
    (trainer,) = plan.sessions[0].staff
    assert {trainer.staff_id, one.staff_id} == {"S1", "S2"}
    assert one.instead_of == (trainer.staff_id,)
    assert (standbys.wanted, standbys.named) == (1, 1)


def test_nobody_stands_by_who_is_needed_on_a_duty() -> None:
    organised = facts(duties=(duty("clinic"),))
    plan, standbys = named(organised)
    assert standbys.sessions[0].staff_id is None
    (trainer,) = plan.sessions[0].staff
    other = "S2" if trainer.staff_id == "S1" else "S1"
    assert refused(organised, plan, standbys, other) == {RuleId.CLINICAL_COVER}


def test_somebody_on_a_duty_stands_by_where_another_can_take_it_over() -> None:
    # S3 does not train, so only S1 and S2 teach; S3 can take the duty when S2 steps in.
    people = (staff("S1"), staff("S2"), staff("S3", trains=False))
    _, standbys = named(facts(staff=people, duties=(duty("clinic"),)))
    assert standbys.sessions[0].staff_id in ("S1", "S2")


def test_only_the_qualified_stand_by() -> None:
    organised = facts(
        staff=(staff("S1", competences=("x",)), staff("S2")),
        activities=(activity("A", roles=(Role(name="trainer", competences=("x",)),)),),
    )
    plan, standbys = named(organised)
    assert standbys.sessions[0].staff_id is None
    assert refused(organised, plan, standbys, "S2") == {RuleId.QUALIFIED}


def test_nobody_stands_by_when_away() -> None:
    organised = facts(
        staff=(staff("S1"), staff("S2", pattern=pattern(periods=("AM",)))),
        calendar=calendar(periods=(PM,)),
    )
    plan, standbys = named(organised)
    assert standbys.sessions[0].staff_id is None
    assert refused(organised, plan, standbys, "S2") == {RuleId.AT_WORK}


def test_the_limit_of_sessions_counts_the_session_stood_by_for() -> None:
    # Two mornings' worth of sessions, one of them given by S2, who may give only one a week.
    organised = facts(
        calendar=calendar(periods=(AM, PM)),
        staff=(staff("S1", max_training_per_day=1), staff("S2", max_training_per_week=1)),
        training_plan=(needs("T1", "A", 2),),
    )
    plan, standbys = named(organised)
    assert len(plan.sessions) == 2
    assert [one.staff_id for one in standbys.sessions] == [None, None]
    taught_by_one = next(n for n, s in enumerate(plan.sessions) if s.staff[0].staff_id == "S1")
    assert refused(organised, plan, standbys, "S2", taught_by_one) == {RuleId.TRAINER_LOAD}


def test_one_person_stands_by_for_one_session_at_a_time() -> None:
    # Two sessions at once, and one colleague to spare.
    organised = facts(
        staff=(staff("S1"), staff("S2"), staff("S3")),
        trainees=(trainee("T1"), trainee("T2")),
        activities=(activity("A", group_max=1),),
        training_plan=(needs("T1", "A"), needs("T2", "A")),
    )
    plan, standbys = named(organised)
    assert (standbys.wanted, standbys.named) == (2, 1)
    spare = next(one.staff_id for one in standbys.sessions if one.staff_id)
    empty = next(n for n, one in enumerate(standbys.sessions) if one.staff_id is None)
    assert refused(organised, plan, standbys, spare, empty) == {RuleId.ONE_PLACE_AT_A_TIME}
    teaching = next(s.staff[0].staff_id for s in plan.sessions if s.id != spare)
    assert RuleId.ONE_PLACE_AT_A_TIME in refused(organised, plan, standbys, teaching, empty) or (
        teaching in standbys.sessions[empty].instead_of
    )


def test_the_most_sessions_get_a_standby() -> None:
    # S3 could stand by for both, S4 for the session of A only: both sessions get one.
    roles = {
        "A": Role(name="trainer", competences=("a",)),
        "B": Role(name="trainer", competences=("b",)),
    }
    organised = facts(
        staff=(
            staff("S1", competences=("a",), max_training=None),
            staff("S2", competences=("b",)),
            staff("S3", competences=("a", "b"), trains=True),
            staff("S4", competences=("a",)),
        ),
        trainees=(trainee("T1"), trainee("T2")),
        activities=tuple(activity(code, roles=(role,)) for code, role in roles.items()),
        training_plan=(needs("T1", "A"), needs("T2", "B")),
    )
    _, standbys = named(organised)
    assert (standbys.wanted, standbys.named) == (2, 2)


def test_only_must_sessions_want_a_standby() -> None:
    organised = facts(training_plan=(needs("T1", "A", priority=Priority.SHOULD),))
    _, standbys = named(organised)
    assert standbys.sessions == ()


def test_the_checker_wants_the_list_to_be_whole_and_its_numbers_true() -> None:
    organised = facts()
    plan, standbys = named(organised)
    short = standbys.model_copy(update={"sessions": ()})
    assert check_standbys(organised, plan, short)
    boast = standbys.model_copy(update={"named": 5})
    assert check_standbys(organised, plan, boast)


def could_stand_by(organised: Organisation, plan: Plan, standbys: Standbys) -> list[set[str]]:
    """For each session, whom the checker would let stand by for it alone."""
    nobody = [one.model_copy(update={"staff_id": None}) for one in standbys.sessions]
    found: list[set[str]] = []
    for place, one in enumerate(nobody):
        able: set[str] = set()
        session = next(s for s in plan.sessions if s.id == one.session_id)
        for person in organised.staff:
            if person.staff_id in {entry.staff_id for entry in session.staff}:
                continue
            listed = [*nobody]
            listed[place] = one.model_copy(update={"staff_id": person.staff_id})
            alone = standbys.model_copy(update={"sessions": tuple(listed), "named": 1})
            if not check_standbys(organised, plan, alone):
                able.add(person.staff_id)
        found.append(able)
    return found


def most_by_trying(
    organised: Organisation, plan: Plan, able: list[set[str]], ids: list[str]
) -> int:
    """The most sessions that can have a standby, by trying every choice."""
    sessions = {session.id: session for session in plan.sessions}
    position = organised.calendar.position
    best = 0
    for choice in product(*([None, *sorted(people)] for people in able)):
        taken = [
            (who, sessions[i].date, at)
            for who, i in zip(choice, ids, strict=True)
            if who is not None
            for first in (position(sessions[i].period),)
            for at in range(first, first + sessions[i].length)
        ]
        if len(taken) == len(set(taken)):
            best = max(best, sum(who is not None for who in choice))
    return best


def judge(seed: int) -> int:
    organised = random_organisation(seed)
    try:
        plan = planned(organised)
    except WorkbookError:
        return 0
    standbys = name_standbys(organised, plan)
    assert check_standbys(organised, plan, standbys) == [], seed
    able = could_stand_by(organised, plan, standbys)
    size = 1
    for people in able:
        size *= len(people) + 1
    if size > MOST_COMBINATIONS:
        return 0
    ids = [one.session_id for one in standbys.sessions]
    assert standbys.named == most_by_trying(organised, plan, able, ids), seed
    return standbys.named


def test_on_random_organisations_the_number_is_the_most() -> None:
    assert sum(judge(seed) for seed in range(25)) > 0


@pytest.mark.slow
@pytest.mark.parametrize("first", range(25, 325, 50))
def test_on_more_random_organisations(first: int) -> None:
    assert sum(judge(seed) for seed in range(first, first + 50)) > 0
