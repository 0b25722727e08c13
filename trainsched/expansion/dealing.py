"""The sessions of a room dealt out by name, on the staff and at the times chosen for them.

Mostly that works, since in the order of their times the sessions of one kind may be dealt out in
turn. Around a room of a part, all the rest is placed as near as can be to where it stood.
"""

from collections.abc import Container, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from trainsched.domain.organisation import Organisation
from trainsched.expansion.around import placed_near, with_study
from trainsched.expansion.facts import Starter
from trainsched.expansion.named import carried_over, in_numbers
from trainsched.expansion.relaxed import SEARCH
from trainsched.expansion.repair import SEARCH_FOR_MORE, musts_lacking
from trainsched.expansion.room import Room
from trainsched.expansion.room_search import RoomSearch
from trainsched.expansion.runs import FOUND, Run, Turns, in_turn
from trainsched.planning.build import Build
from trainsched.planning.draft import DraftSession, make_sessions, read_choice
from trainsched.planning.engine import Engine
from trainsched.planning.goals.unplaced_must import unplaced_must
from trainsched.planning.model import build_model
from trainsched.problem.index import index
from trainsched.problem.offerings import Offering
from trainsched.problem.part import take_part
from trainsched.problem.problem import Problem

TURNS = ((SEARCH_FOR_MORE, 0.3), (SEARCH, 1.0), (SEARCH_FOR_MORE, 1.0))
"""``(search, deterministic time)``; where one has no luck, the other often has."""

FOR_THE_FEWEST = 1.0
"""Deterministic time."""


def deal(
    search: RoomSearch, room: Room, scenario: Organisation, newcomers: Mapping[str, Starter]
) -> tuple[Problem, tuple[DraftSession, ...]] | None:
    """The sessions of a room of the whole by name; None where they were not found so easily.

    ``newcomers``: the starters of the scenario by id. Staff and times stay as they were chosen,
    or there are fewer of them, so the cover of duties holds as it did.
    """
    problem = index(scenario)
    stand_ins = _stand_ins(search, newcomers)
    left_out = _study_of(problem, stand_ins)
    part = take_part(problem, _dealt_out(problem, room, stand_ins, left_out), ())
    build = build_model(part.problem, ())
    found = _placed(search.engine, build)
    if found is None:
        return None
    back = part.whole_offering
    return problem, tuple(replace(s, offering=back[s.offering]) for s in found)


def deal_around(
    search: RoomSearch,
    room: Room,
    scenario: Organisation,
    newcomers: Mapping[str, Starter],
    stands: tuple[Problem, tuple[DraftSession, ...]],
) -> tuple[Problem, tuple[DraftSession, ...]] | None:
    """The sessions of a room of a part by name, and around them those of all the rest; or None.

    ``stands``: sessions of most of the scenario, in numbers of a problem of their own. What is in
    the way of the room's sessions is planned anew, and study last of all.
    """
    problem = index(scenario)
    stand_ins = _stand_ins(search, newcomers)
    others = {
        demand.index: demand.required
        for demand in problem.demands
        if not room.asks(*_who_and_what(problem, demand.index, stand_ins))
    }
    mine = replace(
        problem, pins=tuple(p for p in problem.pins if others.keys().isdisjoint(p.demands))
    )
    part = take_part(mine, _dealt_out(problem, room, stand_ins, frozenset()), (), others)
    found = _placed_mostly(search.engine, build_model(part.problem, ()))
    if found is None:
        return None
    number = part.whole_offering
    dealt = [replace(session, offering=number[session.offering]) for session in found]
    rest = carried_over(stands[0], problem, stands[1])
    places = {(session.offering, demand) for session in dealt for demand in session.demands}
    places |= {(s.offering, demand) for s in rest for demand in s.demands if demand in others}
    sessions = placed_near(search.engine, problem, search.judge(problem), places)
    return None if sessions is None else (problem, sessions)


