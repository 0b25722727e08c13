"""The public functions: read a workbook, plan, verify. What the commands and notebooks call."""

import dataclasses
import hashlib
import os
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from pydantic import PrivateAttr

from trainsched import __version__
from trainsched.domain.audit import Audit as DomainAudit
from trainsched.domain.capacity import Capacity as DomainCapacity
from trainsched.domain.capacity import Funding as DomainFunding
from trainsched.domain.explanation import Explanation as DomainExplanation
from trainsched.domain.findings import Finding
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan as DomainPlan
from trainsched.domain.problems import Problem, Severity, WorkbookError
from trainsched.domain.progress import ProgressListener
from trainsched.reports.background import Background, background_of, names_of
from trainsched.reports.calendar_book import CalendarBook, first_book
from trainsched.reports.changes import Changes
from trainsched.reports.manifest import RunRecord

if TYPE_CHECKING:
    import pandas as pd

    from trainsched.expansion import Inquiry, YearAnswer
    from trainsched.reports.capacity_story import Story
    from trainsched.workbook import Reading
    from trainsched.workbook.mapping import Mapping as Answers

__all__ = [
    "Audit",
    "BrokenPlan",
    "Capacity",
    "CheckerRejection",
    "Explanation",
    "Funding",
    "Plan",
    "WorkbookOrganisation",
    "audit",
    "capacity",
    "check_workbook",
    "explain",
    "fund",
    "plan",
    "read_plan",
    "read_workbook",
    "verify",
]


SHARE_FOR_SEARCHING = 0.85
"""Of the time limit of capacity and fund; the rest is for plans, checks and reports."""


class CheckerRejection(Exception):  # noqa: N818 - the name is part of the interface
    """The independent checker refused a plan of ours: a fault of the program, nothing is shown."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__("; ".join(finding.detail for finding in findings))


class BrokenPlan(Exception):  # noqa: N818 - the name is part of the interface
    """A plan that was given to us breaks rules, so nothing is built on it."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__("; ".join(finding.detail for finding in findings))


class WorkbookOrganisation(Organisation):
    """An organisation that knows which file it was read from, and what was odd about it."""

    _input_file: str = PrivateAttr(default="")
    _input_sha256: str = PrivateAttr(default="")
    _mapping_file: str = PrivateAttr(default="")
    _mapping_sha256: str = PrivateAttr(default="")
    _problems: tuple[Problem, ...] = PrivateAttr(default=())

    @property
    def input_file(self) -> str:
        """The name of the file, without its folder; "" where the facts were changed since."""
        return self._input_file

    @property
    def input_sha256(self) -> str:
        """The SHA-256 of the file as it was read; "" where the facts were changed since."""
        return self._input_sha256

    @property
    def mapping_file(self) -> str:
        """The name of the file of answers that was used for the reading; "" for none."""
        return self._mapping_file

    @property
    def mapping_sha256(self) -> str:
        """The SHA-256 of the file of answers; "" where there was none."""
        return self._mapping_sha256

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The warnings, questions and notices of the reading; no errors."""
        return self._problems

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy. With other facts in it, it is no longer what the file says."""
        copied = super().model_copy(update=update, deep=deep)
        if update:
            copied._input_file = ""
            copied._input_sha256 = ""
            copied._mapping_file = ""
            copied._mapping_sha256 = ""
        return copied


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


def read_workbook(path: Path | str, *, models: Path | str | None = None) -> WorkbookOrganisation:
    """Read a workbook. Raises WorkbookError, with every problem found, if it has errors.

    ``models`` is a folder to read policies, codes, programmes and costs from, instead of our own.
    """
    from trainsched.workbook.mapping import load_mapping

    path = Path(path)
    mapping = load_mapping(path)
    reading = _read_with_answers(path, models, mapping)
    if reading.organisation is None:
        raise WorkbookError(tuple(reading.problems))
    facts = {name: getattr(reading.organisation, name) for name in Organisation.model_fields}
    organisation = WorkbookOrganisation.model_construct(**facts)
    organisation._input_file = path.name
    organisation._input_sha256 = sha256_of(path)
    organisation._mapping_file = mapping.file if mapping.sha256 else ""
    organisation._mapping_sha256 = mapping.sha256
    organisation._problems = tuple(reading.problems)
    return organisation


