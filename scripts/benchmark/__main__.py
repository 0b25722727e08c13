"""The parts of the benchmark, by name: `python3 scripts/benchmark.py PART --help`."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from . import capacity, itc2007, ladder, questions, side_by_side
from .table import FOLDER

PARTS = {
    "ladder": ladder,
    "itc2007": itc2007,
    "side-by-side": side_by_side,
    "questions": questions,
    "capacity": capacity,
}


def main() -> None:
    """Run one part; its rows are added to the table of the release."""
    parser = argparse.ArgumentParser(prog="scripts/benchmark.py", description=__doc__)
    parts = parser.add_subparsers(dest="part", required=True, metavar="PART")
    for name, part in PARTS.items():
        about = (part.__doc__ or "").splitlines()[0]
        mine = parts.add_parser(name, help=about, description=part.__doc__)
        mine.add_argument("--workers", type=int, default=2, help="processor cores for a planner")
        mine.add_argument("--seed", type=int, default=0)
        mine.add_argument("--workbooks", type=Path, help="keep the workbooks made here, for reuse")
        mine.add_argument("--table", type=Path, default=FOLDER, help="where the table is kept")
        part.add_arguments(mine)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        folder = arguments.workbooks or Path(passing)
        folder.mkdir(parents=True, exist_ok=True)
        PARTS[arguments.part].run(arguments, folder)


if __name__ == "__main__":
    main()
