"""The same core rules for Timefold 1.24: a program of its own, for a Python that has Timefold.

It reads the problem as JSON from a file (see ``timefold_planner``), and writes a line of JSON for
each better solution, and one for its last.

A *need* is one required session of one trainee (or of a cohort that comes together). It is given
one of its *options*: a start, the staff and the equipment all at once, or none. Needs with the same
option are one group session. A *place* is a duty place, given one of its people or nobody.
Whatever may be used only so often (a person in a slot, a trainer in a week, an item in a slot) is a
*resource*, a whole number with a limit.
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
ONCE = 10_000_000
"""Resources from this number on may be used once."""
KINDS = 1000
"""More than there are kinds of stay."""


@dataclass(eq=False)
class Resource:
    """Something that may be used ``limit`` times. Numbers from ``ONCE`` on have a limit of 1."""

    number: Annotated[int, PlanningId]
    limit: int


@dataclass(eq=False)
class Clash:
    """Two kinds of stay (site, first and last period) that nobody can have on one day."""

    one: int
    other: int


@dataclass(eq=False)
class Order:
    """Every need of the demand ``later`` is on a later day than all of ``earlier``."""

    later: int
    earlier: int


@dataclass(eq=False)
class Span:
    """Slots in one go on a day, as numbers within the plan."""

    number: Annotated[int, PlanningId]
    day: int
    week: int
    slots: list[int]


@dataclass(eq=False)
class Option:
    """A start with its staff and equipment; ``shared`` is used once by all who choose it.

    ``person_days`` are those of its staff who could be at several sites.
    """

    number: Annotated[int, PlanningId]
    span: Span
    least: int
    most: int
    kind: int
    shared: list[int]
    person_days: list[int]


@planning_entity
@dataclass(eq=False)
class Need:
    """One required session. ``demand`` tells the needs of one trainee and activity together.

    The resources of a trainee's own slots, weeks and days begin at ``first_slot``, ``first_week``
    and ``first_day``, the days at ``first_person_day`` where there are several sites: -1 where
    there is no limit, or where the options hold them already.
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
    first_person_day: int
    gap_days: int
    is_pinned: bool
    options: Annotated[list[Option], ValueRangeProvider]
    option: Annotated[Option | None, PlanningVariable(allows_unassigned=True)] = field(default=None)


@dataclass(eq=False)
class Person:
    """Somebody for duties; ``first_person_day`` is -1 for those who are only ever at one site."""

    number: Annotated[int, PlanningId]
    first_slot: int
    first_person_day: int


@planning_entity
@dataclass(eq=False)
class Place:
    """A duty place. ``cover_day`` is a day and priority, with a limit of empty places.

    ``base`` tells the use of people on duties from their presence on on-site duties.
    """

    number: Annotated[int, PlanningId]
    cover_day: int
    day: int
    base: int
    kind: int
    span: Span
    people: Annotated[list[Person], ValueRangeProvider]
    person: Annotated[Person | None, PlanningVariable(allows_unassigned=True)] = field(default=None)


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
    clashes: Annotated[list[Clash], ProblemFactCollectionProperty]
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
    used = (
        chosen.flatten_last(lambda option: option.shared)
        .concat(
            factory.for_each(Place)
            .map(lambda place: place, lambda place: place.span)
            .flatten_last(lambda span: span.slots)
            .map(lambda place, slot: place.base + place.person.first_slot + slot)
        )
        .concat(
            factory.for_each(Need)
            .filter(lambda need: need.first_slot >= 0)
            .map(lambda need: need, lambda need: need.option.span)
            .flatten_last(lambda span: span.slots)
            .map(lambda need, slot: need.first_slot + slot)
        )
        .concat(
            factory.for_each(Need)
            .filter(lambda need: need.first_week >= 0)
            .map(lambda need: need.first_week + need.option.span.week)
        )
        .concat(
            factory.for_each(Need)
            .filter(lambda need: need.first_day >= 0)
            .map(lambda need: need.first_day + need.option.span.day)
        )
    )
    stays = (
        chosen.map(lambda option: option, lambda option: option.person_days)
        .flatten_last(lambda person_days: person_days)
        .map(lambda option, person_day: person_day * KINDS + option.kind)
        .concat(
            factory.for_each(Need)
            .filter(lambda need: need.first_person_day >= 0)
            .map(
                lambda need: (
                    (need.first_person_day + need.option.span.day) * KINDS + need.option.kind
                )
            )
        )
        .concat(
            factory.for_each(Place)
            .filter(lambda place: place.person.first_person_day >= 0)
            .map(lambda place: (place.person.first_person_day + place.day) * KINDS + place.kind)
        )
    )
    return [
        used.group_by(lambda number: number, ConstraintCollectors.count())
        .filter(lambda number, count: number >= ONCE and count > 1)
        .penalize(HARD, lambda number, count: count - 1)
        .as_constraint("once"),
        used.group_by(lambda number: number, ConstraintCollectors.count())
        .filter(lambda number, count: number < ONCE)
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
        .filter(lambda one, other: abs(one.option.span.day - other.option.span.day) < one.gap_days)
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
                earlier.option is None or earlier.option.span.day >= later.option.span.day
            )
        )
        .penalize(HARD)
        .as_constraint("order"),
        stays.join(stays, Joiners.equal(lambda stay: stay // KINDS))
        .join(
            Clash,
            Joiners.equal(lambda one, other: one % KINDS, lambda clash: clash.one),
            Joiners.equal(lambda one, other: other % KINDS, lambda clash: clash.other),
        )
        .penalize(HARD)
        .as_constraint("travel"),
        factory.for_each_including_unassigned(Place)
        .filter(lambda place: place.person is None)
        .group_by(lambda place: place.cover_day, ConstraintCollectors.count())
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
    # Equal lists are one list: turning them into objects of Java takes long.
    lists: dict[tuple[int, ...], list[int]] = {}
    spans = [Span(**span) for span in raw["spans"]]
    options = [
        Option(
            **{
                **option,
                "span": spans[option["span"]],
                "shared": lists.setdefault(tuple(option["shared"]), option["shared"]),
                "person_days": lists.setdefault(
                    tuple(option["person_days"]), option["person_days"]
                ),
            }
        )
        for option in raw["options"]
    ]
    ranges = [[options[number] for number in numbers] for numbers in raw["ranges"]]
    people = [Person(number, *person) for number, person in enumerate(raw["people"])]
    teams = [[people[number] for number in numbers] for numbers in raw["teams"]]
    return Timetable(
        resources=[Resource(number, limit) for number, limit in enumerate(raw["resources"])],
        clashes=[Clash(*row) for row in raw["clashes"]],
        orders=[Order(*row) for row in raw["orders"]],
        cover_days=[CoverDay(number, limit) for number, limit in enumerate(raw["cover_days"])],
        needs=[Need(**{**need, "options": ranges[need["options"]]}) for need in raw["needs"]],
        places=[
            Place(**{**place, "span": spans[place["span"]], "people": teams[place["people"]]})
            for place in raw["places"]
        ],
    )


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
        places=[None if p.person is None else p.person.number for p in best.places],
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
