"""`trainsched capacity`: how many can be trained, and what more would take."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol, TypeVar

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
from trainsched.cli.plan import OUTPUTS, rejected

if TYPE_CHECKING:
    from collections.abc import Callable

    from trainsched.cli.progress import ProgressLine
    from trainsched.domain.organisation import Organisation

Answer = TypeVar("Answer")
OUT_OF_TIME = "Time ran out before there was any answer. Give a longer --time-limit."

EXAMPLES = (
    "trainsched capacity my-region.xlsx",
    "trainsched capacity my-region.xlsx -o outputs/capacity --time-limit 300",
)
Forget = Annotated[
    bool,
    typer.Option("--forget", help="Do not use, nor keep, what earlier runs have proved."),
]


def capacity(
    workbook: Workbook,
    out: Output = None,
    force: Force = False,
    time_limit: TimeLimit = None,
    seed: Seed = 0,
    workers: Workers = None,
    forget: Forget = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
    models: Models = None,
    debug: Debug = False,  # noqa: ARG001 - see main
    version: Version = False,  # noqa: ARG001 - acts while it is read
) -> None:
    """Find how many starters can be hosted, and what the targets would take.

    Posts and university places at least cost, with the plan that proves it. Exit code 1 when the
    targets are proved to be out of reach with the posts listed.

    Ctrl-C stops and shows what is known; a further run goes on from what is proved.
    """
    from trainsched import service
    from trainsched.reports.capacity_terminal import print_capacity
    from trainsched.reports.console import console_for_results

    folder = out or OUTPUTS / f"{workbook.stem}-capacity"
    refuse_folder(folder, force=force)

    def work(
        organisation: "Organisation", stop: threading.Event, line: "ProgressLine"
    ) -> service.Capacity:
        return service.capacity(
            organisation,
            time_limit=time_limit,
            seed=seed,
            workers=workers,
            progress=line.step,
            stop=stop,
            models=models,
            cache=kept_proofs(forget=forget),
        )

    answer = read_and_work(workbook, work, models=models, quiet=quiet, as_json=as_json)
    money = answer.annual_cost
    is_out_of_reach = bool(answer.story.reasons)
    end_with(
        answer,
        folder,
        lambda: print_capacity(answer, answer.story, console_for_results()),
        force=force,
        as_json=as_json,
        quiet=quiet,
        is_answered=money.value is not None
        or bool(answer.hosting)
        or bool(answer.plans)
        or is_out_of_reach,
        at_least=money.bound,
        is_out_of_reach=is_out_of_reach,
    )


class Written(Protocol):
    """A result that can be written as a folder and as JSON."""

    def write(self, folder: Path, *, force: bool = False) -> Path:
        """Write the run's folder."""
        ...

    def to_json(self) -> str:
        """The result as JSON."""
        ...


def end_with(
    result: Written,
    folder: Path,
    show: "Callable[[], None]",
    *,
    force: bool,
    as_json: bool,
    quiet: bool,
    is_answered: bool,
    is_out_of_reach: bool,
    at_least: int | None = None,
) -> None:
    """Write and show a result, and end the command as it deserves.

    Exit code 3 where nothing was found out in the time, but that it costs ``at_least`` so much; 1
    where what was asked is proved out of reach.
    """
    if not is_answered:
        known = f" What is known: it costs at least £{at_least:,} a year." if at_least else ""
        raise Ending(ExitCode.NO_ANSWER_IN_TIME, OUT_OF_TIME + known)
    try:
        result.write(folder, force=force)
    except OSError as error:
        raise cannot_write(folder, error) from error
    if as_json:
        typer.echo(result.to_json(), nl=False)
    else:
        show()
    if not quiet:
        typer.echo(f"Written to {folder}", err=True)
    if is_out_of_reach:
        raise Ending(ExitCode.FINDINGS)


def kept_proofs(*, forget: bool) -> Path | None:
    """The folder for proofs; None to do without."""
    from trainsched.expansion import usual_folder

    return None if forget else usual_folder()


def refuse_folder(folder: Path, *, force: bool) -> None:
    """End with exit code 4 before any work if the folder may not be written."""
    from trainsched.reports.capacity_folder import check_folder
    from trainsched.reports.run_folder import FolderExistsError

    try:
        check_folder(folder, force=force)
    except FolderExistsError as taken:
        raise Ending(ExitCode.BAD_COMMAND, str(taken)) from taken


def read_and_work(
    workbook: Path,
    work: "Callable[[Organisation, threading.Event, ProgressLine], Answer]",
    *,
    models: Path | None,
    quiet: bool,
    as_json: bool,
) -> Answer:
    """Read the workbook and work on it. Ends with exit codes 2, 3 or 5 where that fails."""
    from trainsched import service
    from trainsched.cli.interrupt import run_until_stopped
    from trainsched.cli.progress import ProgressLine
    from trainsched.declared import DeclaredError
    from trainsched.domain.problems import WorkbookError

    try:
        with ProgressLine(quiet=quiet) as line:
            line.say(f"Reading {workbook}")
            organisation = service.read_workbook(workbook, models=models)
        if not quiet and organisation.problems:
            show_problems(organisation.problems)
        with ProgressLine(quiet=quiet) as line:
            return run_until_stopped(lambda stop: work(organisation, stop, line), line.say)
    except WorkbookError as error:
        raise refuse_input(error, as_json=as_json) from None
    except DeclaredError as error:
        raise Ending(ExitCode.INPUT_ERRORS, str(error)) from None
    except service.CheckerRejection as rejection:
        raise rejected(rejection) from None
    except TimeoutError as error:
        raise Ending(ExitCode.NO_ANSWER_IN_TIME, OUT_OF_TIME) from error
