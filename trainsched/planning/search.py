"""The search through the goals: what is kept, what is proved, and the best sessions so far."""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

from trainsched.domain.rules import GoalId, RuleId
from trainsched.planning.build import Build, Expression
from trainsched.planning.cover_variables import add_cover_variables
from trainsched.planning.draft import (
    DraftSession,
    engagements,
    make_sessions,
    placed_by_demand,
    read_choice,
)
from trainsched.planning.engine import Engine, Solved
from trainsched.planning.goals.changed_duties import changed_duties, rostered_duties
from trainsched.planning.goals.unplaced_could import unplaced_could
from trainsched.planning.goals.unplaced_must import unplaced_must
from trainsched.planning.goals.unplaced_should import unplaced_should
from trainsched.planning.goals.wishes import WishModel, wish_points, wish_value
from trainsched.planning.goals.worst_off_trainee import (
    keep_share,
    ladder,
    required_periods,
    steps_above_nothing,
)
from trainsched.planning.hand_out import DayCover, hand_out_day
from trainsched.planning.hints import hint_completely
from trainsched.planning.judgement import DayJudgement
from trainsched.planning.rules.every_rule import EVERY_RULE
from trainsched.planning.variables import add_training_variables
from trainsched.problem.problem import Problem

PLACING: tuple[tuple[GoalId, Callable[[Build], Expression]], ...] = (
    (GoalId.UNPLACED_MUST, unplaced_must),
    (GoalId.UNPLACED_SHOULD, unplaced_should),
    (GoalId.UNPLACED_COULD, unplaced_could),
)
SHARE_OF_PINS = 0.2
SHARE_OF_FIRST_SOLVE = 0.4
SHARE_OF_EACH_PLACING_GOAL = 0.25
SHARE_OF_WORST_OFF = 0.3
SHARE_OF_CHANGES = 0.4
EVERYTHING_LEFT = 1.0


class PinsClashError(Exception):
    """The pinned sessions cannot all happen together with each other and the other rules."""


@dataclass(slots=True)
class GoalFigures:
    """A goal's value, its proven lower bound, and whether it was searched for at all."""

    value: Fraction
    bound: Fraction
    was_attempted: bool = True

    @property
    def is_proved(self) -> bool:
        """Whether nothing better exists, given the goals before."""
        return self.was_attempted and self.bound >= self.value


def build_model(
    problem: Problem,
    judgements: tuple[DayJudgement, ...],
    *,
    with_changes: bool = False,
    without: RuleId | None = None,
) -> Build:
    """The model with all its variables and every hard rule (but one, to learn what it costs)."""
    build = Build(problem, judgements, with_changes=with_changes)
    add_training_variables(build)
    add_cover_variables(build)
    for rule, keep in EVERY_RULE:
        if rule is not without:
            keep(build)
    return build


