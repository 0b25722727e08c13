"""The application: its verbs, and what every ending of a command looks like.

Nothing heavy is imported here or at the top of a verb's file, so that help comes at once.
"""

import gc
import os
import sys
import traceback
from typing import Annotated

import typer

from trainsched.cli import (
    audit,
    capacity,
    check,
    explain,
    fund,
    generate,
    plan,
    replan,
    report,
    template,
    verify,
)
from trainsched.cli.absences import CommandWithAbsences
from trainsched.cli.endings import Ending, ExitCode
from trainsched.cli.interrupt import never_lost
from trainsched.cli.options import Version

PROGRAM = "trainsched"
STOPPED = "Stopped. Nothing was written."
RARELY = (100_000, 50, 50)
"""How often Python looks through its objects for waste. Facts and indexes are many and stay to the
end of a command: looking through them takes a tenth of the time and finds nothing."""


def examples(*lines: str) -> str:
    """The last part of a help text: example commands, kept line by line."""
    return "\n".join(
        ["\b", "Examples:" if len(lines) > 1 else "Example:", *(f"  {x}" for x in lines)]
    )


app = typer.Typer(
    name=PROGRAM,
    epilog=examples(
        "trainsched template my-department.xlsx --example",
        "trainsched plan my-department.xlsx -o outputs/spring",
    ),
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def every_verb(
    context: typer.Context,
    version: Version = False,  # noqa: ARG001 - acts while it is read
    debug: Annotated[bool, typer.Option("--debug", hidden=True)] = False,  # noqa: ARG001 - see main
) -> None:
    """Plans protected training time for medical physics departments, with clinical cover kept."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(ExitCode.BAD_COMMAND)


app.command("template", epilog=examples(*template.EXAMPLES))(template.template)
app.command("check", epilog=examples(*check.EXAMPLES))(check.check)
app.command("audit", epilog=examples(*audit.EXAMPLES))(audit.audit)
app.command("plan", epilog=examples(*plan.EXAMPLES))(plan.plan)
app.command("replan", epilog=examples(*replan.EXAMPLES), cls=CommandWithAbsences)(replan.replan)
app.command("verify", epilog=examples(*verify.EXAMPLES), cls=CommandWithAbsences)(verify.verify)
app.command("report", epilog=examples(*report.EXAMPLES))(report.report)
app.command("capacity", epilog=examples(*capacity.EXAMPLES))(capacity.capacity)
app.command("fund", epilog=examples(*fund.EXAMPLES))(fund.fund)
app.command("explain", epilog=examples(*explain.EXAMPLES))(explain.explain)
app.command("generate", epilog=examples(*generate.EXAMPLES))(generate.generate)


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code. Never shows a traceback unless asked to."""
    words = sys.argv[1:] if arguments is None else arguments
    gc.set_threshold(*RARELY)
    never_fail_on_a_character()
    try:
        with never_lost():
            code = app(args=words, prog_name=PROGRAM, standalone_mode=False)
        sys.stdout.flush()
        if code == ExitCode.ABORTED:
            say(STOPPED)  # typer has heard Ctrl-C and says nothing
    except Ending as ending:
        say(ending.message)
        return ending.code
    except typer.Abort:
        return ExitCode.ABORTED
    except KeyboardInterrupt:
        say(STOPPED)
        return ExitCode.ABORTED
    except typer.TyperException as mistake:
        explain_mistake(mistake)
        return ExitCode.BAD_COMMAND
    except BrokenPipeError:
        # The reader of our output has gone, as `| head` does. Python would complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.DONE
    except Exception as fault:  # noqa: BLE001 - whatever it is, the user gets a sentence
        explain_fault(fault, with_traceback="--debug" in words)
        return ExitCode.INTERNAL_ERROR
    return code if isinstance(code, int) else ExitCode.DONE


def never_fail_on_a_character() -> None:
    """Let consoles of old encodings show `?` for a letter they lack, rather than stop."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def say(message: str) -> None:
    """One message to stderr, if there is any."""
    if message:
        typer.echo(message, err=True)


def explain_mistake(mistake: typer.TyperException) -> None:
    """Say what is wrong with the command line, and where help is."""
    format_message = getattr(mistake, "format_message", None)
    say(f"Error: {format_message() if format_message else mistake}")
    context = getattr(mistake, "ctx", None)
    command = context.command_path if context is not None else PROGRAM
    say(f"Try: {command} --help")


def explain_fault(fault: Exception, *, with_traceback: bool) -> None:
    """Say that the program itself failed, with the traceback only on request."""
    if with_traceback:
        say("".join(traceback.format_exception(fault)).rstrip())
    kind = type(fault).__name__
    hint = "" if with_traceback else " Add --debug to see where."
    say(f"The program itself failed ({kind}: {fault}). This is our fault, not yours.{hint}")
