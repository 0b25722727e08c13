"""The option for somebody who is away: `--absent STAFF FROM TO`, as often as needed.

The parser knows no option with several words that may be given several times, so the three words
are joined before it sees them.
"""

from datetime import date
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

OPTION = "--absent"
WORDS = 3
MARK = "\x1f"
"""Stands between the words; nobody can type it."""

Absent = Annotated[
    list[str] | None,
    typer.Option(
        OPTION,
        metavar="STAFF FROM TO",
        help="Somebody (id or name, trainees too) is away on these dates, both included, "
        "beyond what the roster says. May be given several times. No reason is asked or kept.",
        show_default=False,
    ),
]
LockedUntil = Annotated[
    str | None,
    typer.Option(
        "--locked-until",
        metavar="DATE",
        help="Leave sessions before this date as they are (the workbook's locked_until unless "
        "you say; with --absent, no later than the first day away).",
        show_default=False,
    ),
]


class CommandWithAbsences(TyperCommand):
    """A command that takes the three words of each `--absent`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the words, those of each absence joined into one."""
        joined: list[str] = []
        place = 0
        while place < len(args):
            words = args[place + 1 : place + 1 + WORDS]
            if args[place] == OPTION and len(words) == WORDS:
                joined += [OPTION, MARK.join(words)]
                place += WORDS
            else:
                joined.append(args[place])
            place += 1
        parsed: list[str] = super().parse_args(ctx, joined)
        return parsed


def absences_said(absent: list[str] | None) -> list[tuple[str, date, date]]:
    """Who is away from when to when. Raises typer.BadParameter."""
    found: list[tuple[str, date, date]] = []
    for text in absent or ():
        words = text.split(MARK)
        if len(words) != WORDS:
            message = f"Give three words: who, the first and the last day away, not '{text}'."
            raise typer.BadParameter(message, param_hint=OPTION)
        who, first, last = words
        found.append((who, date_said(first, OPTION), date_said(last, OPTION)))
    return found


def date_said(text: str, option: str) -> date:
    """A date from the command line. Raises typer.BadParameter."""
    from trainsched.workbook.cells.dates import date_or_none

    found = date_or_none(text)
    if found is None:
        message = f"'{text}' is not a date. Write it as 2027-03-01 or 01/03/2027."
        raise typer.BadParameter(message, param_hint=option)
    return found


def locked_until_said(text: str | None) -> date | None:
    """The date of `--locked-until`, None where it is not given. Raises typer.BadParameter."""
    return None if text is None else date_said(text, "--locked-until")
