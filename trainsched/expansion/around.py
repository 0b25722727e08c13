"""Sessions placed as near as can be to where they stood or were counted before.

At first everybody has only the old places of their sessions in question, which decides most of it
at once; whoever lacks one then may have theirs at any time. Study, for which nobody else is needed,
comes afterwards, and whoever then still lacks sessions is helped by freeing what is in the way. A
search for a plan, never a proof that there is none.
"""

from collections.abc import Set as AbstractSet
from dataclasses import replace

from trainsched.expansion.relaxed import SEARCH
from trainsched.expansion.repair import musts_lacking
from trainsched.expansion.runs import FOUND, Run
from trainsched.planning.draft import (
    DraftSession,
    engagements,
    make_sessions,
    read_choice,
)
from trainsched.planning.engine import Engine
from trainsched.planning.judgement import DayJudgement
from trainsched.planning.search import Search
from trainsched.planning.search.mending import mend_around_waiting
from trainsched.planning.search.placing import PlacingAim
from trainsched.planning.search.standing import Standing
from trainsched.planning.search.windows import Window, open_window, window_around
from trainsched.problem.demands import MUST
from trainsched.problem.offerings import Offering
from trainsched.problem.problem import Problem

AT_OLD_PLACES = 2.0
FOR_MENDING = 0.8
"""Deterministic time."""
MOST_TO_MEND = 12
"""Trainees, and then demands, that lack sessions: where more do, a plan is too far."""


def placed_near(
    engine: Engine,
    problem: Problem,
    judgements: tuple[DayJudgement, ...],
    places: AbstractSet[tuple[int, int]],
) -> tuple[DraftSession, ...] | None:
    """Sessions for every must, most of them at these ``(offering, demand)``; None: not found so.

    Pinned sessions have their own places.
    """
    pinned = {(pin.offering, demand) for pin in problem.pins for demand in pin.demands}
    places = places | {(number, demand) for number, demand in pinned if number is not None}
    study = {d.index for d in problem.demands if problem.activities[d.activity].is_study}
    study -= {demand for _, demand in pinned}
    sessions = _at_these(engine, problem, judgements, places, study)
    if sessions is None:
        return None
    lacking = musts_lacking(problem, sessions) - study
    if len({problem.demands[demand].trainee for demand in lacking}) > MOST_TO_MEND:
        return None
    if lacking:
        places |= _all_places_of(problem, {problem.demands[demand].trainee for demand in lacking})
        wider = _at_these(engine, problem, judgements, places, study)
        if wider is not None and len(musts_lacking(problem, wider) - study) < len(lacking):
            sessions = wider
    return with_study(engine, problem, judgements, sessions, study)


def with_study(
    engine: Engine,
    problem: Problem,
    judgements: tuple[DayJudgement, ...],
    sessions: tuple[DraftSession, ...],
    study: AbstractSet[int],
) -> tuple[DraftSession, ...] | None:
    """The sessions with the study (demands) beside them, and with whatever else they lack.

    None where that is not found.
    """
    with_some: tuple[DraftSession, ...] | None = sessions
    if study:
        starts = _free_starts(problem, sessions, study)
        beside = window_around(problem, judgements, Standing(problem, sessions), starts)
        with_some = _with_fewest_lacking(engine, problem, beside, set())
    if with_some is None:
        return None
    with_some = _all_of_theirs_anew(engine, problem, judgements, with_some)
    return _mended(engine, problem, judgements, with_some)


def _all_of_theirs_anew(
    engine: Engine,
    problem: Problem,
    judgements: tuple[DayJudgement, ...],
    sessions: tuple[DraftSession, ...],
) -> tuple[DraftSession, ...]:
    """The same with all sessions of whoever lacks one placed anew, if that is any better."""
    lacking = musts_lacking(problem, sessions)
    whose = {problem.demands[demand].trainee for demand in lacking}
    if not whose or len(whose) > MOST_TO_MEND:
        return sessions
    theirs = {demand.index for demand in problem.demands if demand.trainee in whose}
    freed = frozenset(o.index for o in problem.offerings if not theirs.isdisjoint(o.attendees))
    standing = Standing(problem, sessions)
    window = open_window(problem, judgements, standing, freed, only=theirs)
    anew = _with_fewest_lacking(engine, problem, window, set())
    if anew is None or len(musts_lacking(problem, anew)) >= len(lacking):
        return sessions
    return anew


