"""The public functions: read a workbook, plan, verify. What the commands and notebooks call."""

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
