"""A session that fits after all: where it stands in the plan found, and what else has moved."""

from typing import NamedTuple

from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Session
from trainsched.planning.draft import DraftSession
from trainsched.planning.explanation.near import Near, Settled
from trainsched.planning.explanation.rest import Rest, keys_of
from trainsched.problem.chosen import Key
from trainsched.problem.problem import Problem


class Shape(NamedTuple):
    """What makes a session the same in two plans. ``slot`` is its first."""

    activity: str
    department: str
    slot: int
    staff: tuple[str, ...]
    trainees: tuple[str, ...]


class Way(NamedTuple):
    """Where the further session stands, with whom, and how many other sessions moved for it."""

    slot: int
    staff: tuple[str, ...]
    moved: int
    organisation: Organisation
    """The facts under which it does."""
    near: Near
    """What was free to move."""


def way_of(rest: Rest, key: Key, settled: Settled, near: Near) -> Way:
    """How the session fits, from a settled question with the answer that it does."""
    problem = settled.found.problem
    found = {_of_draft(problem, draft) for draft in settled.found.sessions}
    planned = {
        _of_plan(problem, session)
        for session in rest.sessions
        if settled.working.intersection(keys_of(session))
    }
    mine = sorted(shape for shape in found if shape.activity == key[1] and key[0] in shape.trainees)
    new = [shape for shape in mine if shape not in planned]
    shape = (new or mine)[0]
    moved = sum(
        one not in found and not (one.activity == key[1] and key[0] in one.trainees)
        for one in planned
    )
    return Way(shape.slot, shape.staff, moved, problem.organisation, near)


def _of_draft(problem: Problem, draft: DraftSession) -> Shape:
    offering = problem.offerings[draft.offering]
    people = problem.people
    return Shape(
        problem.activities[offering.activity].activity.code,
        problem.organisation.departments[offering.department].code,
        offering.slot,
        tuple(sorted(people[person].person_id for _, person in draft.staff)),
        tuple(sorted(people[problem.demands[d].trainee].person_id for d in draft.demands)),
    )


def _of_plan(problem: Problem, session: Session) -> Shape:
    grid = problem.grid
    return Shape(
        session.activity,
        session.department,
        grid.slot(grid.day_index[session.date], grid.calendar.position(session.period)),
        tuple(sorted(entry.staff_id for entry in session.staff)),
        tuple(sorted(session.trainees)),
    )
