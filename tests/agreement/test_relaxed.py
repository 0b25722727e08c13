"""What is found around a standing plan holds as one; what is proved of less is never too much."""

import pytest

from tests.agreement.test_capacity import case, inquiry
from tests.agreement.test_posts_needed import department_that_wants
from trainsched.checker import check
from trainsched.domain.organisation import Organisation
from trainsched.expansion import side_by_side
from trainsched.expansion.counting import nobody_who_could
from trainsched.expansion.facts import Starter, add_starters, only_what_must_be
from trainsched.expansion.memory import Memory
from trainsched.expansion.proof import prove
from trainsched.expansion.questions import Asker, Placing
from trainsched.expansion.relaxed import is_too_much
from trainsched.planning.engine import Engine
from trainsched.planning.unavoidable import judge_days


def with_starters(organisation: Organisation, number: int) -> Organisation:
    department = organisation.departments[0].code
    programme = organisation.targets[0].programme
    return add_starters(
        organisation, [Starter(programme, department, turn) for turn in range(number)]
    )


def is_impossible(scenario: Organisation) -> bool:
    facts = only_what_must_be(scenario)
    everybody = {trainee.trainee_id for trainee in facts.trainees}
    return is_too_much(Engine(0, 1, float("inf")), facts, everybody, judge_days)


def check_placing(scenario: Organisation, placing: Placing) -> None:
    assert placing.problem is not None
    plan = prove(scenario, placing.problem, placing.sessions, Engine(0, 1, float("inf")))
    assert check(scenario, plan) == []
    assert plan.goals[0].value == 0


def judge(seed: int) -> None:
    organisation = case(seed)
    asker = inquiry(organisation).asker
    standing = asker.standing(organisation)
    for number in range(1, 5):
        scenario = with_starters(organisation, number)
        placing = asker.put_in(scenario, standing)
        if placing is not None:
            check_placing(scenario, placing)
        # Asked anew of another memory, with nothing to begin from.
        if inquiry(organisation).asker.every_must(scenario).fits:
            assert not is_impossible(scenario)


@pytest.mark.parametrize("seed", range(8))
def test_proofs_and_plans_agree_with_the_whole_question(seed: int) -> None:
    judge(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8, 60))
def test_many_proofs_and_plans_agree_with_the_whole_question(seed: int) -> None:
    judge(seed)


def test_starters_who_are_alike_are_counted_and_found_too_many() -> None:
    # One QA session a week and nobody for RP: three starters need three of each.
    facts = department_that_wants(3, posts=())
    assert is_impossible(with_starters(facts, 3))
    assert is_impossible(with_starters(facts, 2))


def test_what_nobody_could_teach_is_known_at_once() -> None:
    facts = department_that_wants(1, posts=())
    limit = nobody_who_could(facts, "STP", "D", (1,))
    assert limit is not None
    assert limit.detail.startswith("RP ")


def test_departments_side_by_side_have_the_limits_that_they_have_one_by_one(monkeypatch) -> None:
    organisation = next(case(seed) for seed in range(20) if len(case(seed).departments) > 1)
    told: list[str] = []

    def limits(workers: int) -> list[object]:
        asker = Asker(Engine(0, workers, float("inf")), Memory())
        return side_by_side.hosting_limits(organisation, asker, None, told.append)

    alone = limits(1)
    monkeypatch.setattr(side_by_side, "FEWEST_TRAINEES_FOR_A_CREW", 0)
    assert limits(2) == alone
    assert told[-1] == f"hosting limits: {len(organisation.departments)} of 2 departments"
