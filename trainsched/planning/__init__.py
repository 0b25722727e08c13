"""The CP-SAT model of protected training, and how it is solved, goal after goal."""

from trainsched.planning.outcome import PlanningOutcome
from trainsched.planning.tiers import plan_training

__all__ = ["PlanningOutcome", "plan_training"]