def _at_these(
    engine: Engine,
    problem: Problem,
    judgements: tuple[DayJudgement, ...],
    places: AbstractSet[tuple[int, int]],
    later: AbstractSet[int],
) -> tuple[DraftSession, ...] | None:
    free = [
        narrowed
        for offering in problem.offerings
        if (narrowed := _for_these(problem, offering, places, later)) is not None
    ]
    window = window_around(problem, judgements, Standing(problem, ()), free)
    return _with_fewest_lacking(engine, problem, window, later)


def _all_places_of(problem: Problem, trainees: AbstractSet[int]) -> set[tuple[int, int]]:
    """Every ``(offering, demand)`` of theirs."""
    return {
        (offering.index, demand)
        for offering in problem.offerings
        for demand in offering.attendees
        if problem.demands[demand].trainee in trainees
    }


def _for_these(
    problem: Problem,
    offering: Offering,
    places: AbstractSet[tuple[int, int]],
    later: AbstractSet[int],
) -> Offering | None:
    """The offering for those who may have it as their place; a cohort comes together or not."""
    mine = tuple(d for d in offering.attendees if (offering.index, d) in places and d not in later)
    if not mine or problem.activities[offering.activity].activity.together:
        return offering if mine else None
    return replace(offering, attendees=mine)


def _free_starts(
    problem: Problem, sessions: tuple[DraftSession, ...], study: AbstractSet[int]
) -> list[Offering]:
    """The first start of each day for each of these, among those when the trainee is free.

    With those who are in a session there already.
    """
    busy = engagements(problem, sessions)
    standing = Standing(problem, sessions)
    known: set[tuple[int, int]] = set()
    found: list[Offering] = []
    for offering in sorted(problem.offerings, key=lambda o: o.slot):
        day = problem.grid.day_of(offering.slot)
        mine = tuple(
            demand
            for demand in offering.attendees
            if demand in study
            and (demand, day) not in known
            and all((problem.demands[demand].trainee, slot) not in busy for slot in offering.slots)
        )
        if mine:
            known.update((demand, day) for demand in mine)
            seated = {d for s in standing.of_offerings((offering.index,)) for d in s.demands}
            found.append(replace(offering, attendees=tuple(sorted({*mine, *seated}))))
    return found


def _with_fewest_lacking(
    engine: Engine,
    problem: Problem,
    window: Window,
    later: AbstractSet[int],
) -> tuple[DraftSession, ...] | None:
    """The sessions of a window with the fewest lacking; what is for ``later`` does not count."""
    if engine.is_spent:
        return None
    build = window.build()
    build.model.minimize(
        sum(
            build.unplaced[demand.index]
            for demand in problem.demands
            if demand.priority == MUST and demand.index not in later
        )
    )
    run = Run(engine, build.model, SEARCH, AT_OLD_PLACES)
    if run.solve(stop_at_value=0.5) not in FOUND:
        return None
    return window.whole(make_sessions(build.problem, read_choice(build, run.solver.value)))


def _mended(
    engine: Engine,
    problem: Problem,
    judgements: tuple[DayJudgement, ...],
    sessions: tuple[DraftSession, ...],
) -> tuple[DraftSession, ...] | None:
    """The same with what was lacking, as long as more and more of it can be placed."""
    within = engine.apart(FOR_MENDING)
    within.presolve_once()
    search = Search(problem, judgements, within, sessions=sessions)
    aim = PlacingAim(search)
    aim.note()

    def lacking() -> set[int]:
        return search.standing.waiting & musts

    def is_over() -> bool:
        return within.is_spent or not lacking()

    musts = {demand.index for demand in problem.demands if demand.priority == MUST}
    lacked = MOST_TO_MEND + 1
    while not is_over() and len(lacking()) < lacked:
        lacked = len(lacking())
        mend_around_waiting(aim, MUST, is_over)
    engine.deterministic_used += within.deterministic_used
    return None if lacking() else search.sessions
