"""Room in a large organisation: a bound by each part, and plans near its relaxation.

A part that asks less is quickly asked for the most that it allows, and the next for as many as go.
What is found in a part may not go together with what all the others need. Once there is a plan,
larger parts are only asked for more; where time is limited they are not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from trainsched.expansion.climbing import largest
from trainsched.expansion.counted_model import CountedModel
from trainsched.expansion.relaxed import FOR_A_PROOF, SEARCH, Counted
from trainsched.expansion.room import Room
from trainsched.expansion.runs import Run, might_fit

if TYPE_CHECKING:
    from trainsched.expansion.room_search import RoomSearch

MOST_PROOFS_THAT_FAIL = 1


class PartByPart:
    """``best`` has a plan; ``above`` and fewer is all there can be."""

    def __init__(self, search: RoomSearch, is_dealt: Callable[[Room], bool]) -> None:
        self.search = search
        self.engine = search.engine
        self.is_dealt = is_dealt
        self.above = search.most
        self.best: Room | None = None
        self.asked_in_vain = -1
        """For so many nothing was found when less was asked."""
        self.not_disproved: set[int] = set()
        """So many were asked for a proof that they are too many, in vain."""

    def look(self, guess: int) -> Room | None:
        """The most that have room, or the bound alone; None where nothing could be asked."""
        room: Room | None = None
        for part in self.search.parts:
            counting = self._model_of(part)
            if counting is None:
                continue
            guess = guess if room is None else self.above
            self.above = self.search.bound(counting, self.above, guess, self.known)
            if self.above > self.known and not self._settle():
                self._look_in(part, counting)
            room = Room(self.above, of=part)
            if self._settle() or self.above <= self.search.known:
                break
        return room if self.best is None else self.best

    @property
    def known(self) -> int:
        """So many are known to have room."""
        return max(self.search.known, 0 if self.best is None else self.best.fits or 0)

    def _settle(self) -> bool:
        """Tell the best room what is known now; whether it is the last word."""
        if self.best is None:
            return False
        self.best.above = self.above
        self.best.is_last_word = self.best.fits == self.above
        return self.best.is_last_word

    def _model_of(self, part: Counted) -> CountedModel | None:
        is_hurried = self.best is not None and self.engine.deadline is not None
        if not self.above or is_hurried or self.engine.is_spent:
            return None
        return self.search.build(part)

    def _look_in(self, part: Counted, counting: CountedModel) -> None:
        """Look for plans with more than are known, and where there are none for a proof."""
        parts = self.search.parts
        is_first = part is parts[0] and part is not parts[-1]
        low = max(self.known, self.above - 1) if is_first else self.known
        if part is parts[-1]:
            self.asked_in_vain = -1  # all that is asked has other times in its relaxation
        for _, value in self.search.near(counting, self.above, low, self.asked_in_vain):
            found = self.search.read(counting, value, self.above)
            found.of = part
            if self.is_dealt(found):
                self.best = found
                break
        self.asked_in_vain = self.above if self.above in counting.lacked else -1
        if not is_first:
            self._prove(counting)

    def _prove(self, counting: CountedModel) -> None:
        """Lower the bound by what those alone ask who compete for whoever was scarce.

        The relaxation is wrong about them: that only whole people are at a place shows in a model
        so small that it is soon proved.
        """
        first = min((number for number in counting.lacked if number > self.known), default=None)
        if first is None or first in self.not_disproved or self.engine.is_spent:
            return
        rivals = self.search.rivals(counting, counting.lacked[first])
        if rivals is None:
            return

        def ask(number: int) -> cp_model.CpSolverStatus:
            status = Run(self.engine, rivals.with_so_many(number), SEARCH, FOR_A_PROOF).solve()
            if status != cp_model.INFEASIBLE:
                self.not_disproved.add(number)
            return status

        might = might_fit(self.engine, ask, MOST_PROOFS_THAT_FAIL)
        self.above = largest(might, self.known, self.above, start=first)
