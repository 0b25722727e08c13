"""A plan found near old places is a plan: cover, pins, study and all."""

from pathlib import Path

import pytest

import trainsched
from tests.agreement.test_capacity import case
from tests.organisations import (
    AM,
    MONDAY,
    Kind,
    activity,
    calendar,
    needs,
    organisation,
    pattern,
    staff,
    trainee,
)
from trainsched.checker import check
from trainsched.domain.organisation import Organisation
from trainsched.expansion import around
from trainsched.expansion.around import placed_near
from trainsched.expansion.facts import only_what_must_be
from trainsched.expansion.memory import Memory
from trainsched.expansion.named import carried_over, in_numbers, in_words
from trainsched.expansion.proof import musts_alone
from trainsched.expansion.questions import Asker, Placing
from trainsched.planning.draft import DraftSession, placed_by_demand
from trainsched.planning.engine import Engine
from trainsched.problem.index import index

EXAMPLES = Path(__file__).parents[2] / "inputs" / "examples"


def standing(facts: Organisation) -> tuple[Asker, Placing]:
    asker = Asker(Engine(0, 1, float("inf")), Memory())
    return asker, asker.standing(facts)


def places_of(placing: Placing) -> set[tuple[int, int]]:
    return {(s.offering, demand) for s in placing.sessions for demand in s.demands}


def judge(asker: Asker, placing: Placing, places: set[tuple[int, int]]) -> None:
    assert placing.problem is not None
    found = placed_near(asker.engine, placing.problem, placing.judgements, places)
    assert found is not None
    plan = musts_alone(placing.problem, placing.judgements, found, asker.engine)
    assert check(placing.problem.organisation, plan) == []
    assert plan.goals[0].value == 0


def test_what_had_its_place_has_one_and_pinned_study_stays() -> None:
    facts = trainsched.read_workbook(EXAMPLES / "small.xlsx")
    assert any(pin.activity == "STUDY" for pin in facts.pins)
    asker, placing = standing(facts)
    judge(asker, placing, places_of(placing))


@pytest.mark.parametrize("demand", [0, 5, 11])
def test_whoever_had_no_place_is_helped(demand: int) -> None:
    asker, placing = standing(trainsched.read_workbook(EXAMPLES / "small.xlsx"))
    places = places_of(placing)
    left = {(offering, other) for offering, other in places if other != demand}
    assert len(left) < len(places)
    judge(asker, placing, left)


def test_few_who_had_no_place_at_all_are_placed_at_any_time() -> None:
    asker, placing = standing(trainsched.read_workbook(EXAMPLES / "small.xlsx"))
    judge(asker, placing, set())


def test_where_too_many_had_no_place_nothing_is_found_so(monkeypatch: pytest.MonkeyPatch) -> None:
    asker, placing = standing(trainsched.read_workbook(EXAMPLES / "small.xlsx"))
    assert placing.problem is not None
    monkeypatch.setattr(around, "MOST_TO_MEND", 3)
    assert placed_near(asker.engine, placing.problem, placing.judgements, set()) is None


@pytest.mark.parametrize("seed", range(12))
def test_in_any_organisation_what_is_found_is_a_plan(seed: int) -> None:
    facts = case(seed)
    asker, placing = standing(facts)
    if placing.fits:
        judge(asker, placing, places_of(placing))


def test_sessions_of_one_trainee_are_carried_over_to_another_of_that_name() -> None:
    facts = trainsched.read_workbook(EXAMPLES / "small.xlsx")
    _, placing = standing(facts)
    old = placing.problem
    assert old is not None
    names = {t.trainee_id: f"OTHER-{t.trainee_id}" for t in facts.trainees}
    other = facts.model_copy(
        update={
            "trainees": tuple(
                t.model_copy(update={"trainee_id": names[t.trainee_id]}) for t in facts.trainees
            ),
            "training_plan": tuple(
                r.model_copy(update={"trainee_id": names[r.trainee_id]})
                for r in only_what_must_be(facts).training_plan
            ),
            "roster": tuple(e for e in facts.roster if e.person_id not in names),
            "rotations": (),
            "pins": (),
        }
    )
    new = index(only_what_must_be(Organisation.model_validate(other.model_dump())))
    assert carried_over(old, new, placing.sessions) == ()
    moved = in_numbers(new, in_words(old, placing.sessions), names)
    assert sum(len(s.demands) for s in moved) == sum(len(s.demands) for s in placing.sessions)


def test_others_may_study_when_one_is_pinned_to_study() -> None:
    facts = trainsched.read_workbook(EXAMPLES / "small.xlsx")
    (pin,) = [pin for pin in facts.pins if pin.activity == "STUDY"]
    first = facts.calendar.period_names[0]
    others = tuple(other for other in facts.pins if other is not pin)
    at_first = (*others, pin.model_copy(update={"period": first}))
    asker, placing = standing(facts.model_copy(update={"pins": at_first}))
    judge(asker, placing, places_of(placing))


def test_what_is_pinned_needs_no_place_from_before() -> None:
    facts = trainsched.read_workbook(EXAMPLES / "small.xlsx")
    asker, placing = standing(facts)
    assert placing.problem is not None
    pinned = {demand for pin in placing.problem.pins for demand in pin.demands}
    assert pinned
    judge(asker, placing, {(o, d) for o, d in places_of(placing) if d not in pinned})


@pytest.mark.parametrize("trainer_days", [(0, 1), (0,)])
def test_whoever_lacks_study_is_placed_anew_as_a_whole(trainer_days: tuple[int, ...]) -> None:
    # T1 has a session with S1 on Monday, when alone T1 could study. S1 is there on Tuesday too, or
    # is not: then nothing is any better, and all stays as it is.
    facts = organisation(
        calendar=calendar(days=(0, 1), periods=(AM,)),
        staff=(staff("S1", pattern=pattern(days=trainer_days, periods=("AM",))),),
        trainees=(trainee("T1"),),
        activities=(activity("A"), activity("B", kind=Kind.STUDY)),
        training_plan=(needs("T1", "A"), needs("T1", "B", deadline=MONDAY)),
    )
    asker = Asker(Engine(0, 1, float("inf")), Memory())
    problem = index(only_what_must_be(facts))
    demand = {d.requirement.activity: d.index for d in problem.demands}
    monday = next(o for o in problem.offerings if o.attendees == (demand["A"],))
    session = DraftSession(monday.index, (demand["A"],), ((0, monday.roles[0][0]),), ())
    found = around._all_of_theirs_anew(asker.engine, problem, asker.judge(problem), (session,))
    if len(trainer_days) == 1:
        assert found == (session,)
    else:
        assert placed_by_demand(found) == {demand["A"]: 1, demand["B"]: 1}
