"""The fifth goal: few rostered duties change hands."""

from fractions import Fraction

from trainsched.domain.rules import GoalId
from trainsched.planning.build import Build, Expression
from trainsched.planning.draft import DraftSession
from trainsched.planning.figures import GoalFigures
from trainsched.planning.goals.changed_duties import changed_duties
from trainsched.planning.hand_out import hand_out_day
from trainsched.planning.search.aims import Aim, pursue, sweep, until_share_is_used
from trainsched.planning.search.sharing import keep_placing_and_share, note_sessions
from trainsched.planning.search.state import Search
from trainsched.planning.search.windows import (
    MOST_CHOICES_AS_A_WHOLE,
    MOST_CHOICES_FOR_ONE_GO,
    Window,
    blocks,
    choices,
    weeks_of_departments,
    whole_window,
)

SHARE_PIECE_BY_PIECE = 0.3
SHARE_OF_CHANGES = 0.5
MOST_FOR_A_WINDOW = 2.5
"""Deterministic time."""


class ChangingAim(Aim):
    """Changes on the days that training can touch."""

    goal = GoalId.CHANGED_DUTIES
    step = GoalId.CHANGED_DUTIES.value

    def counts_changes(self, window: Window) -> bool:  # noqa: ARG002
        """That is what it is about."""
        return True

    @property
    def is_open(self) -> bool:
        """Whether fewer changes might be possible."""
        return not self.search.figures[GoalId.CHANGED_DUTIES].is_proved

    def is_worth_while(self, freed: frozenset[int]) -> bool:
        """Only where duties change hands now."""
        problem = self.search.problem
        offerings = [problem.offerings[number] for number in freed]
        days = {problem.grid.day_of(offering.slot) for offering in offerings}
        departments = {offering.department for offering in offerings}
        return self.is_open and any(
            cover.changes
            and problem.cover_days[number].day in days
            and not departments.isdisjoint(problem.cover_days[number].departments)
            for number, cover in self.search.cover.items()
        )

    def objective(self, build: Build, window: Window) -> Expression:  # noqa: ARG002
        """Changes in the window."""
        keep_placing_and_share(self.search, build)
        return changed_duties(build)

    def present(self) -> int:
        """All changes of the plan: what a window has can only be less."""
        return int(self.search.changes) + 1

    def accept(self, sessions: tuple[DraftSession, ...], window: Window) -> bool:
        """Take sessions around which the duties can be handed out with fewer changes."""
        search = self.search
        before, cover = search.sessions, search.cover
        search.sessions = sessions
        search.hand_out(window.part.whole_cover_day)
        figures = search.figures[GoalId.CHANGED_DUTIES]
        if search.changes >= figures.value:
            search.sessions, search.cover = before, cover
            return False
        figures.value = search.changes
        note_sessions(search)
        return True


def changes_inside(search: Search, window: Window) -> int:
    """Changes on the days of a window, as the cover stands."""
    return sum(search.cover[number].changes for number in window.part.whole_cover_day)


def changes_out_of_reach(search: Search, window: Window, build: Build) -> int:
    """Changes on days of a window that none of its sessions can touch: the same in every plan."""
    return sum(
        search.cover[whole].changes
        for number, whole in enumerate(window.part.whole_cover_day)
        if number not in build.cover_plans
    )


def count_changes(search: Search) -> None:
    """Leave rostered people on their duties where the training allows it."""
    goal = GoalId.CHANGED_DUTIES
    figures = search.figures[goal] = GoalFigures(search.changes, Fraction(0))
    if search.changes == 0:
        return
    if search.engine.is_spent:
        figures.was_attempted = False
        return
    figures.raise_bound(_changes_without_training(search))
    many = choices(search.problem)
    is_large = many > MOST_CHOICES_AS_A_WHOLE
    aim = ChangingAim(search)
    if many > MOST_CHOICES_FOR_ONE_GO:
        is_over = until_share_is_used(search, SHARE_PIECE_BY_PIECE)
        pieces = weeks_of_departments(search.problem) if is_large else blocks(search.problem)
        sweep(search, aim, pieces, is_over, most=MOST_FOR_A_WINDOW)
    if aim.is_open and not is_large:
        _change_as_a_whole(search, aim)


def _change_as_a_whole(search: Search, aim: ChangingAim) -> None:
    """The whole plan at once, which proves how few changes there must be."""
    if search.engine.is_spent:
        return
    whole = whole_window(search.problem, search.judgements, search.sessions)
    pursued = pursue(search, whole, aim, share=SHARE_OF_CHANGES, begin_from_plan=True)
    search.spare_build = pursued.build
    out_of_reach = changes_out_of_reach(search, whole, pursued.build)
    figures = search.figures[GoalId.CHANGED_DUTIES]
    figures.raise_bound(max(pursued.bound, 0) + out_of_reach)


def _changes_without_training(search: Search) -> int:
    """What would change hands in any case: a lower bound."""
    least = (
        hand_out_day(search.problem, number, search.judgements[number], {})
        for number, cover in search.cover.items()
        if cover.changes
    )
    return sum(cover.changes for cover in least if cover is not None and cover.is_least)
