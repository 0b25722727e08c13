"""time_window: sessions are inside their weeks, before their deadline, and end with the day."""

from trainsched.planning.build import Build
from trainsched.problem.demands import in_window


def keep_time_window(build: Build) -> None:
    """Forbid every session variable outside its demand's window."""
    grid = build.problem.grid
    for (number, demand), literal in build.attends.items():
        offering = build.problem.offerings[number]
        ends_today = grid.position_of(offering.slot) + offering.length <= grid.periods
        timing = build.problem.demands[demand].timing
        if not (ends_today and in_window(timing, grid, grid.day_of(offering.slot))):
            build.model.add(literal == 0)
