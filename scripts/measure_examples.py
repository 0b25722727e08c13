"""Plan the three example organisations and print, for each, what was proved and what it cost.

Run it as ``python3 scripts/measure_examples.py [small medium regional]`` in the project's own
environment (``scripts/test.py`` makes it). Figures depend on the machine; values do not, unless a
time limit ended the search.
"""

import sys
import time
from pathlib import Path

from trainsched import workbook
from trainsched.checker import check
from trainsched.planning import plan_training

EXAMPLES = Path(__file__).resolve().parent.parent / "inputs" / "examples"
TIME_LIMITS: dict[str, float | None] = {"small": None, "medium": None, "regional": 285.0}
"""Seconds; None where the search ends by itself."""


def measure(name: str) -> None:
    """Plan one example, judge the plan, and print a line a goal."""
    organisation = workbook.load(EXAMPLES / f"{name}.xlsx").facts()
    began = time.monotonic()
    outcome = plan_training(organisation, time_limit=TIME_LIMITS.get(name), workers=2)
    seconds = time.monotonic() - began
    summary = outcome.plan.summary
    print(
        f"{name}: {seconds:.1f} s, deterministic time {outcome.deterministic_time:.1f}, "
        f"{summary.placed} of {summary.required} sessions placed, "
        f"{len(check(organisation, outcome.plan))} findings"
    )
    for goal in outcome.plan.goals:
        print(f"  {goal.name:20} value {goal.value}, bound {goal.bound}, {goal.status}")


if __name__ == "__main__":
    for example in sys.argv[1:] or list(TIME_LIMITS):
        measure(example)
