"""A replan begins close by: the earlier sessions stand, and only what is missing is looked for.

Mostly that settles it: every must session has a place, and every earlier session that the facts
still allow is kept. No plan does better on these two, and all plans that do as well keep those
sessions, so the later goals too are settled among them. Else the whole problem is searched from
there.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from trainsched.domain.rules import GoalId
from trainsched.planning.draft import DraftSession
from trainsched.planning.engine import Engine
from trainsched.planning.judgement import DayJudgement
from trainsched.planning.pin_start import PinsClashError, begin_with_pins, pinned_part
from trainsched.planning.search import Search
from trainsched.problem.offerings import Offering
from trainsched.problem.part import Part, take_part
from trainsched.problem.problem import Problem
from trainsched.problem.published import PublishedSession


def search_from_earlier(
    problem: Problem, judgements: tuple[DayJudgement, ...], engine: Engine
) -> Search:
    """The best plan of a replan, as a search of the whole problem. Raises PinsClashError."""
    part = part_around(problem)
    near = Search(part.problem, judgements, engine)
    try:
        if problem.published is not None and not problem.pins:
            near.sessions = begin_with_pins(part.problem, judgements, engine)
        near.place()
    except PinsClashError:
        # Only the whole can say so: here much stands still that might give way.
        near.sessions = ()
    whole = Search(problem, judgements, engine)
    if near.sessions and _is_settled(near):
        near.finish()
        whole.figures, whole.cover = near.figures, near.cover
        whole.sessions = _of_whole(part, near.sessions)
        return whole
    whole.sessions = _of_whole(part, near.sessions)
    if problem.published is not None and not problem.pins and not whole.sessions:
        whole.sessions = begin_with_pins(problem, judgements, engine)
    whole.run()
    return whole


def _is_settled(near: Search) -> bool:
    """Whether nothing is missing of the first goal and nothing moves that could stay."""
    earlier = near.problem.earlier
    must = near.figures[GoalId.UNPLACED_MUST].value
    moved = near.figures[GoalId.MOVED_SESSIONS].value
    return earlier is not None and must == 0 and moved == earlier.gone


def _of_whole(part: Part, sessions: tuple[DraftSession, ...]) -> tuple[DraftSession, ...]:
    return tuple(replace(s, offering=part.whole_offering[s.offering]) for s in sessions)


def part_around(problem: Problem) -> Part:
    """The earlier sessions with just their people, and every session for whom one is missing.

    All offerings that pins need are there too. All cover days are, under their own numbers.
    """
    standing: dict[int, list[PublishedSession]] = defaultdict(list)
    for session in _earlier_sessions(problem):
        if session.offering is not None:
            standing[session.offering].append(session)
    had: dict[int, int] = defaultdict(int)
    for sessions in standing.values():
        for session in sessions:
            for demand in session.demands:
                had[demand] += 1
    lacking = {d.index for d in problem.demands if had[d.index] < d.required}
    pinned = set(pinned_part(problem).whole_offering) if problem.pins else set()
    offerings: list[Offering] = []
    for offering in problem.offerings:
        if offering.index in pinned:
            offerings.append(offering)
            continue
        here = standing.get(offering.index, [])
        seated = {demand for session in here for demand in session.demands}
        coming = [d for d in offering.attendees if d in lacking or d in seated]
        if not coming:
            continue
        if lacking.isdisjoint(coming):
            offerings.append(_narrowed(offering, here))
        else:
            offerings.append(replace(offering, attendees=tuple(coming)))
    return take_part(problem, offerings, tuple(range(len(problem.cover_days))))


def _earlier_sessions(problem: Problem) -> Iterator[PublishedSession]:
    if problem.published is not None:
        yield from problem.published.sessions
    if problem.earlier is not None:
        yield from problem.earlier.sessions


def _narrowed(offering: Offering, sessions: list[PublishedSession]) -> Offering:
    """The offering for those only who are in its earlier sessions."""
    staff = {pair for session in sessions for pair in session.staff}
    return replace(
        offering,
        attendees=tuple(sorted({d for session in sessions for d in session.demands})),
        roles=tuple(
            tuple(sorted(person for role, person in staff if role == position))
            for position in range(len(offering.roles))
        ),
    )