def check_workbook(path: Path | str, *, models: Path | str | None = None) -> "Reading":
    """Read a workbook with the answers kept beside it. Never raises for what is in the file.

    ``models`` is as for ``read_workbook``. A workbook of which only headings are filled in is a
    sound template: what it lacks is then no error, though nothing can be planned.
    """
    from trainsched.workbook.mapping import load_mapping

    reading = _read_with_answers(Path(path), models, load_mapping(Path(path)))
    if not _only_headings(reading):
        return reading
    kinder = tuple(
        problem.model_copy(update={"severity": Severity.WARNING})
        if problem.severity is Severity.ERROR
        else problem
        for problem in reading.problems
    )
    return dataclasses.replace(reading, problems=kinder)


def _only_headings(reading: "Reading") -> bool:
    """Whether no sheet but Settings has a row, and all errors say just that of their sheet."""
    rows = sum(
        counts.rows_used + counts.rows_reported
        for sheet, counts in reading.counts.items()
        if sheet != "Settings"
    )
    errors = [one for one in reading.problems if one.severity is Severity.ERROR]
    return rows == 0 and all(one.sheet in reading.counts and one.cell is None for one in errors)


def _read_with_answers(path: Path, models: Path | str | None, mapping: "Answers") -> "Reading":
    from trainsched import workbook
    from trainsched.workbook.mapping import said_of

    models_dir = None if models is None else Path(models)
    reading = workbook.load(path, models_dir=models_dir, mapping=mapping)
    if not reading.counts:
        # Refused as a whole: that is the one thing to say.
        return reading
    said = said_of(mapping, (*reading.staff_ids, *reading.trainee_ids))
    return dataclasses.replace(reading, problems=(*reading.problems, *said))


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, or of the names and contents of a folder's csv files in order."""
    if path.is_file():
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    digest = hashlib.sha256()
    for file_path in sorted(p for p in path.iterdir() if p.suffix.lower() == ".csv"):
        digest.update(file_path.name.encode() + b"\0" + file_path.read_bytes() + b"\0")
    return digest.hexdigest()


def plan(
    organisation: Organisation,
    *,
    time_limit: float | None = None,
    seed: int = 0,
    workers: int | None = None,
    progress: ProgressListener | None = None,
    stop: threading.Event | None = None,
    published: DomainPlan | None = None,
) -> Plan:
    """Make the protected training timetable of an organisation, and have it checked.

    ``time_limit`` is in seconds; the same ``seed`` gives the same plan; ``workers`` is the number
    of processor cores (None: all). Setting ``stop`` ends the search with the best plan so far.
    Sessions of the earlier plan ``published`` before ``locked_until`` stay exactly as they were,
    and as many of the others as can. Raises WorkbookError for pins or such sessions that cannot
    hold, CheckerRejection if the checker finds fault.
    """
    return plan_and_check(
        organisation,
        dataclasses.replace(
            record_of(organisation),
            time_limit_seconds=time_limit,
            seed=seed,
            workers=workers,
        ),
        progress=progress,
        stop=stop,
        published=published,
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
) -> Plan:
    """Plan with the settings of the record, check, and add to the record how it went.

    Raises as ``plan`` does.
    """
    from trainsched import checker, planning

    began = time.monotonic()
    outcome = planning.plan_training(
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
    finished._background = background_of(organisation, outcome.plan, program_version=__version__)
    finished._record = dataclasses.replace(
        record,
        stopped_early=stop is not None and stop.is_set(),
        seconds=time.monotonic() - began,
        seconds_by_step=dict(outcome.seconds_by_step),
        deterministic_time=outcome.deterministic_time,
    )
    return finished


class Capacity(DomainCapacity):
    """What can be hosted and what the targets take, with its ways out and the plan that proves it.

    Every plan behind it was passed by the checker.
    """

    _story: "Story" = PrivateAttr()
    _plan: Plan | None = PrivateAttr(default=None)

    @property
    def plan(self) -> Plan | None:
        """The plan that proves the answer; None where there is no answer."""
        return self._plan

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

        return write_capacity(Path(folder), self, self._story, self._plan, force=force)


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
    inquiry, began = _inquiry(
        organisation, time_limit, seed, workers, progress, stop, models, cache
    )
    outcome = inquiry.capacity()
    for year in outcome.years:
        _check(year)
    result = Capacity(
        **{name: getattr(outcome.capacity, name) for name in DomainCapacity.model_fields}
    )
    proof = outcome.proof
    result._story = _story(inquiry, began, outcome.years, time_limit)
    if proof is not None:
        result._plan = _finished(proof, result._story.record)
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
    result._story = _story(inquiry, began, outcome.answers, time_limit)
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
    engine = Engine(
        seed=seed,
        workers=workers or os.cpu_count() or 1,
        deterministic_limit=float("inf"),
        deadline=None if time_limit is None else began + SHARE_FOR_SEARCHING * time_limit,
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
) -> "Story":
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
        lost={key: words for answer in answers for key, words in answer.fails_without.items()},
    )


