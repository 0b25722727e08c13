"""group_size: a session holds between group_min and group_max trainees; cohorts hold everybody."""

from ortools.sat.python.cp_model import LinearExpr

from trainsched.planning.build import Build


def keep_group_size(build: Build) -> None:
    """group_min x runs[o] <= attendance of o <= group_max x runs[o].

    Trainees can then be spread over the sessions running side by side within both limits. A
    cohort's trainees share one variable, so its size is judged once, on the facts.
    """
    for offering in build.open_offerings:
        need = build.problem.activities[offering.activity]
        if need.is_solo:
            continue
        runs = build.runs[offering.index]
        size = len(offering.attendees)
        least, most = need.activity.group_min, need.group_max
        if need.activity.together:
            if size < len(need.demands) or not least <= size <= most:
                build.model.add(runs == 0)
            continue
        attends = [build.attends[offering.index, d] for d in offering.attendees]
        attendance = LinearExpr.sum(attends)
        build.model.add(attendance <= most * runs)
        build.model.add(attendance >= max(least, 1) * runs)


def nobody_attends_a_share(build: Build) -> None:
    """attends[o, d] <= runs[o]: said again for each, for the sake of the linear relaxation.

    Without it three trainees with a third of a session each, at three times, take one session in
    all. Models for proofs gain much by that; a dive for a plan finds it no sooner.
    """
    for offering in build.open_offerings:
        need = build.problem.activities[offering.activity]
        if need.is_solo or need.activity.together or need.group_max == 1:
            continue
        for demand in offering.attendees:
            if not build.is_counted(demand):
                attends = build.attends[offering.index, demand]
                build.model.add(attends <= build.runs[offering.index])
