"""qualified: every role of every session is filled by different people who may fill it."""

from collections import defaultdict

from ortools.sat.python.cp_model import LinearExpr

from trainsched.planning.build import Build, Literal
from trainsched.planning.variables import runs_are_counted_by_first_role
from trainsched.problem.offerings import Offering, may_fill


def keep_qualified(build: Build) -> None:
    """As many people in each role as the sessions need; officers only with a trainee of theirs.

    For role r of offering o with c people a session: sum of serves[o, r, p] over p = c x runs[o].
    An officer p: serves[o, r, p] <= attendance of p's own trainees (one each per session will do:
    own trainees of different officers are different people).
    """
    problem = build.problem
    for offering in build.open_offerings:
        need = problem.activities[offering.activity]
        own = _trainees_of_officers(build, offering)
        known = frozenset(own)
        for number, (role, people) in enumerate(zip(need.roles, offering.roles, strict=True)):
            fillers = [build.serves[offering.index, number, person] for person in people]
            runs = build.runs[offering.index]
            if number or not runs_are_counted_by_first_role(need):  # which they are by definition
                build.model.add(LinearExpr.sum(fillers) == role.count * runs)
            for person, literal in zip(people, fillers, strict=True):
                if not may_fill(role, problem.people[person], offering.department, known):
                    build.model.add(literal == 0)
                elif role.of_officers:
                    build.model.add(literal <= LinearExpr.sum(own[person]))


def _trainees_of_officers(build: Build, offering: Offering) -> dict[int, list[Literal]]:
    """For each training officer the attendance of their own trainees, each literal once."""
    found: dict[int, dict[int, Literal]] = defaultdict(dict)
    for demand in offering.attendees:
        officer = build.problem.demands[demand].officer
        if officer is not None:
            attends = build.attends[offering.index, demand]
            found[officer][attends.index] = attends
    return {officer: [mine[key] for key in sorted(mine)] for officer, mine in found.items()}
