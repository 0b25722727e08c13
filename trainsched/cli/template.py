"""`trainsched template`: a blank workbook to fill in."""

from typing import Annotated

import typer

from trainsched.cli.options import AsJson, Debug, Force, OutputFile, Quiet, Version
from trainsched.cli.output import announce_written, refuse_to_overwrite, writing

EXAMPLES = (
    "trainsched template my-department.xlsx",
    "trainsched template try-me.xlsx --example",
)


def template(
    out: OutputFile,
    example: Annotated[
        bool, typer.Option("--example", help="Fill in a small invented department.")
    ] = False,
    force: Force = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
    debug: Debug = False,  # noqa: ARG001 - see main
    version: Version = False,  # noqa: ARG001 - acts while it is read
) -> None:
    """Write a blank workbook, ready to fill in.

    It has drop-down lists, and a note on every heading says what belongs below it.
    """
    refuse_to_overwrite(out, force=force)
    from trainsched.workbook.template import write_template

    with writing(out) as path:
        write_template(path, example=example)
    announce_written(
        out,
        f"Wrote {out}. Fill it in, then: trainsched check {out}",
        as_json=as_json,
        quiet=quiet,
    )