def read_plan(path: Path | str, organisation: Organisation) -> DomainPlan:
    """Read a plan from plan.json, plan.xlsx or a run's folder. Raises WorkbookError."""
    from trainsched import workbook

    path = Path(path)
    return workbook.read_plan(path / "plan.json" if path.is_dir() else path, organisation)


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


class Explanation(DomainExplanation):
    """Why sessions are not in a plan and what would place them, with names for reports."""

    _background: Background = PrivateAttr()

    @property
    def background(self) -> Background:
        """What reports need beside the explanation: names and titles."""
        return self._background


def explain(  # noqa: PLR0913 - each option of the command by its name
    organisation: Organisation,
    plan: DomainPlan,
    *,
    trainee: str | None = None,
    activity: str | None = None,
    time_limit: float | None = None,
    seed: int = 0,
    models: Path | str | None = None,
    progress: ProgressListener | None = None,
    stop: threading.Event | None = None,
) -> Explanation:
    """Say why a plan leaves out what it does, and what would place it.

    ``trainee`` and ``activity`` narrow it down. ``time_limit`` is in seconds; what it does not
    suffice for is named. Raises BrokenPlan with the findings if the plan breaks a rule, and
    UnknownNameError for a trainee or an activity that the workbook does not have.
    """
    from trainsched import checker
    from trainsched.declared import load_costs
    from trainsched.planning.explanation import Only, explain_plan

    _must_know(trainee, "trainee", organisation.trainee_by_id)
    _must_know(activity, "activity", organisation.activity_by_code)
    findings = checker.check(organisation, plan)
    if findings:
        raise BrokenPlan(findings)
    found = explain_plan(
        organisation,
        plan,
        costs=load_costs(models_dir=models),
        only=Only(trainee, activity),
        time_limit=time_limit,
        seed=seed,
        progress=progress,
        stop=stop,
    )
    explained = Explanation(**{n: getattr(found, n) for n in DomainExplanation.model_fields})
    explained._background = background_of(organisation, plan, program_version=__version__)
    return explained


def _must_know(name: str | None, what: str, known: Mapping[str, object]) -> None:
    from trainsched.reports.figures import UnknownNameError

    if name is not None and name not in known:
        have = ", ".join(sorted(known)) or "none"
        raise UnknownNameError(f"There is no {what} {name} in this workbook. It has: {have}.")


class Audit(DomainAudit):
    """The roster scored as it is, with names for reports."""

    _background: Background = PrivateAttr()

    @property
    def background(self) -> Background:
        """What reports need beside the audit: names and titles."""
        return self._background


def audit(
    organisation: Organisation,
    *,
    with_plans: bool = True,
    time_limit: float | None = None,
    seed: int = 0,
    workers: int | None = None,
    progress: ProgressListener | None = None,
    stop: threading.Event | None = None,
) -> Audit:
    """Score the roster as it is; change nothing.

    ``with_plans``: also work out how much training fits, with every rostered duty left with its
    person, and as ``plan`` would do it. ``time_limit`` is in seconds for both together. Raises
    WorkbookError for pins that cannot hold.
    """
    from trainsched.audit import audit_organisation

    found = audit_organisation(
        organisation,
        with_plans=with_plans,
        time_limit=time_limit,
        seed=seed,
        workers=workers,
        progress=progress,
        stop=stop,
    )
    scored = Audit(**{name: getattr(found, name) for name in DomainAudit.model_fields})
    scored._background = names_of(organisation, program_version=__version__)
    return scored
