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

FUNDING = {
    "Programmes": [
        {"programme": code, "years": 3, "annual_cost": 49_966, "hei_fee": 8000,
         "completion_rate": 0.894, "retention_rate": 0.9}
        for code in ("STP-CE", "STP-NM", "STP-RSDR", "STP-RTP")
    ],
    "Targets": [
        {"programme": "STP-CE", "year": 2027, "intake": 1},
        {"programme": "STP-NM", "year": 2027, "intake": 8, "department": "NM"},
        {"programme": "STP-RSDR", "year": 2027, "intake": 1, "department": "DR"},
        {"programme": "STP-RTP", "year": 2027, "intake": 2, "department": "RT"},
    ],
    "HEI": [
        {"hei": "Eastmere University", "programme": code, "places": places,
         "fee_per_place": 8000, "extra_places_max": 6, "extra_place_cost": 9500}
        for code, places in (("STP-CE", 1), ("STP-NM", 6), ("STP-RSDR", 1), ("STP-RTP", 2))
    ],
    "Posts": [
        {"post": f"EDU-{code}", "band": "7", "wte": 1, "department": code, "max_posts": 2,
         "competences": f"{code.lower()}_educator; {code.lower()}_assessor"}
        for code in ("CE", "DR", "NM", "RT")
    ] + [
        {"post": f"PART-{code}", "band": "6", "wte": 0.6, "department": code, "max_posts": 2,
         "competences": f"{code.lower()}_educator"}
        for code in ("CE", "DR", "NM", "RT")
    ],
}  # fmt: skip
"""What funding.xlsx has beside the sheets of medium.xlsx. All figures are invented."""


def make(folder, names):
    """Write the named examples into the folder."""
    from trainsched.generate import organisation_tables
    from trainsched.workbook.write import write_workbook

    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        path = folder / f"{name}.xlsx"
        write_workbook(path, organisation_tables(**SPECIFICATIONS[name]))
        print(path)
    path = folder / "funding.xlsx"
    write_workbook(path, organisation_tables(**SPECIFICATIONS["medium"]) | FUNDING)
    print(path)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--here"]:
        make(EXAMPLES, SPECIFICATIONS)
    else:
        ensure_environment()
        sys.exit(run("scripts/make_examples.py", "--here"))
