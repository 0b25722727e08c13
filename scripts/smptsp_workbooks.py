"""Turn minimum-headcount instances into workbooks: `... smptsp_workbooks.py OUT_DIR FILE.dat ...`.

Fixed tasks, workers who are qualified for some of them, as few workers as possible. A task becomes
a one-person duty over the periods that it spans, a worker a post of unit cost that exists once and
holds the task's competence. Nobody is employed yet and nobody trains; every duty is to be filled.
Run it in the project's own environment (``scripts/test.py`` makes it).
"""

import sys
from datetime import date
from pathlib import Path

from trainsched.workbook.write import write_workbook

MONDAY = date(2027, 1, 11)
MINUTES_IN_DAY = 24 * 60


def read_instance(path):
    """The tasks as (start, end), and for each worker the tasks they may do."""
    lines = [line.strip() for line in path.read_text().splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    jobs = int(lines[1].split("=")[1])
    tasks = [tuple(int(part) for part in line.split()) for line in lines[2 : 2 + jobs]]
    workers = int(lines[2 + jobs].split("=")[1])
    able = [
        [int(part) for part in line.split(":")[1].split()]
        for line in lines[3 + jobs : 3 + jobs + workers]
    ]
    return tasks, able


def moments_that_matter(tasks):
    """Stretches of time in which the most tasks meet; between them nobody is needed any longer.

    A task is in at least one of them, and any two tasks that overlap share one.
    """
    starts = sorted({start for start, _ in tasks})
    at = [frozenset(n for n, (s, e) in enumerate(tasks) if s <= t < e) for t in starts]
    kept = []
    for position, here in enumerate(at):
        later = at[position + 1] if position + 1 < len(at) else frozenset()
        if not here <= later:
            kept.append(here)
    return kept


def tables_of(path):
    """The sheets of one instance."""
    tasks, able = read_instance(path)
    moments = moments_that_matter(tasks)
    length = max(MINUTES_IN_DAY // (len(moments) + 1), 1)
    if len(moments) * length > MINUTES_IN_DAY:
        raise ValueError(f"{path.name} has more moments than a day has minutes")

    def clock(minutes):
        return f"{minutes // 60:02d}:{minutes % 60:02d}"

    periods = "; ".join(
        f"P{n + 1} {clock(n * length)}-{clock((n + 1) * length)}" for n in range(len(moments))
    )
    spans = {}
    for number, here in enumerate(moments, start=1):
        for task in here:
            first, _ = spans.get(task, (number, number))
            spans[task] = (first, number)
    return {
        "Settings": [
            {"setting": "organisation", "value": path.stem},
            {"setting": "start_date", "value": MONDAY},
            {"setting": "weeks", "value": 1},
            {"setting": "nation", "value": "none"},
            {"setting": "periods", "value": periods},
            {"setting": "working_days", "value": "Mon"},
            {"setting": "cover_goal", "value": "full"},
        ],
        "Departments": [{"department": "D", "name": "Department"}],
        "Staff": [],
        "Trainees": [],
        "Curriculum": [],
        "Duties": [
            {
                "department": "D",
                "duty": f"task {task}",
                "staff_needed": 1,
                "competence": f"t{task}",
                "periods": f"P{first}-P{last}",
                "one_person": "yes",
            }
            for task, (first, last) in sorted(spans.items())
        ],
        "Posts": [
            {
                "post": f"W{number}",
                "band": "6",
                "competences": "; ".join(f"t{task}" for task in sorted(mine)),
                "wte": 1,
                "annual_cost": 1,
                "department": "D",
                "max_posts": 1,
            }
            for number, mine in enumerate(able, start=1)
        ],
    }


def write(path, folder):
    """Write the workbook of one instance and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    out = folder / f"{path.stem}.xlsx"
    write_workbook(out, tables_of(path))
    return out


if __name__ == "__main__":
    for name in sys.argv[2:]:
        print(write(Path(name), Path(sys.argv[1])))
