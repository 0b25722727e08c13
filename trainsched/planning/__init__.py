"""The CP-SAT model of protected training, and how it is solved, goal after goal.

Its names are loaded when they are first asked for, and the solver with them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trainsched.planning.early_start import EarlyStart
    from trainsched.planning.outcome import PlanningOutcome
    from trainsched.planning.tiers import plan_training

__all__ = ["EarlyStart", "PlanningOutcome", "plan_training"]

_HOME_OF = {"EarlyStart": "early_start", "PlanningOutcome": "outcome", "plan_training": "tiers"}


def __getattr__(name: str) -> Any:
    """Load a name of the package from where it lives."""
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"trainsched.planning.{home}"), name)
