"""The same core rules for Timefold 1.24: a program of its own, for a Python that has Timefold.

It reads the problem as JSON from a file (see ``timefold_planner``), and writes a line of JSON for
each better solution, and one for its last.

A *need* is one required session of one trainee (or of a cohort that comes together). It is given
one of its *options*: a start, the staff and the equipment all at once, or none. Needs with the same
option are one group session. A *place* is a duty place, given one of its candidates or nobody.
Whatever may be used only so often (a person in a slot, a trainer in a week, an item in a slot) is a
*resource*, a whole number with a limit; options and candidates say which ones they use.
"""

import json
import sys
from dataclasses import dataclass, field
from typing import Annotated

from timefold.solver import SolverFactory
from timefold.solver.config import (
    Duration,
    EnvironmentMode,
    ScoreDirectorFactoryConfig,
    SolverConfig,
    TerminationConfig,
)
from timefold.solver.domain import (
    PlanningEntityCollectionProperty,
    PlanningId,
    PlanningScore,
    PlanningVariable,
    ProblemFactCollectionProperty,
    ValueRangeProvider,
    planning_entity,
    planning_solution,
)
from timefold.solver.score import (
    BendableScore,
    Constraint,
    ConstraintCollectors,
    ConstraintFactory,
    Joiners,
    constraint_provider,
)

SOFT_LEVELS = 4
"""Unplaced must, should and could; then the squares of what each trainee lacks."""


@dataclass(eq=False)
class Resource:
    """Something that may be used ``limit`` times."""

    number: Annotated[int, PlanningId]
    limit: int


@dataclass(eq=False)
class Stay:
    """Somebody is at a site on a day, in slots ``first`` to ``last``. ``minutes`` of the day."""

    person_day: int
    site: int
    first: int
    last: int
    start: int
    end: int
    is_presence: bool


@dataclass(eq=False)
class Travel:
    """Minutes between two sites."""

    from_site: int
    to_site: int
    minutes: int


@dataclass(eq=False)
class Order:
    """Every need of the demand ``later`` is on a later day than all of ``earlier``."""

    later: int
    earlier: int


@dataclass(eq=False)
class Option:
    """A start with its staff and equipment; ``shared`` is used once by all who choose it."""

    number: Annotated[int, PlanningId]
    day: int
    week: int
    least: int
    most: int
    slots: list[int]
    shared: list[int]
    stays: list[Stay]


@planning_entity
@dataclass(eq=False)
class Need:
    """One required session. ``demand`` tells the needs of one trainee and activity together.

    The resources of a trainee's own slots, weeks and days begin at ``first_slot``, ``first_week``
    and ``first_day``: -1 where there is no limit, or where the options hold them already.
    """

    number: Annotated[int, PlanningId]
    demand: int
    priority: int
    trainees: int
    periods: int
    trainee: int
    first_slot: int
    first_week: int
    first_day: int
    gap_days: int
    is_pinned: bool
    options: Annotated[list[Option], ValueRangeProvider]
    option: Annotated[Option | None, PlanningVariable(allows_unassigned=True)] = field(default=None)


@dataclass(eq=False)
class OwnStay:
    """Where the trainee of a demand is by an option, if that could be at several sites."""

    demand: int
    option: int
    stay: Stay


@dataclass(eq=False)
class Candidate:
    """Somebody for a place, with the resources used."""

    number: Annotated[int, PlanningId]
    person: int
    uses: list[int]
    stays: list[Stay]


@planning_entity
@dataclass(eq=False)
class Place:
    """A duty place. ``day`` is a cover day and priority, with a limit of empty places."""

    number: Annotated[int, PlanningId]
    day: int
    candidates: Annotated[list[Candidate], ValueRangeProvider]
    candidate: Annotated[Candidate | None, PlanningVariable(allows_unassigned=True)] = field(
        default=None
    )


@dataclass(eq=False)
class CoverDay:
    """How many places of one priority may stay empty on a day, as must without any training."""

    number: Annotated[int, PlanningId]
    limit: int


