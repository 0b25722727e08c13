"""qualified: every role of every session is filled by different people who may fill it."""

from ortools.sat.python.cp_model import LinearExpr

from trainsched.planning.build import Build
from trainsched.planning.variables import runs_are_counted_by_first_role
from trainsched.problem.offerings import may_fill


def keep_qualified(build: Build) -> None:
    """As many people in each role as the sessions need; officers only with a trainee of theirs.

    For role r of offering o with c people a session: sum of serves[o, r, p] over p = c x runs[o].
    An officer p: serves[o, r, p] <= attendance of p's own trainees (one each per session will do:
    own trainees of different officers are different people).
    """
    problem = build.problem
    for offering in build.open_offerings:
        need = problem.activities[offering.activity]
        for number, (role, people) in enumerate(zip(need.roles, offering.roles, strict=True)):
            fillers = [build.serves[offering.index, number, person] for person in people]
            runs = build.runs[offering.index]
            if number or not runs_are_counted_by_first_role(need):  # which they are by definition
                build.model.add(LinearExpr.sum(fillers) == role.count * runs)
            officers = {problem.demands[d].officer for d in offering.attendees}
            known = frozenset(officer for officer in officers if officer is not None)
            for person in people:
                literal = build.serves[offering.index, number, person]
                if not may_fill(role, problem.people[person], offering.department, known):
                    build.model.add(literal == 0)
                elif role.of_officers:
                    own = {
                        build.attends[offering.index, d].index: build.attends[offering.index, d]
                        for d in offering.attendees
                        if problem.demands[d].officer == person
                    }
                    build.model.add(literal <= LinearExpr.sum([own[key] for key in sorted(own)]))
