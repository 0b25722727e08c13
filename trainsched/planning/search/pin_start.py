"""A first plan: pinned and published sessions and what they build on, and nothing else."""

from collections import defaultdict

from trainsched.planning.draft import DraftSession, make_sessions, read_choice
from trainsched.planning.engine import Engine
from trainsched.planning.judgement import DayJudgement
from trainsched.planning.model import build_model
from trainsched.planning.search.windows import Window
from trainsched.problem.offerings import Offering
from trainsched.problem.part import Part, cover_days_touched, take_part
from trainsched.problem.problem import Problem

SHARE_OF_PINS = 0.2


class PinsClashError(Exception):
    """The pinned sessions cannot all happen together with each other and the other rules."""


def pinned_part(problem: Problem) -> Part:
    """The offerings that pins need: their own, and those of activities that must come before.

    Before them may have to come sessions of anybody who may join: a group can need companions.
    Other sessions can only stand in their way, so pins hold in the whole if they hold here.
    Published sessions are there too: they stand fast, with whatever had to come before them.
    """
    pinned = {pin.offering for pin in problem.pins if pin.offering is not None}
    needed = set(pinned)
    if problem.published is not None:
        needed.update(problem.published.by_offering())
    wanted = {d for pin in problem.pins for d in pin.demands}
    wanted.update(d for number in pinned for d in problem.offerings[number].attendees)
    seen = set(wanted)
    waiting = sorted(wanted)
    of_demand: dict[int, list[Offering]] = defaultdict(list)
    for offering in problem.offerings:
        for demand in offering.attendees:
            of_demand[demand].append(offering)
    while waiting:
        for earlier in problem.demands[waiting.pop()].after:
            for offering in of_demand[earlier]:
                needed.add(offering.index)
                joined = _companions(problem, offering)
                waiting += sorted(joined - seen)
                seen |= joined
            if earlier not in seen:
                seen.add(earlier)
                waiting.append(earlier)
    offerings = [problem.offerings[number] for number in sorted(needed)]
    return take_part(problem, offerings, cover_days_touched(problem, offerings))


def _companions(problem: Problem, offering: Offering) -> set[int]:
    """Those without whom somebody might have no session of the offering."""
    need = problem.activities[offering.activity]
    has_officers = any(role.of_officers for role in need.roles)
    alone_will_do = need.activity.group_min <= 1 and not need.activity.together and not has_officers
    return set() if alone_will_do else set(offering.attendees)


def begin_with_pins(
    problem: Problem, judgements: tuple[DayJudgement, ...], engine: Engine
) -> tuple[DraftSession, ...]:
    """Sessions that hold every pin. Raises PinsClashError when that is proved impossible."""
    part = pinned_part(problem)
    window = Window(
        part=part,
        judgements=tuple(judgements[position] for position in part.whole_cover_day),
        free=frozenset(),
        sessions=(),
    )
    found = _solve(part.problem, window.judgements, engine)
    if found is not None:
        return window.whole(found)
    # The part is there to be quick; only the whole can say that pins are to be refused.
    found = _solve(problem, judgements, engine)
    if found is None:
        raise PinsClashError
    return found


def _solve(
    problem: Problem, judgements: tuple[DayJudgement, ...], engine: Engine
) -> tuple[DraftSession, ...] | None:
    """Sessions that hold every pin; None when there are none."""
    build = build_model(problem, judgements)
    solved = engine.solve(build.model, SHARE_OF_PINS, "keeping pinned sessions", must_answer=True)
    if solved.is_impossible:
        return None
    if solved.read is None:
        raise TimeoutError("the pinned sessions could neither be placed nor ruled out in time")
    return make_sessions(problem, read_choice(build, solved.read))
