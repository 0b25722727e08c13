"""How long a very large roster takes to read, and how much memory: 5,000 people by 200 days.

python scripts/benchmark_reading.py [--people N] [--days N]
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from pathlib import Path

import xlsxwriter

from trainsched.workbook import load

START = date(2027, 3, 1)
CODES = ("AL", "D", "OC", "D", "Linac QC", "WFH", "MTG", None, "X", "AL am/OC pm")


def write(path: Path, people: int, days: int) -> None:
    """A workbook whose roster has a row for each person and a column for each day."""
    book = xlsxwriter.Workbook(str(path))
    dated = book.add_format({"num_format": "dd/mm/yyyy"})
    dates = [datetime.combine(START + timedelta(days=n), datetime.min.time()) for n in range(days)]
    sheets: dict[str, list[list[object]]] = {
        "Settings": [["setting", "value"], ["start_date", dates[0]], ["weeks", days // 7]],
        "Departments": [["department"], ["RT"]],
        "Staff": [["staff_id", "name", "department"],
                  *([f"S{n:05d}", f"Person{n} Invented", "RT"] for n in range(people))],
        "Trainees": [["trainee_id", "name", "department", "programme"],
                     ["T1", "Isla Jory", "RT", "STP-RT"]],
        "Duties": [["department", "duty", "staff_needed"], ["RT", "Linac QC", 1]],
        "Curriculum": [["programme", "activity", "sessions"], ["STP-RT", "QA", 4]],
        "Roster": [["Name", *dates],
                   *([f"Person{n} Invented", *(CODES[(3 * n + day) % len(CODES)]
                                               for day in range(days))] for n in range(people))],
    }  # fmt: skip
    for name, rows in sheets.items():
        page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, datetime):
                    page.write_datetime(number, column, value, dated)
                elif value is not None:
                    page.write(number, column, value)
    book.close()


def main() -> None:
    """Write the file in a child's time, read it, and print seconds and megabytes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=5000)
    parser.add_argument("--days", type=int, default=199)
    parser.add_argument("--file", type=Path, help="read this file instead of writing one")
    chosen = parser.parse_args()
    if chosen.file is None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "large.xlsx"
            write(path, chosen.people, chosen.days)
            # A process of its own, so that writing is not counted in the memory of reading.
            import subprocess

            subprocess.run([sys.executable, __file__, "--file", str(path)], check=True)
        return
    start = time.perf_counter()
    reading = load(chosen.file)
    seconds = time.perf_counter() - start
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"{len(reading.rosters.entries):,} entries, {len(reading.problems)} problems")
    print(f"{seconds:.1f} s, {own:,} MB here, {child:,} MB in the child that reads the file")


if __name__ == "__main__":
    main()
