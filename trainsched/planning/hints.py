"""Starting points: an earlier solution given to the next solve."""

from collections.abc import Sequence

from ortools.sat.python import cp_model

from trainsched.planning.build import Build
from trainsched.planning.draft import DraftSession

TIME_TO_COMPLETE_A_HINT = 5.0
"""Deterministic time for working out the variables that follow from the sessions."""


def hint_completely(build: Build, sessions: tuple[DraftSession, ...]) -> None:
    """Hint the sessions, and whatever variables follow from them, as a whole solution.

    A hint of some variables only is easily lost; the rest is worked out by a short solve with
    the hinted ones fixed. Where that fails, the hint of the sessions alone stands.
    """
    _hint_sessions(build, sessions)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.catch_sigint_signal = False
    solver.parameters.fix_variables_to_their_hinted_value = True
    solver.parameters.max_deterministic_time = TIME_TO_COMPLETE_A_HINT
    status = solver.solve(build.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return
    hint_solution(build.model, solver.response_proto.solution)


def hint_solution(model: cp_model.CpModel, values: Sequence[int]) -> None:
    """Hint the values of all variables, in their order."""
    clear_hints(model)
    for index, value in enumerate(values):
        model.proto.solution_hint.vars.append(index)
        model.proto.solution_hint.values.append(value)


def clear_hints(model: cp_model.CpModel) -> None:
    """Forget every hint."""
    model.clear_hints()  # type: ignore[no-untyped-call]


def _hint_sessions(build: Build, sessions: tuple[DraftSession, ...]) -> None:
    attending = {(s.offering, demand) for s in sessions for demand in s.demands}
    serving = {(s.offering, role, person) for s in sessions for role, person in s.staff}
    clear_hints(build.model)
    hinted: set[int] = set()
    for key, literal in build.attends.items():
        if literal.index not in hinted:
            hinted.add(literal.index)
            build.model.add_hint(literal, int(key in attending))
    for key_of_role, literal in build.serves.items():
        if key_of_role[0] not in build.standing:
            build.model.add_hint(literal, int(key_of_role in serving))
    if build.problem.earlier is not None:
        seated = {(s.offering, s.demands, tuple(sorted(s.staff))) for s in sessions}
        for place, literal in build.kept.items():
            earlier = build.problem.earlier.sessions[place]
            is_kept = (earlier.offering, earlier.demands, earlier.staff) in seated
            build.model.add_hint(literal, int(is_kept))
