"""Cover by counting rows and cover written out by person allow the same sessions.

On organisations too large for the oracle, with duties of several sites, long places, presence, and
places that are missing anyway. Both models are asked for the best of the same made-up weights,
which differ from seed to seed: where either allowed sessions that the other does not, some of them
would show it.
"""

import pytest
from ortools.sat.python import cp_model

from tests.agreement.dice import Dice
from tests.agreement.random_organisations import SMALL, TINY, Size, random_organisation
from trainsched.domain.organisation import Organisation
from trainsched.domain.problems import WorkbookError
from trainsched.expansion.questions import allowed_without
from trainsched.planning import cover_variables
from trainsched.planning.build import Build
from trainsched.planning.judgement import DayJudgement
from trainsched.planning.model import build_model
from trainsched.planning.pins import refuse_impossible_pins
from trainsched.planning.unavoidable import judge_days
from trainsched.problem.index import index
from trainsched.problem.problem import Problem

OBJECTIVES = 3
CROWDED = Size(
    staff=(4, 7),
    trainees=(3, 5),
    activities=(4, 7),
    sessions=30,
    places_a_day=24,
    duties=8,
    days_a_week=(2, 3),
    evening=0.3,
)
"""More to cover than there are people for, on most days."""


def indexed(organisation: Organisation) -> Problem | None:
    problem = index(organisation)
    try:
        refuse_impossible_pins(problem)
    except WorkbookError:
        return None
    return problem


def best(build: Build, seed: int) -> float | None:
    """The best of the weights of a seed; None where nothing is allowed, or it is not proved."""
    dice = Dice(seed)
    terms = [literal * dice.randint(-1, 9) for _, literal in sorted(build.attends.items())]
    terms += [literal * dice.randint(-2, 2) for _, literal in sorted(build.serves.items())]
    build.model.maximize(sum(terms))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = 5.0
    status = solver.solve(build.model)
    return solver.objective_value if status == cp_model.OPTIMAL else None


def two_ways(
    monkeypatch: pytest.MonkeyPatch, problem: Problem, judgements: tuple[DayJudgement, ...]
) -> tuple[Build, Build]:
    """The model with cover counted, and with all of it written out by person."""
    with monkeypatch.context() as patch:
        patch.setattr(cover_variables, "_needs_writing_out", lambda *_: True)
        written = build_model(problem, judgements)
    counted = build_model(problem, judgements)
    assert all(plan.written_out for plan in written.cover_plans.values())
    assert not any(plan.written_out for plan in counted.cover_plans.values())
    return counted, written


def judge(monkeypatch: pytest.MonkeyPatch, seed: int, size: Size) -> tuple[int, int]:
    """How many days were counted on which missing places may be traded, and bests compared."""
    problem = indexed(random_organisation(seed, size))
    if problem is None:
        return 0, 0
    judgements = judge_days(problem)
    compared = 0
    for turn in range(OBJECTIVES):
        counted, written = two_ways(monkeypatch, problem, judgements)
        one, other = best(counted, 100 * seed + turn), best(written, 100 * seed + turn)
        assert (one is None) == (other is None)
        assert one == other
        compared += one is not None
    return sum(plan.is_traded for plan in counted.cover_plans.values()), compared


@pytest.mark.parametrize("size", [TINY, SMALL], ids=["tiny", "small"])
def test_counting_allows_what_writing_out_allows(
    monkeypatch: pytest.MonkeyPatch, size: Size
) -> None:
    found = [judge(monkeypatch, seed, size) for seed in range(40)]
    assert sum(compared for _, compared in found) >= 80


def test_what_is_missing_anyway_is_traded_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [judge(monkeypatch, seed, CROWDED) for seed in range(60)]
    assert sum(traded > 0 and compared == OBJECTIVES for traded, compared in found) >= 10


def test_where_nobody_counts_on_some_staff_counting_forbids_nothing_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # What may be missing then is more than must be: a proof may ask less, and never more.
    looser = 0
    for seed in range(60):
        problem = indexed(random_organisation(seed, CROWDED))
        if problem is None:
            continue
        judgements = judge_days(problem)
        idle = frozenset({problem.organisation.staff[seed % 4].staff_id})
        allowed = allowed_without(problem, idle, judgements)
        counted, written = two_ways(monkeypatch, problem, allowed)
        if not any(plan.is_traded for plan in counted.cover_plans.values()):
            continue
        as_it_is = best(build_model(problem, judgements), seed)
        least, most = best(written, seed), best(counted, seed)
        if as_it_is is None or least is None or most is None:
            continue
        assert as_it_is <= most
        assert least <= most
        looser += as_it_is < most
    assert looser >= 3
