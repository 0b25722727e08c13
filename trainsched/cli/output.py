"""Where words go: results to stdout, messages to stderr, files only where nothing is lost."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from trainsched.cli.endings import Ending, ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trainsched.domain.problems import Problem, WorkbookError


def refuse_to_overwrite(path: Path, *, force: bool) -> None:
    """End with exit code 4 if something is already there and may not be replaced."""
    if path.is_dir():
        raise Ending(ExitCode.BAD_COMMAND, f"{path} is a folder. Give the name of a file.")
    if path.exists() and not force:
        raise Ending(
            ExitCode.BAD_COMMAND,
            f"{path} is already there and was left as it is. Choose another name, or add --force.",
        )


@contextmanager
def writing(path: Path) -> Iterator[Path]:
    """Write a file under another name beside its place, and move it there once it is whole.

    Ends with exit code 4 where the place cannot be written to; then nothing is left behind.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{path.stem}-", dir=path.parent) as making:
            made = Path(making) / path.name
            yield made
            made.replace(path)
    except OSError as error:
        raise cannot_write(path, error) from error


def cannot_write(path: Path, error: OSError) -> Ending:
    """The ending where the user's chosen place cannot be written to."""
    why = error.strerror or str(error)
    return Ending(ExitCode.BAD_COMMAND, f"{path} cannot be written: {why}. Nothing was written.")


def announce_written(path: Path, message: str, *, as_json: bool, quiet: bool) -> None:
    """Say that a file was written: as JSON on stdout, or as a sentence on stderr."""
    if as_json:
        print_json({"format": "trainsched-written/1", "ok": True, "files": [str(path)]})
    elif not quiet:
        typer.echo(message, err=True)


def print_json(document: dict[str, Any]) -> None:
    """One JSON document on stdout."""
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2))


def refuse_input(error: "WorkbookError", *, as_json: bool) -> Ending:
    """Show what is wrong with the input and return the ending: exit code 2.

    With ``as_json`` the list is a document on stdout; else it is printed to stderr.
    """
    from trainsched.reports.problems_list import problems_document

    if as_json:
        print_json(problems_document(error.problems))
    else:
        show_problems(error.problems)
    return Ending(ExitCode.INPUT_ERRORS)


def show_problems(problems: "Sequence[Problem]") -> None:
    """Print the list of problems to stderr."""
    from trainsched.reports.console import console_for_errors
    from trainsched.reports.problems_list import print_problems

    print_problems(problems, console_for_errors())
