"""The irreducible set: which facts rule the session out, and no fewer of them.

Facts are taken away for good as long as the answer stays "impossible", in handfuls that grow and
shrink. What is left is tried once more, fact by fact.
"""

from dataclasses import dataclass
from typing import NamedTuple

from trainsched.domain.explanation import Others, Standing
from trainsched.planning.explanation.budget import Budget
from trainsched.planning.explanation.conditions import Condition
from trainsched.planning.explanation.near import Settled
from trainsched.planning.explanation.question import Answer, ask
from trainsched.planning.explanation.rest import Rest
from trainsched.problem.chosen import Start, start_of
from trainsched.problem.remembered import Key


@dataclass(frozen=True, slots=True)
class Core:
    """Facts that rule the session out together, and how far that is proved."""

    conditions: tuple[Condition, ...]
    standing: Standing


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
