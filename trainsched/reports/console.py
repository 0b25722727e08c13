"""Where reports are drawn: width, colour and characters of the terminal at hand."""

import sys

from rich.box import SIMPLE_HEAD, Box
from rich.console import Console
from rich.table import Table
from rich.text import Text

# The same look as SIMPLE_HEAD for consoles whose encoding has no line-drawing characters.
PLAIN_HEAD = Box("    \n    \n -- \n    \n    \n -- \n    \n    \n", ascii=True)

LINE_MOST = 100
"""Sentences wider than this are tiring to read, however wide the terminal is."""


def console_for_results() -> Console:
    """The console on stdout: no colour when piped or under NO_COLOR, 80 wide when piped."""
    return Console(file=sys.stdout, highlight=False, markup=False, emoji=False)


def console_for_errors() -> Console:
    """The console on stderr, for messages and progress."""
    return Console(file=sys.stderr, highlight=False, markup=False, emoji=False)


def draws_only_ascii(console: Console) -> bool:
    """Whether the console's encoding lacks line-drawing characters, as cp1252 does."""
    return console.options.ascii_only


def say(console: Console, text: str | Text, *, indent: int = 0, hanging: int = 0) -> None:
    """A paragraph, wrapped no wider than is pleasant, without spaces at the ends of its lines.

    ``indent`` is of every line, ``hanging`` of all lines but the first in addition.
    """
    body = Text(text) if isinstance(text, str) else text
    width = max(min(console.width, LINE_MOST) - indent - hanging, 20)
    for number, line in enumerate(body.wrap(console, width, overflow="fold")):
        line.rstrip()
        margin = " " * (indent + (hanging if number else 0))
        console.print(Text(margin) + line, no_wrap=True, overflow="ignore", crop=False)


def new_table(console: Console) -> Table:
    """An empty table in the reports' style: a line under the headings and no frame."""
    look = PLAIN_HEAD if draws_only_ascii(console) else SIMPLE_HEAD
    return Table(box=look, pad_edge=False, padding=(0, 1), header_style="bold", show_edge=False)


def bar(share: float, width: int, *, ascii_only: bool) -> str:
    """A bar of ``width`` cells of which ``share`` is full; anything above nothing shows."""
    full, empty = ("#", ".") if ascii_only else ("█", "░")
    cells = min(width, max(round(share * width), 1 if share > 0 else 0))
    return full * cells + empty * (width - cells)


def print_heading(console: Console, text: str) -> None:
    """A heading with an empty line before it."""
    console.print()
    say(console, Text(text, style="bold"))
