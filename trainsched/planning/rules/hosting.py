"""hosting: a trainee trains in the department hosting them, unless the activity names another."""

from trainsched.planning.build import Build
from trainsched.problem.starts import host_of


def keep_hosting(build: Build) -> None:
    """Forbid every attendance at a department where the trainee is not then hosted."""
    problem = build.problem
    for (number, demand), literal in build.attends.items():
        offering = problem.offerings[number]
        where = host_of(problem.setting, problem.demands[demand], offering.slot)
        if where != offering.department:
            build.model.add(literal == 0)
