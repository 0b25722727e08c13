"""What hosting and money would take and buy."""

import os
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import PrivateAttr

from trainsched import __version__
from trainsched.domain.capacity import Capacity as DomainCapacity
from trainsched.domain.capacity import DepartmentChange
from trainsched.domain.capacity import Funding as DomainFunding
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan as DomainPlan
from trainsched.domain.progress import ProgressListener
from trainsched.reports.background import background_of
from trainsched.reports.manifest import RunRecord
from trainsched.service.planning import Plan
from trainsched.service.refusals import CheckerRejection

if TYPE_CHECKING:
    import pandas as pd

    from trainsched.expansion import Inquiry, YearAnswer
    from trainsched.reports.capacity_story import Story


SHARE_FOR_SEARCHING = 0.85
"""Of the time limit of capacity and fund; the rest is for plans, checks and reports."""
SHARE_WHERE_NOTHING_IS_ASKED = 0.95
"""The same where the workbook has no targets and the duties as they are: there is no plan then."""
MOST_FOR_WRITING = 15.0
"""Seconds, then: to write what was found takes no longer for a long search."""


def _seconds_for_searching(organisation: Organisation, time_limit: float) -> float:
    if organisation.asks_for_more:
        return SHARE_FOR_SEARCHING * time_limit
    return max(SHARE_WHERE_NOTHING_IS_ASKED * time_limit, time_limit - MOST_FOR_WRITING)


class Capacity(DomainCapacity):
    """What can be hosted and what the targets take, with its ways out and the plan that proves it.

    Every plan behind it was passed by the checker.
    """

    _story: "Story" = PrivateAttr()
    _plans: dict[int, Plan] = PrivateAttr(default_factory=dict)
    _dearest: int | None = PrivateAttr(default=None)

    @property
    def plan(self) -> Plan | None:
        """The plan that proves the answer (of the dearest year); None where there is no answer."""
        return None if self._dearest is None else self._plans[self._dearest]

    @property
    def plans(self) -> dict[int, Plan]:
        """The plan that proves the answer of each academic year."""
        return self._plans

    @property
    def story(self) -> "Story":
        """What reports need beside the figures."""
        return self._story

    def tables(self) -> "dict[str, pd.DataFrame]":
        """The answer as data frames: hosting, targets, posts, places, binding limits."""
        from trainsched.reports.capacity_tables import capacity_tables

        return capacity_tables(self)

    def write(self, folder: Path | str, *, force: bool = False) -> Path:
        """Write the run's folder, whole or not at all. Raises FolderExistsError."""
        from trainsched.reports.capacity_folder import write_capacity

        return write_capacity(
            Path(folder), self, self._story, self._plans, dearest=self._dearest, force=force
        )


class Funding(DomainFunding):
    """What budgets buy, with its ways out. Every plan behind it was passed by the checker."""

    _story: "Story" = PrivateAttr()
    _plans: tuple[Plan | None, ...] = PrivateAttr(default=())

    @property
    def plans(self) -> tuple[Plan | None, ...]:
        """The plan that proves each point."""
        return self._plans

    @property
    def story(self) -> "Story":
        """What reports need beside the figures."""
        return self._story

    def tables(self) -> "dict[str, pd.DataFrame]":
        """The points as data frames."""
        from trainsched.reports.capacity_tables import funding_tables

        return funding_tables(self)

    def write(self, folder: Path | str, *, force: bool = False) -> Path:
        """Write the run's folder, whole or not at all. Raises FolderExistsError."""
        from trainsched.reports.capacity_folder import write_funding

        return write_funding(Path(folder), self, self._story, self._plans, force=force)


def capacity(
    organisation: Organisation,
    *,
    time_limit: float | None = None,
    seed: int = 0,
    workers: int | None = None,
    progress: ProgressListener | None = None,
    stop: threading.Event | None = None,
    models: Path | str | None = None,
    cache: Path | str | None = None,
) -> Capacity:
    """How many starters can be hosted, and what the workbook's targets would take.

    ``models`` is a folder of declared figures; ``cache`` a folder in which proofs are kept, so
    that a further run goes on from there. Raises CheckerRejection if the checker finds fault with
    a plan behind an answer, DeclaredError where a post can be given no price.
    """
    from trainsched.expansion.before_after import department_changes

    inquiry, began = _inquiry(
        organisation, time_limit, seed, workers, progress, stop, models, cache
    )
    outcome = inquiry.capacity()
    if outcome.rejected:
        raise CheckerRejection(list(outcome.rejected))
    for year in outcome.years:
        _check(year)
    result = Capacity(
        **{name: getattr(outcome.capacity, name) for name in DomainCapacity.model_fields}
    )
    proof = outcome.proof
    with_plan = [
        year for year in outcome.years if year.plan is not None and year.bought is not None
    ]
    changes = {
        year.year: department_changes(organisation, year.scenario)
        for year in with_plan
        if year.scenario is not None
    }
    result._dearest = None if proof is None else proof.year
    result._story = _story(inquiry, began, outcome.years, time_limit, changes)
    result._plans = {year.year: _finished(year, result._story.record) for year in with_plan}
    return result


