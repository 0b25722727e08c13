"""unplaced_must: fewest required trainee-sessions of priority must left unplaced."""

from trainsched.planning.build import Build, Expression
from trainsched.planning.unplaced_sessions import unplaced_sessions


def unplaced_must(build: Build) -> Expression:
    """Required less placed, in trainee-sessions."""
    return unplaced_sessions(build, priority=0)
