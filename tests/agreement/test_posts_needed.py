"""Posts of an answer are all needed: take any away, and the targets are proved out of reach."""

from datetime import timedelta

from tests.organisations import (
    AM,
    MONDAY,
    PM,
    activity,
    calendar,
    duty,
    organisation,
    pattern,
    policy,
    staff,
    trainee,
)
from trainsched.checker import check
from trainsched.declared import load_costs
from trainsched.domain.capacity import STARTERS
from trainsched.domain.curriculum import CurriculumRow, Role, Timing
from trainsched.domain.funding import HeiPlaces, Post, Programme, Target
from trainsched.domain.organisation import CoverGoal, Organisation
from trainsched.domain.people import UniversityBlock
from trainsched.expansion import Inquiry, fund_budgets
from trainsched.expansion.master import Wish
from trainsched.expansion.memory import Memory
from trainsched.expansion.offer import Choice
from trainsched.expansion.trial import Trials
from trainsched.planning.engine import Engine

TWO_DAYS = calendar(days=(0, 1), periods=(AM, PM))


def department_that_wants(intake: int, **facts: object) -> Organisation:
    """One trainer who may give one session a week; every starter needs two, of two competences."""
    held = {"QA": "qa", "RP": "rp"}
    roles = {code: Role(name="trainer", competences=(one,)) for code, one in held.items()}
    given: dict[str, object] = {
        "calendar": TWO_DAYS,
        "policy": policy(max_training_per_week=1),
        "staff": (staff("S1", competences=("qa",)),),
        "activities": tuple(activity(code, roles=(role,)) for code, role in roles.items()),
        "curriculum": tuple(
            CurriculumRow(programme="STP", activity=code, timing=Timing(sessions=1))
            for code in roles
        ),
        "targets": (Target(programme="STP", year=2027, intake=intake, department="D"),),
        "programmes": (Programme(code="STP", years=3, annual_cost_pounds=100),),
        "posts": (
            Post(post="BOTH", band="7", competences=("qa", "rp"), annual_cost_pounds=50,
                 max_posts=3),
            Post(post="RP", band="6", competences=("rp",), annual_cost_pounds=30, max_posts=3),
        ),
        **facts,
    }  # fmt: skip
    return organisation(**given)


def inquiry(facts: Organisation) -> Inquiry:
    return Inquiry(facts, load_costs(), Engine(0, 1, float("inf")))


def test_every_post_of_the_answer_is_needed() -> None:
    # Two starters: two QA sessions (S1 gives one) and two RP sessions, one session a holder.
    asked = inquiry(department_that_wants(2))
    answer = asked.answer_for(2027)
    assert answer.bought is not None
    assert answer.bought.pounds == answer.least_pounds == 50 + 30 + 30
    assert answer.is_proved
    assert answer.plan is not None
    assert answer.scenario is not None
    assert check(answer.scenario, answer.plan) == []
    trials = Trials(answer.offer, asked.asker)
    units = dict(answer.bought.choice.units)
    assert sum(units.values()) == 3
    for place, number in units.items():
        fewer = answer.bought.choice.with_units({**units, place: number - 1})
        assert trials.attempt(fewer).fits is False
    assert set(answer.fails_without) == {"BOTH in D", "RP in D"}


def test_hosting_limit_has_its_proof_pair() -> None:
    facts = department_that_wants(1, staff=(
        staff("S1", competences=("qa",)), staff("S2", competences=("rp",))
    ))  # fmt: skip
    outcome = inquiry(facts).capacity()
    (limit,) = [h for h in outcome.capacity.hosting if h.view == STARTERS]
    assert (limit.fits, limit.impossible_from) == (1, 2)
    assert outcome.capacity.annual_cost.value == 0
    gains = {b.detail: b.value_of_one_more for b in outcome.capacity.binding_limits}
    assert gains == {}  # one more of either alone lets nobody in


