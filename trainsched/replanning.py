"""The public function that plans again after changes, with the fewest moves."""

import dataclasses
import hashlib
import threading
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from trainsched.domain.news import news_of
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan as DomainPlan
from trainsched.domain.problems import Problem, Severity, WorkbookError
from trainsched.domain.progress import ProgressListener
from trainsched.reports.calendar_book import CalendarBook, first_book, next_book, read_book
from trainsched.reports.changes import changes_between
from trainsched.reports.manifest import ReplanRecord
from trainsched.service import Plan, plan_and_check, read_plan, record_of

__all__ = ["replan"]


def replan(  # noqa: PLR0913 - the settings are those of plan
    organisation: Organisation,
    published_plan: DomainPlan | Path | str,
    *,
    absent: Iterable[tuple[str, date, date]] = (),
    locked_until: date | None = None,
    time_limit: float | None = None,
    seed: int = 0,
    workers: int | None = None,
    progress: ProgressListener | None = None,
    stop: threading.Event | None = None,
) -> Plan:
    """Plan again after changes, with the fewest sessions of the earlier plan moved.

    ``published_plan`` is the earlier plan, or the path of its plan.json or run's folder; with a
    path, people's calendars are updated in place. ``absent`` are people (id or name) with the
    first and last day on which they are away beyond what the roster says. Sessions before
    ``locked_until`` stay exactly as they were; without it, those before the workbook's own date,
    or before the first day of absence where that is earlier or the workbook has none.

    Raises WorkbookError for an earlier plan that cannot be read, for people who are not known and
    for locked sessions that cannot stay; CheckerRejection if the checker finds fault.
    """
    from trainsched.workbook.absences import find_absences

    earlier, book = _earlier(published_plan, organisation)
    news = news_of(organisation, find_absences(organisation, absent), locked_until=locked_until)
    finished = plan_and_check(
        news.applied_to(organisation),
        dataclasses.replace(
            record_of(organisation),
            time_limit_seconds=time_limit,
            seed=seed,
            workers=workers,
            replan=ReplanRecord(hashlib.sha256(earlier.to_json().encode()).hexdigest(), news),
        ),
        progress=progress,
        stop=stop,
        published=earlier,
    )
    changes = changes_between(earlier, finished)
    return finished.follow(changes, next_book(book, finished, changes))


def _earlier(
    plan: DomainPlan | Path | str, organisation: Organisation
) -> tuple[DomainPlan, CalendarBook]:
    """The earlier plan with the memory of its calendars. Raises WorkbookError."""
    if isinstance(plan, Plan):
        return plan, plan.calendar_book
    if isinstance(plan, DomainPlan):
        return plan, first_book(plan)
    path = Path(plan)
    if not path.exists():
        problem = f"There is no earlier plan at {path}."
        remedy = "Give the plan.json, or the folder, of a finished run."
        raise WorkbookError((Problem(severity=Severity.ERROR, problem=problem, remedy=remedy),))
    earlier = read_plan(path, organisation)
    return earlier, read_book(path if path.is_dir() else path.parent, earlier)
