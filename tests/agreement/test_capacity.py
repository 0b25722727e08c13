"""Capacity against trying everything: every number of starters, every choice of posts and days.

The oracle plans each scenario anew with the ordinary planner, which other tests judge by an oracle
of their own; it shares neither the search nor the cuts nor the bounds with capacity.
"""

from collections.abc import Iterator
from functools import cache
from itertools import combinations, product

import pytest

from tests.agreement.random_organisations import random_organisation
from trainsched.checker import check
from trainsched.declared import load_costs
from trainsched.domain.calendar import WorkingPattern
from trainsched.domain.capacity import STARTERS
from trainsched.domain.curriculum import CurriculumRow, Timing
from trainsched.domain.duties import Priority
from trainsched.domain.funding import Post, Programme, Target
from trainsched.domain.organisation import CoverGoal, Organisation
from trainsched.domain.people import Staff, Trainee
from trainsched.domain.plan import GoalStatus
from trainsched.domain.problems import WorkbookError
from trainsched.domain.rules import GoalId
from trainsched.expansion import Inquiry, fund_budgets, fund_frontier, room_search
from trainsched.expansion.binding import worth_of_one_more
from trainsched.expansion.facts import Starter, officer_of
from trainsched.expansion.hosting import HostingSearch
from trainsched.expansion.one_more import one_more_of_each
from trainsched.planning import plan_training
from trainsched.planning.engine import Engine

WHOLE = Post(post="W", band="7", competences=("ct", "mr"), annual_cost_pounds=7, max_posts=1)
HALF = Post(post="H", band="6", competences=("ct",), wte=0.5, annual_cost_pounds=4, max_posts=1)
SALARY = 3
MOST = 3
FEW = 14


def facts(organisation: Organisation, **updates: object) -> Organisation:
    return Organisation.model_validate({**organisation.model_dump(), **updates})


def case(seed: int) -> Organisation:
    """A random organisation that wants starters, and has posts to offer."""
    organisation = random_organisation(seed)
    activity = organisation.activities[seed % len(organisation.activities)].code
    known = {(row.programme, row.activity) for row in organisation.curriculum}
    cohorts = {a.code for a in organisation.activities if a.together}
    rows = list(organisation.curriculum)
    if ("P", activity) not in known and activity not in cohorts:
        timing = Timing(sessions=1, priority=Priority.MUST)
        rows.append(CurriculumRow(programme="P", year=1, activity=activity, timing=timing))
    return facts(
        organisation,
        curriculum=[row.model_dump() for row in rows],
        posts=[HALF.model_dump(), WHOLE.model_dump()],
        programmes=[Programme(code="P", years=2, annual_cost_pounds=SALARY).model_dump()],
        targets=[Target(programme="P", year=2027, intake=2, department="A").model_dump()],
        cover_goal=CoverGoal.FULL if seed % 4 == 3 else CoverGoal.KEPT,
    )


def inquiry(organisation: Organisation) -> Inquiry:
    return Inquiry(organisation, load_costs(), Engine(0, 1, float("inf")))


def weeks_of(post: Post, organisation: Organisation) -> Iterator[tuple[tuple[int, str], ...]]:
    """Every week that a post's holder could work, written out without regard to the program's."""
    calendar = organisation.calendar
    names = calendar.period_names
    in_all = int(post.wte * len(calendar.working_days) * len(names) + 0.5) or 1
    days, more = divmod(in_all, len(names))
    for chosen in combinations(calendar.working_days, days):
        whole = tuple((day, name) for day in chosen for name in names)
        if not more:
            yield whole
            continue
        for day in set(calendar.working_days) - set(chosen):
            for part in {names[:more], names[len(names) - more :]}:
                yield whole + tuple((day, name) for name in part)


