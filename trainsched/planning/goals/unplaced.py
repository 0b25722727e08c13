"""What the three goals of unplaced sessions share."""

from trainsched.planning.build import Build, Expression


def unplaced_sessions(build: Build, priority: int) -> Expression:
    """Required less placed trainee-sessions of one priority (0 must, 1 should, 2 could)."""
    demands = [demand for demand in build.problem.demands if demand.priority == priority]
    required = sum(demand.required for demand in demands)
    placed = [literal for demand in demands for literal in build.placed(demand.index)]
    return required - sum(placed)
