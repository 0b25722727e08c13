"""What the targets of a year take, and what is read off that."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from trainsched.domain.capacity import HeiAnswer, Money, PostAnswer, TargetAnswer, Unlocks
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import GoalStatus, Plan
from trainsched.expansion.facts import Holder, holder_id
from trainsched.expansion.master import Bought
from trainsched.expansion.money import most_extra_places
from trainsched.expansion.offer import Offer


@dataclass(slots=True)
class YearAnswer:
    """What the targets of one academic year take. ``plan`` proves it; None: there is none."""

    year: int
    offer: Offer
    bought: Bought | None
    least_pounds: int
    is_impossible: bool
    is_proved: bool
    holders: tuple[Holder, ...] = ()
    scenario: Organisation | None = None
    plan: Plan | None = None
    fails_without: dict[str, str] = field(default_factory=dict)
    """For each post and department, what cannot be done with one unit fewer."""
    reasons: tuple[str, ...] = ()
    """Why targets cannot be met, in sentences."""


def dearest(years: Iterable[YearAnswer]) -> YearAnswer | None:
    """The year that costs most; the first of those that cost the same."""
    with_plan = [year for year in years if year.plan is not None and year.bought is not None]
    return max(
        with_plan,
        key=lambda y: (y.bought.pounds if y.bought else 0, -y.year),
        default=None,
    )


def reasons_out_of_reach(answer: YearAnswer) -> tuple[str, ...]:
    """Why not all targets can be met, one sentence a target that is missed."""
    found: list[str] = []
    hosted = answer.bought.hosted if answer.bought else (0,) * len(answer.offer.targets)
    what_is_shown = "what is shown is the most"
    if not answer.is_proved:
        what_is_shown = "the search for the most was not finished"
    for target, number in zip(answer.offer.targets, hosted, strict=True):
        if number >= target.intake:
            continue
        where = target.department or target.region or "anywhere"
        words = f"{target.programme} {target.year} in {where}: {number} of {target.intake}"
        if not answer.offer.departments_of(target):
            why = "no department there is accredited for it and could have the staff for it"
        elif _places(answer.offer, target.programme) < target.intake:
            why = "there are not enough university places, extra ones included"
        else:
            why = f"proved out of reach with every listed post; {what_is_shown}"
        found.append(f"{words}: {why}.")
    return tuple(found)


def _places(offer: Offer, programme: str) -> int:
    """University places that could be had; more than anybody wants where none are listed."""
    rows = offer.rows(programme).values()
    unlimited = sum(target.intake for target in offer.targets)
    if not rows:
        return unlimited
    extras = [most_extra_places(row) for row in rows]
    more = sum(unlimited if most is None else most for most in extras)
    return sum(row.places for row in rows) + more


def target_answers(answer: YearAnswer) -> list[TargetAnswer]:
    """What becomes of each target."""
    hosted = answer.bought.hosted if answer.bought else (0,) * len(answer.offer.targets)
    return [
        TargetAnswer(
            programme=target.programme,
            year=target.year,
            where=target.department or target.region or "",
            intake=target.intake,
            hosted=number,
        )
        for target, number in zip(answer.offer.targets, hosted, strict=True)
    ]


def post_answers(answer: YearAnswer) -> list[PostAnswer]:
    """The posts, each with what its holders do in the plan."""
    if answer.bought is None or answer.plan is None:
        return []
    found: list[PostAnswer] = []
    for (code, department), units in answer.bought.choice.units:
        post = answer.offer.posts[code]
        ids = {
            holder_id(h.post, h.number)
            for h in answer.holders
            if (h.post, h.department) == (code, department)
        }
        found.append(
            PostAnswer(
                post=code,
                department=department,
                year=answer.year,
                units=units,
                wte=post.wte,
                annual_cost=units * answer.offer.prices.of_post(post),
                unlocks=unlocks(answer.plan, ids),
            )
        )
    return found


def unlocks(plan: Plan, ids: set[str]) -> Unlocks:
    """The sessions and duties of some people."""
    return Unlocks(
        sessions=tuple(
            s.id for s in plan.sessions if any(entry.staff_id in ids for entry in s.staff)
        ),
        duties=tuple(
            (c.department, c.duty, c.date, c.period) for c in plan.cover if c.staff_id in ids
        ),
    )


def hei_answers(answer: YearAnswer) -> list[HeiAnswer]:
    """Places at universities."""
    if answer.bought is None:
        return []
    prices = answer.offer.prices
    return [
        HeiAnswer(
            hei=row.hei,
            programme=row.programme,
            year=answer.year,
            needed=needed,
            available=row.places,
            extra=extra,
            cost=prices.of_place(row, is_extra=False) * (needed - extra)
            + prices.of_place(row, is_extra=True) * extra,
        )
        for row, needed, extra in answer.bought.places
    ]


def annual_cost(years: tuple[YearAnswer, ...]) -> Money:
    """What the dearest year costs: years stand beside each other, they are not added up."""
    if any(year.bought is None or year.is_impossible for year in years):
        bounds = [year.least_pounds for year in years if not year.is_impossible]
        return Money(value=None, bound=max(bounds, default=None), status=GoalStatus.NOT_ATTEMPTED)
    value = max(year.bought.pounds if year.bought else 0 for year in years)
    bound = max(year.least_pounds for year in years)
    status = GoalStatus.PROVED_BEST if bound >= value else GoalStatus.BEST_FOUND
    return Money(value=value, bound=min(bound, value), status=status)
