"""What is found around a standing plan holds as one; what is proved of less is never too much."""

import time
from collections.abc import Iterable
from pathlib import Path

import pytest
from ortools.sat.python import cp_model

import trainsched
from tests.agreement.test_capacity import case, inquiry
from tests.agreement.test_posts_needed import department_that_wants
from tests.organisations import AM, PM, Kind, Role, activity, calendar, duty, policy, staff
from trainsched.checker import check
from trainsched.domain.capacity import STARTERS, HostingLimit
from trainsched.domain.curriculum import CurriculumRow, Timing
from trainsched.domain.duties import Presence
from trainsched.domain.organisation import Organisation
from trainsched.expansion import (
    counted_model,
    part_by_part,
    room_search,
    side_by_side,
    standing,
)
from trainsched.expansion.counting import nobody_who_could
from trainsched.expansion.dealing import deal
from trainsched.expansion.facts import (
    Starter,
    add_starters,
    more_is_never_easier,
    only_what_must_be,
    starter_ids,
)
from trainsched.expansion.hosting import HostingSearch
from trainsched.expansion.memory import Memory
from trainsched.expansion.newcomers import cover_together, kinds_of, scarce_for
from trainsched.expansion.proof import musts_alone, prove
from trainsched.expansion.questions import Asker, Placing
from trainsched.expansion.relaxed import is_too_much
from trainsched.expansion.room import Room
from trainsched.expansion.room_search import RoomSearch
from trainsched.planning.engine import Engine
from trainsched.planning.unavoidable import judge_days
from trainsched.problem.index import index

EXAMPLES = Path(__file__).parents[2] / "inputs" / "examples"


def department_with_a_trainer(sessions_per_week: int, weeks: int) -> Organisation:
    """One trainer, and starters who need one session each."""
    need = CurriculumRow(programme="STP", activity="QA", timing=Timing(sessions=1))
    return department_that_wants(
        0,
        posts=(),
        curriculum=(need,),
        calendar=calendar(days=tuple(range(5)), periods=(AM, PM), weeks=weeks),
        policy=policy(max_training_per_week=sessions_per_week),
    )


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
    present = asker.standing(organisation)
    for number in range(1, 5):
        scenario = with_starters(organisation, number)
        placing = asker.put_in(scenario, present)
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


@pytest.mark.parametrize("seed", range(8))
def test_musts_placed_piece_by_piece_agree_with_the_whole(seed: int, monkeypatch) -> None:
    organisation = case(seed)
    expected = inquiry(organisation).asker.every_must(organisation).fits
    monkeypatch.setattr(standing, "MOST_CHOICES_AS_A_WHOLE", 0)
    placing = inquiry(organisation).asker.standing(organisation)
    assert placing.fits is expected
    if placing.fits:
        check_placing(organisation, placing)


def judge_room(seed: int, years: tuple[int, ...] = (1,)) -> None:
    organisation = case(seed)
    department, programme = organisation.departments[0].code, organisation.targets[0].programme
    asker = inquiry(organisation).asker

    def starters_of(number: int) -> list[Starter]:
        turns = range(number)
        return [Starter(programme, department, t, year=year) for year in years for t in turns]

    fitting = [
        number
        for number in range(5)
        if asker.every_must(add_starters(organisation, starters_of(number))).fits
    ]
    kinds = kinds_of(organisation, programme, department, None, years)
    problem = kinds.problem(organisation)
    search = RoomSearch(asker.engine, organisation, kinds, problem, 4, asker.judge)
    found = search.look(0, lambda _: False)
    if found is None or not more_is_never_easier(organisation, [programme]) or not fitting:
        return
    assert found.above >= max(fitting)
    if not found.is_of_whole:
        return
    starters = starters_of(found.fits or 0)
    scenario = only_what_must_be(add_starters(organisation, starters))
    ids = starter_ids(starters, organisation.trainee_by_id)
    dealt = deal(search, found, scenario, {name: starter for starter, name in ids.items()})
    if dealt is None:
        return
    problem, sessions = dealt
    assert search.counted is not None
    plan = musts_alone(problem, judge_days(problem), sessions, asker.engine)
    assert check(scenario, plan) == []
    assert plan.goals[0].value == 0


@pytest.mark.parametrize("seed", range(8))
def test_room_for_newcomers_is_never_less_than_fit_and_its_plans_hold(seed: int) -> None:
    judge_room(seed)


@pytest.mark.parametrize("seed", range(8))
def test_room_is_found_where_the_relaxation_would_take_too_long(seed: int, monkeypatch) -> None:
    monkeypatch.setattr(counted_model, "MOST_VARIABLES", 0)
    judge_room(seed)


@pytest.mark.parametrize("seed", range(8))
def test_room_for_newcomers_of_every_year_is_never_less_than_fit(seed: int) -> None:
    judge_room(seed, years=(1, 2))


@pytest.mark.parametrize("seed", range(6))
def test_room_in_a_part_of_a_large_organisation_is_no_less(seed: int, monkeypatch) -> None:
    monkeypatch.setattr(room_search, "MOST_CHOICES_AS_A_WHOLE", 0)
    judge_room(seed)


