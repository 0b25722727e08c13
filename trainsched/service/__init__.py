"""The public functions: read a workbook, plan, verify. What the commands and notebooks call.

Each is loaded when it is first asked for: a command needs few of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trainsched.service.auditing import Audit, audit
    from trainsched.service.expanding import Capacity, Funding, capacity, fund
    from trainsched.service.explaining import Explanation, explain
    from trainsched.service.planning import Plan, plan, plan_and_check, record_of, verify
    from trainsched.service.reading import (
        WorkbookOrganisation,
        check_workbook,
        read_plan,
        read_workbook,
        sha256_of,
    )
    from trainsched.service.refusals import BrokenPlan, CheckerRejection

__all__ = [
    "Audit",
    "BrokenPlan",
    "Capacity",
    "CheckerRejection",
    "Explanation",
    "Funding",
    "Plan",
    "WorkbookOrganisation",
    "audit",
    "capacity",
    "check_workbook",
    "explain",
    "fund",
    "plan",
    "plan_and_check",
    "read_plan",
    "read_workbook",
    "record_of",
    "sha256_of",
    "verify",
]

_HOMES = {
    "auditing": ("Audit", "audit"),
    "expanding": ("Capacity", "Funding", "capacity", "fund"),
    "explaining": ("Explanation", "explain"),
    "planning": ("Plan", "plan", "plan_and_check", "record_of", "verify"),
    "reading": (
        *("WorkbookOrganisation", "check_workbook", "read_plan", "read_workbook"),
        "sha256_of",
    ),
    "refusals": ("BrokenPlan", "CheckerRejection"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Load a public name from where it lives, the first time it is asked for."""
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'trainsched.service' has no attribute {name!r}")
    value = getattr(import_module(f"trainsched.service.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
