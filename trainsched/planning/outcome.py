"""What planning hands over."""

from dataclasses import dataclass

from trainsched.domain.plan import Plan


@dataclass(frozen=True, slots=True)
class PlanningOutcome:
    """The plan, how long each step took, and the solver's deterministic time in all."""

    plan: Plan
    seconds_by_step: dict[str, float]
    deterministic_time: float