def fund(  # noqa: PLR0913 - all by name
    organisation: Organisation,
    *,
    budgets: Sequence[int] = (),
    frontier: bool = False,
    time_limit: float | None = None,
    seed: int = 0,
    workers: int | None = None,
    progress: ProgressListener | None = None,
    stop: threading.Event | None = None,
    models: Path | str | None = None,
    cache: Path | str | None = None,
) -> Funding:
    """What each budget (pounds a year) buys, or the frontier of cost against intake.

    The starters wanted are those of the workbook's targets. Raises as ``capacity`` does, and
    ValueError when neither budgets nor the frontier are asked for.
    """
    from trainsched.expansion import fund_budgets, fund_frontier

    if not budgets and not frontier:
        raise ValueError("give budgets, or ask for the frontier")
    inquiry, began = _inquiry(
        organisation, time_limit, seed, workers, progress, stop, models, cache
    )
    outcome = fund_frontier(inquiry) if frontier else fund_budgets(inquiry, budgets)
    for answer in outcome.answers:
        _check(answer)
    result = Funding(
        **{name: getattr(outcome.funding, name) for name in DomainFunding.model_fields}
    )
    result._story = _story(inquiry, began, outcome.answers, time_limit, {})
    result._plans = tuple(
        None if answer.plan is None else _finished(answer, result._story.record)
        for answer in outcome.answers
    )
    return result


def _inquiry(
    organisation: Organisation,
    time_limit: float | None,
    seed: int,
    workers: int | None,
    progress: ProgressListener | None,
    stop: threading.Event | None,
    models: Path | str | None,
    cache: Path | str | None,
) -> "tuple[Inquiry, float]":
    from trainsched.declared import load_costs
    from trainsched.expansion import Inquiry
    from trainsched.planning.engine import Engine

    began = time.monotonic()
    searching = None if time_limit is None else _seconds_for_searching(organisation, time_limit)
    engine = Engine(
        seed=seed,
        workers=workers or os.cpu_count() or 1,
        deterministic_limit=float("inf"),
        deadline=None if searching is None else began + searching,
        stop=stop,
        progress=progress,
    )
    costs = load_costs(models_dir=models)
    # Another version may know better, so each has proofs of its own.
    folder = None if cache is None else Path(cache) / __version__
    return Inquiry(organisation, costs, engine, folder), began


def _check(answer: "YearAnswer") -> None:
    from trainsched import checker

    if answer.plan is None or answer.scenario is None:
        return
    findings = checker.check(answer.scenario, answer.plan)
    if findings:
        raise CheckerRejection(findings)


def _finished(answer: "YearAnswer", record: RunRecord) -> Plan:
    if answer.plan is None or answer.scenario is None:
        raise ValueError("there is no plan")
    finished = Plan(**{name: getattr(answer.plan, name) for name in DomainPlan.model_fields})
    finished._background = background_of(answer.scenario, answer.plan, program_version=__version__)
    finished._record = record
    return finished


def _story(
    inquiry: "Inquiry",
    began: float,
    answers: "Sequence[YearAnswer]",
    time_limit: float | None,
    changes: Mapping[int, tuple[DepartmentChange, ...]],
) -> "Story":
    from trainsched.expansion.year_answer import annual_cost
    from trainsched.reports.capacity_story import story_of

    engine = inquiry.engine
    organisation = inquiry.organisation
    record = RunRecord(
        input_file=getattr(organisation, "input_file", ""),
        input_sha256=getattr(organisation, "input_sha256", ""),
        time_limit_seconds=time_limit,
        seed=engine.seed,
        workers=engine.workers,
        stopped_early=engine.must_stop,
        seconds=time.monotonic() - began,
        seconds_by_step=dict(engine.seconds_by_step),
        deterministic_time=engine.deterministic_used,
    )
    return story_of(
        organisation,
        inquiry.costs,
        record,
        program_version=__version__,
        reasons=tuple(reason for answer in answers for reason in answer.reasons),
        money={answer.year: annual_cost((answer,)) for answer in answers},
        lost={
            (answer.year, key): words
            for answer in answers
            for key, words in answer.fails_without.items()
        },
        changes=changes,
    )
