"""Required trainee-sessions of priority should that are not placed."""

from trainsched.checker.shares import unplaced_sessions
from trainsched.checker.view import View
from trainsched.domain.duties import Priority


def value_of_unplaced_should(view: View) -> int:
    """The number of trainee-sessions of priority should left unplaced."""
    return unplaced_sessions(view, Priority.SHOULD)
