"""What money buys: the most starters for a budget, and the frontier of cost against intake."""

from collections.abc import Sequence
from dataclasses import dataclass

from trainsched.domain.capacity import Funding, FundPoint, MoneySplit, StartersAt
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import GoalStatus
from trainsched.expansion.answer import Inquiry
from trainsched.expansion.master import Master, Result, Wish
from trainsched.expansion.money import programme_of
from trainsched.expansion.offer import Offer
from trainsched.expansion.year_answer import YearAnswer, hei_answers, post_answers

WEIGHT_PREFIX = "intake_weight:"
"""Begins the name of an assumption that says what a starter of a programme counts."""


@dataclass(slots=True)
class FundOutcome:
    """The points, and for each the scenario and plan that prove it."""

    funding: Funding
    answers: tuple[YearAnswer, ...]


def weights_of(organisation: Organisation) -> dict[str, int]:
    """What a starter counts by programme: 1 unless an assumption says otherwise."""
    return {
        assumption.name.removeprefix(WEIGHT_PREFIX): round(assumption.central)
        for assumption in organisation.assumptions
        if assumption.name.startswith(WEIGHT_PREFIX)
    }


def fund_budgets(inquiry: Inquiry, budgets: Sequence[int]) -> FundOutcome:
    """What each budget buys, in pounds a year, salary support included."""
    offer = _offer(inquiry)
    master = inquiry.master(offer)
    points: list[FundPoint] = []
    answers: list[YearAnswer] = []
    for budget in sorted(set(budgets)):
        inquiry.say(f"what {budget} pounds a year buy")
        wish = Wish(
            all_targets=False,
            budget=budget,
            with_salaries=True,
            weights=weights_of(inquiry.organisation),
        )
        result = master.fulfil(wish)
        answer = inquiry.proved(offer, result, f"the budget {budget}", is_one_of_many=True)
        answers.append(answer)
        points.append(_point(offer, result, answer, budget=budget))
    return FundOutcome(
        Funding(
            year=offer.year,
            is_frontier=False,
            points=tuple(points),
            is_complete=all(p.status is GoalStatus.PROVED_BEST for p in points),
        ),
        tuple(answers),
    )


def fund_frontier(inquiry: Inquiry) -> FundOutcome:
    """Every intake that is worth its money: no other gives as much for less."""
    offer = _offer(inquiry)
    master = inquiry.master(offer)
    weights = weights_of(inquiry.organisation)
    points: list[FundPoint] = []
    answers: list[YearAnswer] = []
    weight, is_complete = 0, True
    while True:
        inquiry.say(f"least cost of an intake of {weight} or more")
        wish = Wish(all_targets=False, least_weight=weight, with_salaries=True, weights=weights)
        result = master.fulfil(wish)
        if result.bought is None:
            is_complete = is_complete and result.is_impossible
            break
        result = _most_for_the_same(master, wish, result)
        assert result.bought is not None  # noqa: S101 - kept by the call above
        is_complete = is_complete and result.is_proved
        answer = inquiry.proved(
            offer, result, f"an intake of {result.bought.weight}", is_one_of_many=True
        )
        answers.append(answer)
        points.append(_point(offer, result, answer, budget=None))
        weight = result.bought.weight + 1
        if weight > _most_weight(offer, weights) or inquiry.engine.is_spent:
            is_complete = is_complete and weight > _most_weight(offer, weights)
            break
    kept = [
        (point, answer)
        for position, (point, answer) in enumerate(zip(points, answers, strict=True))
        if not any(other.annual_cost <= point.annual_cost for other in points[position + 1 :])
    ]
    return FundOutcome(
        Funding(
            year=offer.year,
            is_frontier=True,
            points=_with_margins([point for point, _ in kept]),
            is_complete=is_complete,
        ),
        tuple(answer for _, answer in kept),
    )


def _most_for_the_same(master: Master, wish: Wish, result: Result) -> Result:
    """The largest intake that costs no more: the points below it would be dominated."""
    if result.bought is None or not result.is_proved:
        return result
    more = master.fulfil(
        Wish(
            all_targets=False,
            budget=result.bought.pounds,
            with_salaries=True,
            weights=wish.weights,
        )
    )
    return more if more.bought is not None and more.is_proved else result


def _most_weight(offer: Offer, weights: dict[str, int]) -> int:
    return sum(t.intake * weights.get(t.programme, 1) for t in offer.targets)


def _offer(inquiry: Inquiry) -> Offer:
    year = inquiry.years()[0]
    return inquiry.offer(year, tuple(t for t in inquiry.organisation.targets if t.year == year))


