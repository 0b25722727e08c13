"""`trainsched plan`: the main job, from a workbook to a checked timetable in a folder."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trainsched.cli.endings import Ending, ExitCode
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
from trainsched.cli.output import cannot_write, refuse_input, show_problems

if TYPE_CHECKING:
    from trainsched.planning import EarlyStart
    from trainsched.service import CheckerRejection
    from trainsched.service import Plan as FinishedPlan

EXAMPLES = (
    "trainsched plan my-department.xlsx",
    "trainsched plan my-department.xlsx -o outputs/spring --time-limit 120",
    "trainsched plan my-department.xlsx --robust",
)
OUTPUTS = Path("outputs")


def plan(
    workbook: Workbook,
    out: Output = None,
    robust: Annotated[
        bool,
        typer.Option(
            "--robust", help="Also name a standby for each must session, where one can be had."
        ),
    ] = False,
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
    """Make the protected training timetable, with cover kept.

    The plan is checked, reported, and written to a folder of its own.

    Ctrl-C stops the search and keeps the best plan so far; twice gives up.
    """
    # First of all: the solver loads while the workbook is read.
    from trainsched.planning import EarlyStart

    folder = out or OUTPUTS / f"{workbook.stem}-plan"
    with EarlyStart() as planner:
        refuse_existing_folder(folder, force=force)
        finished = make_plan(
            workbook,
            time_limit=time_limit,
            seed=seed,
            workers=workers,
            models=models,
            quiet=quiet,
            as_json=as_json,
            robust=robust,
            planner=planner,
        )
    try:
        finished.write(folder, force=force)
    except OSError as error:
        raise cannot_write(folder, error) from error
    if as_json:
        typer.echo(finished.to_json(), nl=False)
    else:
        print_report(finished)
    if not quiet:
        typer.echo(f"Written to {folder}", err=True)


def refuse_existing_folder(folder: Path, *, force: bool) -> None:
    """End with exit code 4 before any work if the folder may not be written."""
    from trainsched.reports.run_folder import FolderExistsError, check_folder_is_free

    try:
        check_folder_is_free(folder, force=force)
    except FolderExistsError as taken:
        raise Ending(ExitCode.BAD_COMMAND, str(taken)) from taken


def make_plan(
    workbook: Path,
    *,
    time_limit: float | None,
    seed: int,
    workers: int | None,
    models: Path | None,
    quiet: bool,
    as_json: bool,
    planner: "EarlyStart",
    robust: bool = False,
) -> "FinishedPlan":
    """Read, plan and check. Ends with exit codes 2, 3 or 5 where there is no plan to show."""
    from trainsched import service
    from trainsched.cli.interrupt import run_until_stopped
    from trainsched.cli.progress import ProgressLine

    with endings_of_planning(as_json=as_json):
        with ProgressLine(quiet=quiet) as line:
            line.say(f"Reading {workbook}")
            organisation = service.read_workbook(workbook, models=models)
        if not quiet and organisation.problems:
            show_problems(organisation.problems)

        def work(stop: threading.Event) -> "FinishedPlan":
            return service.plan(
                organisation,
                time_limit=time_limit,
                seed=seed,
                workers=workers,
                progress=line.step,
                stop=stop,
                robust=robust,
                planner=planner,
            )

        with ProgressLine(quiet=quiet) as line:
            return run_until_stopped(work, line.say, meanwhile=load_what_follows)


def load_what_follows() -> None:
    """Load the checker and the reports while the planner works elsewhere."""
    from trainsched import checker  # noqa: F401
    from trainsched.reports import calendars, plan_workbook, terminal  # noqa: F401


@contextmanager
def endings_of_planning(*, as_json: bool) -> Iterator[None]:
    """Turn what stops a plan into an ending: exit code 2, 3 or 5, with its words."""
    from trainsched import service
    from trainsched.domain.problems import WorkbookError

    try:
        yield
    except WorkbookError as error:
        raise refuse_input(error, as_json=as_json) from None
    except service.CheckerRejection as rejection:
        raise rejected(rejection) from None
    except TimeoutError as error:
        message = "Time ran out before there was any plan. Give a longer --time-limit."
        raise Ending(ExitCode.NO_ANSWER_IN_TIME, message) from error


def rejected(rejection: "CheckerRejection") -> Ending:
    """The ending when the independent checker refuses our own plan: a fault of the program."""
    lines = [
        "The independent checker refused the plan, so nothing was written. This is our fault,",
        "not yours. What it found:",
        *(
            f"  {finding.rule or finding.goal or 'plan'}: {finding.detail}"
            for finding in rejection.findings
        ),
    ]
    return Ending(ExitCode.INTERNAL_ERROR, "\n".join(lines))


def print_report(finished: "FinishedPlan") -> None:
    """The report for a head of department, on stdout."""
    from trainsched.reports.console import console_for_results
    from trainsched.reports.terminal import print_plan

    print_plan(finished, finished.background, console_for_results())
