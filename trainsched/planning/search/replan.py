"""A replan begins close by: the earlier sessions stand, and only what is missing is looked for.

Mostly that settles it: every must session has a place, and every earlier session that the facts
still allow is kept. No plan does better on these two, and all plans that do as well keep those
sessions, so the later goals too are settled among them. Else the whole problem is searched from
there, and in a larger one wishes are looked at for those alone whose sessions changed. A problem
that no one model can hold is searched close by only.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction

from trainsched.domain.rules import GoalId
from trainsched.planning.draft import DraftSession, make_sessions, narrowed, read_choice
from trainsched.planning.engine import Engine
from trainsched.planning.goals.moved_sessions import moved_sessions
from trainsched.planning.judgement import DayJudgement
from trainsched.planning.model import build_model
from trainsched.planning.search.changing import count_changes
from trainsched.planning.search.keep_duties import keep_duties
from trainsched.planning.search.keep_items import keep_items
from trainsched.planning.search.keep_times import keep_times
from trainsched.planning.search.pin_start import begin_with_pins, pinned_part
from trainsched.planning.search.placing import counted_goals
from trainsched.planning.search.placing_stage import place_sessions
from trainsched.planning.search.sharing import spread_the_pain
from trainsched.planning.search.state import Search
from trainsched.planning.search.windows import (
    MOST_CHOICES_AS_A_WHOLE,
    MOST_CHOICES_FOR_ONE_GO,
    choices,
)
from trainsched.planning.search.wishing import grant_wishes
from trainsched.problem.offerings import Offering
from trainsched.problem.part import Part, take_part
from trainsched.problem.problem import Problem
from trainsched.problem.published import PublishedSession

SHARE_OF_STANDING = 0.2
MOST_FOR_WORST_OFF = 1.5
"""Deterministic time."""
Standing = PublishedSession | DraftSession


def search_from_earlier(
    problem: Problem, judgements: tuple[DayJudgement, ...], engine: Engine
) -> Search:
    """The best plan of a replan, as a search of the whole problem. Raises PinsClashError."""
    engine.presolve_once()
    search = _search(problem, judgements, engine)
    search.sessions = keep_items(problem, search.sessions, earlier_sessions(problem))
    search.cover = keep_duties(problem, judgements, search.sessions, search.cover, engine)
    changes = sum(day.changes for day in search.cover.values())
    search.figures[GoalId.CHANGED_DUTIES].value = Fraction(changes)
    return search


def _search(problem: Problem, judgements: tuple[DayJudgement, ...], engine: Engine) -> Search:
    whole = Search(problem, judgements, engine)
    whole.sessions = _standing_together(problem, judgements, engine)
    part = part_around(problem, earlier_sessions(problem))
    near = Search(part.problem, judgements, engine)
    near.sessions = _of_part(part, whole.sessions)
    if near.sessions or _has_nothing_fixed(problem):
        place_sessions(near)
        is_large = choices(problem) > MOST_CHOICES_AS_A_WHOLE
        if is_large or is_settled(near):
            _settle_duties(near)
            grant_wishes(near)
            keep_times(near)
            whole.figures, whole.cover = near.figures, near.cover
            whole.sessions = _of_whole(part, near.sessions)
            if not is_settled(near):
                _forget_what_is_proved_near(whole)
            return whole
        whole.sessions = _of_whole(part, near.sessions)
    else:
        whole.sessions = begin_with_pins(problem, judgements, engine)
    place_sessions(whole, with_share=True)
    if choices(problem) <= MOST_CHOICES_FOR_ONE_GO:
        _settle_duties(whole)
        grant_wishes(whole)
        keep_times(whole)
    else:
        _settle_for_the_moved(whole)
    return whole


def _settle_duties(search: Search) -> None:
    """The goals between the counted ones and the wishes."""
    if not _is_share_proved(search):
        spread_the_pain(search)
    search.hand_out()
    count_changes(search)


def _is_share_proved(search: Search) -> bool:
    """Whether placing has proved the worst-off trainee's share along with the counted goals."""
    figures = search.figures.get(GoalId.WORST_OFF_TRAINEE)
    return figures is not None and figures.is_proved


def _has_nothing_fixed(problem: Problem) -> bool:
    return problem.published is None and not problem.pins


def _standing_together(
    problem: Problem, judgements: tuple[DayJudgement, ...], engine: Engine
) -> tuple[DraftSession, ...]:
    """As many of the earlier sessions as can stand, and what pins need; whatever the clock says.

    Nothing where pins want more room than there is then.
    """
    part = part_around(problem, earlier_sessions(problem), seeks=False)
    build = build_model(part.problem, judgements)
    build.model.minimize(moved_sessions(build))
    solved = engine.solve(build.model, SHARE_OF_STANDING, "keeping sessions", must_answer=True)
    if solved.read is None:
        return ()
    return _of_whole(part, make_sessions(part.problem, read_choice(build, solved.read)))


