"""The sessions of counted newcomers dealt out by name, around the staff and times chosen for them.

Mostly that works, since in the order of their times the sessions of one kind may be dealt out in
turn.
"""

from collections.abc import Mapping
from dataclasses import replace

from ortools.sat.python import cp_model

from trainsched.domain.organisation import Organisation
from trainsched.expansion.facts import Starter
from trainsched.expansion.relaxed import Counted
from trainsched.expansion.repair import SEARCH_FOR_MORE
from trainsched.expansion.room import Room, RoomSearch
from trainsched.expansion.runs import Run
from trainsched.planning.draft import DraftSession, make_sessions, read_choice
from trainsched.planning.goals.unplaced_must import unplaced_must
from trainsched.planning.model import build_model
from trainsched.problem.index import index
from trainsched.problem.offerings import Offering
from trainsched.problem.part import take_part
from trainsched.problem.problem import Problem

FOR_DEALING = 2.0
"""Deterministic time."""


def deal(
    search: RoomSearch, room: Room, scenario: Organisation, newcomers: Mapping[str, Starter]
) -> tuple[Problem, tuple[DraftSession, ...]] | None:
    """The sessions of the room by name; None where they were not found so easily.

    ``newcomers``: the starters of the scenario by id. Staff and times stay as they were chosen,
    or there are fewer of them, so the cover of duties holds as it did.
    """
    if search.counted is None:
        return None
    problem = index(scenario)
    officers = search.kinds.officers
    stand_ins = {
        name: search.id_of[search.kinds.starter(s.turn % len(officers[s.year]), s.year)]
        for name, s in newcomers.items()
    }
    part = take_part(problem, _dealt_out(problem, room, search.counted, stand_ins), ())
    build = build_model(part.problem, ())
    build.model.add(unplaced_must(build) == 0)
    run = Run(search.engine, build.model, SEARCH_FOR_MORE, FOR_DEALING)
    if run.solve() not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    sessions = make_sessions(build.problem, read_choice(build, run.solver.value))
    back = part.whole_offering
    return problem, tuple(replace(s, offering=back[s.offering]) for s in sessions)


def _dealt_out(
    problem: Problem, room: Room, counted: Counted, stand_ins: Mapping[str, str]
) -> list[Offering]:
    """The offerings of the room, with whoever may have the sessions that were counted there."""
    number_of = {person.person_id: person.index for person in problem.people}
    found: list[Offering] = []
    for offering in problem.offerings:
        code = problem.activities[offering.activity].activity.code
        place = offering.department, offering.slot
        attendees: list[int] = []
        for demand in offering.attendees:
            name = problem.people[problem.demands[demand].trainee].person_id
            who = stand_ins.get(name, name)
            counted_as = counted.stands_for.get((who, code), who)
            is_left_out = name in stand_ins and not offering.roles
            if is_left_out or place in room.used.get((counted_as, code), ()):
                attendees.append(demand)
        serving = room.serving.get((code, *place), ())
        roles = tuple(
            tuple(p for p in people if p in {number_of[name] for name in serving[role]})
            for role, people in enumerate(offering.roles)
            if role < len(serving)
        )
        if attendees and len(roles) == len(offering.roles):
            found.append(replace(offering, attendees=tuple(attendees), roles=roles))
    return found
