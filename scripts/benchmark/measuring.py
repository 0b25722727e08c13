"""One planner on one workbook, in a process of its own: what it found, when, and at what cost."""

from __future__ import annotations

import gc
import multiprocessing
import os
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from .memory import MemoryWatch

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path

    from trainsched.domain.organisation import Organisation
    from trainsched.domain.plan import GoalResult, Plan
    from trainsched.domain.progress import Progress

    from .planners import Outcome

PATIENCE_SECONDS = 600.0
PATIENCE_TIMES = 2.0
"""A planner that runs longer than so many limits and seconds is ended, and that is its result."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be run. ``limit_seconds`` None: the planner ends by itself."""

    workbook: Path
    planner: str
    limit_seconds: float | None = None
    workers: int = 2
    seed: int = 0
    plan_file: Path | None = None
    """Where to leave the plan, for those who want to look at it."""
    timefold_python: Path | None = None
    """A Python that has Timefold, which is no part of our own environment."""


class Event(NamedTuple):
    """One step forward, ``seconds`` after the planning began."""

    seconds: float
    progress: Progress


class Size(NamedTuple):
    """How large an organisation is. ``sessions`` are required trainee-sessions."""

    departments: int
    weeks: int
    staff: int
    trainees: int
    sessions: int
    must_sessions: int
    should_sessions: int
    could_sessions: int
    choices: int
    """Yes/no decisions that the possible sessions offer: who attends, who serves."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of a job. ``failure`` is empty when there is a plan.

    ``seconds`` and ``cpu_seconds`` (of all processors together) are for planning alone, without
    reading the workbook and without the checker.
    ``findings`` are the checker's, None if there was nothing to check.
    """

    size: Size | None = None
    goals: tuple[GoalResult, ...] = ()
    placed: int = 0
    findings: tuple[str, ...] | None = None
    events: tuple[Event, ...] = ()
    read_seconds: float = 0.0
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    check_seconds: float = 0.0
    deterministic_time: float | None = None
    peak_megabytes: int | None = None
    failure: str = ""


def measure(job: Job) -> Measured:
    """Run a job in a fresh process and watch its memory, and that of all its children."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(job, sender))
    process.start()
    sender.close()
    patience = None
    if job.limit_seconds is not None:
        patience = PATIENCE_TIMES * job.limit_seconds + PATIENCE_SECONDS
    with MemoryWatch(process.pid or 0) as memory:
        try:
            found = receiver.recv() if receiver.poll(patience) else None
        except EOFError:
            found = Measured(failure="the process died")
        if found is None:
            memory.end_all()
            found = Measured(failure=f"no plan in {patience:.0f} s")
    process.join()
    return replace(found, peak_megabytes=memory.peak_megabytes)


def _run(job: Job, sender: Connection) -> None:
    from trainsched import workbook
    from trainsched.planning.crew_member import RARELY

    from .planners import PLANNERS, load_libraries

    gc.set_threshold(*RARELY)  # as the commands do
    load_libraries()
    began = time.monotonic()
    organisation = workbook.load(job.workbook).facts()
    read_seconds = time.monotonic() - began
    events: list[Event] = []
    began, spent = time.monotonic(), cpu_seconds()
    outcome = PLANNERS[job.planner](
        organisation, job, lambda step: events.append(Event(time.monotonic() - began, step))
    )
    seconds, spent = time.monotonic() - began, cpu_seconds() - spent
    if outcome.own_clock is not None:
        seconds, told = outcome.own_clock
        events = [Event(*step) for step in told]
    found = _judged(job, organisation, outcome, events)
    sender.send(replace(found, read_seconds=read_seconds, seconds=seconds, cpu_seconds=spent))
    sender.close()


def cpu_seconds() -> float:
    """Processor time of this process, and of its children as far as they have ended."""
    return sum(os.times()[:4])


def _judged(
    job: Job, organisation: Organisation, outcome: Outcome, events: list[Event]
) -> Measured:
    from trainsched.checker import check

    size, plan = size_of(organisation), outcome.plan
    if plan is None:
        return Measured(size, events=tuple(events), failure=outcome.failure or "no plan")
    if job.plan_file is not None:
        job.plan_file.write_text(plan.to_json(), encoding="utf-8")
    began = time.monotonic()
    findings = tuple(finding.detail for finding in check(organisation, plan))
    return Measured(
        size=size,
        goals=plan.goals,
        placed=plan.summary.placed,
        findings=findings,
        events=tuple(events),
        check_seconds=time.monotonic() - began,
        deterministic_time=outcome.deterministic_time,
    )


def size_of(organisation: Organisation) -> Size:
    """Count what is to be planned."""
    from trainsched.problem import index

    problem = index(organisation)
    by_priority = [0, 0, 0]
    for demand in problem.demands:
        by_priority[demand.priority] += demand.required
    return Size(
        departments=len(organisation.departments),
        weeks=organisation.calendar.weeks,
        staff=len(organisation.staff),
        trainees=len(organisation.trainees),
        sessions=sum(by_priority),
        must_sessions=by_priority[0],
        should_sessions=by_priority[1],
        could_sessions=by_priority[2],
        choices=sum(
            len(offering.attendees) + sum(len(people) for people in offering.roles)
            for offering in problem.offerings
        ),
    )


def read_plan(path: Path) -> Plan:
    """The plan that a job has left."""
    from trainsched.domain.plan import Plan as DomainPlan

    return DomainPlan.model_validate_json(path.read_text(encoding="utf-8"))
