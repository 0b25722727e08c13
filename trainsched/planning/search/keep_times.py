"""In a replan, who has to change had better keep the time, where that costs no goal anything.

A session with another trainer and one on another day count the same among the goals. For a trainee
they are not the same: the first leaves their week as it was.
"""

from fractions import Fraction

from trainsched.domain.rules import GoalId
from trainsched.planning.build import Build, Expression
from trainsched.planning.draft import DraftSession
from trainsched.planning.goals.wishes import wish_points, wish_value
from trainsched.planning.search.aims import pursue
from trainsched.planning.search.sharing import note_sessions
from trainsched.planning.search.state import Search
from trainsched.planning.search.windows import Window, whole_window
from trainsched.planning.search.wishing import WishingAim
from trainsched.problem.problem import Problem

MOST = 1.0
"""Deterministic time."""

Times = frozenset[tuple[int, int]]
"""Offering and demand: where a trainee had a session of the earlier plan, if they still could."""


def keep_times(search: Search) -> None:
    """Give changed sessions their earlier times back, with every goal as it stands."""
    if search.engine.is_spent or not search.figures[GoalId.WISHES].was_attempted:
        return
    aim = _TimesAim(search, earlier_times(search.problem))
    if aim.present():
        window = whole_window(search.problem, search.judgements, search.sessions)
        pursue(search, window, aim, most=MOST, begin_from_plan=True)


def earlier_times(problem: Problem) -> Times:
    """The times of the earlier sessions for each of their trainees, as far as they exist now."""
    if problem.earlier is None:
        return frozenset()
    grid = problem.grid
    had = {
        (session.activity, session.date, session.period, trainee)
        for one in problem.earlier.sessions
        for session in (one.session,)
        for trainee in session.trainees
    }
    return frozenset(
        (offering.index, demand)
        for offering in problem.offerings
        for demand in offering.attendees
        if (
            problem.activities[offering.activity].activity.code,
            grid.days[grid.day_of(offering.slot)],
            grid.calendar.period_names[grid.position_of(offering.slot)],
            problem.demands[demand].requirement.trainee_id,
        )
        in had
    )


class _TimesAim(WishingAim):
    """Trainees who are not in a session of the activity when they were before."""

    step = "keeping times"

    def __init__(self, search: Search, times: Times) -> None:
        super().__init__(search, wish_points(search.problem))
        self.times = times

    def objective(self, build: Build, window: Window) -> Expression:
        """Earlier times that are lost; wishes cost no more than they do."""
        most = int(self.search.figures[GoalId.WISHES].value)
        build.model.add(super().objective(build, window) <= most)
        return sum(1 - build.attends[time] for time in sorted(self.times))

    def present(self) -> int:
        """Lost times of the sessions so far."""
        return self._lost(self.search.sessions)

    def accept(self, sessions: tuple[DraftSession, ...], window: Window) -> bool:
        """Take sessions that keep more, unless a later look finds a goal worse off."""
        search = self.search
        points = wish_value(search.problem, self.points, sessions)
        if self._lost(sessions) >= self.present() or points > search.figures[GoalId.WISHES].value:
            return False
        before, cover = search.sessions, search.cover
        search.sessions = sessions
        search.hand_out(window.part.whole_cover_day)
        if search.changes > search.figures[GoalId.CHANGED_DUTIES].value:
            search.sessions, search.cover = before, cover
            return False
        search.figures[GoalId.CHANGED_DUTIES].value = search.changes
        search.figures[GoalId.WISHES].value = Fraction(points)
        note_sessions(search)
        return True

    def _lost(self, sessions: tuple[DraftSession, ...]) -> int:
        there = {(session.offering, demand) for session in sessions for demand in session.demands}
        return len(self.times - there)