@dataclass(slots=True)
class Search:
    """Pursues the goals in order. ``sessions`` are the best so far; ``figures`` what is known."""

    problem: Problem
    judgements: tuple[DayJudgement, ...]
    engine: Engine
    sessions: tuple[DraftSession, ...] = ()
    figures: dict[GoalId, GoalFigures] = field(default_factory=dict)
    cover: dict[int, DayCover] = field(default_factory=dict)

    def run(self) -> None:
        """Search every goal as far as the limits allow; then hand the duties out."""
        build = build_model(self.problem, self.judgements)
        if self.problem.pins:
            self._keep_pins(build)
        self._place(build)
        self._spread_the_pain(build)
        self._hand_out()
        self._count_changes()
        self._grant_wishes()

    def _keep_pins(self, build: Build) -> None:
        """Begin from a plan that holds the pins; nothing else is asked of it."""
        solved = self.engine.solve(build.model, SHARE_OF_PINS, "keeping pinned sessions")
        if solved.read is not None:
            self.sessions = make_sessions(self.problem, read_choice(build, solved.read))
        elif solved.is_impossible:
            raise PinsClashError

    # Goals 1 to 3: what is placed

    def _place(self, build: Build) -> None:
        expressions = [(goal, make(build)) for goal, make in PLACING]
        sizes = [self._required(priority) for priority in range(len(expressions))]
        self._take_empty(sizes)
        weights = [1] * len(sizes)
        for position in range(len(sizes) - 2, -1, -1):
            weights[position] = 1 + sum(
                weights[k] * sizes[k] for k in range(position + 1, len(sizes))
            )
        if not any(sizes):
            return
        together = sum(w * e for w, (_, e) in zip(weights, expressions, strict=True))
        build.model.minimize(together)
        solved = self.engine.solve(build.model, SHARE_OF_FIRST_SOLVE, "placing sessions")
        self._take(build, solved)
        rest = solved.bound
        for position, (goal, _) in enumerate(expressions):
            figures = self.figures[goal]
            after = sum(weights[k] * sizes[k] for k in range(position + 1, len(sizes)))
            if solved.is_proved:
                figures.bound = figures.value
            elif position == 0:
                figures.bound = Fraction(max(0, -(-(rest - after) // weights[0])))
        for goal, expression in expressions:
            if not self.figures[goal].is_proved and not self.engine.is_spent:
                self._place_one(build, goal, expression)
            build.model.add(expression <= int(self.figures[goal].value))

    def _place_one(self, build: Build, goal: GoalId, expression: Expression) -> None:
        build.model.minimize(expression)
        hint_completely(build, self.sessions)
        solved = self.engine.solve(build.model, SHARE_OF_EACH_PLACING_GOAL, goal.value, goal)
        self._take(build, solved)
        figures = self.figures[goal]
        figures.bound = max(figures.bound, Fraction(solved.bound))
        figures.bound = min(figures.bound, figures.value)

    def _required(self, priority: int) -> int:
        return sum(d.required for d in self.problem.demands if d.priority == priority)

    def _take_empty(self, sizes: list[int]) -> None:
        placed = placed_by_demand(self.sessions)
        for priority, ((goal, _), size) in enumerate(zip(PLACING, sizes, strict=True)):
            done = sum(
                placed.get(d.index, 0) for d in self.problem.demands if d.priority == priority
            )
            self.figures[goal] = GoalFigures(Fraction(size - done), Fraction(0))

    def _take(self, build: Build, solved: Solved) -> None:
        """Keep what a solve found; the model's bounds see to it that it is no worse."""
        if solved.is_impossible:
            raise RuntimeError("the model has no solution, although an empty plan is one")
        if solved.read is None:
            return
        self.sessions = make_sessions(self.problem, read_choice(build, solved.read))
        self._note_placed()

    def _note_placed(self) -> None:
        placed = placed_by_demand(self.sessions)
        for priority, (goal, _) in enumerate(PLACING):
            mine = [d for d in self.problem.demands if d.priority == priority]
            missing = sum(d.required - placed.get(d.index, 0) for d in mine)
            self.figures[goal].value = Fraction(missing)

    # Goal 4: the worst-off trainee

    def worst_share(self) -> Fraction:
        """The largest share of required time that the present sessions leave unplaced."""
        periods = required_periods(self.problem)
        placed = placed_by_demand(self.sessions)
        missing = dict.fromkeys(periods, 0)
        for demand in self.problem.demands:
            if demand.trainee in missing and demand.priority < len(PLACING) - 1:
                length = self.problem.activities[demand.activity].activity.length
                missing[demand.trainee] += length * (demand.required - placed.get(demand.index, 0))
        return max(
            (
                Fraction(missing[trainee], periods[trainee])
                for trainee in periods
                if periods[trainee]
            ),
            default=Fraction(0),
        )

    def _spread_the_pain(self, build: Build) -> None:
        goal, share = GoalId.WORST_OFF_TRAINEE, self.worst_share()
        figures = self.figures[goal] = GoalFigures(share, Fraction(0))
        if share == 0 or self.engine.is_spent:
            figures.was_attempted = share == 0 or not self.engine.is_spent
            return
        steps = ladder(self.problem, share)
        build.model.minimize(steps_above_nothing(build, steps))
        hint_completely(build, self.sessions)
        solved = self.engine.solve(build.model, SHARE_OF_WORST_OFF, goal.value, goal)
        self._take(build, solved)
        figures.value = self.worst_share()
        figures.bound = min(steps[min(max(solved.bound, 0), len(steps) - 1)], figures.value)

    # Goal 5: changed duties

    def _hand_out(self) -> None:
        engaged = engagements(self.problem, self.sessions)
        self.cover = {}
        for number in range(len(self.problem.cover_days)):
            cover = hand_out_day(self.problem, number, self.judgements[number], engaged)
            if cover is None:
                day = self.problem.grid.days[self.problem.cover_days[number].day]
                raise RuntimeError(f"the sessions of {day} leave cover worse than it need be")
            self.cover[number] = cover

    def _count_changes(self) -> None:
        goal = GoalId.CHANGED_DUTIES
        value = Fraction(sum(cover.changes for cover in self.cover.values()))
        figures = self.figures[goal] = GoalFigures(value, Fraction(0))
        if value == 0:
            return
        least = {
            number: hand_out_day(self.problem, number, self.judgements[number], {})
            for number, cover in self.cover.items()
            if cover.changes
        }
        figures.bound = Fraction(sum(cover.changes for cover in least.values() if cover))
        if figures.is_proved:
            return
        if self.engine.is_spent:
            figures.was_attempted = False
            return
        build = self._bounded_build(with_changes=True)
        untouched = sum(
            cover.changes for number, cover in self.cover.items() if number not in build.cover_plans
        )
        build.model.minimize(changed_duties(build))
        hint_completely(build, self.sessions)
        solved = self.engine.solve(build.model, SHARE_OF_CHANGES, goal.value, goal)
        if solved.value is not None and solved.value + untouched < figures.value:
            self._take(build, solved)
            self._hand_out()
            figures.value = Fraction(sum(cover.changes for cover in self.cover.values()))
        found = Fraction(max(solved.bound, 0) + untouched)
        figures.bound = min(max(figures.bound, found), figures.value)

    def _bounded_build(self, *, with_changes: bool) -> Build:
        """A fresh model in which no earlier goal may get worse."""
        build = build_model(self.problem, self.judgements, with_changes=with_changes)
        for goal, make in PLACING:
            build.model.add(make(build) <= int(self.figures[goal].value))
        share = self.figures[GoalId.WORST_OFF_TRAINEE].value
        keep_share(build, share)
        return build

    # Goal 6: wishes

    def _grant_wishes(self) -> None:
        goal = GoalId.WISHES
        points = wish_points(self.problem)
        value = Fraction(wish_value(self.problem, points, self.sessions))
        figures = self.figures[goal] = GoalFigures(value, Fraction(0))
        if value == 0:
            return
        if self.engine.is_spent:
            figures.was_attempted = False
            return
        counts = any(rostered_duties(self.problem, day) for day in self.problem.cover_days)
        build = self._bounded_build(with_changes=counts)
        if counts:
            untouched = sum(
                cover.changes
                for number, cover in self.cover.items()
                if number not in build.cover_plans
            )
            most = int(self.figures[GoalId.CHANGED_DUTIES].value) - untouched
            build.model.add(changed_duties(build) <= most)
        model = WishModel(build, points)
        build.model.minimize(model.total())
        model.seat_pinned_together()
        hint_completely(build, self.sessions)
        solved = self.engine.solve(build.model, EVERYTHING_LEFT, goal.value, goal)
        if solved.read is not None and solved.value is not None and solved.value < value:
            chosen = read_choice(build, solved.read)
            self.sessions = model.pairs.make_sessions(chosen, solved.read)
            self._hand_out()
            figures.value = Fraction(wish_value(self.problem, points, self.sessions))
        figures.bound = min(Fraction(max(solved.bound, 0)), figures.value)
