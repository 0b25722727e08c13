"""A first plan: pinned and published sessions and what they build on, and nothing else."""

from trainsched.planning.draft import DraftSession, make_sessions, read_choice
from trainsched.planning.engine import Engine
from trainsched.planning.judgement import DayJudgement
from trainsched.planning.model import build_model
from trainsched.planning.windows import Window
from trainsched.problem.part import Part, cover_days_touched, take_part
from trainsched.problem.problem import Problem

SHARE_OF_PINS = 0.2


class PinsClashError(Exception):
    """The pinned sessions cannot all happen together with each other and the other rules."""


def pinned_part(problem: Problem) -> Part:
    """The offerings that pins need: their own, and those of activities that must come before.

    Other sessions can only stand in their way, so pins hold in the whole if they hold here.
    Published sessions are there too: they stand fast, with whatever had to come before them.
    """
    wanted = {demand for pin in problem.pins for demand in pin.demands}
    waiting = sorted(wanted)
    while waiting:
        for earlier in problem.demands[waiting.pop()].after:
            if earlier not in wanted:
                wanted.add(earlier)
                waiting.append(earlier)
    pinned = {pin.offering for pin in problem.pins}
    if problem.published is not None:
        pinned.update(problem.published.by_offering())
    earlier_ones = wanted - {demand for pin in problem.pins for demand in pin.demands}
    needed = [
        offering
        for offering in problem.offerings
        if offering.index in pinned or earlier_ones.intersection(offering.attendees)
    ]
    return take_part(problem, needed, cover_days_touched(problem, needed))


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
    build = build_model(part.problem, window.judgements)
    solved = engine.solve(build.model, SHARE_OF_PINS, "keeping pinned sessions", must_answer=True)
    if solved.is_impossible:
        raise PinsClashError
    if solved.read is None:
        raise TimeoutError("the pinned sessions could neither be placed nor ruled out in time")
    return window.whole(make_sessions(part.problem, read_choice(build, solved.read)))
