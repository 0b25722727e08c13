"""The search through the goals: what is kept, what is proved, and the best sessions so far.

A problem that one model can hold is solved as a whole, goal after goal. Where that does not
settle a goal, or the problem is too large for it, windows of a few weeks are improved one after
another (see ``windows``); bounds are then those of the whole that could be proved.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from trainsched.domain.rules import GoalId
from trainsched.planning.build import Build, Expression
from trainsched.planning.draft import DraftSession, engagements, make_sessions, read_choice
from trainsched.planning.engine import Engine, Solved
from trainsched.planning.figures import (
    GoalFigures,
    placing_weights,
    required_by_priority,
    unplaced_by_priority,
    worst_share,
)
from trainsched.planning.goals.changed_duties import changed_duties, rostered_duties
from trainsched.planning.goals.unplaced_could import unplaced_could
from trainsched.planning.goals.unplaced_must import unplaced_must
from trainsched.planning.goals.unplaced_should import unplaced_should
from trainsched.planning.goals.wishes import WishModel, WishPoints, wish_points, wish_value
from trainsched.planning.goals.worst_off_trainee import keep_share, ladder, steps_above_nothing
from trainsched.planning.hand_out import DayCover, hand_out_day
from trainsched.planning.hints import hint_completely
from trainsched.planning.judgement import DayJudgement
from trainsched.planning.model import build_model
from trainsched.planning.pin_start import begin_with_pins
from trainsched.planning.windows import Window, choices, sweep
from trainsched.problem.problem import Problem

PLACING: tuple[tuple[GoalId, Callable[[Build], Expression]], ...] = (
    (GoalId.UNPLACED_MUST, unplaced_must),
    (GoalId.UNPLACED_SHOULD, unplaced_should),
    (GoalId.UNPLACED_COULD, unplaced_could),
)
MOST_CHOICES_AS_A_WHOLE = 60_000
MOST_CHOICES_FOR_ONE_GO = 6_000
SHARE_OF_PLACING = 0.5
SHARE_OF_ONE_PLACING_GOAL = 0.15
SHARE_OF_WORST_OFF = 0.3
SHARE_OF_CHANGES_PIECE_BY_PIECE = 0.3
SHARE_OF_CHANGES = 0.5
EVERYTHING_LEFT = 1.0
DIVERS_SHARE_OF_WISHES = 0.2
"""The relaxation of the wishes says little; the crowd improves them."""
MOST_FOR_A_WINDOW = 2.5
MOST_FOR_PLACING_IN_A_WINDOW = 6.0
"""Deterministic time for one window."""


@dataclass(slots=True)
class Search:
    """Pursues the goals in order. ``sessions`` are the best so far; ``figures`` what is known."""

    problem: Problem
    judgements: tuple[DayJudgement, ...]
    engine: Engine
    sessions: tuple[DraftSession, ...] = ()
    figures: dict[GoalId, GoalFigures] = field(default_factory=dict)
    cover: dict[int, DayCover] = field(default_factory=dict)
    is_large: bool = False
    placing_bound: int = 0
    """Proven for the weighted sum of unplaced sessions over all plans."""

    def run(self) -> None:
        """Search every goal as far as the limits allow, and hand the duties out."""
        self.is_large = choices(self.problem) > MOST_CHOICES_AS_A_WHOLE
        if self.problem.pins and not self.sessions:
            self.sessions = begin_with_pins(self.problem, self.judgements, self.engine)
        self._place()
        self._spread_the_pain()
        self.cover = self._hand_out()
        self._count_changes()
        self._grant_wishes()

    # Goals 1 to 3: what is placed

    def _place(self) -> None:
        self._note_placed()
        if self._is_placing_proved:
            return
        if not self.is_large:
            self._place_as_a_whole()
        if not self._is_placing_proved:
            self._place_piece_by_piece()
        if not self.is_large:
            self._settle_one_by_one()

    @property
    def _is_placing_proved(self) -> bool:
        return all(self.figures[goal].is_proved for goal, _ in PLACING)

    def _place_piece_by_piece(self) -> None:
        until = self.engine.deterministic_left * (1 - SHARE_OF_PLACING)
        self._sweep(
            "placing sessions piece by piece",
            self._together,
            lambda: self._weighted(self.sessions),
            is_over=lambda: (
                self.engine.is_spent
                or self.engine.deterministic_left <= until
                or self._is_placing_proved
            ),
            after=self._note_placed,
            most=MOST_FOR_PLACING_IN_A_WINDOW,
        )

    def _place_as_a_whole(self) -> None:
        build = build_model(self.problem, self.judgements)
        build.model.minimize(self._together(build))
        solved = self.engine.solve(
            build.model,
            SHARE_OF_PLACING,
            "placing sessions",
            hint_the_crowd=lambda: hint_completely(build, self.sessions),
        )
        self._take(build, solved)
        self.placing_bound = max(self.placing_bound, solved.bound)
        self._note_placed()
        required = required_by_priority(self.problem)
        weights = placing_weights(required)
        rest = sum(w * r for w, r in zip(weights[1:], required[1:], strict=True))
        lowest = -(-(self.placing_bound - rest) // weights[0])
        self.figures[GoalId.UNPLACED_MUST].raise_bound(max(lowest, 0))

    def _settle_one_by_one(self) -> None:
        """Each goal that is still open on its own: a better value, or a better bound."""
        if self._is_placing_proved:
            return
        build = build_model(self.problem, self.judgements)
        for goal, make in PLACING:
            expression = make(build)
            if not self.figures[goal].is_proved and not self.engine.is_spent:
                build.model.minimize(expression)
                hint_completely(build, self.sessions)
                solved = self.engine.solve(build.model, SHARE_OF_ONE_PLACING_GOAL, goal.value, goal)
                self._take(build, solved)
                self.figures[goal].raise_bound(solved.bound)
            build.model.add(expression <= int(self.figures[goal].value))

    def _together(self, build: Build) -> Expression:
        weights = placing_weights(required_by_priority(self.problem))
        return sum(w * make(build) for w, (_, make) in zip(weights, PLACING, strict=True))

    def _weighted(self, sessions: tuple[DraftSession, ...]) -> int:
        weights = placing_weights(required_by_priority(self.problem))
        missing = unplaced_by_priority(self.problem, sessions)
        return sum(w * m for w, m in zip(weights, missing, strict=True))

    def _take(self, build: Build, solved: Solved) -> None:
        """Keep what a solve found; the model's bounds see to it that it is no worse."""
        if solved.is_impossible:
            raise RuntimeError("the model has no solution, although an empty plan is one")
        if solved.read is None:
            return
        sessions = make_sessions(self.problem, read_choice(build, solved.read))
        if self._weighted(sessions) <= self._weighted(self.sessions):
            self.sessions = sessions
            self._note_placed()

    def _note_placed(self) -> None:
        missing = unplaced_by_priority(self.problem, self.sessions)
        for (goal, _), value in zip(PLACING, missing, strict=True):
            known = self.figures.get(goal)
            bound = known.bound if known is not None else Fraction(0)
            self.figures[goal] = GoalFigures(Fraction(value), bound)
        if self._weighted(self.sessions) <= self.placing_bound:
            for goal, _ in PLACING:
                self.figures[goal].raise_bound(self.figures[goal].value)

    # Goal 4: the worst-off trainee

    def _spread_the_pain(self) -> None:
        goal = GoalId.WORST_OFF_TRAINEE
        share = worst_share(self.problem, self.sessions)
        figures = self.figures[goal] = GoalFigures(share, Fraction(0))
        if share == 0 or self.engine.is_spent:
            figures.was_attempted = share == 0
            return
        if self.is_large:
            self._sweep(
                goal.value,
                lambda build: steps_above_nothing(
                    build, ladder(self.problem, worst_share(self.problem, self.sessions))
                ),
                lambda: len(ladder(self.problem, worst_share(self.problem, self.sessions))) - 1,
                is_over=self._until(SHARE_OF_WORST_OFF),
                goal=goal,
                earlier=PLACING,
            )
            figures.value = worst_share(self.problem, self.sessions)
            return
        steps = ladder(self.problem, share)
        build = build_model(self.problem, self.judgements)
        self._keep_earlier(build, PLACING)
        build.model.minimize(steps_above_nothing(build, steps))
        hint_completely(build, self.sessions)
        solved = self.engine.solve(build.model, SHARE_OF_WORST_OFF, goal.value, goal)
        self._take(build, solved)
        figures.value = worst_share(self.problem, self.sessions)
        figures.raise_bound(steps[min(max(solved.bound, 0), len(steps) - 1)])

    def _keep_earlier(
        self, build: Build, goals: tuple[tuple[GoalId, Callable[[Build], Expression]], ...]
    ) -> None:
        for goal, make in goals:
            build.model.add(make(build) <= int(self.figures[goal].value))

    def _keep_placing_and_share(self, build: Build) -> None:
        self._keep_earlier(build, PLACING)
        keep_share(build, self.figures[GoalId.WORST_OFF_TRAINEE].value)

    # Goal 5: changed duties

    def _hand_out(self, days: Iterable[int] | None = None) -> dict[int, DayCover]:
        """Hand the duties of some cover days out anew (None: of all); the others stay."""
        engaged = engagements(self.problem, self.sessions)
        handed_out = dict(self.cover)
        for number in range(len(self.problem.cover_days)) if days is None else days:
            cover = hand_out_day(self.problem, number, self.judgements[number], engaged)
            if cover is None:
                day = self.problem.grid.days[self.problem.cover_days[number].day]
                raise RuntimeError(f"the sessions of {day} leave cover worse than it need be")
            handed_out[number] = cover
        return handed_out

    def _count_changes(self) -> None:
        goal = GoalId.CHANGED_DUTIES
        figures = self.figures[goal] = GoalFigures(self._changes(), Fraction(0))
        least = (
            hand_out_day(self.problem, number, self.judgements[number], {})
            for number, cover in self.cover.items()
            if cover.changes
        )
        figures.raise_bound(sum(c.changes for c in least if c is not None and c.is_least))
        if figures.is_proved:
            return
        if self.engine.is_spent:
            figures.was_attempted = False
            return
        self._sweep_changes()
        if self.is_large or self.figures[goal].is_proved or self.engine.is_spent:
            return
        build = build_model(self.problem, self.judgements, with_changes=True)
        self._keep_placing_and_share(build)
        build.model.minimize(changed_duties(build))
        hint_completely(build, self.sessions)
        solved = self.engine.solve(build.model, SHARE_OF_CHANGES, goal.value, goal)
        figures.raise_bound(max(solved.bound, 0) + self._changes_untouched(build))
        self._take(build, solved)
        self.cover = self._hand_out()
        figures.value = self._changes()

    def _changes(self) -> Fraction:
        return Fraction(sum(cover.changes for cover in self.cover.values()))

    def _changes_untouched(self, build: Build) -> int:
        """Changes on days that no session can touch: the same in every plan."""
        return sum(
            cover.changes for number, cover in self.cover.items() if number not in build.cover_plans
        )

    # Goal 6: wishes

    def _grant_wishes(self) -> None:
        goal = GoalId.WISHES
        points = wish_points(self.problem)
        value = wish_value(self.problem, points, self.sessions)
        figures = self.figures[goal] = GoalFigures(Fraction(value), Fraction(0))
        if value == 0:
            return
        if self.engine.is_spent:
            figures.was_attempted = False
            return
        if choices(self.problem) > MOST_CHOICES_FOR_ONE_GO:
            self._sweep_wishes(points)
        else:
            self._wish_as_a_whole(points)
        self.cover = self._hand_out()
        figures.value = Fraction(wish_value(self.problem, points, self.sessions))

    def _wish_as_a_whole(self, points: WishPoints) -> None:
        counts = any(rostered_duties(self.problem, day) for day in self.problem.cover_days)
        build = build_model(self.problem, self.judgements, with_changes=counts)
        self._keep_placing_and_share(build)
        if counts:
            most = int(self.figures[GoalId.CHANGED_DUTIES].value)
            build.model.add(changed_duties(build) <= most - self._changes_untouched(build))
        model = WishModel(build, points)
        build.model.minimize(model.total())
        model.seat_pinned_together()
        hint_completely(build, self.sessions)
        goal = GoalId.WISHES
        solved = self.engine.solve(build.model, EVERYTHING_LEFT, goal.value, goal)
        figures = self.figures[goal]
        if solved.read is not None and solved.value is not None and solved.value < figures.value:
            self.sessions = model.pairs.make_sessions(read_choice(build, solved.read), solved.read)
            figures.value = Fraction(solved.value)
        figures.raise_bound(max(solved.bound, 0))

    # Windows

    def _until(self, share: float) -> Callable[[], bool]:
        """A test for the end of a sweep that may use a share of what is left now."""
        until = self.engine.deterministic_left * (1 - share)
        return lambda: self.engine.is_spent or self.engine.deterministic_left <= until

    def _sweep(
        self,
        step: str,
        objective: Callable[[Build], Expression],
        present: Callable[[], int],
        is_over: Callable[[], bool],
        *,
        goal: GoalId | None = None,
        earlier: tuple[tuple[GoalId, Callable[[Build], Expression]], ...] = (),
        after: Callable[[], None] | None = None,
        most: float = MOST_FOR_A_WINDOW,
    ) -> None:
        """Improve an objective over sessions window by window."""

        def improve(window: Window) -> tuple[DraftSession, ...] | None:
            build = window.build()
            self._keep_earlier(build, earlier)
            build.model.minimize(objective(build))
            hint_completely(build, window.sessions)
            solved = self.engine.solve(build.model, EVERYTHING_LEFT, step, goal, most=most)
            if solved.read is None or solved.value is None or solved.value >= present():
                return None
            better = make_sessions(window.part.problem, read_choice(build, solved.read))
            self.sessions = window.whole(better)
            if after is not None:
                after()
            return better

        self.sessions = sweep(self.problem, self.judgements, self.sessions, improve, is_over)

    def _sweep_changes(self) -> None:
        goal = GoalId.CHANGED_DUTIES

        def improve(window: Window) -> tuple[DraftSession, ...] | None:
            build = window.build(with_changes=True)
            self._keep_placing_and_share(build)
            inside = self._changes_inside(window)
            if not inside:
                return None
            build.model.minimize(changed_duties(build))
            hint_completely(build, window.sessions)
            solved = self.engine.solve(
                build.model, EVERYTHING_LEFT, goal.value, goal, most=MOST_FOR_A_WINDOW
            )
            if solved.read is None or solved.value is None:
                return None
            better = make_sessions(window.part.problem, read_choice(build, solved.read))
            return self._accept_if_fewer_changes(window, better)

        is_over = self._until(SHARE_OF_CHANGES_PIECE_BY_PIECE)
        self.sessions = sweep(
            self.problem,
            self.judgements,
            self.sessions,
            improve,
            lambda: is_over() or self.figures[goal].is_proved,
            across=self.is_large,
        )

    def _changes_inside(self, window: Window) -> int:
        return sum(self.cover[number].changes for number in window.part.whole_cover_day)

    def _accept_if_fewer_changes(
        self, window: Window, better: tuple[DraftSession, ...]
    ) -> tuple[DraftSession, ...] | None:
        before, cover = self.sessions, self.cover
        self.sessions = window.whole(better)
        self.cover = self._hand_out(window.part.whole_cover_day)
        value = self._changes()
        figures = self.figures[GoalId.CHANGED_DUTIES]
        if value >= figures.value:
            self.sessions, self.cover = before, cover
            return None
        figures.value = value
        return better

    def _sweep_wishes(self, points: WishPoints) -> None:
        goal = GoalId.WISHES

        def improve(window: Window) -> tuple[DraftSession, ...] | None:
            numbers = window.part.whole_cover_day
            counts = any(rostered_duties(self.problem, self.problem.cover_days[n]) for n in numbers)
            build = window.build(with_changes=counts)
            self._keep_placing_and_share(build)
            if counts:
                most = self._changes_inside(window) - sum(
                    self.cover[whole].changes
                    for number, whole in enumerate(numbers)
                    if number not in build.cover_plans
                )
                build.model.add(changed_duties(build) <= most)
            model = WishModel(build, points)
            build.model.minimize(model.total())
            model.seat_pinned_together()
            hint_completely(build, window.sessions)
            solved = self.engine.solve(
                build.model,
                EVERYTHING_LEFT,
                goal.value,
                goal,
                most=MOST_FOR_A_WINDOW,
                divers_share=DIVERS_SHARE_OF_WISHES,
            )
            if solved.read is None or solved.value is None:
                return None
            if solved.value >= wish_value(self.problem, points, self.sessions):
                return None
            better = model.pairs.make_sessions(read_choice(build, solved.read), solved.read)
            self.sessions = window.whole(better)
            self.cover = self._hand_out(window.part.whole_cover_day)
            return better

        self.sessions = sweep(
            self.problem,
            self.judgements,
            self.sessions,
            improve,
            lambda: self.engine.is_spent,
            across=False,
        )
