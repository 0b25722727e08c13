"""The least cost of posts for duties alone, and who fills what, beside every choice of posts.

What a choice is worth is judged by what the days then lack, which has tests of its own against
every assignment written out.
"""

from itertools import product

import pytest
from ortools.sat.python import cp_model

from tests.agreement.dice import Dice
from tests.agreement.random_organisations import TINY, random_organisation
from tests.organisations import AM, PM, calendar, department, duty, organisation
from trainsched.declared import load_costs
from trainsched.domain.funding import Post
from trainsched.domain.organisation import CoverGoal, Organisation
from trainsched.expansion import duties_only
from trainsched.expansion.duties_only import cheapest_staffing, is_about_duties_only
from trainsched.expansion.duty_places import DutyPlaces
from trainsched.expansion.facts import Holder, add_holders, every_slot
from trainsched.expansion.money import PriceList
from trainsched.expansion.offer import Offer
from trainsched.expansion.staffing_linear import StaffingLinear
from trainsched.planning.engine import Engine
from trainsched.planning.unavoidable import judge_days
from trainsched.problem.index import index


def case(seed: int) -> Offer:
    """A random organisation without training that wants its duties filled."""
    dice = Dice(seed)
    random = random_organisation(seed, TINY)
    held = sorted({code for duty in random.duties for code in duty.competences})
    posts = [
        Post(
            post=name,
            band=dice.choice(("5", "7", "8a")),
            competences=tuple(code for code in held if dice.chance(0.7)),
            annual_cost_pounds=dice.choice((1, 20, 30, 30, 50)),
            max_posts=dice.randint(1, 2),
            department=dice.choice((None, None, random.departments[0].code)),
        )
        for name in ("P", "Q", "R")[: 3 - len(random.departments) // 3]
    ]
    staff = [
        member.model_copy(update={"departments": member.departments[:1]})
        for member in random.staff[: dice.randint(0, len(random.staff))]
    ]
    kept = {member.staff_id for member in staff}
    facts = Organisation.model_validate(
        {
            **random.model_dump(),
            "cover_goal": CoverGoal.FULL,
            "staff": [member.model_dump() for member in staff],
            "posts": [post.model_dump() for post in posts],
            "roster": [
                entry for entry in random.roster if entry.person_id in kept and not entry.duty
            ],
            **dict.fromkeys(
                ("trainees", "training_plan", "curriculum", "pins", "rotations", "preferences"), ()
            ),
        }
    )
    return Offer(facts, 2027, (), PriceList(load_costs()))


def least_by_hand(offer: Offer) -> int | None:
    """The least cost of any choice of units with which no day lacks anybody; or None."""
    facts = offer.organisation
    codes = [department.code for department in facts.departments]
    listed = [
        (post, code) for post in facts.posts for code in codes if post.department in (None, code)
    ]
    slots = every_slot(facts.calendar).weeks[0]
    best: int | None = None
    for counts in product(*(range((post.max_posts or 0) + 1) for post, _ in listed)):
        units = {post.post: 0 for post in facts.posts}
        holders: list[Holder] = []
        cost = 0
        for (post, code), count in zip(listed, counts, strict=True):
            for _ in range(count):
                units[post.post] += 1
                holders.append(Holder(post.post, code, units[post.post], slots))
                cost += post.annual_cost_pounds or 0
        if any(units[post.post] > (post.max_posts or 0) for post in facts.posts):
            continue
        if best is not None and cost >= best:
            continue
        problem = index(add_holders(facts, offer.posts, holders))
        if not any(any(judged.unavoidable) for judged in judge_days(problem)):
            best = cost
    return best


def judge(seed: int) -> bool:
    """Whether posts were needed, and could be had."""
    offer = case(seed)
    assert is_about_duties_only(offer)
    staffing = cheapest_staffing(offer, Engine(0, 1, float("inf")))
    least = least_by_hand(offer)
    assert staffing.is_impossible == (least is None)
    if least is None:
        return False
    assert staffing.pounds == staffing.least_pounds == least
    assert staffing.problem is not None
    assert all(
        sum(position == place for place, _ in staffing.filled[number].filled) == kind.need
        for number, cover_day in enumerate(staffing.problem.cover_days)
        for position, kind in enumerate(cover_day.places)
    )
    return least > 0


@pytest.mark.parametrize("seeds", [range(20), range(20, 40)])
def test_no_choice_of_posts_is_cheaper(seeds: range) -> None:
    assert sum(judge(seed) for seed in seeds) >= 5


def test_a_post_that_fills_nothing_is_not_bought_even_for_nothing() -> None:
    free = Post(post="FREE", band="6", annual_cost_pounds=0, max_posts=3)
    facts = organisation(
        cover_goal=CoverGoal.FULL, staff=(), duties=(duty("clinic", 2),), posts=(free,)
    )
    offer = Offer(facts, 2027, (), PriceList(load_costs()))
    staffing = cheapest_staffing(offer, Engine(0, 1, float("inf")))
    assert (staffing.pounds, staffing.least_pounds) == (0, 0)
    assert len(staffing.holders) == 2


def test_nor_where_it_is_found_by_halves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(StaffingLinear, "relaxed_bound", lambda *_: float("-inf"))
    monkeypatch.setattr(StaffingLinear, "cheapest", lambda *_: (None, float("-inf"), False))
    assert sum(judge(seed) for seed in range(30)) >= 8


def test_nor_where_only_the_tree_search_finds_any(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(StaffingLinear, "relaxed_bound", lambda *_: float("-inf"))
    monkeypatch.setattr(duties_only, "staffed_within", lambda *_: (cp_model.UNKNOWN, None))
    assert sum(judge(seed) for seed in range(40)) >= 10


def test_what_is_found_at_all_is_told_with_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    # Nothing cheaper is looked for than all posts: an answer all the same, and an honest one.
    whole = duties_only.staffed_within
    everything = 0

    def only_all(places, engine, pounds, turns):
        nonlocal everything
        if pounds < places.pounds_of_all:
            return cp_model.UNKNOWN, None
        everything += 1
        return whole(places, engine, pounds, turns)

    monkeypatch.setattr(duties_only, "staffed_within", only_all)
    monkeypatch.setattr(StaffingLinear, "cheapest", lambda *_: (None, float("-inf"), False))
    open_ones = 0
    for seed in range(40):
        offer = case(seed)
        staffing = cheapest_staffing(offer, Engine(0, 1, float("inf")))
        least = least_by_hand(offer)
        assert staffing.is_impossible == (least is None)
        if least is not None:
            assert staffing.pounds is not None
            assert staffing.least_pounds <= least <= staffing.pounds
            open_ones += staffing.least_pounds < staffing.pounds
    assert everything > 0
    assert open_ones > 0


def two_departments() -> Offer:
    """Each needs a person. The cheap post is there once, for either; the dear one twice."""
    facts = organisation(
        cover_goal=CoverGoal.FULL,
        departments=(department("D"), department("E")),
        staff=(),
        duties=(duty("clinic"), duty("clinic", department="E", row=3)),
        posts=(
            Post(post="CHEAP", band="6", annual_cost_pounds=1, max_posts=1),
            Post(post="DEAR", band="6", annual_cost_pounds=10, max_posts=2),
        ),
    )
    return Offer(facts, 2027, (), PriceList(load_costs()))


def test_a_post_is_not_bought_more_often_than_it_is_listed() -> None:
    staffing = cheapest_staffing(two_departments(), Engine(0, 1, float("inf")))
    assert sorted(holder.post for holder in staffing.holders) == ["CHEAP", "DEAR"]
    assert staffing.pounds == staffing.least_pounds == 11
    places = DutyPlaces(two_departments())
    status, found = duties_only.staffed_within(
        places, Engine(0, 1, float("inf")), 10, duties_only.AT_FIRST
    )
    assert (status, found) == (cp_model.INFEASIBLE, None)


def test_the_moment_is_told_at_which_duties_together_need_too_many() -> None:
    # One clinic takes all day, another the afternoon: only then are there too few.
    facts = organisation(
        calendar=calendar(periods=(AM, PM)),
        cover_goal=CoverGoal.FULL,
        staff=(),
        duties=(
            duty("long", one_person=True),
            duty("short", periods=("PM",), row=3),
        ),
        posts=(Post(post="P", band="6", annual_cost_pounds=10, max_posts=1),),
    )
    staffing = cheapest_staffing(
        Offer(facts, 2027, (), PriceList(load_costs())), Engine(0, 1, float("inf"))
    )
    assert staffing.is_impossible
    assert "All duties together" in staffing.reason
    assert " PM: 2 needed, and with all listed posts 1 could." in staffing.reason


def without_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """No search finds or proves anything, and no linear solver comes to an end."""
    monkeypatch.setattr(duties_only, "staffed_within", lambda *_: (cp_model.UNKNOWN, None))
    monkeypatch.setattr(StaffingLinear, "relaxed_bound", lambda *_: float("-inf"))
    monkeypatch.setattr(StaffingLinear, "cheapest", lambda *_: (None, float("-inf"), False))


@pytest.mark.parametrize("ways", [0, 10**9])
def test_what_is_not_known_is_never_said_to_be_impossible(
    monkeypatch: pytest.MonkeyPatch, ways: int
) -> None:
    without_answers(monkeypatch)
    monkeypatch.setattr(duties_only, "MOST_FOR_THE_TREE_AT_ONCE", ways)
    by_counting = 0
    for seed in range(40):
        offer = case(seed)
        staffing = cheapest_staffing(offer, Engine(0, 1, float("inf")))
        least = least_by_hand(offer)
        assert staffing.pounds is None
        assert not staffing.is_impossible or (least is None and staffing.reason)
        by_counting += staffing.is_impossible
        if least is not None:
            assert staffing.least_pounds <= least
    assert by_counting > 0


def test_the_relaxation_is_right_without_any_search(monkeypatch: pytest.MonkeyPatch) -> None:
    relaxed = StaffingLinear.relaxed_bound
    without_answers(monkeypatch)
    monkeypatch.setattr(StaffingLinear, "relaxed_bound", relaxed)
    monkeypatch.setattr(DutyPlaces, "out_of_reach", lambda _: None)
    bounds = impossible = 0
    for seed in range(40):
        offer = case(seed)
        staffing = cheapest_staffing(offer, Engine(0, 1, float("inf")))
        least = least_by_hand(offer)
        assert not staffing.is_impossible or least is None
        impossible += staffing.is_impossible
        if least is not None:
            assert staffing.least_pounds <= least
            bounds += staffing.least_pounds > 0
    assert bounds > 0
    assert impossible > 0
    places = DutyPlaces(two_departments())
    assert StaffingLinear(places).relaxed_bound(float("inf")) == pytest.approx(11)


def test_a_relaxation_that_is_cut_short_says_nothing() -> None:
    facts = organisation(
        calendar=calendar(days=(0, 1, 2, 3, 4), periods=(AM, PM)),
        cover_goal=CoverGoal.FULL,
        staff=(),
        duties=tuple(duty(f"duty {number}", row=number) for number in range(2, 42)),
        posts=(Post(post="P", band="6", annual_cost_pounds=10, max_posts=50),),
    )
    places = DutyPlaces(Offer(facts, 2027, (), PriceList(load_costs())))
    assert len(places.fills) == 20_000
    assert StaffingLinear(places).relaxed_bound(0.0) == float("-inf")


def test_the_busiest_moment_alone_gives_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    without_answers(monkeypatch)
    staffing = cheapest_staffing(two_departments(), Engine(0, 1, float("inf")))
    # Each department has a moment of its own, which a CHEAP for each would fill.
    assert staffing.least_pounds >= 1


def test_whoever_is_bought_works_at_every_peak() -> None:
    # Two slots need two of two posts each; to pay for two is to have both at work in both.
    posts = tuple(
        Post(post=name, band="6", competences=held, annual_cost_pounds=10, max_posts=1)
        for name, held in (("A", ("a",)), ("B", ("a", "b")), ("C", ("b",)))
    )
    facts = organisation(
        calendar=calendar(periods=(AM, PM)),
        cover_goal=CoverGoal.FULL,
        staff=(),
        duties=(
            duty("first", 2, competences=("a",), periods=("AM",)),
            duty("second", 1, competences=("a",), periods=("PM",), row=3),
            duty("third", 1, competences=("b",), periods=("PM",), row=4),
        ),
        posts=posts,
    )
    offer = Offer(facts, 2027, (), PriceList(load_costs()))
    places = DutyPlaces(offer)
    assert sorted(moment.bought for moment in places.moments) == [2, 2]
    assert places.most_units(29) == 2
    assert places.least_pounds == 20
    staffing = cheapest_staffing(offer, Engine(0, 1, float("inf")))
    assert sorted(holder.post for holder in staffing.holders) == ["A", "B"]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(40, 300))
def test_no_choice_of_posts_is_cheaper_on_many_more(seed: int) -> None:
    judge(seed)
