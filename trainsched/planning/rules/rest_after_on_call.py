"""rest_after_on_call: no session in the first periods of a day after a night on call."""

from collections.abc import Mapping

from trainsched.planning.build import Build, Literal


def keep_rest_after_on_call(build: Build) -> None:
    """Forbid every session variable that takes a slot in which its person rests."""
    problem = build.problem
    resting = {
        person.index: rest
        for person in problem.people
        if (rest := person.usable & ~person.trainable)
    }
    if not resting:
        return
    for (number, demand), literal in build.attends.items():
        _forbid_if_resting(build, resting, number, problem.demands[demand].trainee, literal)
    for (number, _, person), literal in build.serves.items():
        _forbid_if_resting(build, resting, number, person, literal)


def _forbid_if_resting(
    build: Build, resting: Mapping[int, int], offering: int, person: int, literal: Literal
) -> None:
    made = build.problem.offerings[offering]
    if resting.get(person, 0) & build.problem.grid.span(made.slot, made.length):
        build.model.add(literal == 0)
