"""`trainsched explain`: why a session is not in a plan, and what would put it there."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trainsched.cli.endings import Ending, ExitCode
from trainsched.cli.options import AsJson, Debug, Models, Quiet, Seed, TimeLimit, Version, Workbook
from trainsched.cli.output import print_json, refuse_input, show_problems

if TYPE_CHECKING:
    from trainsched.service import Explanation

EXAMPLES = (
    "trainsched explain my-department.xlsx --plan outputs/spring",
    "trainsched explain my-department.xlsx --plan outputs/spring --trainee T01",
)


def explain(
    workbook: Workbook,
    plan: Annotated[
        Path,
        typer.Option(
            "--plan",
            metavar="PLAN",
            help="plan.json, plan.xlsx, or the run's folder.",
            show_default=False,
        ),
    ],
    trainee: Annotated[
        str | None,
        typer.Option("--trainee", metavar="ID", help="Only this trainee.", show_default=False),
    ] = None,
    activity: Annotated[
        str | None,
        typer.Option("--activity", metavar="A", help="Only this activity.", show_default=False),
    ] = None,
    time_limit: TimeLimit = None,
    seed: Seed = 0,
    as_json: AsJson = False,
    quiet: Quiet = False,
    models: Models = None,
    debug: Debug = False,  # noqa: ARG001 - see main
    version: Version = False,  # noqa: ARG001 - acts while it is read
) -> None:
    """Say why sessions are not in a plan, and what would place them.

    For each requirement: the facts that rule it out, no more of them than it takes; what would
    place it, tried and priced; and who could take it. The plan is checked first: one that breaks
    a rule ends with exit code 1 and the findings.
    """
    from trainsched import service
    from trainsched.cli.interrupt import run_until_stopped
    from trainsched.cli.progress import ProgressLine
    from trainsched.domain.problems import WorkbookError
    from trainsched.reports.console import console_for_results
    from trainsched.reports.explanation import print_explanation
    from trainsched.reports.figures import UnknownNameError
    from trainsched.reports.findings_list import findings_document, print_findings

    try:
        organisation = service.read_workbook(workbook, models=models)
        if not quiet and organisation.problems:
            show_problems(organisation.problems)
        finished = service.read_plan(plan, organisation)

        def work(stop: threading.Event) -> "Explanation":
            return service.explain(
                organisation,
                finished,
                trainee=trainee,
                activity=activity,
                time_limit=time_limit,
                seed=seed,
                models=models,
                progress=line.step,
                stop=stop,
            )

        with ProgressLine(quiet=quiet) as line:
            explanation = run_until_stopped(work, line.say)
    except WorkbookError as error:
        raise refuse_input(error, as_json=as_json) from None
    except UnknownNameError as unknown:
        raise Ending(ExitCode.BAD_COMMAND, str(unknown)) from None
    except service.BrokenPlan as broken:
        if as_json:
            print_json(findings_document(broken.findings))
        else:
            print_findings(broken.findings, console_for_results())
        raise Ending(ExitCode.FINDINGS, "Only a plan that keeps every rule is explained.") from None
    if as_json:
        typer.echo(explanation.to_json(), nl=False)
    else:
        print_explanation(explanation, explanation.background, console_for_results())