def _point(offer: Offer, result: Result, answer: YearAnswer, *, budget: int | None) -> FundPoint:
    bought = result.bought
    if bought is None:
        nothing = MoneySplit(salary_support=0, trainer_posts=0, backfill_posts=0, hei_places=0)
        return FundPoint(
            budget=budget,
            intake=0,
            weighted=0,
            most=result.most_weight,
            status=GoalStatus.PROVED_BEST if result.is_impossible else GoalStatus.BEST_FOUND,
            annual_cost=0,
            annual_cost_bound=0,
            split=nothing,
            starters=(),
            posts=(),
            hei_places=(),
        )
    posts = tuple(post_answers(answer))
    backfill = sum(p.annual_cost for p in posts if not p.unlocks.sessions)
    intake = sum(number for _, number in bought.choice.starters)
    fees = sum(
        _fee(offer, programme) * number for (programme, _, _), number in bought.choice.starters
    )
    yearly = bought.pounds
    return FundPoint(
        budget=budget,
        intake=intake,
        weighted=bought.weight,
        most=result.most_weight if budget is not None else bought.weight,
        status=GoalStatus.PROVED_BEST if result.is_proved else GoalStatus.BEST_FOUND,
        annual_cost=yearly,
        annual_cost_bound=min(result.least_pounds, yearly),
        split=MoneySplit(
            salary_support=bought.salaries_pounds - fees,
            trainer_posts=bought.posts_pounds - backfill,
            backfill_posts=backfill,
            hei_places=bought.places_pounds + fees,
        ),
        starters=tuple(
            StartersAt(programme=programme, department=department, hei=hei, count=number)
            for (programme, department, hei), number in bought.choice.starters
        ),
        posts=posts,
        hei_places=tuple(hei_answers(answer)),
        cost_per_trainee=round(yearly / intake) if intake else None,
        cost_per_qualified=_per_qualified(offer, answer),
        cumulative_cost=_cumulative(offer, answer),
    )


def _fee(offer: Offer, programme: str) -> int:
    """The programme's own fee, which counts where the workbook lists no places for it."""
    known = programme_of(offer.organisation, programme)
    if known is None or offer.universities(programme):
        return 0
    return known.hei_fee_pounds or 0


def _cumulative(offer: Offer, answer: YearAnswer) -> tuple[int, ...]:
    """What these starters have cost by the end of each of their years.

    Salary support and university places are paid every year of the programme; the posts, which
    the starters' first year needs, are counted once for each intake.
    """
    bought = answer.bought
    if bought is None:
        return ()
    places = {g: 0 for g, _ in bought.choice.starters}
    length = max((_years(offer, g[0]) for g in places), default=0)
    spent = bought.posts_pounds
    found: list[int] = []
    by_programme: dict[str, int] = {}
    for row, needed, extra in bought.places:
        prices = offer.prices
        by_programme[row.programme] = by_programme.get(row.programme, 0) + (
            prices.of_place(row, is_extra=False) * (needed - extra)
            + prices.of_place(row, is_extra=True) * extra
        )
    for year in range(1, length + 1):
        for (programme, _, _), number in bought.choice.starters:
            if year <= _years(offer, programme):
                spent += number * offer.money_for_starter(programme)
        spent += sum(cost for p, cost in by_programme.items() if year <= _years(offer, p))
        found.append(spent)
    return tuple(found)


def _years(offer: Offer, programme: str) -> int:
    known = programme_of(offer.organisation, programme)
    return 1 if known is None else known.years


def _per_qualified(offer: Offer, answer: YearAnswer) -> int | None:
    """All that these starters cost until they qualify, over those who are expected to."""
    bought = answer.bought
    if bought is None:
        return None
    qualified = 0.0
    for (programme, _, _), number in bought.choice.starters:
        known = programme_of(offer.organisation, programme)
        rate = 1.0 if known is None or known.completion_rate is None else known.completion_rate
        qualified += number * rate
    spent = _cumulative(offer, answer)
    return round(spent[-1] / qualified) if qualified and spent else None


def _with_margins(points: list[FundPoint]) -> tuple[FundPoint, ...]:
    """Each point with the cost of one more trainee since the point before."""
    found: list[FundPoint] = []
    for position, point in enumerate(points):
        before = points[position - 1] if position else None
        margin = None
        if before is not None and point.intake > before.intake:
            margin = round(
                (point.annual_cost - before.annual_cost) / (point.intake - before.intake)
            )
        found.append(point.model_copy(update={"cost_of_last_trainee": margin}))
    return tuple(found)