def medium_room_search() -> RoomSearch:
    facts = trainsched.read_workbook(EXAMPLES / "medium.xlsx")
    asker = Asker(Engine(0, 1, float("inf"), deadline=time.monotonic() + 3600), Memory())
    kinds = kinds_of(facts, "APP-L4", "DR", None, (1,))
    return RoomSearch(asker.engine, facts, kinds, kinds.problem(facts), 40, asker.judge)


def test_a_search_cut_off_before_it_knows_a_bound_proves_nothing() -> None:
    search = medium_room_search()
    counting = search.build(search.parts[0])
    assert counting is not None
    search.engine.deadline = time.monotonic() + 0.01
    assert counting.first_bound(40) == 40
    assert counting.near_relaxation(1) is None


def test_room_for_fewer_with_a_plan_is_not_the_last_word(monkeypatch) -> None:
    monkeypatch.setattr(room_search, "MOST_CHOICES_AS_A_WHOLE", 0)
    asked: list[int] = []
    dealt: list[Room] = []

    def is_dealt(room: Room) -> bool:
        asked.append(room.fits or 0)
        if asked[-1] < max(asked):
            dealt.append(room)
        return bool(dealt)

    found = medium_room_search().look(0, is_dealt)
    assert found is not None
    assert found.fits == asked[-1] < max(asked)
    assert dealt == [found]
    assert found.above >= max(asked)
    assert not found.is_last_word


def test_without_a_clock_larger_parts_are_asked_for_more(monkeypatch) -> None:
    monkeypatch.setattr(room_search, "MOST_CHOICES_AS_A_WHOLE", 0)
    search = medium_room_search()
    search.engine.deadline = None
    dealt: list[int] = []

    def is_dealt(room: Room) -> bool:
        fits = room.fits or 0
        is_possible = room.of is search.parts[-1] or fits <= room.above // 2
        if is_possible:
            dealt.append(fits)
        return is_possible

    found = search.look(0, is_dealt)
    assert found is not None
    assert dealt == sorted(set(dealt))
    assert found.fits == dealt[-1]
    assert found.is_last_word is (found.fits == found.above)
    assert found.of is search.parts[-1]


def two_trainers_of_three(mornings: int) -> Organisation:
    """Each session needs two trainers, of three. The relaxation thinks each morning has 1.5."""
    return department_that_wants(
        0,
        posts=(),
        calendar=calendar(days=tuple(range(mornings)), periods=(AM,)),
        policy=policy(),
        staff=tuple(staff(f"S{n}", competences=("qa",)) for n in range(3)),
        activities=(
            activity("QA", roles=(Role(name="trainer", competences=("qa",), count=2),)),
            activity("RP", kind=Kind.STUDY),
        ),
        curriculum=(CurriculumRow(programme="STP", activity="QA", timing=Timing(sessions=1)),),
    )


