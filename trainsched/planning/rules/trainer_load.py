"""trainer_load: sessions of a trainer in a week, on a day and over the plan stay within limits."""

from collections import defaultdict

from ortools.sat.python import cp_model

from trainsched.planning.build import Build, Literal
from trainsched.planning.crowd import Number


def keep_trainer_load(build: Build) -> None:
    """Sums of serves[o, r, p] over a week, a day and the plan <= the limits of p, but for study."""
    grid = build.problem.grid
    for person in build.problem.people:
        by_week: dict[int, list[Literal]] = defaultdict(list)
        by_day: dict[int, list[Literal]] = defaultdict(list)
        everything: list[Literal] = []
        for number, literal in build.serving.get(person.index, []):
            offering = build.problem.offerings[number]
            by_week[grid.week_of(offering.slot)].append(literal)
            by_day[grid.day_of(offering.slot)].append(literal)
            everything.append(literal)
        limit_each(build, by_week, person.max_per_week)
        limit_each(build, by_day, person.max_per_day)
        limit_each(build, {0: everything}, person.max_in_plan)


def limit_each(
    build: Build, groups: dict[int, list[Literal]], most: int | None, *, times: Number = 1
) -> None:
    """At most that many literals in each group; None is no limit. ``times``: trainees alike."""
    if most is None:
        return
    for _, literals in sorted(groups.items()):
        if len(literals) > most:
            build.model.add(cp_model.LinearExpr.sum(literals) <= most * times)