class Oracle:
    """Answers by planning."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        self.fits = cache(self._fits)

    def _fits(self, starters: int, holders: tuple[tuple[str, str, tuple], ...]) -> bool:
        organisation = self.organisation
        week = tuple(
            (day, name)
            for day in organisation.calendar.working_days
            for name in organisation.calendar.period_names
        )
        posts = {post.post: post for post in organisation.posts}
        staff = [
            Staff(
                staff_id=f"POST-{post}-{number}",
                name="new",
                departments=(department,),
                band=posts[post].band,
                wte=posts[post].wte,
                competences=posts[post].competences,
                pattern=WorkingPattern(weeks=(slots,)),
            )
            for number, (post, department, slots) in enumerate(holders, start=1)
        ]
        trainees = [
            Trainee(
                trainee_id=f"NEW-P-{turn + 1}",
                name="new",
                department="A",
                programme="P",
                year=1,
                training_officer=officer_of(organisation, Starter("P", "A", turn)),
                pattern=WorkingPattern(weeks=(week,)),
            )
            for turn in range(starters)
        ]
        scenario = facts(
            organisation,
            staff=sorted([*organisation.staff, *staff], key=lambda s: s.staff_id),
            trainees=sorted([*organisation.trainees, *trainees], key=lambda t: t.trainee_id),
        )
        try:
            plan = plan_training(scenario, workers=1).plan
        except WorkbookError:  # a pinned session can then no longer happen
            return False
        must = next(goal for goal in plan.goals if goal.name is GoalId.UNPLACED_MUST)
        assert must.status is GoalStatus.PROVED_BEST
        if organisation.cover_goal is CoverGoal.FULL and plan.shortfalls:
            return False
        return must.value == 0

    def choices(self) -> Iterator[tuple[int, tuple[tuple[str, str, tuple], ...]]]:
        """Every choice of posts with departments and days, and what it costs."""
        departments = [d.code for d in self.organisation.departments]
        ways = []
        for post in self.organisation.posts:
            units: list[tuple | None] = [None]
            units += [
                (post.post, department, slots)
                for department in departments
                for slots in weeks_of(post, self.organisation)
            ]
            ways.append(units)
        prices = {post.post: post.annual_cost_pounds or 0 for post in self.organisation.posts}
        for choice in product(*ways):
            holders = tuple(unit for unit in choice if unit is not None)
            yield sum(prices[post] for post, _, _ in holders), holders

    def least_cost(self, starters: int) -> int | None:
        """The least cost of so many starters; None where no choice will do."""
        by_cost: dict[int, list[tuple]] = {}
        for cost, holders in self.choices():
            by_cost.setdefault(cost, []).append(holders)
        for cost in sorted(by_cost):
            if any(self.fits(starters, holders) for holders in by_cost[cost]):
                return cost
        return None


def judge(seed: int) -> None:
    organisation = case(seed)
    oracle = Oracle(organisation)
    judge_hosting(organisation, oracle)
    judge_cost(organisation, oracle)


def judge_hosting(organisation: Organisation, oracle: Oracle) -> None:
    asker = inquiry(organisation).asker
    search = HostingSearch(organisation, asker)
    department = organisation.department_by_code["A"]
    limit = search.limit(organisation, department, "P", STARTERS)
    known = {number: oracle.fits(number, ()) for number in range(MOST + 1)}
    most = max((number for number, answer in known.items() if answer), default=0)
    assert limit.is_proved or limit.fits >= MOST
    if limit.fits <= MOST and (limit.fits < MOST or most < MOST):
        assert limit.fits == most
    assert asker.rejected == []


def judge_worth(seed: int) -> int:
    """How many units are found of which one more lets anybody in; as many as fit are few."""
    organisation = case(seed)
    asker = inquiry(organisation).asker
    department = organisation.department_by_code["A"]
    limit = HostingSearch(organisation, asker).limit(organisation, department, "P", STARTERS)
    if not limit.is_proved or limit.fits > FEW:
        return 0
    found = worth_of_one_more(organisation, asker, limit, lambda _: None)
    gains = {binding.detail: binding.value_of_one_more for binding in found}
    for one in one_more_of_each(organisation, "A", "P"):
        oracle = Oracle(one.facts)
        most = limit.fits + gains.pop(f"A, P: {one.detail}", 0)
        assert most == limit.fits or oracle.fits(most, ())
        assert not oracle.fits(most + 1, ())
    assert gains == {}
    return len(found)


def judge_cost(organisation: Organisation, oracle: Oracle) -> None:
    answer = inquiry(organisation).answer_for(2027)
    least = oracle.least_cost(2)
    assert answer.is_proved
    assert answer.is_impossible == (least is None)
    if least is None:
        return
    assert answer.bought is not None
    assert answer.bought.pounds == answer.least_pounds == least
    assert answer.plan is not None
    assert answer.scenario is not None
    assert check(answer.scenario, answer.plan) == []


def judge_frontier(seed: int) -> None:
    organisation = case(seed)
    oracle = Oracle(organisation)
    costs = {number: oracle.least_cost(number) for number in range(3)}
    points = {number: cost + SALARY * number for number, cost in costs.items() if cost is not None}
    wanted = {
        (number, cost)
        for number, cost in points.items()
        if not any(more > number and other <= cost for more, other in points.items())
    }
    outcome = fund_frontier(inquiry(organisation))
    assert outcome.funding.is_complete
    found = {(point.intake, point.annual_cost) for point in outcome.funding.points}
    assert found == wanted
    for budget in (0, SALARY, 9, 30):
        (point,) = fund_budgets(inquiry(organisation), [budget]).funding.points
        affordable = [number for number, cost in points.items() if cost <= budget]
        assert point.status is GoalStatus.PROVED_BEST
        assert point.intake == max(affordable, default=0)


FULL_COVER_THAT_CANNOT_BE = 23, 31
"""Seeds of organisations that want full cover and lack people for it even without training."""


@pytest.mark.parametrize("seed", [*range(8), *FULL_COVER_THAT_CANNOT_BE])
def test_hosting_and_least_cost_are_those_of_trying_everything(seed: int) -> None:
    judge(seed)


@pytest.mark.parametrize("seed", range(8))
def test_hosting_in_a_large_organisation_is_that_of_trying_everything(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room_search, "MOST_CHOICES_AS_A_WHOLE", 0)
    organisation = case(seed)
    judge_hosting(organisation, Oracle(organisation))


def test_the_worth_of_one_more_is_that_of_trying_everything() -> None:
    assert sum(judge_worth(seed) for seed in (2, 7, 23, 37)) == 4


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(60))
def test_the_worth_of_many_more_is_that_of_trying_everything(seed: int) -> None:
    judge_worth(seed)


@pytest.mark.parametrize("seed", range(3))
def test_the_frontier_is_that_of_trying_everything(seed: int) -> None:
    judge_frontier(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", sorted({*range(8, 60)} - {*FULL_COVER_THAT_CANNOT_BE}))
def test_many_limits_and_costs_are_those_of_trying_everything(seed: int) -> None:
    judge(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3, 25))
def test_many_frontiers_are_those_of_trying_everything(seed: int) -> None:
    judge_frontier(seed)
