"""ITC-2007: every lecture placed, and no hard rule broken, as our checker and their rules see it.

The instances are read where they are; none is kept here.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from .itc2007_instance import read_instance
from .itc2007_workbook import faults_of_plan, workbook_tables
from .ladder import brief
from .measuring import Job, measure, read_plan
from .table import Table, row_of

if TYPE_CHECKING:
    import argparse

LIMIT_SECONDS = 60.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this part."""
    parser.add_argument("instances", type=Path, nargs="+", help=".ctt files of the competition")
    parser.add_argument("--limit", type=float, default=LIMIT_SECONDS, help="seconds for each plan")


def run(arguments: argparse.Namespace, folder: Path) -> None:
    """Plan every instance, and add a row for each."""
    from trainsched.workbook.write import write_workbook

    table = Table(folder=arguments.table)
    for path in arguments.instances:
        instance = read_instance(path)
        workbook = folder / f"itc2007-{instance.name}.xlsx"
        write_workbook(workbook, workbook_tables(instance))
        with tempfile.TemporaryDirectory() as left:
            job = Job(
                workbook=workbook,
                planner="trainsched",
                limit_seconds=arguments.limit,
                workers=arguments.workers,
                seed=arguments.seed,
                plan_file=Path(left) / "plan.json",
            )
            measured = measure(job)
            note = f"{instance.lectures} lectures"
            if not measured.failure and job.plan_file is not None:
                faults = faults_of_plan(instance, read_plan(job.plan_file))
                note += f", {len(faults)} faults by the competition's rules"
        row = row_of("itc2007", instance.name, job, measured, note)
        table.add(row)
        print(f"{instance.name}\n{brief(row)}", flush=True)
