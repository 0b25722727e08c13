"""What counting alone says of starters, before any model is built."""

from trainsched.domain.capacity import Limit
from trainsched.domain.curriculum import TRAINING_OFFICER, Activity
from trainsched.domain.duties import Priority
from trainsched.domain.organisation import Organisation
from trainsched.domain.people import meets_band
from trainsched.domain.rules import RULE_WORDS, RuleId
from trainsched.problem.problem import Problem

MOST_STARTERS = 30
"""More than this are not looked for: nothing in the workbook then limits them."""


def nobody_who_could(
    organisation: Organisation, programme: str, department: str, years: tuple[int, ...]
) -> Limit | None:
    """Why starters there could never have some must, for want of people; None where they might."""
    for row in organisation.curriculum:
        is_asked = row.programme == programme and (row.year is None or row.year in years)
        if not is_asked or row.timing.priority is not Priority.MUST or not row.timing.sessions:
            continue
        activity = organisation.activity_by_code[row.activity]
        where = activity.department or department
        if any(
            _holders(organisation, activity, position, where) < role.count
            for position, role in enumerate(activity.roles)
            if role.name != TRAINING_OFFICER and not (position == 0 and activity.staff)
        ):
            words = RULE_WORDS[RuleId.QUALIFIED]
            detail = f"{activity.code} cannot be given as often as it is required: {words}"
            return Limit(rule=RuleId.QUALIFIED, detail=detail)
    return None


def _holders(organisation: Organisation, activity: Activity, position: int, where: str) -> int:
    """Staff of the department who could fill a role."""
    role = activity.roles[position]
    return sum(
        member.trains
        and where in member.departments
        and meets_band(member.band, role.min_band)
        and (not role.competences or not set(role.competences).isdisjoint(member.competences))
        for member in organisation.staff
    )


def most_by_counting(problem: Problem, programme: str) -> int:
    """Starters whom the sessions of all who may train them would suffice for, nothing else asked.

    For each role of each activity: the sessions its people may give, by their weekly limits and
    the slots in which they could, times the group's size, over what one starter requires.
    """
    grid = problem.grid
    new = {
        p.index
        for p in problem.people
        if not p.is_staff and p.person_id.startswith(f"NEW-{programme}-")
    }
    most = MOST_STARTERS
    for demand in problem.demands:
        need = problem.activities[demand.activity]
        if demand.trainee not in new or demand.priority != 0 or need.activity.together:
            continue
        offerings = [o for o in problem.offerings if demand.index in o.attendees]
        for role in range(len(need.roles)):
            if need.roles[role].of_officers:
                continue
            weeks: dict[tuple[int, int], int] = {}
            for offering in offerings:
                for person in offering.roles[role]:
                    key = person, grid.week_of(offering.slot)
                    weeks[key] = weeks.get(key, 0) + 1
            given: dict[int, int] = {}
            for (person, _), slots in weeks.items():
                limit = problem.people[person].max_per_week
                given[person] = given.get(person, 0) + (
                    slots if limit is None else min(slots, limit)
                )
            in_all = sum(
                number
                if problem.people[person].max_in_plan is None
                else min(number, problem.people[person].max_in_plan or 0)
                for person, number in given.items()
            )
            places = in_all // need.roles[role].count * need.group_max
            most = min(most, places // demand.required)
    return max(most, 1)
