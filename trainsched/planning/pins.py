"""Pins that cannot hold: refused before any search, naming the pin and what stands against it."""

from datetime import date

from trainsched.domain.problems import Place, Severity, WorkbookError
from trainsched.domain.problems import Problem as InputProblem
from trainsched.domain.roster import Meaning
from trainsched.domain.rules import RULE_WORDS, RuleId
from trainsched.planning.pinned_groups import misfit, pinned_groups
from trainsched.problem.demands import ActivityNeed
from trainsched.problem.offerings import may_fill
from trainsched.problem.problem import PinNeed, Problem
from trainsched.problem.starts import host_of, refusal_of_time

Against = tuple[RuleId, str]
"""The rule that would be broken, and what stands against it in words."""
REMEDY = "Change or remove the pin, or change what stands against it."


def refuse_impossible_pins(problem: Problem) -> None:
    """Raise WorkbookError listing every pin that the facts alone rule out."""
    found = [fault for pin in problem.pins for fault in faults_of_pin(problem, pin)]
    found = found or _misfits(problem)
    if found:
        raise WorkbookError(tuple(found))


def pin_problem(problem: Problem, pin: PinNeed, rule: RuleId, against: str) -> InputProblem:
    """One problem at the pin's cell, saying what it breaks and where the other side stands."""
    place = problem.organisation.places.get(f"pin:{pin.pin.row}", Place(sheet="Pins"))
    who = ", ".join(pin.pin.trainee_ids)
    return InputProblem(
        severity=Severity.ERROR,
        sheet=place.sheet,
        cell=place.cell,
        cells=(place.cell,) if place.cell else (),
        value=f"{pin.pin.activity} for {who} on {pin.pin.date:%d/%m/%Y} {pin.pin.period}",
        problem=f"This pinned session cannot hold: {against} ({rule.value}: {RULE_WORDS[rule]}).",
        remedy=REMEDY,
    )


def faults_of_pin(problem: Problem, pin: PinNeed) -> list[InputProblem]:
    """What the facts alone say against one pin."""
    day = problem.grid.day_index.get(pin.pin.date)
    if day is None:
        against = f"{pin.pin.date:%A %d/%m/%Y} is no working day of the plan"
        return [pin_problem(problem, pin, RuleId.AT_WORK, against)]
    slot = problem.grid.slot(day, problem.organisation.calendar.position(pin.pin.period))
    found = demand_faults(problem, pin, slot)
    if found:
        return [pin_problem(problem, pin, rule, against) for rule, against in found]
    found = staff_faults(problem, pin, slot)
    faults = [pin_problem(problem, pin, rule, against) for rule, against in found]
    if pin.offering is None:
        against = (
            "no session can be formed then: not every role can be filled, or the group is too small"
        )
        return faults or [pin_problem(problem, pin, RuleId.QUALIFIED, against)]
    need = problem.activities[problem.offerings[pin.offering].activity]
    if len(pin.demands) > need.group_max:
        against = f"{len(pin.demands)} trainees are pinned and a group holds {need.group_max}"
        faults.append(
            pin_problem(
                problem,
                pin,
                RuleId.GROUP_SIZE,
                against + place_of(problem, f"activity:{pin.pin.activity}"),
            )
        )
    return faults


def _misfits(problem: Problem) -> list[InputProblem]:
    """Pins that together would have to be one session, and do not fit into it."""
    faults: list[InputProblem] = []
    for offering, groups in sorted(pinned_groups(problem).items()):
        for group in groups:
            rule = misfit(problem, offering, group)
            pins = [
                pin
                for pin in problem.pins
                if pin.offering == offering and set(pin.demands) <= set(group.demands)
            ]
            where = ", ".join(
                str(problem.organisation.places.get(f"pin:{pin.pin.row}", "Pins")) for pin in pins
            )
            against = f"the pins of this session do not fit together: {where}"
            if rule is not None:
                faults += [pin_problem(problem, pin, rule, against) for pin in pins]
    return faults


