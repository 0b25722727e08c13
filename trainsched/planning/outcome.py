"""What planning hands over."""

from dataclasses import dataclass

from trainsched.domain.plan import Plan


@dataclass(frozen=True, slots=True)
class PlanningOutcome:
    """The plan, how long each step took, and the solver's deterministic time in all.

    ``least_missing`` is by home department and number of the priority: trainee-sessions that its
    trainees go without in any plan, as far as that is proved. Empty for a replan.
    """

    plan: Plan
    seconds_by_step: dict[str, float]
    deterministic_time: float
    least_missing: dict[tuple[str, int], int]
