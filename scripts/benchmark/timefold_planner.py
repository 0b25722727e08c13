"""Timefold beside us: the problem goes to another Python, and its answer becomes a plan."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trainsched.domain.plan import GoalResult, GoalStatus
from trainsched.domain.progress import Progress
from trainsched.domain.rules import FIRST_PLAN_GOALS, GoalId
from trainsched.planning.unavoidable import judge_days
from trainsched.problem import index

from .planners import Outcome
from .rival_plan import write_plan
from .timefold_export import Export

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trainsched.domain.organisation import Organisation

    from .measuring import Job

MODEL = Path(__file__).with_name("timefold_model.py")
LONG_SECONDS = 3600.0
GOALS_IN_ORDER = (GoalId.UNPLACED_MUST, GoalId.UNPLACED_SHOULD, GoalId.UNPLACED_COULD)


def plan_with_timefold(organisation: Organisation, job: Job) -> Outcome:
    """Plan with Timefold, which searches for the whole limit; its own clock is believed."""
    if job.timefold_python is None:
        return Outcome(None, failure="Timefold is not here: name a Python that has it")
    problem = index(organisation)
    if any(person.is_staff and person.stays_on for person in problem.people):
        return Outcome(None, failure="this model of Timefold knows flexible cover only")
    made = Export(problem, judge_days(problem))
    seconds = job.limit_seconds or LONG_SECONDS
    told: list[tuple[float, Progress]] = []
    last: dict[str, Any] | None = None
    for said in _conversation(job, made.document(), seconds):
        if said["kind"] == "end":
            last = said
        elif said["kind"] == "better" and said["hard"] == [0]:
            for goal, value in zip(GOALS_IN_ORDER, said["soft"], strict=False):
                told.append((said["seconds"], Progress("searching", "", goal, -value, 0)))
    clock = (seconds, tuple(told))
    if last is None:
        return Outcome(None, own_clock=clock, failure="Timefold died")
    if last["hard"] != [0]:
        broken = f"no plan that keeps the rules: {-last['hard'][0]} broken"
        return Outcome(None, own_clock=clock, failure=broken)
    plan = write_plan(problem, made.plan_of(last), _goals(last["soft"]))
    return Outcome(plan, own_clock=clock)


def _conversation(job: Job, document: dict[str, Any], seconds: float) -> Iterator[dict[str, Any]]:
    """Everything that Timefold says while it works on a problem for so many seconds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "problem.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        command = [str(job.timefold_python), str(MODEL), str(path), str(seconds), str(job.seed)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            for line in process.stdout or ():
                if line.startswith("{"):
                    yield json.loads(line)


def _goals(soft: list[int]) -> tuple[GoalResult, ...]:
    """Its figures for goals 1 to 3; a local search proves nothing."""
    values = {goal: -value for goal, value in zip(GOALS_IN_ORDER, soft, strict=False)}
    return tuple(
        GoalResult(
            name=goal,
            value=values.get(goal),
            bound=None if goal not in values else 0,
            status=GoalStatus.NOT_ATTEMPTED
            if goal not in values
            else GoalStatus.BEST_FOUND
            if values[goal]
            else GoalStatus.PROVED_BEST,
        )
        for goal in FIRST_PLAN_GOALS
    )
