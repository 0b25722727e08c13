"""trainee_load: taught, assessment and review periods of a trainee on a day stay within limits."""

from collections import defaultdict

from trainsched.planning.build import Build, Expression


def keep_trainee_load(build: Build) -> None:
    """Sum of length x attends[o, d] over a trainee's day <= the policy's periods. Study is none."""
    most = build.problem.max_taught_periods_per_day
    if most is None:
        return
    taught: dict[tuple[int, int], list[Expression]] = defaultdict(list)
    for (number, demand), literal in build.attends.items():
        offering = build.problem.offerings[number]
        if not build.problem.activities[offering.activity].is_study:
            day = build.problem.grid.day_of(offering.slot)
            trainee = build.problem.demands[demand].trainee
            taught[trainee, day].append(offering.length * literal)
    for (trainee, _), periods in sorted(taught.items()):
        build.model.add(sum(periods) <= most * build.numbers.get(trainee, 1))
