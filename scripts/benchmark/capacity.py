"""Capacity and funding, timed as a user runs them, and how much of the answer is proved.

An instance is an example, an example with so many starters wanted (`medium+4`, see
`scripts/make_targets.py`), a workbook, or a minimum-headcount instance (`FILE.dat`, see
`scripts/smptsp_workbooks.py`): its cost is the number of posts. Nothing that was proved before is
used.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from .asking import ask
from .capacity_table import CapacityTable, row_of
from .side_by_side import EXAMPLES, workbook_of
from .table import PROJECT_ROOT

if TYPE_CHECKING:
    import argparse

MAKE_TARGETS = PROJECT_ROOT / "scripts" / "make_targets.py"
MAKE_HEADCOUNT = PROJECT_ROOT / "scripts" / "smptsp_workbooks.py"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this part."""
    parser.add_argument("instances", nargs="*", default=["medium"], help="see above")
    parser.add_argument("--limit", type=float, help="seconds for each; none unless given")
    parser.add_argument("--frontier", action="store_true", help="ask `fund --frontier` instead")


def run(arguments: argparse.Namespace, folder: Path) -> None:
    """A row for each instance."""
    table = CapacityTable(folder=arguments.table)
    command = ("fund", "--frontier") if arguments.frontier else ("capacity",)
    limit = () if arguments.limit is None else ("--time-limit", f"{arguments.limit:g}")
    for instance in arguments.instances:
        workbook = made_from(instance, folder)
        print(f"{workbook.stem}: {' '.join(command)}...", flush=True)
        out = ("-o", str(folder / f"{workbook.stem}-{command[0]}"), "--force", "--forget")
        chosen = ("--seed", str(arguments.seed), "--workers", str(arguments.workers))
        asked = ask(command[0], str(workbook), *command[1:], *limit, *out, *chosen)
        row = row_of(workbook.stem, " ".join(command), arguments.limit, asked)
        table.add(row)
        print(f"  {asked.seconds:.1f} s, CPU {asked.cpu_seconds:.1f} s {row['note']}", flush=True)


def made_from(instance: str, folder: Path) -> Path:
    """The workbook of an instance, made from tasks or by adding starters where that is asked."""
    if instance.endswith(".dat"):
        subprocess.run((sys.executable, str(MAKE_HEADCOUNT), str(folder), instance), check=True)
        return folder / f"{Path(instance).stem}.xlsx"
    example, plus, starters = instance.partition("+")
    if not plus or example not in EXAMPLES:
        return workbook_of(instance, folder)
    made = folder / f"{example}-and-{starters}.xlsx"
    subprocess.run((sys.executable, str(MAKE_TARGETS), example, starters, str(made)), check=True)
    return made
