"""Making a plan that the checker has passed, and judging any plan."""

import dataclasses
import hashlib
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

from pydantic import PrivateAttr

from trainsched import __version__
from trainsched.domain.findings import Finding
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan as DomainPlan
from trainsched.domain.progress import Progress, ProgressListener
from trainsched.domain.standbys import Standbys
from trainsched.reports.background import Background, background_of
from trainsched.reports.calendar_book import CalendarBook, first_book
from trainsched.reports.changes import Changes
from trainsched.reports.manifest import RunRecord
from trainsched.service.refusals import CheckerRejection

if TYPE_CHECKING:
    import pandas as pd

    from trainsched.planning import EarlyStart


class Plan(DomainPlan):
    """A finished plan that the checker has passed, with its ways out: JSON, tables, a folder."""

    _background: Background = PrivateAttr()
    _record: RunRecord = PrivateAttr()
    _changes: Changes | None = PrivateAttr(default=None)
    _book: CalendarBook | None = PrivateAttr(default=None)

    def __eq__(self, other: object) -> bool:
        """Plans are equal when they say the same, however long each took."""
        return isinstance(other, DomainPlan) and self.model_dump() == other.model_dump()

    __hash__ = None  # type: ignore[assignment]

    @property
    def background(self) -> Background:
        """What reports need beside the plan: names, limits, assumptions."""
        return self._background

    @property
    def record(self) -> RunRecord:
        """How the plan was made: input, settings, times."""
        return self._record

    @property
    def changes(self) -> Changes | None:
        """What a replan changed, session by session and day by day; None for a first plan."""
        return self._changes

    @property
    def calendar_book(self) -> CalendarBook:
        """Which event of people's calendars each session is."""
        if self._book is None:
            self._book = first_book(self)
        return self._book

    @property
    def standbys(self) -> Standbys | None:
        """Who stands by in whose place; None where that was not asked for."""
        return self._background.standbys

    def follow(self, changes: Changes, book: CalendarBook) -> Self:
        """Note what this plan changed of an earlier one, and the calendars' memory of that."""
        self._changes, self._book = changes, book
        return self

    def tables(self) -> "dict[str, pd.DataFrame]":
        """The plan as data frames: by trainee, by trainer, by department, cover, and so on.

        A replan also has moved_sessions, and messages to send out.
        """
        from trainsched.reports.tables import plan_tables, replan_tables

        tables = plan_tables(self, self._background)
        if self.standbys is not None:
            from trainsched.reports.standbys import standby_table

            tables["standbys"] = standby_table(self._background)
        if self._changes is not None and self._record.replan is not None:
            news = self._record.replan.news
            tables |= replan_tables(self._changes, self, self._background, news)
        return tables

    def write(self, folder: Path | str, *, force: bool = False) -> Path:
        """Write the run's folder, whole or not at all, and return its path.

        Raises FolderExistsError if something is there already and ``force`` is not given.
        """
        from trainsched.reports.run_folder import write_run

        return write_run(
            Path(folder),
            self,
            self._background,
            self._record,
            changes=self._changes,
            book=self.calendar_book,
            force=force,
        )


def plan(  # noqa: PLR0913 - each is a setting of its own, and has its usual value
    organisation: Organisation,
    *,
    time_limit: float | None = None,
    seed: int = 0,
    workers: int | None = None,
    progress: ProgressListener | None = None,
    stop: threading.Event | None = None,
    published: DomainPlan | None = None,
    robust: bool = False,
    planner: "EarlyStart | None" = None,
) -> Plan:
    """Make the protected training timetable of an organisation, and have it checked.

    ``time_limit`` is in seconds; the same ``seed`` gives the same plan; ``workers`` is the number
    of processor cores (None: all). Setting ``stop`` ends the search with the best plan so far.
    Sessions of the earlier plan ``published`` before ``locked_until`` stay exactly as they were,
    and as many of the others as can. ``robust`` also names standbys; ``planner`` is a process begun
    before. Raises WorkbookError for pins or such sessions that cannot hold, CheckerRejection if the
    checker finds fault.
    """
    return plan_and_check(
        organisation,
        dataclasses.replace(
            record_of(organisation),
            time_limit_seconds=time_limit,
            seed=seed,
            workers=workers,
            robust=robust,
        ),
        progress=progress,
        stop=stop,
        published=published,
        planner=planner,
    )


