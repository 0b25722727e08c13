"""`trainsched check`: what is wrong with a workbook, and what was understood of it."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trainsched.cli.endings import Ending, ExitCode
from trainsched.cli.options import AsJson, Debug, Force, Models, Quiet, Version, Workbook
from trainsched.cli.output import print_json, refuse_to_overwrite, writing

if TYPE_CHECKING:
    from trainsched.reports.check_questions import Asked
    from trainsched.workbook import Reading

EXAMPLES = (
    "trainsched check my-department.xlsx",
    "trainsched check my-department.xlsx --annotated my-department-checked.xlsx",
    "trainsched check my-department.xlsx --remember",
)


def check(
    workbook: Workbook,
    annotated: Annotated[
        Path | None,
        typer.Option(
            "--annotated",
            metavar="OUT.xlsx",
            help="Write a copy of your workbook with every problem marked in its cell.",
            show_default=False,
        ),
    ] = None,
    remember: Annotated[
        bool,
        typer.Option(
            "--remember",
            help="Keep answers about names and codes in mapping.toml beside the workbook.",
        ),
    ] = False,
    force: Force = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
    models: Models = None,
    debug: Debug = False,  # noqa: ARG001 - see main
    version: Version = False,  # noqa: ARG001 - acts while it is read
) -> None:
    """Read a workbook and list every problem, each with its cell and its remedy.

    Nothing is planned and your file is not changed. Exit code 0: it can be planned. Exit code 2:
    it has errors.
    """
    if annotated is not None:
        refuse_place_of_copy(annotated, workbook, force=force)
    from trainsched import service
    from trainsched.domain.problems import Severity

    reading = service.check_workbook(workbook, models=models)
    if remember and reading.counts:
        ask = not as_json and not quiet and sys.stdin.isatty()
        if keep_answers(workbook, reading, ask=ask, quiet=quiet):
            reading = service.check_workbook(workbook, models=models)
    if annotated is not None:
        write_copy(workbook, annotated, reading, quiet=quiet)
    if as_json:
        from trainsched.reports.check_document import check_document

        print_json(check_document(reading))
    else:
        from trainsched.reports.check_list import print_check
        from trainsched.reports.console import console_for_results

        print_check(reading, console_for_results())
    if not quiet and not as_json and annotated is None and any(p.cell for p in reading.problems):
        message = "To see the problems in your own workbook, add: --annotated OUT.xlsx"
        typer.echo(message, err=True)
    if any(problem.severity is Severity.ERROR for problem in reading.problems):
        raise Ending(ExitCode.INPUT_ERRORS)


def refuse_place_of_copy(annotated: Path, workbook: Path, *, force: bool) -> None:
    """End with exit code 4 if the copy would not be an .xlsx, or would take something's place."""
    if annotated.suffix.casefold() != ".xlsx":
        raise Ending(ExitCode.BAD_COMMAND, f"{annotated}: the marked copy is an .xlsx file.")
    if annotated.exists() and workbook.exists() and annotated.samefile(workbook):
        message = "The marked copy cannot take the place of your workbook. Choose another name."
        raise Ending(ExitCode.BAD_COMMAND, message)
    refuse_to_overwrite(annotated, force=force)


def write_copy(workbook: Path, annotated: Path, reading: "Reading", *, quiet: bool) -> None:
    """Write the marked copy, and say what of the workbook it could not keep."""
    from trainsched.workbook.annotate import annotate

    if not reading.counts:
        said = ["No marked copy was written, as the file could not be read."]
    else:
        with writing(annotated) as path:
            lost = annotate(workbook, path, reading.problems)
        said = [f"Wrote {annotated}: the sheet Problems lists all, with links.", *lost]
    if not quiet:
        for sentence in said:
            typer.echo(sentence, err=True)


def keep_answers(workbook: Path, reading: "Reading", *, ask: bool, quiet: bool) -> bool:
    """Put the open questions, with the answers now given, beside the workbook.

    Gives whether there were any answers. Without a terminal nobody is asked.
    """
    from trainsched.cli.output import cannot_write
    from trainsched.reports.check_questions import open_questions
    from trainsched.workbook.mapping import MappingError, mapping_file, write_mapping

    asked = open_questions(reading)
    answers = [(one.question, answer) for one in asked if ask and (answer := answer_to(one))]
    if not asked:
        if not quiet:
            typer.echo("There are no questions to remember.", err=True)
        return False
    try:
        path = write_mapping(workbook, answers=answers, questions=[one.question for one in asked])
    except MappingError as error:
        message = f"{mapping_file(workbook)} was left as it is. {error} Mend or remove it."
        raise Ending(ExitCode.BAD_COMMAND, message) from error
    except OSError as error:
        raise cannot_write(mapping_file(workbook), error) from error
    still_open = len(asked) - len(answers)
    if not quiet:
        rest = f" Open: {still_open}. Write the answers between the quotes." if still_open else ""
        typer.echo(f"Wrote {path}. Answered now: {len(answers)}.{rest}", err=True)
    return bool(answers)


def answer_to(asked: "Asked") -> str:
    """The answer that the user chooses or types; "" to leave the question open."""
    from trainsched.workbook.mapping import names_a_duty

    question = asked.question
    typer.echo(f"\n{question.written}\n  {question.hint}", err=True)
    for number, proposal in enumerate(asked.proposals, start=1):
        typer.echo(f"  {number}  {proposal}", err=True)
    choices = {str(number): proposal for number, proposal in enumerate(asked.proposals, start=1)}
    way = "Number, or Enter to skip" if question.table == "codes" else "Number, id, or Enter"
    while True:
        # Written by hand: the library's own prompt puts part of itself on stdout.
        typer.echo(f"{way}: ", nl=False, err=True)
        typed = sys.stdin.readline().strip()
        if typed in choices:
            return choices[typed]
        if (
            not typed
            or question.table == "people"
            or typed in asked.proposals
            or names_a_duty(typed)
        ):
            return typed
        message = "Type one of the numbers, or duty: and its name, or press Enter to skip."
        typer.echo(message, err=True)
