"""A plan of other facts put to use again: what stands in it stays, and only some people are free.

Present trainees have a plan already. Room for newcomers is mostly found around it, in a model with
the newcomers alone; and if not, around what the trainees who compete with them leave standing.
That is a search for a plan, never a proof that there is none.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from ortools.sat.python import cp_model

from trainsched.expansion.runs import Run
from trainsched.planning.draft import DraftSession, make_sessions, read_choice
from trainsched.planning.engine import Engine
from trainsched.planning.goals.unplaced_must import unplaced_must
from trainsched.planning.judgement import DayJudgement
from trainsched.planning.search.standing import Standing
from trainsched.planning.search.windows import open_window
from trainsched.problem.problem import Problem

FOR_A_REPAIR = 0.5
"""Deterministic time."""
SEARCH = "max_lp"
"""It sees at once, by the linear relaxation, when there is no room around what stands."""
SHARE_THAT_IS_NEARLY_ALL = 0.8
SEARCH_FOR_MORE = "reduced_costs"


@dataclass(frozen=True, slots=True)
class NamedSession:
    """A session in words, which mean the same in problems of other facts."""

    place: tuple[str, int, int]
    """Activity, department and slot."""
    requirements: tuple[tuple[str, str], ...]
    """Trainee and activity of each that it serves."""
    staff: tuple[tuple[int, str], ...]
    """Role and who fills it."""
    items: tuple[str, ...]


def in_words(problem: Problem, sessions: Iterable[DraftSession]) -> tuple[NamedSession, ...]:
    """The sessions of a problem in words."""
    found: list[NamedSession] = []
    for session in sessions:
        offering = problem.offerings[session.offering]
        code = problem.activities[offering.activity].activity.code
        asked = (problem.demands[demand].requirement for demand in session.demands)
        found.append(
            NamedSession(
                place=(code, offering.department, offering.slot),
                requirements=tuple((r.trainee_id, r.activity) for r in asked),
                staff=tuple((role, problem.people[p].person_id) for role, p in session.staff),
                items=session.items,
            )
        )
    return tuple(found)


def in_numbers(
    problem: Problem, sessions: Iterable[NamedSession], names: Mapping[str, str] | None = None
) -> tuple[DraftSession, ...]:
    """The sessions in the numbers of a problem, less whoever is not in it.

    ``names``: trainees who go by other ids in it.
    """
    names = names or {}
    offering_of = {
        (problem.activities[o.activity].activity.code, o.department, o.slot): o.index
        for o in problem.offerings
    }
    demand_of = {
        (d.requirement.trainee_id, d.requirement.activity): d.index for d in problem.demands
    }
    person_of = {person.person_id: person.index for person in problem.people}
    found: list[DraftSession] = []
    for session in sessions:
        place = offering_of.get(session.place)
        numbers = (
            demand_of.get((names.get(trainee, trainee), activity))
            for trainee, activity in session.requirements
        )
        demands = tuple(sorted(number for number in numbers if number is not None))
        people = [(role, person_of.get(name)) for role, name in session.staff]
        staff = tuple((role, person) for role, person in people if person is not None)
        if place is None or not demands or len(staff) < len(people):
            continue
        found.append(DraftSession(place, demands, staff, session.items))
    return tuple(found)


def carried_over(
    old: Problem, new: Problem, sessions: tuple[DraftSession, ...]
) -> tuple[DraftSession, ...]:
    """The sessions in the numbers of another problem, less whoever is not in it."""
    return in_numbers(new, in_words(old, sessions))


def cover_is_as_before(
    old: Problem,
    old_judgements: tuple[DayJudgement, ...],
    new: Problem,
    judgements: tuple[DayJudgement, ...],
) -> bool:
    """Whether what kept the cover of a day still does: nobody gone, no more to be filled."""
    if len(old.cover_days) != len(new.cover_days):
        return False
    person_of = {person.person_id: person.index for person in new.people}
    now = {person.index: person_of.get(person.person_id, -1) for person in old.people}
    for before, after, one, other in zip(
        old.cover_days, new.cover_days, old_judgements, judgements, strict=True
    ):
        if (before.day, before.departments) != (after.day, after.departments):
            return False
        if one.unavoidable != other.unavoidable or len(before.places) != len(after.places):
            return False
        for place, same in zip(before.places, after.places, strict=True):
            if (place.row, place.slots) != (same.row, same.slots):
                return False
            if not {now[person] for person in place.candidates} <= set(same.candidates):
                return False
    return True


def without_a_session(problem: Problem, sessions: tuple[DraftSession, ...]) -> frozenset[int]:
    """The trainees who lack sessions of a must."""
    placed: dict[int, int] = {}
    for session in sessions:
        for demand in session.demands:
            placed[demand] = placed.get(demand, 0) + 1
    return frozenset(
        demand.trainee
        for demand in problem.demands
        if demand.priority == 0 and placed.get(demand.index, 0) < demand.required
    )


def competitors(problem: Problem, trainees: AbstractSet[int]) -> frozenset[int]:
    """These trainees, and all whom anybody could teach or assess who could teach these."""
    staff: set[int] = set()
    for offering in problem.offerings:
        if any(problem.demands[d].trainee in trainees for d in offering.attendees):
            staff.update(person for people in offering.roles for person in people)
    found = set(trainees)
    for offering in problem.offerings:
        if any(not staff.isdisjoint(people) for people in offering.roles):
            found.update(problem.demands[d].trainee for d in offering.attendees)
    return frozenset(found)


def is_nearly_everybody(problem: Problem, trainees: AbstractSet[int]) -> bool:
    """Whether leaving the others out would make no question much smaller."""
    mine = sum(demand.required for demand in problem.demands if demand.trainee in trainees)
    return mine >= SHARE_THAT_IS_NEARLY_ALL * sum(d.required for d in problem.demands)


def ids_of(problem: Problem, people: AbstractSet[int]) -> set[str]:
    """The ids of some people."""
    return {problem.people[number].person_id for number in people}


def repaired(
    engine: Engine,
    problem: Problem,
    judgements: tuple[DayJudgement, ...],
    sessions: tuple[DraftSession, ...],
    free: AbstractSet[int],
    *,
    search: str = SEARCH,
) -> tuple[DraftSession, ...] | None:
    """Sessions that place every must, those of all but the free trainees as they are; or None."""
    freed = frozenset(
        offering.index
        for offering in problem.offerings
        if any(problem.demands[d].trainee in free for d in offering.attendees)
    )
    window = open_window(problem, judgements, Standing(problem, sessions), freed)
    build = window.build()
    build.model.add(unplaced_must(build) == 0)
    run = Run(engine, build.model, search, FOR_A_REPAIR)
    if run.solve() not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return window.whole(make_sessions(build.problem, read_choice(build, run.solver.value)))
