"""Required trainee-sessions of priority could that are not placed."""

from trainsched.checker.shares import unplaced_sessions
from trainsched.checker.view import View
from trainsched.domain.duties import Priority


def value_of_unplaced_could(view: View) -> int:
    """The number of trainee-sessions of priority could left unplaced."""
    return unplaced_sessions(view, Priority.COULD)
