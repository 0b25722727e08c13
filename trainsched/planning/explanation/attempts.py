"""One change of the facts tried after another, each told of only where the session then fits."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from trainsched.declared import Costs
from trainsched.domain.explanation import Fact, Unlock, UnlockKind
from trainsched.domain.organisation import Organisation
from trainsched.domain.rules import RuleId
from trainsched.planning.explanation.budget import Budget
from trainsched.planning.explanation.core import Core
from trainsched.planning.explanation.near import settle_near
from trainsched.planning.explanation.obstacles import nearest_starts
from trainsched.planning.explanation.question import Answer, ask, starts_left
from trainsched.planning.explanation.rest import Rest
from trainsched.planning.explanation.sentences import Sentences
from trainsched.planning.explanation.times import Times, pool
from trainsched.planning.explanation.ways import Way, way_of
from trainsched.problem.chosen import Start
from trainsched.problem.remembered import Key


class Confirmed(NamedTuple):
    """An unlock with the facts under which the session was seen to fit."""

    unlock: Unlock
    organisation: Organisation


class Attempts:
    """What every kind of change begins from: the facts, the session in question, and its people."""

    def __init__(
        self, rest: Rest, times: Times, key: Key, core: Core, costs: Costs, budget: Budget
    ) -> None:
        self.rest = rest
        self.organisation = rest.organisation
        self.times = times
        self.key = key
        self.costs = costs
        self.budget = budget
        self.say = Sentences(rest, times, key)
        self.activity = self.say.activity
        self.facts = [condition.fact for condition in core.conditions]
        self.roles = rest.problem.activities[times.demand.activity].roles
        people = {p.index: p for role in self.roles for p in pool(times, role)}
        self.pool = [people[number] for number in sorted(people)]

    def facts_of(self, rule: RuleId, kind: str, subject: str | None = None) -> list[Fact]:
        """The facts of one kind in the irreducible set."""
        return [
            fact
            for fact in self.facts
            if (fact.rule, fact.kind) == (rule, kind) and subject in (None, fact.subject)
        ]

    def way_with(
        self, organisation: Organisation, like: Way | None = None, *, far: bool = True
    ) -> Way | None:
        """How the session fits the whole plan under these facts; None where no way was found.

        ``like`` is a way under wider facts: no more is moved than it takes, or than for that.
        Not ``far``: no others are moved but those who are in the session's way themselves.
        """
        if self.budget.is_spent:
            return None
        near = None if like is None else like.near
        settled, near = settle_near(organisation, self.rest, self.key, self.budget, near, far=far)
        if settled.answer is not Answer.POSSIBLE:
            return None
        return way_of(self.rest, self.key, settled, near)

    def starts_under(
        self, organisation: Organisation, starts: Collection[Start] | None = None
    ) -> list[Start]:
        """When the session could begin under these facts as far as cover bears it.

        Those first that upset the least. With ``starts``, none but these.
        """
        if self.budget.is_spent:
            return []
        left = starts_left(organisation, self.rest, self._all(organisation), self.budget, starts)
        return nearest_starts(self.rest, self.key, self._all(organisation), left)

    def upset_by(self, organisation: Organisation, start: Start) -> int | None:
        """What the session upsets that begins then, all others giving way; as ``Found.upset``.

        None where it could not, or where that was not found out.
        """
        if self.budget.is_spent:
            return None
        least = self.rest.least(self._all(organisation), self.key)
        found = ask(organisation, self.rest, least, self.budget, gently=True, starts={start})
        return found.upset if found.answer is Answer.POSSIBLE else None

    def _all(self, organisation: Organisation) -> frozenset[Key]:
        """The requirement, and those that are planned with it whatever else is."""
        keys = {self.key, *self.rest.of_activity[self.key[1]]}
        return self.rest.with_company(keys, organisation)

    def when(self, slot: int) -> tuple[date, str]:
        """Date and period of a slot."""
        grid = self.times.problem.grid
        return grid.days[grid.day_of(slot)], grid.calendar.period_names[grid.position_of(slot)]

    def confirmed(
        self,
        kind: UnlockKind,
        subject: str,
        detail: str,
        way: Way,
        *,
        pounds: int | None = None,
        basis: str = "",
        slot: tuple[date, str | None] | None = None,
        wte: float | None = None,
    ) -> Confirmed:
        """The change in words, with the way found."""
        day, period = self.when(way.slot)
        known = self.organisation.staff_by_id
        staff = " and ".join(
            self.say.label(who) if who in known else "the new post" for who in way.staff
        )
        beside = f" with {staff}" if staff else ""
        unlock = Unlock(
            kind=kind,
            subject=subject,
            detail=f"{detail}. The session is then on {in_words(day)}, {period}{beside}.",
            pounds=pounds,
            per_year=kind is UnlockKind.EXTRA_POST,
            price_basis=basis,
            moved=way.moved,
            date=slot[0] if slot else None,
            period=slot[1] if slot else None,
            wte=wte,
        )
        return Confirmed(unlock, way.organisation)


def in_words(day: date) -> str:
    """A date as explanations write it."""
    return f"{day:%a} {day.day} {day:%b} {day.year}"
