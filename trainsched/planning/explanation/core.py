"""The irreducible set: which facts rule the session out, and no fewer of them.

First the requirements that must be planned together are gathered: as long as the session can be
had by pushing others aside, those others are added, until it cannot be had or fits the whole plan.
Then facts are taken away for good as long as the answer stays "impossible", in handfuls that grow
and shrink. What is left is tried once more, fact by fact.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from trainsched.domain.explanation import Others, Standing
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Session
from trainsched.planning.draft import DraftSession
from trainsched.planning.explanation.budget import Budget
from trainsched.planning.explanation.conditions import Condition
from trainsched.planning.explanation.question import Answer, Found, ask
from trainsched.planning.explanation.rest import Rest, keys_of
from trainsched.problem.chosen import Key, Start, key_of, start_of
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


MOST_NEAR = 80
"""Requirements that are moved aside at most to confirm a change."""
MOST_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Near:
    """Requirements that may move besides those in question, and the weeks they may move in."""

    working: frozenset[Key]
    weeks: frozenset[int] = frozenset()


def settle_near(
    organisation: Organisation, rest: Rest, key: Key, budget: Budget, near: Near | None = None
) -> tuple[Settled, Near]:
    """As ``settle``, but others move within the weeks in question only: it may miss a way.

    ``near`` is what had to move in a like case: nothing else is tried then.
    """
    base = rest.with_company({key, *rest.of_activity[key[1]]}, organisation)
    if near is not None:
        fits = _ask_near(organisation, rest, key, base, near, budget, standing=True)
        return Settled(fits.answer, near.working, fits), near
    now = Near(base)
    fits = _ask_near(organisation, rest, key, base, now, budget, standing=True)
    for _ in range(MOST_ROUNDS):
        if fits.answer is Answer.POSSIBLE or budget.is_spent:
            break
        alone = _ask_near(organisation, rest, key, base, now, budget, standing=False)
        if alone.answer is not Answer.POSSIBLE:
            return Settled(alone.answer, now.working, alone), now
        more = _in_the_way(rest, now.working, alone, only_near=True)
        working = rest.with_company(now.working | more)
        if not more or len(working) > MOST_NEAR:
            return Settled(Answer.OPEN, working, fits), now
        now = Near(working, _weeks_of_new(rest, alone) | now.weeks)
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


def _weeks_of_new(rest: Rest, found: Found) -> frozenset[int]:
    """The calendar weeks of sessions that the plan does not have."""
    offerings = (found.problem.offerings[s.offering] for s in _new_sessions(rest, found))
    return frozenset(found.problem.grid.week_of(offering.slot) for offering in offerings)


def _new_sessions(rest: Rest, found: Found) -> list[DraftSession]:
    """The sessions found at other times, or of other trainees, than any of the plan."""
    problem, grid = found.problem, found.problem.grid
    planned = {
        (key, grid.slot(grid.day_index[s.date], grid.calendar.position(s.period)))
        for s in rest.sessions
        for key in keys_of(s)
    }
    return [
        session
        for session in found.sessions
        for slot in (problem.offerings[session.offering].slot,)
        if any((key_of(problem.demands[d]), slot) not in planned for d in session.demands)
    ]


def _in_the_way(
    rest: Rest, working: frozenset[Key], found: Found, *, only_near: bool = False
) -> frozenset[Key]:
    """Requirements outside whose sessions do not go together with those found.

    ``only_near``: none if that cannot be said of any on the same days.
    """
    others = rest.standing(working)
    clashing = _clashing(found.problem, found, rest, others)
    if not clashing:
        clashing = _on_same_days(found.problem, _new_sessions(rest, found), others)
    if not clashing and not only_near:
        clashing = _on_same_days(found.problem, found.sessions, others) or others
    return frozenset(k for s in clashing for k in keys_of(s) if k in rest.kept) - working


def _clashing(problem: Problem, found: Found, rest: Rest, others: list[Session]) -> list[Session]:
    grid = problem.grid
    standing = {session.id for session in others}
    clashing: list[Session] = []
    given: Counter[tuple[int, str, int]] = Counter()
    for session in found.sessions:
        offering = problem.offerings[session.offering]
        staff = {person for _, person in session.staff}
        people = staff | {problem.demands[d].trainee for d in session.demands}
        for person in people:
            for slot in offering.slots:
                busy = rest.busy.get((problem.people[person].person_id, slot), ())
                clashing += [other for other in busy if other.id in standing]
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


def _on_same_days(
    problem: Problem, sessions: Iterable[DraftSession], others: list[Session]
) -> list[Session]:
    days = {problem.grid.day_of(problem.offerings[s.offering].slot) for s in sessions}
    dates = {problem.grid.days[day] for day in days}
    return [session for session in others if session.date in dates]


FIRST_HANDFUL = 8
"""The first attempt takes away one part in so many of the facts."""

MOST_LIKELY = 8
"""Answers whose starts are looked at before all others."""


class _Seen(NamedTuple):
    """A fact was seen to be needed beside these: without it, sessions fitted at these starts."""

    beside: frozenset[int]
    starts: frozenset[Start]


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
        self.likely: list[frozenset[Start]] = []

    def reduce(self) -> Core:
        """The facts that are needed, which rule the session out together."""
        kept, shown = self._needed()
        for number in sorted(kept):
            # Shown to be needed while more facts held than now: so it is asked again.
            seen = shown.get(number)
            if seen is None or seen.beside != kept:
                less = kept - {number}
                again = seen is not None and self.ask_with(less, seen.starts)[0] is Answer.POSSIBLE
                if not again and self.ask_with(less)[0] is not Answer.POSSIBLE:
                    return self._core(kept, Standing.REDUCED)
        return self._core(kept, Standing.PROVED_MINIMAL)

    def _core(self, kept: frozenset[int], standing: Standing) -> Core:
        return Core(tuple(self.conditions[number] for number in sorted(kept)), standing)

    def _needed(self) -> tuple[frozenset[int], dict[int, "_Seen"]]:
        """What is left when no more can be taken away; and how each was seen to be needed."""
        kept = frozenset(range(len(self.conditions)))
        shown: dict[int, _Seen] = {}
        first, handful = 0, max(len(self.conditions) // FIRST_HANDFUL, 1)
        while first < len(self.conditions) and not self.budget.is_spent:
            tried = range(first, min(first + handful, len(self.conditions)))
            answer, starts = self._ask_where_likely(kept.difference(tried))
            if answer is Answer.IMPOSSIBLE:
                kept = kept.difference(tried)
                first += handful
                handful *= 2
            elif len(tried) > 1:
                handful = (len(tried) + 1) // 2
            else:
                if answer is Answer.POSSIBLE:
                    shown[first] = _Seen(kept, starts)
                first += 1
                handful = 1
        return kept, shown

    def _ask_where_likely(self, kept: frozenset[int]) -> tuple[Answer, frozenset[Start]]:
        """As ``ask_with``; the starts at which it was possible before are looked at first."""
        if self.likely:
            some = frozenset[Start]().union(*self.likely[-MOST_LIKELY:])
            answer, starts = self.ask_with(kept, some)
            if answer is Answer.POSSIBLE:
                return answer, starts
        answer, starts = self.ask_with(kept)
        if answer is Answer.POSSIBLE:
            self.likely.append(starts)
        return answer, starts

    def ask_with(
        self, kept: frozenset[int], starts: frozenset[Start] | None = None
    ) -> tuple[Answer, frozenset[Start]]:
        """Whether the session can be had when only these of the facts hold, and when.

        With ``starts``, only whether it can be had then.
        """
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
        found = ask(organisation, self.rest, least, self.budget, standing=stand, starts=starts)
        offerings = (found.problem.offerings[session.offering] for session in found.sessions)
        return found.answer, frozenset(start_of(found.problem, offering) for offering in offerings)
