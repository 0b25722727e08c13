"""The public function that plans again after changes, with the fewest moves."""

import dataclasses
import hashlib
import threading
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from trainsched.domain.news import News, news_of
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan as DomainPlan
from trainsched.domain.problems import Problem, Severity, WorkbookError
from trainsched.domain.progress import ProgressListener
from trainsched.reports.calendar_book import CalendarBook, first_book, next_book, read_book
from trainsched.reports.changes import changes_between
from trainsched.reports.manifest import ReplanRecord
from trainsched.service import Plan, plan_and_check, read_plan, record_of

if TYPE_CHECKING:
    from trainsched.planning import EarlyStart

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
    planner: "EarlyStart | None" = None,
) -> Plan:
    """Plan again after changes, with the fewest sessions of the earlier plan moved.

    ``published_plan`` is the earlier plan, or the path of its plan.json or run's folder; with a
    path, people's calendars are updated in place. ``absent`` are people (id or name) with the
    first and last day on which they are away beyond what the roster says. Sessions before
    ``locked_until`` stay exactly as they were; without it, those before the workbook's own date,
    or before the first day of absence where that is earlier or the workbook has none.

    A pin that cannot be kept because of those absences gives way, and a warning says so.
    ``planner`` is a process begun before.

    Raises WorkbookError for an earlier plan that cannot be read or is not of this workbook, for
    people who are not known, for pins that cannot be kept whoever is there, and for locked
    sessions that cannot stay; CheckerRejection if the checker finds fault.
    """
    from trainsched.planning.pins_giving_way import let_pins_give_way
    from trainsched.workbook.absences import find_absences

    earlier, book = _earlier(published_plan, organisation)
    _must_be_of(organisation, earlier)
    news = news_of(organisation, find_absences(organisation, absent), locked_until=locked_until)
    record = dataclasses.replace(
        record_of(organisation), time_limit_seconds=time_limit, seed=seed, workers=workers
    )

    def plan_with(news: News) -> Plan:
        sha256 = hashlib.sha256(earlier.to_json().encode()).hexdigest()
        return plan_and_check(
            news.applied_to(organisation),
            dataclasses.replace(record, replan=ReplanRecord(sha256, news)),
            progress=progress,
            stop=stop,
            published=earlier,
            planner=planner,
        )

    try:
        finished = plan_with(news)
    except WorkbookError:
        less = let_pins_give_way(organisation, news, earlier) if organisation.pins else news
        if less == news:
            raise
        finished = plan_with(less)
    changes = changes_between(earlier, finished)
    return finished.follow(changes, next_book(book, finished, changes))


def _must_be_of(organisation: Organisation, earlier: DomainPlan) -> None:
    """Raise WorkbookError for a plan of which nothing could stay, as it is of something else."""
    if not earlier.sessions:
        return
    calendar = organisation.calendar
    known = {*organisation.staff_by_id, *organisation.trainee_by_id}
    named = {
        person
        for session in earlier.sessions
        for person in (*session.trainees, *(entry.staff_id for entry in session.staff))
    }
    dates = sorted(session.date for session in earlier.sessions)
    problem = remedy = ""
    if known.isdisjoint(named):
        problem = (
            f"The earlier plan ({earlier.organisation}) is of other people: nobody in its "
            f"{len(earlier.sessions):,} sessions is in this workbook ({organisation.name})."
        )
        remedy = (
            "Give the plan that was made from this workbook; if ids have changed, put the old ones "
            "back."
        )
    elif not any(calendar.holds(day) for day in dates):
        problem = (
            f"The earlier plan ({earlier.organisation}) is of other weeks: the first session is "
            f"on {dates[0]:%d/%m/%Y}, the last on {dates[-1]:%d/%m/%Y}, and the workbook has "
            f"{calendar.start_date:%d/%m/%Y} to {calendar.end_date:%d/%m/%Y}."
        )
        remedy = (
            "Give the plan of these weeks, or set start_date and weeks in Settings to those of the "
            "plan; for new weeks use `trainsched plan`."
        )
    if problem:
        raise WorkbookError((Problem(severity=Severity.ERROR, problem=problem, remedy=remedy),))


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
