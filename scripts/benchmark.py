"""Measure the planner: `python3 scripts/benchmark.py PART ...`.

The parts are ladder, itc2007, side-by-side, questions and capacity; `PART --help` shows the options
of each.
"""

import sys

from environment import ensure_environment, run

if __name__ == "__main__":
    ensure_environment()
    sys.exit(run("-m", "scripts.benchmark", *sys.argv[1:]))
