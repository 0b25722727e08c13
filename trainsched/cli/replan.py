"""`trainsched replan`: a new plan after changes, with as few sessions moved as can be."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trainsched.cli.absences import Absent, LockedUntil, absences_said, locked_until_said
from trainsched.cli.options import (
    AsJson,
    Debug,
    Force,
    Models,
    Output,
    Quiet,
    Seed,
    TimeLimit,
    Version,
    Workbook,
    Workers,
)
from trainsched.cli.output import cannot_write, show_problems
from trainsched.cli.plan import (
    OUTPUTS,
    endings_of_planning,
    load_what_follows,
    refuse_existing_folder,
)

if TYPE_CHECKING:
    from trainsched.service import Plan as FinishedPlan

EXAMPLES = (
    "trainsched replan my-department.xlsx --from outputs/spring -o outputs/new",
    "trainsched replan dept.xlsx --from run1 --absent S12 2/3/2027 5/3/2027",
)


def replan(
    workbook: Workbook,
    earlier: Annotated[
        Path,
        typer.Option(
            "--from",
            metavar="PLAN",
            help="The earlier plan: its plan.json, or the run's folder.",
            show_default=False,
        ),
    ],
    out: Output = None,
    absent: Absent = None,
    locked_until: LockedUntil = None,
    force: Force = False,
    time_limit: TimeLimit = None,
    seed: Seed = 0,
    workers: Workers = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    models: Models = None,
    debug: Debug = False,  # noqa: ARG001 - see main
    version: Version = False,  # noqa: ARG001 - acts while it is read
) -> None:
    """Plan again after changes, with the fewest sessions moved.

    Change the workbook first, or say who is away with --absent. What changes is shown for each
    person, day by day, with lines to send out, and calendars update in place.
    """
    said, until = absences_said(absent), locked_until_said(locked_until)
    # First of all: the solver loads while the workbook is read.
    from trainsched.planning import EarlyStart

    folder = out or OUTPUTS / f"{workbook.stem}-replan"
    with EarlyStart() as planner, endings_of_planning(as_json=as_json):
        refuse_existing_folder(folder, force=force)
        from trainsched import replanning, service
        from trainsched.cli.interrupt import run_until_stopped
        from trainsched.cli.progress import ProgressLine

        with ProgressLine(quiet=quiet) as line:
            line.say(f"Reading {workbook}")
            organisation = service.read_workbook(workbook, models=models)
        if not quiet and organisation.problems:
            show_problems(organisation.problems)

        def work(stop: threading.Event) -> "FinishedPlan":
            return replanning.replan(
                organisation,
                earlier,
                absent=said,
                locked_until=until,
                time_limit=time_limit,
                seed=seed,
                workers=workers,
                progress=line.step,
                stop=stop,
                planner=planner,
            )

        with ProgressLine(quiet=quiet) as line:
            finished = run_until_stopped(work, line.say, meanwhile=load_what_follows)
    try:
        finished.write(folder, force=force)
    except OSError as error:
        raise cannot_write(folder, error) from error
    if as_json:
        typer.echo(finished.to_json(), nl=False)
    else:
        print_changes(finished)
    if not quiet:
        typer.echo(f"Written to {folder}", err=True)


def print_changes(finished: "FinishedPlan") -> None:
    """What the replan changed, on stdout."""
    from trainsched.reports.console import console_for_results
    from trainsched.reports.replan_report import print_replan

    changes, replanned = finished.changes, finished.record.replan
    if changes is not None and replanned is not None:
        console = console_for_results()
        print_replan(finished, finished.background, changes, replanned.news, console)