@planning_solution
@dataclass(eq=False)
class Timetable:
    """Everything."""

    resources: Annotated[list[Resource], ProblemFactCollectionProperty]
    travel: Annotated[list[Travel], ProblemFactCollectionProperty]
    own_stays: Annotated[list[OwnStay], ProblemFactCollectionProperty]
    orders: Annotated[list[Order], ProblemFactCollectionProperty]
    cover_days: Annotated[list[CoverDay], ProblemFactCollectionProperty]
    needs: Annotated[list[Need], PlanningEntityCollectionProperty]
    places: Annotated[list[Place], PlanningEntityCollectionProperty]
    score: Annotated[
        BendableScore | None,
        PlanningScore(bendable_hard_levels_size=1, bendable_soft_levels_size=SOFT_LEVELS),
    ] = field(default=None)


HARD = BendableScore.of_hard(1, SOFT_LEVELS, 0, 1)
MUST, SHOULD, COULD, LACKING = (
    BendableScore.of_soft(1, SOFT_LEVELS, level, 1) for level in range(SOFT_LEVELS)
)


@constraint_provider
def rules(factory: ConstraintFactory) -> list[Constraint]:
    """The core rules as constraints."""
    chosen = factory.for_each(Need).group_by(lambda need: need.option)
    filled = factory.for_each(Place)
    used = (
        chosen.flatten_last(lambda option: option.shared)
        .concat(filled.flatten_last(lambda place: place.candidate.uses))
        .concat(
            factory.for_each(Need)
            .filter(lambda need: need.first_slot >= 0)
            .map(lambda need: need, lambda need: need.option)
            .flatten_last(lambda option: option.slots)
            .map(lambda need, slot: need.first_slot + slot)
        )
        .concat(
            factory.for_each(Need)
            .filter(lambda need: need.first_week >= 0)
            .map(lambda need: need.first_week + need.option.week)
        )
        .concat(
            factory.for_each(Need)
            .filter(lambda need: need.first_day >= 0)
            .map(lambda need: need.first_day + need.option.day)
        )
    )
    stays = (
        chosen.flatten_last(lambda option: option.stays)
        .concat(filled.flatten_last(lambda place: place.candidate.stays))
        .concat(
            factory.for_each(Need)
            .join(
                OwnStay,
                Joiners.equal(lambda need: need.option.number, lambda own: own.option),
                Joiners.equal(lambda need: need.demand, lambda own: own.demand),
            )
            .map(lambda need, own: own.stay)
        )
    )
    return [
        used.group_by(lambda number: number, ConstraintCollectors.count())
        .join(Resource, Joiners.equal(lambda number, count: number, lambda r: r.number))
        .filter(lambda number, count, resource: count > resource.limit)
        .penalize(HARD, lambda number, count, resource: count - resource.limit)
        .as_constraint("resource"),
        factory.for_each(Need)
        .group_by(lambda need: need.option, ConstraintCollectors.count())
        .filter(lambda option, count: count < option.least or count > option.most)
        .penalize(
            HARD,
            lambda option, count: max(option.least - count, count - option.most),
        )
        .as_constraint("group size"),
        factory.for_each_unique_pair(Need, Joiners.equal(lambda need: need.demand))
        .filter(lambda one, other: abs(one.option.day - other.option.day) < one.gap_days)
        .penalize(HARD)
        .as_constraint("gap"),
        factory.for_each(Need)
        .join(Order, Joiners.equal(lambda need: need.demand, lambda order: order.later))
        .join(
            factory.for_each_including_unassigned(Need),
            Joiners.equal(lambda later, order: order.earlier, lambda need: need.demand),
        )
        .filter(
            lambda later, order, earlier: (
                earlier.option is None or earlier.option.day >= later.option.day
            )
        )
        .penalize(HARD)
        .as_constraint("order"),
        stays.join(stays, Joiners.equal(lambda stay: stay.person_day))
        .filter(lambda one, other: one.site != other.site and one.first <= other.first)
        .join(
            Travel,
            Joiners.equal(lambda one, other: one.site, lambda travel: travel.from_site),
            Joiners.equal(lambda one, other: other.site, lambda travel: travel.to_site),
        )
        .filter(
            lambda one, other, travel: (
                other.first <= one.last
                if one.is_presence or other.is_presence
                else other.start - one.end < travel.minutes
            )
        )
        .penalize(HARD)
        .as_constraint("travel"),
        factory.for_each_including_unassigned(Place)
        .filter(lambda place: place.candidate is None)
        .group_by(lambda place: place.day, ConstraintCollectors.count())
        .join(CoverDay, Joiners.equal(lambda day, count: day, lambda cover: cover.number))
        .filter(lambda day, count, cover: count > cover.limit)
        .penalize(HARD, lambda day, count, cover: count - cover.limit)
        .as_constraint("cover"),
        factory.for_each_including_unassigned(Need)
        .filter(lambda need: need.is_pinned and need.option is None)
        .penalize(HARD)
        .as_constraint("pinned"),
        unplaced(factory, 0, MUST).as_constraint("must"),
        unplaced(factory, 1, SHOULD).as_constraint("should"),
        unplaced(factory, 2, COULD).as_constraint("could"),
        factory.for_each_including_unassigned(Need)
        .filter(lambda need: need.option is None and need.priority < 2)
        .group_by(lambda need: need.trainee, ConstraintCollectors.sum(lambda need: need.periods))
        .penalize(LACKING, lambda trainee, periods: periods * periods)
        .as_constraint("lacking"),
    ]


