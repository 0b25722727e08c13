"""The sixth goal: continuity, even load, even spread and preferences."""

from fractions import Fraction

from trainsched.domain.rules import GoalId
from trainsched.planning.build import Build, Expression
from trainsched.planning.draft import DraftSession, read_choice
from trainsched.planning.engine import MOSTLY_CROWD
from trainsched.planning.figures import GoalFigures
from trainsched.planning.goals.changed_duties import changed_duties, rostered_duties
from trainsched.planning.goals.wishes import WishModel, WishPoints, wish_points, wish_value
from trainsched.planning.search.aims import Aim, Read, pursue, sweep
from trainsched.planning.search.changing import changes_inside, changes_out_of_reach
from trainsched.planning.search.sharing import keep_placing_and_share, note_sessions
from trainsched.planning.search.state import Search
from trainsched.planning.search.windows import (
    MOST_CHOICES_FOR_ONE_GO,
    Window,
    blocks,
    choices,
    whole_window,
)

MOST_FOR_A_WINDOW = 2.5
"""Deterministic time."""


class WishingAim(Aim):
    """The points of all wishes not met."""

    goal = GoalId.WISHES
    step = GoalId.WISHES.value
    needs_everything = True

    def __init__(self, search: Search, points: WishPoints) -> None:
        super().__init__(search)
        self.points = points
        self.model: WishModel | None = None

    def counts_changes(self, window: Window) -> bool:
        """Only where somebody is rostered."""
        days = self.search.problem.cover_days
        return any(
            rostered_duties(self.search.problem, days[number])
            for number in window.part.whole_cover_day
        )

    def objective(self, build: Build, window: Window) -> Expression:
        """Points over the whole plan."""
        search = self.search
        keep_placing_and_share(search, build)
        if build.with_changes:
            most = changes_inside(search, window) - changes_out_of_reach(search, window, build)
            build.model.add(changed_duties(build) <= most)
        self.model = WishModel(build, self.points)
        return self.model.total()

    def present(self) -> int:
        """The points of the sessions so far."""
        return wish_value(self.search.problem, self.points, self.search.sessions)

    def read(self, build: Build, read: Read) -> tuple[DraftSession, ...]:
        """The sessions with everybody seated as the model has it."""
        if self.model is None:
            raise RuntimeError("read before an objective was made")
        return self.model.pairs.make_sessions(read_choice(build, read), read)

    def accept(self, sessions: tuple[DraftSession, ...], window: Window) -> bool:
        """Take sessions with fewer points, unless their duties could not be handed out as well."""
        search = self.search
        value = wish_value(search.problem, self.points, sessions)
        if value >= search.figures[GoalId.WISHES].value:
            return False
        before, cover = search.sessions, search.cover
        search.sessions = sessions
        search.hand_out(window.part.whole_cover_day)
        if search.changes > search.figures[GoalId.CHANGED_DUTIES].value:
            search.sessions, search.cover = before, cover
            return False
        search.figures[GoalId.CHANGED_DUTIES].value = search.changes
        search.figures[GoalId.WISHES].value = Fraction(value)
        note_sessions(search)
        return True


def grant_wishes(search: Search) -> None:
    """Improve the wishes as far as time allows."""
    points = wish_points(search.problem)
    spare = search.take_spare_build()
    value = wish_value(search.problem, points, search.sessions)
    figures = search.figures[GoalId.WISHES] = GoalFigures(Fraction(value), Fraction(0))
    if value == 0:
        return
    if search.engine.is_spent:
        figures.was_attempted = False
        return
    if choices(search.problem) > MOST_CHOICES_FOR_ONE_GO:
        # The relaxation of the wishes says little; the crowd improves them.
        sweep(
            search,
            WishingAim(search, points),
            blocks(search.problem),
            lambda: search.engine.is_spent,
            most=MOST_FOR_A_WINDOW,
            turns=MOSTLY_CROWD,
        )
        return
    whole = whole_window(search.problem, search.judgements, search.sessions)
    search.engine.presolve_once()
    aim = WishingAim(search, points)
    if spare is not None and spare.with_changes != aim.counts_changes(whole):
        spare = None
    bound = pursue(search, whole, aim, build=spare).bound
    figures.raise_bound(max(bound, 0))
