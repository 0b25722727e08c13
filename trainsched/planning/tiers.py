"""Goal after goal: each is solved, its value kept as a bound, and the next begins from there."""

import os
import threading
import time

from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan
from trainsched.domain.progress import ProgressListener
from trainsched.planning.assemble import assemble
from trainsched.planning.engine import Engine
from trainsched.planning.limits import deterministic_limit
from trainsched.planning.outcome import PlanningOutcome
from trainsched.planning.pins import refuse_impossible_pins
from trainsched.planning.pins_clash import clash_of_pins
from trainsched.planning.published_faults import refuse_impossible_sessions
from trainsched.planning.search import Search, search_all_goals
from trainsched.planning.search.pin_start import PinsClashError
from trainsched.planning.unavoidable import judge_days
from trainsched.problem.index import index

SHARE_FOR_SEARCHING = 0.85
"""Of the time limit; the rest is for handing out the duties, the reasons and the checker."""


def plan_training(
    organisation: Organisation,
    *,
    time_limit: float | None = None,
    seed: int = 0,
    workers: int | None = None,
    progress: ProgressListener | None = None,
    stop: threading.Event | None = None,
    published: Plan | None = None,
) -> PlanningOutcome:
    """Plan the protected training of an organisation.

    ``time_limit`` is in seconds of the clock; without it only deterministic time counts, so that
    equal input gives equal output whatever the machine's load. There is always a plan, however
    short of capacity. Sessions of the ``published`` plan before the organisation's ``locked_until``
    stay exactly as they were. Raises WorkbookError when a pinned or such a session cannot hold.
    """
    began = time.monotonic()
    problem = index(organisation, published)
    engine = Engine(
        seed=seed,
        workers=workers or os.cpu_count() or 1,
        deterministic_limit=deterministic_limit(problem, time_limit),
        deadline=None if time_limit is None else began + SHARE_FOR_SEARCHING * time_limit,
        stop=stop,
        progress=progress,
    )
    engine.say("looking at cover without training")
    judgements = judge_days(problem)
    engine.seconds_by_step["index"] = time.monotonic() - began
    refuse_impossible_sessions(problem, judgements)
    refuse_impossible_pins(problem)
    search = Search(problem, judgements, engine)
    try:
        search_all_goals(search)
    except PinsClashError:
        if not problem.pins:
            raise
        raise clash_of_pins(problem, judgements, engine) from None
    plan = assemble(problem, search)
    return PlanningOutcome(plan, dict(engine.seconds_by_step), engine.deterministic_used)
