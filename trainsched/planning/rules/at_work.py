"""at_work: people are used only where they are at work and free, and nothing is shut."""

from trainsched.planning.build import Build


def keep_at_work(build: Build) -> None:
    """Forbid every session or duty variable whose person is not free in all of its slots.

    The index offers hardly any such variable; the rule does not depend on that.
    """
    problem = build.problem
    for (number, demand), literal in build.attends.items():
        offering = problem.offerings[number]
        span = problem.grid.span(offering.slot, offering.length)
        trainee = problem.people[problem.demands[demand].trainee]
        open_ = problem.setting.open_days[offering.department]
        if trainee.usable & open_ & span != span:
            build.model.add(literal == 0)
    usable = [person.usable for person in problem.people]
    for (number, _, person), literal in build.serves.items():
        offering = problem.offerings[number]
        span = problem.grid.span(offering.slot, offering.length)
        if usable[person] & span != span:
            build.model.add(literal == 0)
