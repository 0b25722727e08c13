"""Planning one part of an organisation, or the whole where it is one: from facts to a plan."""

import threading
import time
from dataclasses import dataclass
from fractions import Fraction

from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan
from trainsched.domain.progress import ProgressListener
from trainsched.domain.rules import GoalId
from trainsched.planning.assemble import assemble
from trainsched.planning.draft import DraftSession
from trainsched.planning.engine import Engine
from trainsched.planning.figures import GoalFigures
from trainsched.planning.limits import deterministic_limit
from trainsched.planning.pins import refuse_impossible_pins
from trainsched.planning.pins_clash import clash_of_pins
from trainsched.planning.published_faults import refuse_impossible_sessions
from trainsched.planning.search import Search, finish_goals, search_from_earlier, search_sessions
from trainsched.planning.search.pin_start import PinsClashError
from trainsched.planning.unavoidable import judge_days
from trainsched.problem.index import index

SHARE_FOR_SEARCHING = 0.9
"""Of the time limit; the rest is for handing out the duties, the reasons and the checker."""
SHARE_FOR_THE_PLAN = 0.95
"""Of the time limit: later, reasons are given only as far as they are known."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to search. ``time_limit`` is in seconds of the clock, None for none.

    ``share`` is the part's share of the whole plan.
    """

    seed: int
    workers: int
    time_limit: float | None
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Begun:
    """Sessions found before, when the goals that ask which sessions there are have had their turn.

    ``share`` is the worst-off trainee's share that the whole organisation has anyway.
    """

    sessions: tuple[DraftSession, ...]
    figures: dict[GoalId, GoalFigures]
    share: Fraction
    least_missing: dict[tuple[str, int], int]


@dataclass(frozen=True, slots=True)
class PartPlan:
    """The plan of a part, what is known of its goals, and what it cost."""

    plan: Plan
    sessions: tuple[DraftSession, ...]
    figures: dict[GoalId, GoalFigures]
    seconds_by_step: dict[str, float]
    deterministic_time: float
    least_missing: dict[tuple[str, int], int]
    """As in ``Search``."""


def plan_part(
    organisation: Organisation,
    settings: Settings,
    *,
    begun: Begun | None = None,
    published: Plan | None = None,
    progress: ProgressListener | None = None,
    stop: threading.Event | None = None,
) -> PartPlan:
    """Plan a part through all goals; with ``begun``, through those that are left.

    Raises WorkbookError when a pinned or published session cannot hold.
    """
    began = time.monotonic()
    limit = settings.time_limit
    problem = index(organisation, published)
    engine = Engine(
        seed=settings.seed,
        workers=settings.workers,
        deterministic_limit=deterministic_limit(problem, limit),
        deadline=None if limit is None else began + SHARE_FOR_SEARCHING * limit,
        stop=stop,
        progress=progress,
    )
    engine.say("looking at cover without training")
    judgements = judge_days(problem)
    engine.seconds_by_step["index"] = time.monotonic() - began
    search = Search(problem, judgements, engine, share=settings.share)
    if begun is not None:
        search.sessions, search.figures = begun.sessions, dict(begun.figures)
        search.accepted_share, search.least_missing = begun.share, dict(begun.least_missing)
    else:
        refuse_impossible_sessions(problem, judgements)
        refuse_impossible_pins(problem)
        try:
            if problem.earlier is None:
                search_sessions(search)
            else:
                search = search_from_earlier(problem, judgements, engine)
        except PinsClashError:
            if not problem.pins:
                raise
            raise clash_of_pins(problem, judgements, engine) from None
    if problem.earlier is None:
        finish_goals(search)
    search.until = None if limit is None else began + SHARE_FOR_THE_PLAN * limit
    return PartPlan(
        plan=assemble(problem, search),
        sessions=search.sessions,
        figures=search.figures,
        seconds_by_step=dict(engine.seconds_by_step),
        deterministic_time=engine.deterministic_used,
        least_missing=dict(search.least_missing),
    )
