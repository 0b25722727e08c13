"""`trainsched report`: a finished run shown again, from its folder alone."""

from pathlib import Path
from typing import Annotated

import typer

from trainsched.cli.endings import Ending, ExitCode
from trainsched.cli.options import AsJson, Debug, Quiet, Version
from trainsched.cli.output import print_json, refuse_input

EXAMPLES = (
    "trainsched report outputs/spring",
    "trainsched report outputs/spring --department RT",
    "trainsched report outputs/spring --person S012",
)


def report(
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="The folder of a finished run.", show_default=False),
    ],
    department: Annotated[
        str | None,
        typer.Option("--department", metavar="D", help="Only this department.", show_default=False),
    ] = None,
    person: Annotated[
        str | None,
        typer.Option(
            "--person", metavar="ID", help="One person's own timetable.", show_default=False
        ),
    ] = None,
    as_json: AsJson = False,
    quiet: Quiet = False,  # noqa: ARG001 - a report has no messages beside it
    debug: Debug = False,  # noqa: ARG001 - see main
    version: Version = False,  # noqa: ARG001 - acts while it is read
) -> None:
    """Show a finished run, one department, or one person."""
    if department is not None and person is not None:
        raise Ending(ExitCode.BAD_COMMAND, "Give --department or --person, not both.")
    from trainsched.domain.problems import WorkbookError
    from trainsched.reports import terminal, timetable
    from trainsched.reports.console import console_for_results
    from trainsched.reports.figures import UnknownNameError, figures_document
    from trainsched.reports.run_folder import read_run
    from trainsched.reports.standbys import absence_document

    try:
        run = read_run(folder)
    except WorkbookError as error:
        raise refuse_input(error, as_json=as_json) from None
    try:
        if as_json:
            document = (
                {
                    **figures_document(run.plan, run.background, department),
                    **({} if department else absence_document(run.plan, run.background)),
                }
                if person is None
                else timetable.timetable_document(run.plan, run.background, person)
            )
            print_json(document)
        elif person is not None:
            timetable.print_timetable(run.plan, run.background, person, console_for_results())
        else:
            terminal.print_plan(run.plan, run.background, console_for_results(), department)
    except UnknownNameError as unknown:
        raise Ending(ExitCode.BAD_COMMAND, str(unknown)) from None
