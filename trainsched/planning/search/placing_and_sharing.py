"""The counted goals and the worst-off trainee's share in one solve.

Where the share asked for itself would cost as much as the counted goals did, one search tree for
both proves both. The rungs of the share never add up to a session, so that the counted goals come
first.
"""

from bisect import bisect_left
from fractions import Fraction

from trainsched.domain.rules import GoalId
from trainsched.planning.build import Build, Expression
from trainsched.planning.draft import DraftSession
from trainsched.planning.figures import GoalFigures, worst_share
from trainsched.planning.goals.worst_off_trainee import ladder, steps_above_nothing
from trainsched.planning.search.aims import Aim
from trainsched.planning.search.placing import PlacingAim
from trainsched.planning.search.windows import Window

WHOLE = Fraction(1)


class PlacingAndSharingAim(Aim):
    """Many times the counted goals' sum, and the rung of the worst-off trainee's share.

    The rungs are the shares up to the one of the plan so far; all above it are one more.
    """

    def __init__(self, placing: PlacingAim) -> None:
        super().__init__(placing.search)
        self.placing = placing
        self.step = placing.step
        share = worst_share(self.search.problem, self.search.sessions)
        self.rungs = ladder(self.search.problem, share)
        if share < WHOLE:
            self.rungs = (*self.rungs, WHOLE)
        self.times = len(self.rungs)

    def objective(self, build: Build, window: Window) -> Expression:
        """The sum that stands for the counted goals and then the share."""
        rung = steps_above_nothing(build, self.rungs)
        return self.times * self.placing.objective(build, window) + rung

    def present(self) -> int:
        """The objective's value for the sessions so far."""
        return self._value(self.search.sessions)

    def accept(self, sessions: tuple[DraftSession, ...], window: Window) -> bool:  # noqa: ARG002
        """Take what is better by the counted goals, or as good with a smaller share."""
        if self._value(sessions) >= self.present():
            return False
        self.search.sessions = sessions
        self.placing.note()
        return True

    def raise_bound(self, bound: int) -> None:
        """Take a proven bound of the objective for what it says of each goal."""
        self.placing.raise_bound(bound // self.times)
        share = worst_share(self.search.problem, self.search.sessions)
        is_told_exactly = share == WHOLE or share < self.rungs[-1]
        if self.placing.proves_all() and is_told_exactly and bound >= self.present():
            self.search.figures[GoalId.WORST_OFF_TRAINEE] = GoalFigures(share, share)

    def _value(self, sessions: tuple[DraftSession, ...]) -> int:
        share = worst_share(self.search.problem, sessions)
        return self.times * self.placing.weighed(sessions) + bisect_left(self.rungs, share)
