"""rest_after_on_call: no session in the first periods of a day after a night on call."""

from trainsched.planning.build import Build, Literal


def keep_rest_after_on_call(build: Build) -> None:
    """Forbid every session variable that takes a slot in which its person rests."""
    problem = build.problem
    for (number, demand), literal in build.attends.items():
        _forbid_if_resting(build, number, problem.demands[demand].trainee, literal)
    for (number, _, person), literal in build.serves.items():
        _forbid_if_resting(build, number, person, literal)


def _forbid_if_resting(build: Build, offering: int, person: int, literal: Literal) -> None:
    made = build.problem.offerings[offering]
    span = build.problem.grid.span(made.slot, made.length)
    who = build.problem.people[person]
    if who.usable & ~who.trainable & span:
        build.model.add(literal == 0)
