"""An earlier plan of which nothing could stay is refused: it is of other people or other weeks."""

from datetime import date, timedelta
from typing import Any

import pytest

import trainsched as ts
from tests.organisations import MONDAY, activity, calendar, needs, organisation, staff, trainee
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan


def department(who: str = "", start: date = MONDAY, weeks: int = 2, **more: Any) -> Organisation:
    """One trainer, one trainee, one session."""
    given: dict[str, Any] = {
        "name": f"Department {who or 'A'}",
        "calendar": calendar(start=start, weeks=weeks),
        "staff": (staff(f"S1{who}"),),
        "trainees": (trainee(f"T1{who}"),),
        "activities": (activity("QA"),),
        "training_plan": (needs(f"T1{who}", "QA", 1),),
        **more,
    }
    return organisation(**given)


def refusal(facts: Organisation, earlier: Plan) -> str:
    with pytest.raises(ts.WorkbookError) as raised:
        ts.replan(facts, earlier, workers=1)
    [problem] = raised.value.problems
    assert problem.remedy
    return problem.problem


def test_a_plan_of_other_people_is_refused() -> None:
    other = ts.plan(department("X"), workers=1)
    said = refusal(department(), other)
    assert "Department X" in said
    assert "of other people" in said


def test_a_plan_of_other_weeks_is_refused() -> None:
    earlier = ts.plan(department(start=MONDAY - timedelta(days=28)), workers=1)
    said = refusal(department(), earlier)
    assert "of other weeks" in said
    assert f"{earlier.sessions[0].date:%d/%m/%Y}" in said
    assert "01/03/2027" in said


def test_one_person_and_one_week_in_common_are_enough() -> None:
    earlier = ts.plan(department(start=MONDAY - timedelta(days=7), weeks=3), workers=1)
    ts.replan(department(), earlier, workers=1)
    newcomers = department(trainees=(trainee("T9"),), training_plan=(needs("T9", "QA"),))
    replanned = ts.replan(newcomers, ts.plan(department(), workers=1), workers=1)
    assert [session.trainees for session in replanned.sessions] == [("T9",)]


def test_an_earlier_plan_without_sessions_is_taken_as_it_is() -> None:
    nothing = ts.plan(department("X", training_plan=()), workers=1)
    assert nothing.sessions == ()
    assert ts.replan(department(), nothing, workers=1).sessions
