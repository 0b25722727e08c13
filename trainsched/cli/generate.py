"""`trainsched generate`: an invented organisation of any size, to try things out."""

from typing import Annotated

import typer

from trainsched.cli.options import AsJson, Debug, Force, OutputFile, Quiet, Seed, Version
from trainsched.cli.output import announce_written, refuse_to_overwrite

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
        int, typer.Option("--trainees", metavar="M", min=0, help="How many trainees.")
    ] = 8,
    weeks: Annotated[
        int, typer.Option("--weeks", metavar="W", min=1, max=156, help="Length of the plan.")
    ] = 12,
    seed: Seed = 0,
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

    write_organisation(out, departments=departments, trainees=trainees, weeks=weeks, seed=seed)
    announce_written(
        out,
        f"Wrote {out}: invented people only. Next: trainsched plan {out}",
        as_json=as_json,
        quiet=quiet,
    )