def test_part_time_days_are_chosen() -> None:
    # Duties take the only other person on Monday, so a post of half the week comes on Monday.
    facts = department_that_wants(
        0,
        targets=(),
        cover_goal=CoverGoal.FULL,
        staff=(staff("S1", pattern=pattern((1,))),),
        duties=(duty("clinic"),),
        posts=(Post(post="H", band="6", wte=0.5, annual_cost_pounds=9, max_posts=1),),
    )
    answer = inquiry(facts).answer_for(2026)
    assert answer.bought is not None
    assert answer.bought.pounds == 9
    assert {day for day, _ in answer.holders[0].slots} == {0}


def test_targets_out_of_reach_show_the_most_that_can_be_hosted() -> None:
    outcome = inquiry(department_that_wants(9)).capacity(with_hosting=False)
    money = outcome.capacity.annual_cost
    assert (money.value, money.bound) == (None, None)
    # S1 and three BOTH for QA, three RP for RP.
    assert [t.hosted for t in outcome.capacity.targets] == [3]
    assert outcome.years[0].reasons


def test_a_choice_of_university_is_made_by_its_price_and_its_weeks() -> None:
    posts = (Post(post="ALL", band="7", competences=("qa", "rp"), annual_cost_pounds=1,
                  max_posts=9),)  # fmt: skip
    heis = (
        HeiPlaces(hei="Cheap", programme="STP", places=9, fee_per_place_pounds=5),
        HeiPlaces(hei="Dear", programme="STP", places=9, fee_per_place_pounds=8),
    )
    away = UniversityBlock(hei="Cheap", first_date=MONDAY, last_date=MONDAY + timedelta(days=1))
    free = department_that_wants(1, posts=posts, hei_places=heis)
    bought = inquiry(free).answer_for(2027).bought
    assert bought is not None
    assert bought.places_pounds == 5
    away_all_along = department_that_wants(1, posts=posts, hei_places=heis, university=(away,))
    bought = inquiry(away_all_along).answer_for(2027).bought
    assert bought is not None
    assert bought.places_pounds == 8


def test_extra_places_are_bought_once_the_ordinary_ones_are_gone() -> None:
    row = HeiPlaces(hei="U", programme="STP", places=1, fee_per_place_pounds=5,
                    extra_places_max=1, extra_place_cost_pounds=2)  # fmt: skip
    outcome = inquiry(department_that_wants(2, hei_places=(row,))).capacity(with_hosting=False)
    (place,) = outcome.capacity.hei_places
    assert (place.needed, place.extra, place.cost) == (2, 1, 7)


def test_a_budget_buys_the_most_it_can() -> None:
    facts = department_that_wants(3)
    points = fund_budgets(inquiry(facts), [0, 129, 130, 500]).funding.points
    # One starter: 100 of salary and 30 for a post. Three: 300, two BOTH and three RP.
    assert [point.intake for point in points] == [0, 0, 1, 3]
    assert points[3].annual_cost == 490
    assert points[3].split.salary_support == 300
    assert points[3].cost_per_trainee == 163


def test_proofs_are_kept_and_change_nothing(tmp_path) -> None:
    facts = department_that_wants(2)
    first = Inquiry(facts, load_costs(), Engine(0, 1, float("inf")), tmp_path).answer_for(2027)
    again = Inquiry(facts, load_costs(), Engine(0, 1, float("inf")), tmp_path).answer_for(2027)
    assert any(tmp_path.iterdir())
    assert again.bought == first.bought
    assert again.plan == first.plan
    (tmp_path / "broken.json").write_text("{")
    assert Memory(tmp_path).get("broken") is None


def test_an_impossible_wish_is_said_to_be_so() -> None:
    facts = department_that_wants(2, posts=())
    asked = inquiry(facts)
    offer = asked.offer(2027, facts.targets)
    result = asked.master(offer).fulfil(Wish())
    assert result.is_impossible
    assert result.bought is None
    assert Choice.of({}, {}).people() == ()


def test_present_trainees_who_cannot_be_placed_leave_no_room() -> None:
    facts = department_that_wants(1, trainees=(trainee("T1", year=1), trainee("T2", year=1)))
    outcome = inquiry(facts).capacity()
    (limit,) = [h for h in outcome.capacity.hosting if h.view == STARTERS]
    assert (limit.fits, limit.impossible_from) == (0, 1)
    assert limit.limits
