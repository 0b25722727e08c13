"""Why a session is not in a plan, and what would put it there."""

from trainsched.planning.explanation.explain import explain_plan

__all__ = ["explain_plan"]
