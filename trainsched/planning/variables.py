"""The training variables: who attends, who fills which role, which equipment is held."""

from ortools.sat.python import cp_model

from trainsched.planning.build import Build, Expression, Literal
from trainsched.problem.demands import ActivityNeed, Demand
from trainsched.problem.offerings import Offering


def add_training_variables(build: Build) -> None:
    """Make the variables of every offering and note whom they hold where."""
    for offering in build.offerings:
        need = build.problem.activities[offering.activity]
        _add_attendance(build, offering, need)
        _add_roles(build, offering)
        build.runs[offering.index] = _sessions(build, offering, need)
        _add_equipment(build, offering, need)
    for demand in build.problem.demands:
        build.unplaced[demand.index] = _unplaced(build, demand)


def _unplaced(build: Build, demand: Demand) -> Literal:
    """What is left of a requirement: nothing to decide where it has no offering here."""
    if not build.offerings_of_demand.get(demand.index):
        return _as_variable(build, build.needed(demand))
    most = demand.required * build.most_times(demand.index)
    return build.model.new_int_var(0, most, "")


def _as_variable(build: Build, number: Expression) -> Literal:
    if isinstance(number, int):
        return build.model.new_constant(number)
    variable = build.model.new_int_var(0, cp_model.INT32_MAX, "")
    build.model.add(variable == number)
    return variable


def _add_attendance(build: Build, offering: Offering, need: ActivityNeed) -> None:
    number = offering.index
    shared = build.choice(number) if need.activity.together else None
    for demand in offering.attendees:
        literal = shared
        if build.is_counted(demand):
            _count(build, offering, demand)
            continue
        if literal is None:
            literal = build.choice(number)
        build.attends[number, demand] = literal
        build.offerings_of_demand[demand].append(number)
        build.hold_in_session(build.problem.demands[demand].trainee, offering, literal)


def _count(build: Build, offering: Offering, demand: int) -> None:
    """A count in place of a literal, for trainees alike."""
    most = build.most_times(demand)
    number = build.model.new_int_var(0, most, "")
    build.attends[offering.index, demand] = number
    build.offerings_of_demand[demand].append(offering.index)
    for slot in offering.slots:
        build.counted_at[build.problem.demands[demand].trainee, slot].append(number)


def _add_roles(build: Build, offering: Offering) -> None:
    for role, people in enumerate(offering.roles):
        for person in people:
            literal = build.choice(offering.index)
            build.serves[offering.index, role, person] = literal
            build.serving[person].append((offering.index, literal))
            build.hold_in_session(person, offering, literal)


def _sessions(build: Build, offering: Offering, need: ActivityNeed) -> Expression:
    if offering.index in build.standing:
        return build.standing[offering.index]
    attendance = [build.attends[offering.index, demand] for demand in offering.attendees]
    if need.activity.together:
        return attendance[0]
    if need.is_solo:
        return cp_model.LinearExpr.sum(attendance)
    if runs_are_counted_by_first_role(need):
        return cp_model.LinearExpr.sum(
            [build.serves[offering.index, 0, person] for person in offering.roles[0]]
        )
    size = sum(build.most_times(demand) for demand in offering.attendees)
    most = size // max(need.activity.group_min, 1)
    return build.model.new_int_var(0, most, "")


def runs_are_counted_by_first_role(need: ActivityNeed) -> bool:
    """Whether the sessions of an offering are told by those who fill the first role, one in each.

    Where neither the one trainee of each tells them nor the cohort, which comes together.
    """
    is_by_trainees = need.activity.together or need.is_solo
    return not is_by_trainees and bool(need.roles) and need.roles[0].count == 1


def _add_equipment(build: Build, offering: Offering, need: ActivityNeed) -> None:
    units = build.problem.setting.units
    for position, alternatives in enumerate(need.activity.equipment):
        if len(alternatives) == 1:
            continue
        usable = [i for i in alternatives if all(units[i][s] > 0 for s in offering.slots)]
        for item in usable:
            most = min(units[item][s] for s in offering.slots)
            build.holds[offering.index, position, item] = build.model.new_int_var(0, most, "")
        held = [build.holds[offering.index, position, item] for item in usable]
        build.model.add(sum(held) == build.runs[offering.index])