def unplaced(factory: ConstraintFactory, priority: int, weight: BendableScore):
    """Needs of a priority without an option, once for each trainee of a cohort."""
    return (
        factory.for_each_including_unassigned(Need)
        .filter(lambda need: need.option is None and need.priority == priority)
        .penalize(weight, lambda need: need.trainees)
    )


def read_problem(path: str) -> Timetable:
    """Make the objects that the file describes; options are shared by needs."""
    with open(path, encoding="utf-8") as file:  # noqa: PTH123
        raw = json.load(file)
    options = [Option(**_with_stays(option)) for option in raw["options"]]
    ranges = [[options[number] for number in numbers] for numbers in raw["ranges"]]
    return Timetable(
        resources=[Resource(number, limit) for number, limit in enumerate(raw["resources"])],
        travel=[Travel(*row) for row in raw["travel"]],
        own_stays=[
            OwnStay(demand, option, Stay(*stay)) for demand, option, stay in raw["own_stays"]
        ],
        orders=[Order(*row) for row in raw["orders"]],
        cover_days=[CoverDay(number, limit) for number, limit in enumerate(raw["cover_days"])],
        needs=[Need(**{**need, "options": ranges[need["options"]]}) for need in raw["needs"]],
        places=[
            Place(
                place["number"],
                place["day"],
                [Candidate(**_with_stays(candidate)) for candidate in place["candidates"]],
            )
            for place in raw["places"]
        ],
    )


def _with_stays(raw: dict) -> dict:
    return {**raw, "stays": [Stay(*stay) for stay in raw["stays"]]}


def say(**words: object) -> None:
    """A line of JSON."""
    print(json.dumps(words), flush=True)


def main() -> None:
    """Read, solve for so many seconds, and say what happens."""
    path, seconds, seed = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
    config = SolverConfig(
        solution_class=Timetable,
        # Each class is filled in turn: duties first, then training where it breaks nothing.
        entity_class_list=[Place, Need],
        environment_mode=EnvironmentMode.NO_ASSERT,
        random_seed=seed,
        score_director_factory_config=ScoreDirectorFactoryConfig(
            constraint_provider_function=rules
        ),
        termination_config=TerminationConfig(
            spent_limit=Duration(milliseconds=round(1000 * seconds))
        ),
    )
    solver = SolverFactory.create(config).build_solver()
    timetable = read_problem(path)
    # Timefold's own listener for Python would turn every better solution into Python objects
    # first, which takes seconds; this one hears the score alone.
    solver._delegate.addEventListener(listener())
    best = solver.solve(timetable)
    say(
        kind="end",
        hard=list(best.score.hard_scores),
        soft=list(best.score.soft_scores),
        needs=[None if need.option is None else need.option.number for need in best.needs],
        places=[None if p.candidate is None else p.candidate.person for p in best.places],
    )


def listener() -> object:
    """Says the score of every better solution, and when it was found after the search began."""
    from ai.timefold.solver.core.api.solver.event import SolverEventListener
    from jpype import JImplements, JOverride

    @JImplements(SolverEventListener)
    class Listener:
        @JOverride
        def bestSolutionChanged(self, event) -> None:  # noqa: N802 - a name of Java
            score = BendableScore.parse(str(event.getNewBestScore()))
            say(
                kind="better",
                seconds=event.getTimeMillisSpent() / 1000,
                hard=list(score.hard_scores),
                soft=list(score.soft_scores),
            )

    return Listener()


if __name__ == "__main__":
    main()