def demand_faults(problem: Problem, pin: PinNeed, slot: int) -> list[Against]:
    """What stands against the trainees of a pin, on the facts alone."""
    faults: list[Against] = []
    needed = {problem.demands[d].requirement.trainee_id for d in pin.demands}
    for trainee in pin.pin.trainee_ids:
        if trainee not in needed:
            against = f"{trainee} does not need {pin.pin.activity} in this plan"
            against += place_of(problem, f"requirement:{trainee}:{pin.pin.activity}")
            faults.append((RuleId.TRAINING_DEMAND, against))
    for number in pin.demands:
        demand = problem.demands[number]
        rule = refusal_of_time(problem.setting, demand, slot)
        if rule is None:
            continue
        trainee = demand.requirement.trainee_id
        keys = {
            RuleId.TIME_WINDOW: f"requirement:{trainee}:{pin.pin.activity}",
            RuleId.TRAINING_DEMAND: f"requirement:{trainee}:{pin.pin.activity}",
            RuleId.EQUIPMENT: f"activity:{pin.pin.activity}",
        }
        where = (
            place_of(problem, keys[rule])
            if rule in keys
            else _in_roster(problem, trainee, pin.pin.date)
        )
        department = problem.organisation.departments[host_of(problem.setting, demand, slot)]
        against = {
            RuleId.AT_WORK: f"{trainee} is not at work then, or {department.code} is shut",
            RuleId.REST_AFTER_ON_CALL: f"{trainee} rests after a night on call",
            RuleId.TIME_WINDOW: f"{trainee} may have it only inside its weeks and its day",
            RuleId.TRAINING_DEMAND: f"{trainee} needs none in that week",
            RuleId.EQUIPMENT: "its equipment is not available then",
        }[rule]
        faults.append((rule, against + where))
    return faults


def staff_faults(problem: Problem, pin: PinNeed, slot: int) -> list[Against]:
    """What stands against the staff of a pin, on the facts alone."""
    faults: list[Against] = []
    if not pin.demands:
        return faults
    demands = [problem.demands[number] for number in pin.demands]
    need = problem.activities[demands[0].activity]
    where = host_of(problem.setting, demands[0], slot)
    officers = _officers(problem, pin, need)
    span = problem.grid.span(slot, need.activity.length)
    for index in pin.staff:
        person = problem.people[index]
        cell = _in_roster(problem, person.person_id, pin.pin.date)
        if not any(may_fill(role, person, where, officers) for role in need.roles):
            against = f"{person.person_id} may fill no role of {need.activity.code}"
            against += place_of(problem, f"staff:{person.person_id}")
            faults.append((RuleId.QUALIFIED, against))
        elif person.usable & span != span:
            against = f"{person.person_id} is not at work and free then{cell}"
            faults.append((RuleId.AT_WORK, against))
        elif person.trainable & span != span:
            against = f"{person.person_id} rests after a night on call{cell}"
            faults.append((RuleId.REST_AFTER_ON_CALL, against))
        elif 0 in (person.max_per_week, person.max_per_day, person.max_in_plan):
            against = f"{person.person_id} may give no session"
            against += place_of(problem, f"staff:{person.person_id}")
            faults.append((RuleId.TRAINER_LOAD, against))
    return faults


def _officers(problem: Problem, pin: PinNeed, need: ActivityNeed) -> frozenset[int]:
    """Officers who may be in the session: its own trainees', and those of any who may join."""
    numbers = pin.demands
    if pin.offering is not None and len(numbers) < need.group_max:
        numbers = problem.offerings[pin.offering].attendees
    officers = {problem.demands[number].officer for number in numbers}
    return frozenset(officer for officer in officers if officer is not None)


def place_of(problem: Problem, key: str) -> str:
    """Where a fact stands, in brackets; "" for one that was not read from a sheet."""
    place = problem.organisation.places.get(key)
    return f" (see {place})" if place is not None else ""


def _in_roster(problem: Problem, person_id: str, day: date) -> str:
    """Where the roster says something of the person on the day, else where the person stands."""
    for entry in problem.organisation.roster:
        is_about = entry.person_id == person_id and entry.date == day
        if is_about and entry.cell and entry.meaning is not Meaning.WORK:
            return f" (see {entry.sheet}!{entry.cell})"
    staff = place_of(problem, f"staff:{person_id}")
    return staff or place_of(problem, f"trainee:{person_id}")
