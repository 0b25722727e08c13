"""The irreducible set: which facts rule the session out, and no fewer of them.

First the requirements that must be planned together are gathered: as long as the session can be
had by pushing others aside, those others are added, until it cannot be had or fits the whole plan.
Then facts are taken away for good as long as the answer stays "impossible", in handfuls that grow
and shrink. What is left is tried once more, fact by fact.
"""

from collections import Counter
from dataclasses import dataclass

from trainsched.domain.explanation import Others, Standing
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Session
from trainsched.planning.explanation.budget import Budget
from trainsched.planning.explanation.conditions import Condition
from trainsched.planning.explanation.question import Answer, Found, Rest, ask, busy_slots, keys_of
from trainsched.problem.chosen import Key
from trainsched.problem.problem import Problem


@dataclass(frozen=True, slots=True)
class Settled:
    """Whether one session more fits, and the requirements that were planned together for it."""

    answer: Answer
    working: frozenset[Key]
    found: Found


@dataclass(frozen=True, slots=True)
class Core:
    """Facts that rule the session out together, and how far that is proved."""

    conditions: tuple[Condition, ...]
    standing: Standing


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
        more = _in_the_way(rest, working, alone)
        if not more or budget.is_spent:
            return Settled(Answer.OPEN, working, fits)
        working = rest.with_company(working | more)


def _in_the_way(rest: Rest, working: frozenset[Key], found: Found) -> frozenset[Key]:
    """Requirements outside whose sessions do not go together with those found."""
    others = rest.standing(working)
    clashing = _clashing(found.problem, found, others)
    if not clashing:
        clashing = _on_same_days(found.problem, found, others)
    if not clashing:
        clashing = others
    return frozenset(k for s in clashing for k in keys_of(s) if k in rest.kept) - working


def _clashing(problem: Problem, found: Found, others: list[Session]) -> list[Session]:
    grid = problem.grid
    busy = busy_slots(problem, others)
    clashing: list[Session] = []
    given: Counter[tuple[int, str, int]] = Counter()
    for session in found.sessions:
        offering = problem.offerings[session.offering]
        staff = {person for _, person in session.staff}
        people = staff | {problem.demands[d].trainee for d in session.demands}
        for person in people:
            for slot in offering.slots:
                clashing += busy.get((person, slot), [])
        week, day = grid.week_of(offering.slot), grid.day_of(offering.slot)
        for person in staff:
            given.update([(person, "week", week), (person, "day", day), (person, "plan", 0)])
    for (person, kind, which), count in given.items():
        clashing += _beyond_limit(problem, others, person, kind, which, count)
    return clashing


def _beyond_limit(
    problem: Problem, others: list[Session], person: int, kind: str, which: int, count: int
) -> list[Session]:
    """The sessions that take a trainer beyond their limit together with those found."""
    who, grid = problem.people[person], problem.grid
    most = {"week": who.max_per_week, "day": who.max_per_day, "plan": who.max_in_plan}[kind]
    if most is None:
        return []
    theirs = [
        session
        for session in others
        if any(entry.staff_id == who.person_id for entry in session.staff)
        and (
            kind == "plan"
            or (kind == "week" and grid.week_of_day[grid.day_index[session.date]] == which)
            or (kind == "day" and grid.day_index[session.date] == which)
        )
    ]
    return theirs if count + len(theirs) > most else []


def _on_same_days(problem: Problem, found: Found, others: list[Session]) -> list[Session]:
    days = {problem.grid.day_of(problem.offerings[s.offering].slot) for s in found.sessions}
    dates = {problem.grid.days[day] for day in days}
    return [session for session in others if session.date in dates]


FIRST_HANDFUL = 4
"""The first attempt takes away one part in so many of the facts."""


class Reducer:
    """Takes facts away as long as the session stays impossible without them."""

    def __init__(
        self,
        rest: Rest,
        settled: Settled,
        key: Key,
        others: Others,
        conditions: tuple[Condition, ...],
        budget: Budget,
    ) -> None:
        self.rest = rest
        self.working = settled.working
        self.key = key
        self.others = others
        self.conditions = conditions
        self.budget = budget

    def reduce(self) -> Core:
        """The facts that are needed, which rule the session out together."""
        kept, shown = self._needed()
        for number in sorted(kept):
            # Shown to be needed while more facts held than now: so it is asked again.
            if shown.get(number) != kept:
                is_needed = self.ask_with(kept - {number}) is Answer.POSSIBLE
                shown[number] = kept if is_needed else None
            if shown[number] is None:
                break
        else:
            return self._core(kept, Standing.PROVED_MINIMAL)
        return self._core(kept, Standing.REDUCED)

    def _core(self, kept: frozenset[int], standing: Standing) -> Core:
        return Core(tuple(self.conditions[number] for number in sorted(kept)), standing)

    def _needed(self) -> tuple[frozenset[int], dict[int, frozenset[int] | None]]:
        """What is left when no more can be taken away; and beside which facts each was needed."""
        kept = frozenset(range(len(self.conditions)))
        shown: dict[int, frozenset[int] | None] = {}
        first, handful = 0, max(len(self.conditions) // FIRST_HANDFUL, 1)
        while first < len(self.conditions) and not self.budget.is_spent:
            tried = range(first, min(first + handful, len(self.conditions)))
            answer = self.ask_with(kept.difference(tried))
            if answer is Answer.IMPOSSIBLE:
                kept = kept.difference(tried)
                first += handful
                handful *= 2
            elif len(tried) > 1:
                handful = (len(tried) + 1) // 2
            else:
                shown[first] = kept if answer is Answer.POSSIBLE else None
                first += 1
                handful = 1
        return kept, shown

    def ask_with(self, kept: frozenset[int]) -> Answer:
        """Whether the session can be had when only these of the facts hold."""
        organisation = self.rest.organisation
        held: set[Key] = set()
        for number, condition in enumerate(self.conditions):
            if number in kept:
                held.update(condition.keeps)
            else:
                organisation = condition.without(organisation)
        least = {
            key: count
            for key, count in self.rest.least(self.working, self.key).items()
            if key == self.key or key in held
        }
        stand = self.others is Others.STAND
        return ask(organisation, self.rest, least, self.budget, standing=stand).answer
