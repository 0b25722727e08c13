"""`trainsched verify`: the independent checker on any plan, ours or changed by hand."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trainsched.cli.absences import Absent, LockedUntil, absences_said, locked_until_said
from trainsched.cli.endings import Ending, ExitCode
from trainsched.cli.options import AsJson, Debug, Models, Quiet, Version, Workbook
from trainsched.cli.output import print_json, refuse_input, show_problems

if TYPE_CHECKING:
    from datetime import date

    from trainsched.domain.findings import Finding
    from trainsched.domain.news import News
    from trainsched.domain.organisation import Organisation
    from trainsched.domain.plan import Plan

EXAMPLES = (
    "trainsched verify my-department.xlsx outputs/spring",
    "trainsched verify my-department.xlsx outputs/spring/plan.xlsx",
)


def verify(
    workbook: Workbook,
    plan: Annotated[
        Path,
        typer.Argument(
            metavar="PLAN",
            help="plan.json, plan.xlsx (also after changes by hand), or the run's folder.",
            show_default=False,
        ),
    ],
    earlier: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="EARLIER",
            help="Of a replan: the plan it followed. What was locked and what moved is then "
            "checked too.",
            show_default=False,
        ),
    ] = None,
    absent: Absent = None,
    locked_until: LockedUntil = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    models: Models = None,
    debug: Debug = False,  # noqa: ARG001 - see main
    version: Version = False,  # noqa: ARG001 - acts while it is read
) -> None:
    """Check any plan against the workbook, rule by rule.

    A replan of ours is checked with the absences that it was made for, as its manifest.json has
    them.

    Exit code 0: it keeps every rule. Exit code 1: it does not, and the findings are listed.
    """
    said, until = absences_said(absent), locked_until_said(locked_until)
    from trainsched import service
    from trainsched.domain.problems import WorkbookError
    from trainsched.reports.console import console_for_results
    from trainsched.reports.findings_list import findings_document, print_findings, what_was_checked

    try:
        organisation = service.read_workbook(workbook, models=models)
        if not quiet and organisation.problems:
            show_problems(organisation.problems)
        news = news_to_apply(organisation, plan, said, until)
        organisation_then = organisation if news is None else news.applied_to(organisation)
        plans = plans_to_check(plan, organisation_then)
        published = None if earlier is None else service.read_plan(earlier, organisation_then)
    except WorkbookError as error:
        raise refuse_input(error, as_json=as_json) from None
    if news is not None and not quiet:
        typer.echo(what_is_known(news), err=True)
    if len(plans) > 1 and not quiet:
        typer.echo("plan.xlsx was changed since plan.json was written: both are checked.", err=True)
    findings: list[Finding] = []
    for each in plans:
        found = service.verify(organisation_then, each, published=published)
        findings += [f for f in found if f not in findings]
    if as_json:
        print_json(findings_document(findings))
    elif findings:
        print_findings(findings, console_for_results())
    elif not quiet:
        for each in plans:
            typer.echo(what_was_checked(each))
    if findings:
        raise Ending(ExitCode.FINDINGS)


def news_to_apply(
    organisation: "Organisation",
    path: Path,
    said: "list[tuple[str, date, date]]",
    until: "date | None",
) -> "News | None":
    """Absences and the lock as said, else those on record beside the plan; None for none.

    Raises WorkbookError for people who are not known.
    """
    from trainsched.domain.news import news_of
    from trainsched.reports.run_folder import read_news
    from trainsched.workbook.absences import find_absences

    on_record = read_news(path)
    if not said and until is None:
        return on_record
    news = news_of(organisation, find_absences(organisation, said), locked_until=until)
    if on_record is None or on_record.absences != news.absences:
        return news
    return news.model_copy(update={"pins_given_way": on_record.pins_given_way})


def what_is_known(news: "News") -> str:
    """One sentence: with which absences and lock the plan is checked."""
    away = [f"{a.person_id} away {a.first_date} to {a.last_date}" for a in news.absences]
    away += [f"the pin of {p.activity} on {p.date} gives way" for p in news.pins_given_way]
    lock = [] if news.locked_until is None else [f"locked until {news.locked_until}"]
    return f"Checked as a replan: {', '.join(away + lock) or 'nothing beyond the workbook'}."


def plans_to_check(path: Path, organisation: "Organisation") -> "list[Plan]":
    """The plan, and for a run's folder also its plan.xlsx where that says something else.

    Raises WorkbookError for what cannot be read.
    """
    from trainsched import service

    plans = [service.read_plan(path, organisation)]
    beside = path / "plan.xlsx"
    if path.is_dir() and beside.is_file():
        shared = service.read_plan(beside, organisation)
        if (shared.sessions, shared.cover) != (plans[0].sessions, plans[0].cover):
            plans.append(shared)
    return plans
