"""`trainsched audit`: today's roster scored as it is; nothing is changed."""

import threading
from typing import TYPE_CHECKING, Annotated

import typer

from trainsched.cli.options import (
    AsJson,
    Debug,
    Models,
    Quiet,
    Seed,
    TimeLimit,
    Version,
    Workbook,
    Workers,
)
from trainsched.cli.output import refuse_input, show_problems

if TYPE_CHECKING:
    from trainsched.service import Audit

EXAMPLES = (
    "trainsched audit my-department.xlsx",
    "trainsched audit my-department.xlsx --no-plan",
)


def audit(
    workbook: Workbook,
    no_plan: Annotated[
        bool,
        typer.Option("--no-plan", help="Leave out what training would fit: that takes a minute."),
    ] = False,
    time_limit: TimeLimit = None,
    seed: Seed = 0,
    workers: Workers = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    models: Models = None,
    debug: Debug = False,  # noqa: ARG001 - see main
    version: Version = False,  # noqa: ARG001 - acts while it is read
) -> None:
    """Score the roster as it is, and change nothing.

    Where cover is short, how much training fits without touching the roster and how much a plan
    could protect, which competences hang on one person, and which rules the roster breaks.
    """
    from trainsched import service
    from trainsched.cli.interrupt import run_until_stopped
    from trainsched.cli.progress import ProgressLine
    from trainsched.domain.problems import WorkbookError
    from trainsched.reports.audit import print_audit
    from trainsched.reports.console import console_for_results

    try:
        organisation = service.read_workbook(workbook, models=models)
        if not quiet and organisation.problems:
            show_problems(organisation.problems)

        def work(stop: threading.Event) -> "Audit":
            return service.audit(
                organisation,
                with_plans=not no_plan,
                time_limit=time_limit,
                seed=seed,
                workers=workers,
                progress=line.step,
                stop=stop,
            )

        with ProgressLine(quiet=quiet) as line:
            scored = run_until_stopped(work, line.say)
    except WorkbookError as error:
        raise refuse_input(error, as_json=as_json) from None
    if as_json:
        typer.echo(scored.to_json(), nl=False)
    else:
        print_audit(scored, scored.background, console_for_results())
