"""spacing: a trainee's sessions of one activity keep their distance."""

from collections import defaultdict

from trainsched.planning.build import Build, Literal
from trainsched.planning.rules.activity_order import by_day as sessions_by_day
from trainsched.planning.rules.trainer_load import limit_each


def keep_spacing(build: Build) -> None:
    """max_per_week, max_per_day, and at most one session in any min_gap_days dates in a row."""
    for demand in build.problem.demands:
        timing = demand.timing
        if timing.max_per_week is None and timing.max_per_day is None and not timing.min_gap_days:
            continue
        by_day = sessions_by_day(build, demand)
        by_week: dict[int, list[Literal]] = defaultdict(list)
        for day, literals in by_day.items():
            by_week[build.problem.grid.week_of_day[day]] += literals
        times = build.times(demand.index)
        limit_each(build, by_week, timing.max_per_week, times=times)
        limit_each(build, by_day, timing.max_per_day, times=times)
        if timing.min_gap_days:
            _keep_gap(build, by_day, timing.min_gap_days, demand.index)


def _keep_gap(build: Build, by_day: dict[int, list[Literal]], gap_days: int, demand: int) -> None:
    dates = build.problem.grid.days
    for day in sorted(by_day):
        window = [
            literal
            for other, literals in sorted(by_day.items())
            if 0 <= (dates[other] - dates[day]).days < gap_days
            for literal in literals
        ]
        if build.is_counted(demand):
            build.model.add(sum(window) <= build.times(demand))
        elif len(window) > 1:
            build.model.add_at_most_one(window)
