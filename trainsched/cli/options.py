"""The options that several verbs share, declared once so that they read the same everywhere."""

from pathlib import Path
from typing import Annotated

import typer

from trainsched.cli.endings import ExitCode


def show_version(asked: bool) -> None:
    """Print name and version, and end."""
    if asked:
        from trainsched import __version__

        typer.echo(f"trainsched {__version__}")
        raise typer.Exit(ExitCode.DONE)


Workbook = Annotated[
    Path,
    typer.Argument(
        metavar="WORKBOOK",
        help="Your workbook: .xlsx, .xlsm, .xls, .ods, or a folder of .csv files.",
        show_default=False,
    ),
]
OutputFile = Annotated[
    Path, typer.Argument(metavar="OUT.xlsx", help="The workbook to write.", show_default=False)
]
Output = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="DIR",
        help="The folder of the run (outputs/WORKBOOK-VERB unless you say).",
        show_default=False,
    ),
]
TimeLimit = Annotated[
    float | None,
    typer.Option(
        "--time-limit",
        metavar="SECONDS",
        min=0.01,
        help="Stop after about this many seconds and keep the best plan so far.",
        show_default=False,
    ),
]
Seed = Annotated[
    int,
    typer.Option(
        "--seed", metavar="N", min=0, help="Where the search starts; the same seed, the same plan."
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        metavar="N",
        min=1,
        help="Processor cores to use (all of them unless you say).",
        show_default=False,
    ),
]
AsJson = Annotated[
    bool, typer.Option("--json", help="Print the result as one JSON document and nothing else.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no messages.")]
Debug = Annotated[
    bool, typer.Option("--debug", help="Show the traceback if the program itself fails.")
]
Models = Annotated[
    Path | None,
    typer.Option(
        "--models",
        metavar="DIR",
        help="Read policies, codes, programmes and costs from this folder instead of our own.",
        show_default=False,
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Replace what is already there.")]
Version = Annotated[
    bool,
    typer.Option(
        "--version", help="Print the version and end.", callback=show_version, is_eager=True
    ),
]
