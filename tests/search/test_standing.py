"""The index of the sessions that stand: brought up to date, it is as if made anew."""

import pytest

from tests.agreement.random_organisations import TINY, random_organisation
from trainsched.domain.problems import WorkbookError
from trainsched.planning import plan_training
from trainsched.planning.search import placing_stage, windows
from trainsched.planning.search.standing import Standing
from trainsched.planning.search.state import Search


def told(standing: Standing) -> tuple[object, ...]:
    """All that the index says, without what is empty."""
    return (
        {number: count for number, count in standing.placed.items() if count},
        {number: set(found) for number, found in standing.by_offering.items() if found},
        {week: found for week, found in standing.by_week.items() if found},
        {demand: found for demand, found in standing.by_demand.items() if found},
    )


def test_an_index_brought_up_to_date_is_as_if_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placing_stage, "MOST_CHOICES_AS_A_WHOLE", 0)
    monkeypatch.setattr(windows, "CHOICES_IN_WEEKS", 10)
    monkeypatch.setattr(windows, "FEWEST_WEEKS", 1)
    noted = Search.note_replaced
    compared = 0

    def note_and_compare(search: Search, *news: object) -> None:
        nonlocal compared
        noted(search, *news)  # type: ignore[arg-type]
        assert told(search.standing) == told(Standing(search.problem, search.sessions))
        compared += 1

    monkeypatch.setattr(Search, "note_replaced", note_and_compare)
    for seed in range(25):
        try:
            plan_training(random_organisation(seed, TINY), workers=1)
        except WorkbookError:
            continue
    assert compared > 25
