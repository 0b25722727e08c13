"""What an answer changes in each department: trainees, staff and must sessions."""

from collections import Counter, defaultdict

from trainsched.domain.capacity import DepartmentChange
from trainsched.domain.organisation import Organisation
from trainsched.problem.demands import MUST
from trainsched.problem.index import index


def department_changes(before: Organisation, after: Organisation) -> tuple[DepartmentChange, ...]:
    """Each department before and after, in the order of their codes."""
    trainees = _trainees(before), _trainees(after)
    staff = _staff_wte(before), _staff_wte(after)
    sessions = _must_sessions(before), _must_sessions(after)
    return tuple(
        DepartmentChange(
            department=code,
            trainees=(trainees[0][code], trainees[1][code]),
            staff_wte=(round(staff[0][code], 2), round(staff[1][code], 2)),
            must_sessions=(sessions[0][code], sessions[1][code]),
        )
        for code in sorted(department.code for department in before.departments)
    )


def _trainees(organisation: Organisation) -> Counter[str]:
    return Counter(trainee.department for trainee in organisation.trainees)


def _staff_wte(organisation: Organisation) -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    for member in organisation.staff:
        found[member.departments[0]] += member.wte
    return found


def _must_sessions(organisation: Organisation) -> Counter[str]:
    """Must sessions that the trainees of each department need within the plan."""
    problem = index(organisation)
    found: Counter[str] = Counter()
    for demand in problem.demands:
        if demand.priority == MUST:
            trainee = problem.people[demand.trainee].person_id
            found[organisation.trainee_by_id[trainee].department] += demand.required
    return found
