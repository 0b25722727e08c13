"""What cover does not bear by counting, no plan bears: nothing possible is left out."""

import pytest
from ortools.sat.python import cp_model

from tests.agreement.random_organisations import random_organisation
from trainsched.planning.explanation.starts_borne import Borne, starts_borne
from trainsched.planning.model import build_model
from trainsched.planning.unavoidable import judge_days
from trainsched.problem.index import index
from trainsched.problem.offerings import Offering
from trainsched.problem.problem import Problem

MOST = 15
BUSY = 31
"""An organisation in which cover rules out some starts."""


def is_possible(problem: Problem, offering: Offering, person: int | None) -> bool:
    """Whether a session of the offering, with the person in one of its roles, keeps every rule."""
    build = build_model(problem, judge_days(problem))
    build.model.add(build.runs[offering.index] >= 1)
    if person is not None:
        roles = range(len(offering.roles))
        found = [build.serves.get((offering.index, role, person)) for role in roles]
        build.model.add(sum(literal for literal in found if literal is not None) >= 1)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    return solver.solve(build.model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)


@pytest.mark.parametrize("seed", range(25))
def test_what_is_left_out_is_impossible(seed: int) -> None:
    problem = index(random_organisation(seed))
    borne = {
        (o.activity, o.department, o.slot): o
        for o in starts_borne(problem, judge_days(problem), {}, Borne())
    }
    looked_at = 0
    for offering in problem.offerings:
        left = borne.get((offering.activity, offering.department, offering.slot))
        if left is None:
            assert not is_possible(problem, offering, None)
            looked_at += 1
            continue
        before = {person for people in offering.roles for person in people}
        for person in sorted(before - {p for people in left.roles for p in people}):
            assert not is_possible(problem, offering, person)
            looked_at += 1
        if looked_at > MOST:
            return


def test_something_is_left_out() -> None:
    problem = index(random_organisation(BUSY))
    left = starts_borne(problem, judge_days(problem), {}, Borne())
    assert len(left) < len(problem.offerings)