def dealt_again(
    search: RoomSearch, room: Room, scenario: Organisation, ids: Mapping[Starter, str]
) -> tuple[Problem, tuple[DraftSession, ...]] | None:
    """The sessions that starters of another programme had in the room; None where that is not all.

    ``ids``: the starters of the scenario. What they need is the same but for study, which is put in
    anew beside the rest.
    """
    if room.plan is None:
        return None
    names = {room.plan.newcomers[s.turn, s.year]: name for s, name in ids.items()}
    problem = index(scenario)
    study = _study_of(problem, set(ids.values()))
    sessions = tuple(
        kept
        for session in in_numbers(problem, room.plan.sessions, names)
        if (kept := _less(session, study)) is not None
    )
    if musts_lacking(problem, sessions) - study:
        return None
    found = with_study(search.engine, problem, search.judge(problem), sessions, study)
    return None if found is None else (problem, found)


def _less(session: DraftSession, demands: AbstractSet[int]) -> DraftSession | None:
    """The session without these in it; None where nobody is left."""
    if demands.isdisjoint(session.demands):
        return session
    left = tuple(demand for demand in session.demands if demand not in demands)
    return replace(session, demands=left) if left else None


def _placed(engine: Engine, build: Build, turns: Turns = TURNS) -> tuple[DraftSession, ...] | None:
    """Sessions for every must of the model; None: not found."""
    strict = build.model.clone()
    strict.add(unplaced_must(build) == 0)
    _, value = in_turn(engine, strict, turns)
    return None if value is None else make_sessions(build.problem, read_choice(build, value))


def _placed_mostly(engine: Engine, build: Build) -> tuple[DraftSession, ...] | None:
    """The same, or else with the fewest lacking: others may then make way for those."""
    every = _placed(engine, build, TURNS[:1])
    if every is not None:
        return every
    build.model.minimize(unplaced_must(build))
    run = Run(engine, build.model, SEARCH, FOR_THE_FEWEST)
    if run.solve(stop_at_value=0.5) not in FOUND:
        return None
    return make_sessions(build.problem, read_choice(build, run.solver.value))


def _stand_ins(search: RoomSearch, newcomers: Mapping[str, Starter]) -> dict[str, str]:
    """For each newcomer of the scenario, who of those of the room is the same."""
    officers = search.kinds.officers
    return {
        name: search.asked.id_of[search.kinds.starter(s.turn % len(officers[s.year]), s.year)]
        for name, s in newcomers.items()
    }


def _who_and_what(problem: Problem, demand: int, stand_ins: Mapping[str, str]) -> tuple[str, str]:
    """Whose requirement it is, by the names of the room, and the activity."""
    name = _name(problem, demand)
    code = problem.activities[problem.demands[demand].activity].activity.code
    return stand_ins.get(name, name), code


def _name(problem: Problem, demand: int) -> str:
    return problem.people[problem.demands[demand].trainee].person_id


def _study_of(problem: Problem, newcomers: Container[str]) -> set[int]:
    """What newcomers need nobody for: it was not counted."""
    return {
        demand.index
        for demand in problem.demands
        if problem.activities[demand.activity].is_study
        and _name(problem, demand.index) in newcomers
    }


def _dealt_out(
    problem: Problem, room: Room, stand_ins: Mapping[str, str], anywhere: AbstractSet[int]
) -> list[Offering]:
    """The offerings of the room, with whoever may have the sessions that were counted there.

    What may be ``anywhere`` is in every offering that it could be in, whoever gives it.
    """
    number_of = {person.person_id: person.index for person in problem.people}
    found: list[Offering] = []
    for offering in problem.offerings:
        code = problem.activities[offering.activity].activity.code
        place = offering.department, offering.slot
        counted = {
            demand
            for demand in offering.attendees
            if place in room.used_by(*_who_and_what(problem, demand, stand_ins))
        }
        attendees = tuple(d for d in offering.attendees if d in counted or d in anywhere)
        if not attendees:
            continue
        roles = offering.roles
        if len(attendees) == len(counted):
            serving = [{number_of[name] for name in who} for who in room.serving[code, *place]]
            roles = tuple(
                tuple(p for p in people if p in who)
                for people, who in zip(offering.roles, serving, strict=True)
            )
        found.append(replace(offering, attendees=attendees, roles=roles))
    return found
