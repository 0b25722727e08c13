"""Plans protected training time in medical physics departments without weakening clinical cover.

::

    import trainsched as ts

    organisation = ts.read_workbook("my-department.xlsx")
    plan = ts.plan(organisation, time_limit=60)
    plan.write("outputs/spring")

The names below are the stable interface. They are loaded on first use, so that importing the
package costs nothing and needs neither the solver nor a reader of Excel files.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trainsched.domain.findings import Finding
    from trainsched.domain.organisation import Organisation
    from trainsched.domain.problems import Problem, WorkbookError
    from trainsched.domain.progress import Progress
    from trainsched.replanning import replan
    from trainsched.reports.run_folder import FolderExistsError
    from trainsched.service import (
        Audit,
        BrokenPlan,
        Capacity,
        CheckerRejection,
        Explanation,
        Funding,
        Plan,
        audit,
        capacity,
        explain,
        fund,
        plan,
        read_plan,
        read_workbook,
        verify,
    )

__version__ = "0.1.0"

__all__ = [
    "Audit",
    "BrokenPlan",
    "Capacity",
    "CheckerRejection",
    "Explanation",
    "Finding",
    "FolderExistsError",
    "Funding",
    "Organisation",
    "Plan",
    "Problem",
    "Progress",
    "WorkbookError",
    "__version__",
    "audit",
    "capacity",
    "explain",
    "fund",
    "plan",
    "read_plan",
    "read_workbook",
    "replan",
    "verify",
]

_HOMES = {
    "Capacity": "trainsched.service",
    "Funding": "trainsched.service",
    "capacity": "trainsched.service",
    "fund": "trainsched.service",
    "Audit": "trainsched.service",
    "BrokenPlan": "trainsched.service",
    "CheckerRejection": "trainsched.service",
    "Explanation": "trainsched.service",
    "Finding": "trainsched.domain.findings",
    "FolderExistsError": "trainsched.reports.run_folder",
    "Organisation": "trainsched.domain.organisation",
    "Plan": "trainsched.service",
    "Problem": "trainsched.domain.problems",
    "Progress": "trainsched.domain.progress",
    "WorkbookError": "trainsched.domain.problems",
    "audit": "trainsched.service",
    "explain": "trainsched.service",
    "plan": "trainsched.service",
    "read_plan": "trainsched.service",
    "read_workbook": "trainsched.service",
    "replan": "trainsched.replanning",
    "verify": "trainsched.service",
}


def __getattr__(name: str) -> Any:
    """Load a public name from where it lives, the first time it is asked for."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'trainsched' has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
