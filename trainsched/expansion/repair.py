"""A plan of other facts put to use again: what stands in it stays, and only some people are free.

Present trainees have a plan already. Room for newcomers is mostly found around it, in a model with
the newcomers alone; and if not, around what the trainees who compete with them leave standing.
That is a search for a plan, never a proof that there is none.
"""

from collections.abc import Set as AbstractSet

from ortools.sat.python import cp_model

from trainsched.expansion.runs import Run
from trainsched.planning.draft import DraftSession, make_sessions, placed_by_demand, read_choice
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


def musts_lacking(problem: Problem, sessions: tuple[DraftSession, ...]) -> set[int]:
    """The musts of which sessions lack."""
    placed = placed_by_demand(sessions)
    return {
        demand.index
        for demand in problem.demands
        if demand.priority == 0 and placed.get(demand.index, 0) < demand.required
    }


def without_a_session(problem: Problem, sessions: tuple[DraftSession, ...]) -> frozenset[int]:
    """The trainees who lack sessions of a must."""
    return frozenset(problem.demands[number].trainee for number in musts_lacking(problem, sessions))


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
