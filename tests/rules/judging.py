"""What every pair of organisations is put through.

A pair differs in one fact. In the loose one everything can be placed; in the tight one a rule
stands in the way. The loose plan is then held against the tight organisation: it breaks that rule
and no other.
"""

from collections.abc import Set as AbstractSet

from trainsched.checker import check
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan, Session, StaffRole
from trainsched.domain.rules import RuleId
from trainsched.planning import plan_training


def planned(organisation: Organisation) -> Plan:
    """The best plan, which the checker passes."""
    plan = plan_training(
        organisation, time_limit=None, seed=0, workers=1, progress=None, stop=None
    ).plan
    assert check(organisation, plan) == []
    return plan


def placed(organisation: Organisation) -> int:
    """How many trainee-sessions the best plan places."""
    return planned(organisation).summary.placed


def broken(organisation: Organisation, plan: Plan) -> AbstractSet[RuleId | None]:
    """The rules that the checker finds broken; None stands for a finding of no rule."""
    return {finding.rule for finding in check(organisation, plan)}


def judge_pair(
    rule: RuleId, loose: Organisation, tight: Organisation, *, loose_places: int, tight_places: int
) -> None:
    """Plan both, count what is placed, and hold the loose plan against the tight organisation."""
    loose_plan = planned(loose)
    assert loose_plan.summary.placed == loose_places
    assert placed(tight) == tight_places
    assert broken(tight, loose_plan) == {rule}


def with_session(plan: Plan, place: int, **changes: object) -> Plan:
    """The plan with one of its sessions changed, and the sessions left in their order."""
    sessions = list(plan.sessions)
    sessions[place] = Session.model_validate({**sessions[place].model_dump(), **changes})
    return plan.model_copy(update={"sessions": tuple(sessions)})


def by(staff_id: str, role: str = "trainer") -> tuple[StaffRole, ...]:
    """The staff of a session with one role, filled by this person."""
    return (StaffRole(role=role, staff_id=staff_id),)