def record_of(organisation: Organisation) -> RunRecord:
    """A record that says which files an organisation was read from, and nothing else yet."""
    return RunRecord(
        input_file=getattr(organisation, "input_file", ""),
        input_sha256=getattr(organisation, "input_sha256", ""),
        mapping_file=getattr(organisation, "mapping_file", ""),
        mapping_sha256=getattr(organisation, "mapping_sha256", ""),
    )


def plan_and_check(
    organisation: Organisation,
    record: RunRecord,
    *,
    progress: ProgressListener | None,
    stop: threading.Event | None,
    published: DomainPlan | None,
    planner: "EarlyStart | None" = None,
) -> Plan:
    """Plan with the settings of the record, check, and add to the record how it went.

    Raises as ``plan`` does.
    """
    from trainsched import checker, planning

    began = time.monotonic()
    plan_training = planning.plan_training if planner is None else planner.plan_training
    outcome = plan_training(
        organisation,
        time_limit=record.time_limit_seconds,
        seed=record.seed,
        workers=record.workers,
        progress=progress,
        stop=stop,
        published=published,
    )
    findings = checker.check(organisation, outcome.plan, published=published)
    if findings:
        raise CheckerRejection(findings)
    finished = Plan(**{name: getattr(outcome.plan, name) for name in DomainPlan.model_fields})
    finished._background = background_of(
        organisation,
        outcome.plan,
        program_version=__version__,
        least_missing=outcome.least_missing,
    )
    if record.robust:
        if progress is not None:
            progress(Progress("naming standbys"))
        standbys = name_and_check_standbys(organisation, outcome.plan, seed=record.seed)
        finished._background = dataclasses.replace(finished._background, standbys=standbys)
    finished._record = dataclasses.replace(
        record,
        stopped_early=stop is not None and stop.is_set(),
        seconds=time.monotonic() - began,
        seconds_by_step=dict(outcome.seconds_by_step),
        deterministic_time=outcome.deterministic_time,
    )
    return finished


def name_and_check_standbys(
    organisation: Organisation, plan: DomainPlan, *, seed: int = 0
) -> Standbys:
    """Who stands by in a plan that keeps every rule, and what that is worth.

    Raises CheckerRejection if the checker finds fault with a standby.
    """
    from trainsched.checker.standbys import check_standbys
    from trainsched.checker.survival import survival_of
    from trainsched.planning.standbys import name_standbys

    standbys = name_standbys(organisation, plan)
    findings = check_standbys(organisation, plan, standbys)
    if findings:
        raise CheckerRejection(findings)
    rate = float(organisation.policy.limit("absence_rate") or 0)
    return standbys.model_copy(
        update={
            "plan_sha256": hashlib.sha256(plan.to_json().encode()).hexdigest(),
            "survival": survival_of(plan, rate, standbys=standbys, seed=seed),
        }
    )


def verify(
    organisation: Organisation, plan: DomainPlan, *, published: DomainPlan | None = None
) -> list[Finding]:
    """Judge any plan against an organisation; an empty list means that it keeps every rule.

    ``published`` is the earlier plan that a replan followed. A plan that ``replan`` has just made
    is judged with the absences that it was made for.
    """
    from trainsched import checker

    replanned = plan.record.replan if isinstance(plan, Plan) else None
    if replanned is not None:
        organisation = replanned.news.applied_to(organisation)
    return checker.check(organisation, plan, published=published)
