"""Least number of posts for minimum-headcount instances: `... benchmark_smptsp.py FILE.dat ...`.

Each instance becomes a workbook (see ``smptsp_workbooks``), which ``trainsched.capacity`` answers
like any other. One line an instance: posts, proven bound, seconds, and the checker's verdict. Run
it in the project's own environment (``scripts/test.py`` makes it).
"""

import sys
import tempfile
import time
from pathlib import Path

import trainsched as ts
from smptsp_workbooks import write


def measure(path, folder):
    """Answer one instance and print what was proved."""
    workbook = write(path, folder)
    began = time.monotonic()
    answer = ts.capacity(ts.read_workbook(workbook))
    seconds = time.monotonic() - began
    money = answer.annual_cost
    verdict = "checked" if answer.plan is not None else "no plan"
    print(
        f"{path.stem:24} posts {money.value}, bound {money.bound}, {money.status}, "
        f"{seconds:.1f} s, {verdict}",
        flush=True,
    )
    return money.value is not None and money.value == money.bound


if __name__ == "__main__":
    names = [Path(name) for name in sys.argv[1:]]
    with tempfile.TemporaryDirectory() as scratch:
        proved = sum(measure(name, Path(scratch)) for name in names)
    print(f"{proved} of {len(names)} proved")
