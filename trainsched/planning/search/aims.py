"""An aim is what one solve is for: what must be kept, what is made least, what counts as better.

The same steps serve a window of a plan and the whole of it.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from trainsched.domain.rules import GoalId
from trainsched.planning.build import Build, Expression
from trainsched.planning.draft import DraftSession, make_sessions, read_choice
from trainsched.planning.engine import ALL_IN_TURN, Known, Turns
from trainsched.planning.hints import hint_completely
from trainsched.planning.search.state import Search
from trainsched.planning.search.windows import Window, open_window

EVERYTHING_LEFT = 1.0

Read = Callable[[Expression], int]


class Aim(ABC):
    """Something to improve. Made anew for every stage of the search."""

    step: str
    """What is being done, for whoever watches."""
    goal: GoalId | None = None
    needs_everything = False
    """Whether all sessions of the plan must be in the model, not those in reach only."""

    def __init__(self, search: Search) -> None:
        self.search = search

    def counts_changes(self, window: Window) -> bool:  # noqa: ARG002 - some aims ask the window
        """Whether the model must say which rostered people keep their duties."""
        return False

    def is_worth_while(self, freed: frozenset[int]) -> bool:  # noqa: ARG002 - some aims ask
        """Whether freeing these offerings might bring anything better."""
        return True

    @abstractmethod
    def objective(self, build: Build, window: Window) -> Expression:
        """Keep what earlier goals reached, and return what to make as small as possible."""

    @abstractmethod
    def present(self) -> float:
        """The objective's value for the sessions so far."""

    @abstractmethod
    def accept(self, sessions: tuple[DraftSession, ...], window: Window) -> bool:
        """Take the sessions (of the whole plan) if they are better; say whether they were."""

    def read(self, build: Build, read: Read) -> tuple[DraftSession, ...]:
        """The sessions of a solution, in the window's numbers."""
        return make_sessions(build.problem, read_choice(build, read))


@dataclass(frozen=True, slots=True)
class Pursued:
    """What one solve came to: a proven bound for its window, and whether the plan got better."""

    bound: int
    is_better: bool
    build: Build


def pursue(
    search: Search,
    window: Window,
    aim: Aim,
    *,
    share: float = EVERYTHING_LEFT,
    most: float | None = None,
    turns: Turns = ALL_IN_TURN,
    begin_from_plan: bool = False,
    build: Build | None = None,
) -> Pursued:
    """Solve a window for an aim, and keep what is better.

    ``share`` is of the deterministic time left, ``most`` its limit. ``begin_from_plan``: hint the
    plan so far to the divers too, where it is likely to be the best already. ``build``: a model of
    just this window that is there already.
    """
    if build is None:
        build = window.build(with_changes=aim.counts_changes(window))
    build.model.minimize(aim.objective(build, window))
    if begin_from_plan:
        hint_completely(build, window.sessions)
    solved = search.engine.solve(
        build.model,
        share,
        aim.step,
        aim.goal,
        most=most,
        turns=turns,
        known=Known(aim.present(), lambda: hint_completely(build, window.sessions)),
    )
    if solved.is_impossible:
        raise RuntimeError("the model has no solution, although the plan so far is one")
    is_better = False
    if solved.read is not None and solved.value is not None and solved.value < aim.present():
        found = aim.read(build, solved.read)
        before, whole = search.sessions, window.whole(found)
        is_better = aim.accept(whole, window)
        if is_better and search.sessions is whole:
            old, new = window.numbered(window.sessions), window.numbered(found)
            search.note_replaced(before, old, new)
    return Pursued(solved.bound, is_better, build)


def sweep(
    search: Search,
    aim: Aim,
    pieces: Sequence[frozenset[int]],
    is_over: Callable[[], bool],
    *,
    most: float,
    turns: Turns = ALL_IN_TURN,
) -> None:
    """Free one set of offerings after another until none brings anything, or it is over.

    A piece is tried again when something in it has changed since.
    """
    stale = [True] * len(pieces)
    while any(stale):
        for position, freed in enumerate(pieces):
            if is_over():
                return
            if not stale[position]:
                continue
            stale[position] = False
            if not aim.is_worth_while(freed):
                continue
            window = open_window(
                search.problem,
                search.judgements,
                search.standing,
                freed,
                with_everything=aim.needs_everything,
            )
            if pursue(search, window, aim, most=most, turns=turns).is_better:
                for other, piece in enumerate(pieces):
                    stale[other] |= not freed.isdisjoint(piece)


def until_share_is_used(search: Search, share: float) -> Callable[[], bool]:
    """A test for the end of a sweep that may use a share of what is left now."""
    until = search.engine.deterministic_left * (1 - share)
    return lambda: search.engine.is_spent or search.engine.deterministic_left <= until
