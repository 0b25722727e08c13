"""Why a session is not in a plan, and what would put it there."""

from trainsched.planning.explanation.explain import Only, explain_plan

__all__ = ["Only", "explain_plan"]
