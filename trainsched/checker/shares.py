"""How much of what is required was placed, counted for each trainee."""

from trainsched.checker.view import View
from trainsched.domain.curriculum import Requirement
from trainsched.domain.duties import Priority


def missing_sessions(view: View, need: Requirement) -> int:
    """Sessions of one requirement that are not placed."""
    required = view.demand.required(need.trainee_id, need.activity)
    return max(0, required - view.placed_count[need.trainee_id, need.activity])


def unplaced_sessions(view: View, priority: Priority) -> int:
    """Trainee-sessions of one priority that are not placed."""
    return sum(
        missing_sessions(view, need)
        for need in view.demand.requirements.values()
        if need.timing.priority is priority
    )
