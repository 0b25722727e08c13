"""The independent judge: every rule and goal worked out again from the facts and the plan alone."""

from trainsched.checker.figures import check_goals, check_summary, check_warnings
from trainsched.checker.form import check_belongs, check_fields, check_names, check_order
from trainsched.checker.rules import RULES, Check
from trainsched.checker.view import View
from trainsched.domain.findings import Finding
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan
from trainsched.domain.rules import GoalId, RuleId

__all__ = ["check"]


def check(
    organisation: Organisation, plan: Plan, *, published: Plan | None = None
) -> list[Finding]:
    """Everything that is wrong with a plan, sorted; an empty list for a plan that holds.

    ``published`` is the earlier plan that a replan started from. A plan of another workbook is
    not judged further. How the plan is written down and its own figures (goals, summary) are
    judged once all rules hold: until then they follow from what is wrong. A plan without goals
    (read from a workbook changed by hand) is judged by the rules and by what its sessions say of
    themselves only. Never raises, however broken the plan.
    """
    view = View(organisation, plan, published)
    own_figures: list[Check] = [check_order, check_goals, check_summary, check_warnings]
    stages: list[list[Check]] = [
        [check_belongs],
        [check_names, *(rule for _, rule in RULES)],
        [check_fields, *(own_figures if plan.goals else [])],
    ]
    for stage in stages:
        findings = {finding for judge in stage for finding in judge(view)}
        if findings:
            return sorted(findings, key=_sorting_key)
    return []


def _sorting_key(finding: Finding) -> tuple[int, int, str, str, str, str]:
    rule = list(RuleId).index(finding.rule) + 1 if finding.rule is not None else 0
    goal = list(GoalId).index(finding.goal) + 1 if finding.goal is not None else 0
    day = finding.date.isoformat() if finding.date is not None else ""
    return (goal, rule, day, finding.session_id or "", finding.person_id or "", finding.detail)
