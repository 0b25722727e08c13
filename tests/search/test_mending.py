"""Plans mended around those who wait: what stands in their way moves, whatever week it is in."""

import pytest

from tests.organisations import (
    AM,
    activity,
    calendar,
    needs,
    organisation,
    staff,
    trainee,
)
from trainsched.domain.rules import GoalId
from trainsched.planning.draft import DraftSession, placed_by_demand
from trainsched.planning.engine import Engine
from trainsched.planning.search import mending
from trainsched.planning.search.mending import mend_around_waiting
from trainsched.planning.search.placing import PlacingAim
from trainsched.planning.search.state import Search
from trainsched.planning.unavoidable import judge_days
from trainsched.problem.index import index


def stuck() -> Search:
    """A must waits for S1, who may give one session and gives one that S2 could give as well."""
    mondays = calendar(weeks=2, periods=(AM,))
    problem = index(
        organisation(
            calendar=mondays,
            staff=(staff("S1", max_training=1), staff("S2")),
            trainees=(trainee("T1"), trainee("T2")),
            activities=(
                activity("A", staff=("S1",)),
                activity("B"),
            ),
            training_plan=(
                needs("T1", "A", latest_week=1),
                needs("T2", "B"),
            ),
        )
    )
    search = Search(
        problem,
        judge_days(problem),
        Engine(seed=0, workers=1, deterministic_limit=5.0),
    )
    by_id = {person.person_id: person.index for person in problem.people}
    demand = next(d for d in problem.demands if d.requirement.activity == "B")
    offering = next(o for o in problem.offerings if demand.index in o.attendees)
    search.sessions = (DraftSession(offering.index, (demand.index,), ((0, by_id["S1"]),), ()),)
    return search


def unplaced(search: Search) -> int:
    placed = placed_by_demand(search.sessions)
    return sum(d.required - placed.get(d.index, 0) for d in search.problem.demands)


def test_what_is_in_the_way_moves() -> None:
    search = stuck()
    aim = PlacingAim(search)
    aim.note()
    assert unplaced(search) == 1
    mend_around_waiting(aim, 0, lambda: False)
    assert unplaced(search) == 0
    assert search.figures[GoalId.UNPLACED_MUST].value == 0


def test_nothing_is_tried_when_it_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    search = stuck()
    aim = PlacingAim(search)
    aim.note()
    monkeypatch.setattr(mending, "pursue", lambda *_, **__: pytest.fail("it was over"))
    mend_around_waiting(aim, 0, lambda: True)
    assert unplaced(search) == 1


def test_other_priorities_wait_their_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    search = stuck()
    aim = PlacingAim(search)
    aim.note()
    monkeypatch.setattr(mending, "pursue", lambda *_, **__: pytest.fail("nobody waits there"))
    mend_around_waiting(aim, 1, lambda: False)
