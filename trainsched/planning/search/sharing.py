"""The fourth goal: no trainee is left much worse off than the others."""

from fractions import Fraction
from math import ceil

from trainsched.domain.rules import GoalId
from trainsched.planning.build import Build, Expression
from trainsched.planning.draft import DraftSession
from trainsched.planning.figures import GoalFigures, worst_off, worst_share
from trainsched.planning.goals.worst_off_trainee import (
    keep_share,
    ladder,
    least_share,
    steps_above_nothing,
)
from trainsched.planning.search.aims import Aim, pursue, sweep, until_share_is_used
from trainsched.planning.search.placing import keep_counted, note_counted
from trainsched.planning.search.state import Search
from trainsched.planning.search.windows import (
    MOST_CHOICES_AS_A_WHOLE,
    Window,
    choices,
    weeks_of_departments,
    whole_window,
)

SHARE_OF_WORST_OFF = 0.3
MOST_FOR_A_WINDOW = 1.0
"""Deterministic time."""


class SharingAim(Aim):
    """The worst-off trainee's share, as steps of a ladder of possible shares."""

    goal = GoalId.WORST_OFF_TRAINEE
    step = GoalId.WORST_OFF_TRAINEE.value

    @property
    def steps(self) -> tuple[Fraction, ...]:
        """The ladder up to the share as it stands."""
        return ladder(self.search.problem, self.search.figures[GoalId.WORST_OFF_TRAINEE].value)

    def is_worth_while(self, freed: frozenset[int]) -> bool:
        """Only where a worst-off trainee could have what they wait for."""
        problem = self.search.problem
        share = self.search.figures[GoalId.WORST_OFF_TRAINEE].value
        worst = worst_off(problem, self.search.sessions, share)
        waiting = {
            number
            for number in self.search.standing.waiting
            if problem.demands[number].trainee in worst
        }
        return any(not waiting.isdisjoint(problem.offerings[n].attendees) for n in freed)

    def objective(self, build: Build, window: Window) -> Expression:  # noqa: ARG002
        """Steps above nothing."""
        keep_counted(self.search, build)
        return steps_above_nothing(build, self.steps)

    def present(self) -> int:
        """The top of the ladder."""
        return len(self.steps) - 1

    def accept(self, sessions: tuple[DraftSession, ...], window: Window) -> bool:  # noqa: ARG002
        """Take a smaller share."""
        share = worst_share(self.search.problem, sessions)
        if share >= self.search.figures[GoalId.WORST_OFF_TRAINEE].value:
            return False
        self.search.sessions = sessions
        note_sessions(self.search)
        return True


def note_sessions(search: Search) -> None:
    """Note the first four goals anew: a later one may improve an earlier one that is not proved."""
    note_counted(search)
    search.figures[GoalId.WORST_OFF_TRAINEE].value = worst_share(search.problem, search.sessions)


def keep_placing_and_share(search: Search, build: Build) -> None:
    """Nothing that the first four goals reached gets worse."""
    keep_counted(search, build)
    share = search.figures[GoalId.WORST_OFF_TRAINEE].value
    keep_share(build, max(share, search.accepted_share))


def spread_the_pain(search: Search, *, most: float | None = None) -> None:
    """Make the largest share of required time left unplaced for one trainee small.

    ``most`` is the deterministic time for it as a whole, if less than its share.
    """
    spare = search.take_spare_build()
    share = worst_share(search.problem, search.sessions)
    least = least_share(search.problem, _surely_missing(search)) if share else share
    figures = GoalFigures(share, min(least, share))
    search.figures[GoalId.WORST_OFF_TRAINEE] = figures
    if figures.is_proved:
        search.engine.say(SharingAim.step, SharingAim.goal, float(share), float(share))
        return
    if search.engine.is_spent:
        figures.was_attempted = False
        return
    aim = SharingAim(search)
    if choices(search.problem) > MOST_CHOICES_AS_A_WHOLE:
        over = until_share_is_used(search, SHARE_OF_WORST_OFF)
        sweep(search, aim, weeks_of_departments(search.problem), over, most=MOST_FOR_A_WINDOW)
        return
    steps = aim.steps
    whole = whole_window(search.problem, search.judgements, search.sessions)
    bound = pursue(search, whole, aim, share=SHARE_OF_WORST_OFF, most=most, build=spare).bound
    figures.raise_bound(steps[min(max(bound, 0), len(steps) - 1)])


def _surely_missing(search: Search) -> int:
    """How many must and should sessions no plan as good in the earlier goals places."""
    goals = GoalId.UNPLACED_MUST, GoalId.UNPLACED_SHOULD
    return sum(ceil(search.figures[goal].bound) for goal in goals)
