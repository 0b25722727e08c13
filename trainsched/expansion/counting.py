"""What counting alone says of starters, and of their musts, before any model is built."""

from collections import Counter
from collections.abc import Mapping

from trainsched.domain.capacity import Limit
from trainsched.domain.curriculum import TRAINING_OFFICER, Activity
from trainsched.domain.duties import Priority
from trainsched.domain.organisation import Organisation
from trainsched.domain.people import meets_band
from trainsched.domain.problems import WorkbookError
from trainsched.domain.rules import RULE_WORDS, RuleId
from trainsched.planning.pins import refuse_impossible_pins
from trainsched.problem.offerings import Offering
from trainsched.problem.problem import Problem

MOST_STARTERS = 30
"""More than this are not looked for where nobody's time limits them."""


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


def most_by_counting(problem: Problem, turns: Mapping[str, tuple[int, int]]) -> int | None:
    """Starters whom the sessions of all who may train them would suffice for, nothing else asked.

    For each role of each activity: the sessions its people may give, by their weekly limits and
    the slots in which they could, times the group's size, over what one starter requires.
    ``turns``: for each starter of the problem its turn, and among how many officers starters are
    dealt out; an officer can have so many of their own. None: nobody's time limits them.
    """
    found: list[int] = []
    for demand in problem.demands:
        need = problem.activities[demand.activity]
        name = problem.people[demand.trainee].person_id
        if name not in turns or demand.priority != 0 or need.activity.together:
            continue
        offerings = [o for o in problem.offerings if demand.index in o.attendees]
        turn, officers = turns[name]
        for role in range(len(need.roles)):
            given = _sessions_given(problem, offerings, role)
            if not need.roles[role].of_officers:
                places = sum(given.values()) // need.roles[role].count * need.group_max
                found.append(places // demand.required)
            elif need.is_solo and demand.officer is not None:
                own = given.get(demand.officer, 0) // demand.required
                found.append(officers * own + turn)
    return max(min(found), 1) if found else None


def _sessions_given(problem: Problem, offerings: list[Offering], role: int) -> dict[int, int]:
    """For each person the sessions in that role that their limits and slots allow."""
    weeks: dict[tuple[int, int], int] = {}
    for offering in offerings:
        for person in offering.roles[role]:
            key = person, problem.grid.week_of(offering.slot)
            weeks[key] = weeks.get(key, 0) + 1
    given: dict[int, int] = {}
    for (number, _), slots in weeks.items():
        limit = problem.people[number].max_per_week
        given[number] = given.get(number, 0) + (slots if limit is None else min(slots, limit))
    limits = {number: problem.people[number].max_in_plan for number in given}
    return {
        number: in_all if (limit := limits[number]) is None else min(in_all, limit)
        for number, in_all in given.items()
    }


def cannot_ever(problem: Problem) -> Limit | None:
    """Why some must has too few possible starts on the facts alone; None where all have enough."""
    starts: Counter[int] = Counter()
    for offering in problem.offerings:
        starts.update(offering.attendees)
    for demand in problem.demands:
        if demand.priority == 0 and starts[demand.index] < demand.required:
            refused = problem.refused[demand.index]
            rule = max(refused, key=lambda r: (refused[r], r), default=RuleId.TRAINING_DEMAND)
            code = problem.activities[demand.activity].activity.code
            return Limit(
                rule=rule,
                detail=f"{code} cannot be given as often as it is required: {RULE_WORDS[rule]}",
            )
    return None


def pins_fail(problem: Problem) -> Limit | None:
    """That a pin can never hold; None where each can for itself."""
    try:
        refuse_impossible_pins(problem)
    except WorkbookError:
        detail = "a pinned session can then no longer happen as pinned"
        return Limit(rule=RuleId.PINNED, detail=detail)
    return None
