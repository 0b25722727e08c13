"""What the three goals of unplaced sessions share."""

from trainsched.planning.build import Build, Expression


def unplaced_sessions(build: Build, priority: int) -> Expression:
    """Unplaced trainee-sessions of one priority (0 must, 1 should, 2 could)."""
    return sum(
        build.unplaced[demand.index]
        for demand in build.problem.demands
        if demand.priority == priority
    )
