"""moved_sessions: fewest sessions of the earlier plan moved, cancelled or restaffed."""

from collections import Counter

from trainsched.planning.build import Build, Expression
from trainsched.planning.draft import DraftSession
from trainsched.planning.told_apart import tell_sessions_apart
from trainsched.problem.problem import Problem


def moved_sessions(build: Build) -> Expression:
    """Earlier sessions that are not kept as they were; the variables are made when first asked."""
    earlier = build.problem.earlier
    if earlier is None:
        return 0
    for number, sessions in earlier.by_offering().items():
        if not build.kept.keys() & sessions.keys():
            tell_sessions_apart(build, build.problem.offerings[number], (), sessions)
    return len(earlier.sessions) - sum(build.kept.values())


def moved_value(problem: Problem, sessions: tuple[DraftSession, ...]) -> int:
    """Earlier sessions that finished sessions do not keep."""
    if problem.earlier is None:
        return 0
    wanted = Counter(
        (session.offering, session.demands, session.staff)
        for session in problem.earlier.sessions
        if session.offering is not None
    )
    there = Counter((s.offering, s.demands, tuple(sorted(s.staff))) for s in sessions)
    return problem.earlier.gone + (wanted - there).total()