def _forget_what_is_proved_near(whole: Search) -> None:
    """Close by, more stands still than need be: only what the facts say is a bound for all."""
    known = {counted.goal: counted.least for counted in counted_goals(whole.problem)}
    for goal, figures in whole.figures.items():
        figures.bound = min(Fraction(known.get(goal, 0)), figures.value)


def is_settled(near: Search) -> bool:
    """Whether nothing is missing of the first goal and nothing moves that could stay."""
    earlier = near.problem.earlier
    must = near.figures[GoalId.UNPLACED_MUST].value
    moved = near.figures[GoalId.MOVED_SESSIONS].value
    return earlier is not None and must == 0 and moved == earlier.gone


def _settle_for_the_moved(whole: Search) -> None:
    """The later goals, mostly with all other sessions standing: that proves nothing of the whole.

    What can be proved of the whole in a short time is.
    """
    if not _is_share_proved(whole):
        _close_by(whole, spread_the_pain)
        spread_the_pain(whole, most=MOST_FOR_WORST_OFF)
    whole.hand_out()
    count_changes(whole)
    _close_by(whole, grant_wishes)
    _close_by(whole, keep_times)
    whole.figures[GoalId.WISHES].bound = Fraction(0)


def _close_by(whole: Search, pursue_goal: Callable[[Search], None]) -> None:
    """Pursue a goal where only those may move whose sessions are new."""
    part = part_around(whole.problem, whole.sessions, seeking=_in_new_sessions(whole))
    near = Search(part.problem, whole.judgements, whole.engine)
    near.figures, near.cover, near.handed_out = whole.figures, whole.cover, whole.handed_out
    near.sessions = _of_part(part, whole.sessions)
    pursue_goal(near)
    whole.sessions, whole.cover = _of_whole(part, near.sessions), near.cover


def _in_new_sessions(whole: Search) -> set[int]:
    """The demands with a session that is not one of the earlier plan."""
    kept = Counter((s.offering, s.demands, s.staff) for s in earlier_sessions(whole.problem))
    new: set[int] = set()
    for session in whole.sessions:
        what = session.offering, session.demands, tuple(sorted(session.staff))
        if kept[what]:
            kept[what] -= 1
        else:
            new.update(session.demands)
    return new


def _of_whole(part: Part, sessions: Iterable[DraftSession]) -> tuple[DraftSession, ...]:
    return tuple(replace(s, offering=part.whole_offering[s.offering]) for s in sessions)


def _of_part(part: Part, sessions: Iterable[DraftSession]) -> tuple[DraftSession, ...]:
    number = part.part_offering
    return tuple(replace(s, offering=number[s.offering]) for s in sessions)


def earlier_sessions(problem: Problem) -> tuple[PublishedSession, ...]:
    """The sessions of the earlier plan, locked or not, that the facts still allow."""
    locked = () if problem.published is None else problem.published.sessions
    free = () if problem.earlier is None else problem.earlier.sessions
    return tuple(session for session in (*locked, *free) if session.offering is not None)


def part_around(
    problem: Problem,
    standing: Iterable[Standing],
    *,
    seeking: Iterable[int] = (),
    seeks: bool = True,
) -> Part:
    """Standing sessions with just their people, and every session for whom one is missing.

    ``seeking`` are demands that may have their sessions elsewhere; without ``seeks`` nobody may,
    and only the standing sessions are there. All offerings that pins need
    are there too, and all cover days, under their own numbers.
    """
    by_offering: dict[int, list[Standing]] = defaultdict(list)
    had: Counter[int] = Counter()
    for session in standing:
        if session.offering is not None:
            by_offering[session.offering].append(session)
            had.update(session.demands)
    lacking = {d.index for d in problem.demands if had[d.index] < d.required}
    lacking = lacking | set(seeking) if seeks else set()
    pinned = set(pinned_part(problem).whole_offering) if problem.pins else set()
    offerings: list[Offering] = []
    for offering in problem.offerings:
        here = by_offering.get(offering.index, [])
        seated = {demand for session in here for demand in session.demands}
        coming = tuple(d for d in offering.attendees if d in lacking or d in seated)
        if offering.index in pinned:
            offerings.append(offering)
        elif not lacking.isdisjoint(coming):
            offerings.append(replace(offering, attendees=coming))
        elif coming:
            offerings.append(narrowed(offering, here))
    return take_part(problem, offerings, tuple(range(len(problem.cover_days))))
