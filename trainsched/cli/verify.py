"""`trainsched verify`: the independent checker on any plan, ours or changed by hand."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trainsched.cli.endings import Ending, ExitCode
from trainsched.cli.options import AsJson, Debug, Models, Quiet, Version, Workbook
from trainsched.cli.output import print_json, refuse_input, show_problems

if TYPE_CHECKING:
    from trainsched.domain.findings import Finding
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
    as_json: AsJson = False,
    quiet: Quiet = False,
    models: Models = None,
    debug: Debug = False,  # noqa: ARG001 - see main
    version: Version = False,  # noqa: ARG001 - acts while it is read
) -> None:
    """Check any plan against the workbook, rule by rule.

    Exit code 0: it keeps every rule. Exit code 1: it does not, and the findings are listed.
    """
    from trainsched import service
    from trainsched.domain.problems import WorkbookError
    from trainsched.reports.console import console_for_results
    from trainsched.reports.findings_list import findings_document, print_findings, what_was_checked

    try:
        organisation = service.read_workbook(workbook, models=models)
        if not quiet and organisation.problems:
            show_problems(organisation.problems)
        plans = plans_to_check(plan, organisation)
    except WorkbookError as error:
        raise refuse_input(error, as_json=as_json) from None
    if len(plans) > 1 and not quiet:
        typer.echo("plan.xlsx was changed since plan.json was written: both are checked.", err=True)
    findings: list[Finding] = []
    for each in plans:
        findings += [f for f in service.verify(organisation, each) if f not in findings]
    if as_json:
        print_json(findings_document(findings))
    elif findings:
        print_findings(findings, console_for_results())
    elif not quiet:
        for each in plans:
            typer.echo(what_was_checked(each))
    if findings:
        raise Ending(ExitCode.FINDINGS)


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