@pytest.mark.parametrize("mornings", [2, 4])
def test_what_the_relaxation_takes_for_room_is_proved_to_be_none(
    mornings: int, monkeypatch
) -> None:
    monkeypatch.setattr(room_search, "MOST_CHOICES_AS_A_WHOLE", 0)
    facts = two_trainers_of_three(mornings)

    def limit() -> HostingLimit:
        search = HostingSearch(facts, Asker(Engine(0, 1, float("inf")), Memory()))
        return search.limit(facts, facts.departments[0], "STP", STARTERS)

    def room() -> Room | None:
        asker = inquiry(facts).asker
        kinds = kinds_of(facts, "STP", "D", None, (1,))
        search = RoomSearch(asker.engine, facts, kinds, kinds.problem(facts), 9, asker.judge)
        return search.look(0, lambda _: True)

    with monkeypatch.context() as patch:
        patch.setattr(part_by_part, "MOST_PROOFS_THAT_FAIL", 0)
        without = room()
    found = room()
    assert without is not None
    assert found is not None
    assert (without.fits, without.above) == (mornings, mornings * 3 // 2)
    assert (found.fits, found.above, found.is_last_word) == (mornings, mornings, True)
    assert (limit().fits, limit().impossible_from) == (mornings, mornings + 1)


class _Near:
    """Stands for a model: which numbers fit near its relaxation."""

    def __init__(self, fitting: set[int]) -> None:
        self.fitting = fitting
        self.asked: list[int] = []

    def near_relaxation(self, number: int) -> object | None:
        self.asked.append(number)
        return number if number in self.fitting else None


def near(
    fitting: Iterable[int], most: int, low: int = 0, asked_in_vain: int = -1
) -> tuple[list[int], list[int]]:
    search = medium_room_search()
    model = _Near(set(fitting))
    found = [n for n, _ in search.near(model, most, low, asked_in_vain)]  # type: ignore[arg-type]
    return found, model.asked


def test_the_largest_that_is_near_is_found_by_halves_and_fewer_in_larger_steps() -> None:
    # 40 and fewer fit: 50, 49, 47, 43 do not, 35 does, and up again 39, 41, 40.
    found, asked = near(range(41), 50)
    assert asked[:8] == [50, 49, 47, 43, 35, 39, 41, 40]
    assert found == [40, 24]
    # The first fits: fewer are only asked for where it was not dealt out.
    assert near(range(41), 40)[0] == [40, 39, 37, 33, 25, 9]
    assert near(range(41), 40, low=36)[0] == [40, 39, 37]
    # What was asked in vain of less is not asked again.
    assert near(range(41), 40, low=38, asked_in_vain=40) == ([39], [39])
    assert near((), 5) == ([], [5, 4, 2])


def scarce_officer() -> Organisation:
    """S0 alone gives QA to all, and reviews to every other: n QA and n / 2 reviews in six slots."""
    officers = (Role(name="training_officer"),)
    return department_that_wants(
        0,
        posts=(),
        calendar=calendar(days=tuple(range(3)), periods=(AM, PM)),
        policy=policy(),
        staff=(staff("S0", competences=("qa", "rp")), staff("S1", competences=("rp",))),
        activities=(
            activity("QA", roles=(Role(name="trainer", competences=("qa",)),)),
            activity("RP", roles=officers),
        ),
    )


def test_rivals_for_a_scarce_officer_keep_what_every_newcomer_asks_of_them() -> None:
    facts = scarce_officer()
    asker = inquiry(facts).asker
    kinds = kinds_of(facts, "STP", "D", None, (1,))
    assert len(kinds.officers[1]) == 2
    search = RoomSearch(asker.engine, facts, kinds, kinds.problem(facts), 9, asker.judge)
    counting = search.build(search.parts[-1])
    assert counting is not None
    demands = counting.build.problem.demands
    qa = [d.index for d in demands if d.requirement.activity == "QA"]
    rivals = search.rivals(counting, qa)
    assert rivals is not None

    def fits(number: int) -> bool:
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        return solver.solve(rivals.with_so_many(number)) == cp_model.OPTIMAL

    assert [number for number in range(8) if fits(number)] == [0, 1, 2, 3, 4]


def test_who_covers_together_is_everybody_who_could_take_a_place() -> None:
    # S1 alone may teach. S2 shares a clinic with S1, S3 another with S2; presence takes nobody.
    facts = department_that_wants(
        1,
        staff=(
            staff("S1", competences=("qa", "a")),
            staff("S2", competences=("a", "b")),
            staff("S3", competences=("b",)),
            staff("S4", competences=("qa", "c"), trains=False),
        ),
        duties=(
            duty("first", competences=("a",), row=2),
            duty("second", competences=("b",), row=3),
            duty("third", competences=("a", "c"), presence=Presence.ON_SITE, row=4),
        ),
    )
    problem = index(with_starters(facts, 1))
    number = {person.person_id: person.index for person in problem.people}
    qa = next(d.index for d in problem.demands if d.requirement.activity == "QA")
    scarce = scarce_for(problem, (qa,))
    assert scarce == {number["S1"]}
    assert cover_together(problem, scarce) == {number["S1"], number["S2"]}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8, 40))
def test_much_room_for_newcomers_of_every_year_is_never_less_than_fit(seed: int) -> None:
    judge_room(seed, years=(1, 2))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8, 60))
def test_much_room_for_newcomers_is_never_less_than_fit(seed: int) -> None:
    judge_room(seed)


def test_a_limit_beyond_thirty_is_proved_and_its_plan_is_checked() -> None:
    # Eight weeks of five sessions, one a starter, nothing else asked of anybody.
    facts = department_with_a_trainer(5, weeks=8)
    asker = Asker(Engine(0, 1, float("inf")), Memory())
    search = HostingSearch(facts, asker)
    limit = search.limit(facts, facts.departments[0], "STP", STARTERS)
    assert (limit.fits, limit.impossible_from) == (40, 41)
    assert asker.rejected == []
    # It is remembered as a whole.
    again = HostingSearch(facts, Asker(Engine(0, 1, 0.0), asker.memory))
    assert again.limit(facts, facts.departments[0], "STP", STARTERS) == limit


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

    def limits(workers: int, deadline: float | None = None) -> list[object]:
        asker = Asker(Engine(0, workers, float("inf"), deadline), Memory())
        return side_by_side.hosting_limits(organisation, asker, None, told.append)

    alone = limits(1)
    monkeypatch.setattr(side_by_side, "FEWEST_TRAINEES_FOR_A_CREW", 0)
    assert limits(2) == alone
    assert told[-1] == "hosting limits: 8 of 8 tasks"
    # Under a time limit view after view.
    assert limits(2, time.monotonic() + 600.0) == alone
    assert told[-1] == "hosting limits: 8 of 8 tasks"


def test_a_pin_of_somebody_else_at_a_time_of_newcomers_is_no_obstacle() -> None:
    facts = trainsched.read_workbook(EXAMPLES / "medium.xlsx")
    assert facts.pins
    search = HostingSearch(facts, Asker(Engine(0, 1, float("inf")), Memory()))
    limit = search.limit(facts, facts.department_by_code["DR"], "HSST", STARTERS)
    assert limit.is_proved
    assert limit.fits > 0
    assert search.asker.rejected == []
