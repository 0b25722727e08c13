"""`trainsched fund`: what each funding level buys."""

import threading
from typing import TYPE_CHECKING, Annotated

import typer

from trainsched.cli.capacity import Forget, end_with, kept_proofs, read_and_work, refuse_folder
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
from trainsched.cli.plan import OUTPUTS

if TYPE_CHECKING:
    from trainsched.cli.progress import ProgressLine
    from trainsched.domain.organisation import Organisation

EXAMPLES = (
    "trainsched fund my-region.xlsx --budget 0 --budget 250000",
    "trainsched fund my-region.xlsx --frontier -o outputs/frontier",
)


def fund(
    workbook: Workbook,
    budget: Annotated[
        list[int] | None,
        typer.Option(
            "--budget",
            metavar="POUNDS",
            min=0,
            help="Money a year; may be given several times.",
            show_default=False,
        ),
    ] = None,
    frontier: Annotated[
        bool, typer.Option("--frontier", help="Every intake that is worth its money.")
    ] = False,
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
    """Show what each budget buys: starters, posts and university places.

    The starters wanted are those of the sheet Targets. Salary support counts as money.

    Ctrl-C stops and shows what is known; a further run goes on from what is proved.
    """
    from trainsched import service
    from trainsched.reports.capacity_terminal import print_funding
    from trainsched.reports.console import console_for_results

    if not budget and not frontier:
        raise Ending(ExitCode.BAD_COMMAND, "Give --budget POUNDS, or --frontier.")
    if budget and frontier:
        raise Ending(ExitCode.BAD_COMMAND, "Give --budget or --frontier, not both.")
    folder = out or OUTPUTS / f"{workbook.stem}-fund"
    refuse_folder(folder, force=force)

    def work(
        organisation: "Organisation", stop: threading.Event, line: "ProgressLine"
    ) -> service.Funding:
        return service.fund(
            organisation,
            budgets=budget or (),
            frontier=frontier,
            time_limit=time_limit,
            seed=seed,
            workers=workers,
            progress=line.step,
            stop=stop,
            models=models,
            cache=kept_proofs(forget=forget),
        )

    answer = read_and_work(workbook, work, models=models, quiet=quiet, as_json=as_json)
    end_with(
        answer,
        folder,
        lambda: print_funding(answer, answer.story, console_for_results()),
        force=force,
        as_json=as_json,
        quiet=quiet,
        is_answered=bool(answer.points) or answer.is_complete,
        is_out_of_reach=not answer.points and answer.is_complete,
    )
