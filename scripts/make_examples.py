"""Make the example workbooks anew, byte for byte the same: `python3 scripts/make_examples.py`."""

import sys
from datetime import date
from pathlib import Path

from environment import ensure_environment, run

EXAMPLES = Path(__file__).resolve().parent.parent / "inputs" / "examples"

SPECIFICATIONS = {
    "small": {
        "departments": 1, "trainees": 4, "weeks": 4, "seed": 3, "wte": 12, "contact": 3.0,
        "tightness": 1.0, "start": date(2027, 1, 11), "title": "Fenbridge Radiotherapy Physics",
    },
    "medium": {
        "departments": 4, "trainees": 14, "weeks": 12, "seed": 5, "wte": 45, "contact": 2.6,
        "tightness": 1.1, "start": date(2027, 2, 22), "title": "Fenbridge Medical Physics",
    },
    "regional": {
        "departments": 7, "trainees": 30, "weeks": 26, "seed": 7, "wte": 150, "contact": 1.8,
        "tightness": 0.9, "start": date(2027, 9, 6), "title": "Estuary Region Medical Physics",
    },
}  # fmt: skip


def make(folder, names):
    """Write the named examples into the folder."""
    from trainsched.generate import organisation_tables
    from trainsched.workbook.write import write_workbook

    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        path = folder / f"{name}.xlsx"
        write_workbook(path, organisation_tables(**SPECIFICATIONS[name]))
        print(path)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--here"]:
        make(EXAMPLES, SPECIFICATIONS)
    else:
        ensure_environment()
        sys.exit(run("scripts/make_examples.py", "--here"))
