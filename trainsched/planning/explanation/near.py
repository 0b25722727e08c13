"""Whether one session more fits the whole plan, and which requirements are planned anew for it.

As long as the session can be had by pushing others aside, those others are added, until it cannot
be had or fits the whole plan.
"""

from dataclasses import dataclass

from trainsched.domain.organisation import Organisation
from trainsched.planning.explanation.budget import Budget
from trainsched.planning.explanation.obstacles import (
    nearest_starts,
    requirements_in_the_way,
    weeks_of_new,
)
from trainsched.planning.explanation.question import Answer, Found, ask, starts_left
from trainsched.planning.explanation.rest import Rest
from trainsched.problem.chosen import Start
from trainsched.problem.remembered import Key


@dataclass(frozen=True, slots=True)
class Settled:
    """Whether one session more fits, and the requirements that were planned together for it."""

    answer: Answer
    working: frozenset[Key]
    found: Found


def settle(organisation: Organisation, rest: Rest, key: Key, budget: Budget) -> Settled:
    """Whether one session more of ``key`` fits the whole plan, others keeping their number."""
    working = rest.with_company({key, *rest.of_activity[key[1]]})
    while True:
        least = rest.least(working, key)
        fits = ask(organisation, rest, least, budget, standing=True, gently=True)
        if fits.answer is Answer.POSSIBLE:
            return Settled(Answer.POSSIBLE, working, fits)
        alone = ask(organisation, rest, least, budget, gently=True)
        if alone.answer is not Answer.POSSIBLE:
            return Settled(alone.answer, working, alone)
        more = requirements_in_the_way(rest, working, alone)
        if not more or budget.is_spent:
            return Settled(Answer.OPEN, working, fits)
        working = rest.with_company(working | more)


MOST_NEAR = 80
"""Requirements that are moved aside at most to confirm a change."""
MOST_STARTS = 4
"""Starts for which others are moved aside one start after another, those first that upset least."""
MOST_ROUNDS = 2
"""How often more of the others are moved aside, where none of these starts did."""


@dataclass(frozen=True, slots=True)
class Near:
    """Requirements that may move besides those in question, and the weeks they may move in."""

    working: frozenset[Key]
    weeks: frozenset[int] = frozenset()


def settle_near(
    organisation: Organisation,
    rest: Rest,
    key: Key,
    budget: Budget,
    near: Near | None = None,
    *,
    far: bool = True,
) -> tuple[Settled, Near]:
    """As ``settle``, but others move within the weeks in question only: it may miss a way.

    ``near`` is what had to move in a like case: nothing else is tried then. Not ``far``: only
    those are moved who are in the way of the session, not who would be in the way of these.
    """
    base = rest.with_company({key, *rest.of_activity[key[1]]}, organisation)
    if near is not None:
        fits = _ask_near(organisation, rest, key, base, near, budget, standing=True)
        return Settled(fits.answer, near.working, fits), near
    now = Near(base)
    fits = _ask_near(organisation, rest, key, base, now, budget, standing=True)
    if fits.answer is Answer.POSSIBLE or budget.is_spent:
        return Settled(fits.answer, base, fits), now
    left = starts_left(organisation, rest, base, budget)
    starts = nearest_starts(rest, key, base, left)
    if not starts:
        return Settled(Answer.IMPOSSIBLE, base, fits), now
    tried: list[Near] = []
    for start in starts[:MOST_STARTS]:
        aside = _aside_for(organisation, rest, key, base, start, budget)
        if aside is None or budget.is_spent:
            continue
        fits = _ask_near(organisation, rest, key, base, aside, budget, standing=True)
        if fits.answer is Answer.POSSIBLE:
            return Settled(fits.answer, aside.working, fits), aside
        tried.append(aside)
    if not far:
        return Settled(Answer.OPEN, base, fits), now
    for aside in tried:
        if len(now.working | aside.working) <= MOST_NEAR:
            now = Near(now.working | aside.working, now.weeks | aside.weeks)
    if now not in tried and now.working != base:
        fits = _ask_near(organisation, rest, key, base, now, budget, standing=True)
    return _settle_wider(organisation, rest, key, base, budget, now, fits)


def _aside_for(
    organisation: Organisation,
    rest: Rest,
    key: Key,
    base: frozenset[Key],
    start: Start,
    budget: Budget,
) -> Near | None:
    """What would have to move aside for the session to begin just then."""
    least = rest.least(base, key)
    alone = ask(organisation, rest, least, budget, gently=True, starts={start})
    if alone.answer is not Answer.POSSIBLE:
        return None
    more = requirements_in_the_way(rest, base, alone, only_near=True)
    working = rest.with_company(base | more)
    if not more or len(working) > MOST_NEAR:
        return None
    return Near(working, weeks_of_new(rest, alone))


def _settle_wider(
    organisation: Organisation,
    rest: Rest,
    key: Key,
    base: frozenset[Key],
    budget: Budget,
    now: Near,
    fits: Found,
) -> tuple[Settled, Near]:
    """More and more of the others moved aside at once, in more and more weeks."""
    for _ in range(MOST_ROUNDS):
        if fits.answer is Answer.POSSIBLE or budget.is_spent:
            break
        alone = _ask_near(organisation, rest, key, base, now, budget, standing=False)
        if alone.answer is not Answer.POSSIBLE:
            return Settled(alone.answer, now.working, alone), now
        more = requirements_in_the_way(rest, now.working, alone, only_near=True)
        working = rest.with_company(now.working | more)
        if not more or len(working) > MOST_NEAR:
            return Settled(Answer.OPEN, working, fits), now
        now = Near(working, weeks_of_new(rest, alone) | now.weeks)
        fits = _ask_near(organisation, rest, key, base, now, budget, standing=True)
    return Settled(fits.answer, now.working, fits), now


def _ask_near(
    organisation: Organisation,
    rest: Rest,
    key: Key,
    base: frozenset[Key],
    near: Near,
    budget: Budget,
    *,
    standing: bool,
) -> Found:
    """``standing``: beside all others, and then only in the weeks in which others may move.

    Where nobody else moves, the session may be in any week.
    """
    kept_to_weeks = near.working if standing and near.weeks else near.working - base
    return ask(
        organisation,
        rest,
        rest.least(near.working, key),
        budget,
        standing=standing,
        gently=True,
        within=dict.fromkeys(kept_to_weeks, near.weeks),
    )
