"""`trainsched generate`: an invented organisation of any size, to try things out."""

from typing import Annotated

import typer

from trainsched.cli.endings import Ending, ExitCode
from trainsched.cli.options import AsJson, Debug, Force, OutputFile, Quiet, Version
from trainsched.cli.output import announce_written, refuse_to_overwrite, writing

EXAMPLES = (
    "trainsched generate small.xlsx --departments 1 --trainees 3 --weeks 6",
    "trainsched generate try-me.xlsx --trainees 8 --weeks 12 --seed 1",
)


def generate(
    out: OutputFile,
    departments: Annotated[
        int, typer.Option("--departments", metavar="N", min=1, help="How many departments.")
    ] = 3,
    trainees: Annotated[
        int, typer.Option("--trainees", metavar="M", min=0, help="How many trainees in all.")
    ] = 8,
    weeks: Annotated[
        int,
        typer.Option("--weeks", metavar="W", min=1, max=156, help="Length of the plan in weeks."),
    ] = 12,
    seed: Annotated[
        int,
        typer.Option(
            "--seed", metavar="S", min=0, help="Another seed, another organisation of that size."
        ),
    ] = 0,
    wte: Annotated[
        float | None,
        typer.Option(
            "--wte",
            metavar="X",
            min=1,
            help="Staff of all departments together, in WTE (11.5 a department unless given).",
            show_default=False,
        ),
    ] = None,
    contact: Annotated[
        float,
        typer.Option(
            "--contact", metavar="X", min=0, help="Sessions with staff a trainee needs a week."
        ),
    ] = 1.9,
    tightness: Annotated[
        float,
        typer.Option(
            "--tightness",
            metavar="X",
            min=0.01,
            max=2,
            help="Part of the staff time left by duties that training asks for.",
        ),
    ] = 0.75,
    force: Force = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
    debug: Debug = False,  # noqa: ARG001 - see main
    version: Version = False,  # noqa: ARG001 - acts while it is read
) -> None:
    """Write a workbook of an invented organisation.

    People, duties, rosters and curricula of any size, to try things out.
    """
    refuse_to_overwrite(out, force=force)
    from trainsched.generate import write_organisation

    try:
        with writing(out) as path:
            write_organisation(
                path,
                departments=departments,
                trainees=trainees,
                weeks=weeks,
                seed=seed,
                wte=wte,
                contact=contact,
                tightness=tightness,
            )
    except ValueError as impossible:
        raise Ending(ExitCode.BAD_COMMAND, str(impossible)) from None
    announce_written(
        out,
        f"Wrote {out}: invented people only. Next: trainsched plan {out}",
        as_json=as_json,
        quiet=quiet,
    )
