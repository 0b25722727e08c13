"""Make a workbook that wants starters from an example: `... make_targets.py EXAMPLE N OUT.xlsx`.

N starters a year are wanted in all, dealt out in turn among the department programmes of the
example; universities have fewer places than that, and every department may have an educator, whole
time or part time. All figures are invented. Run it in the project's own environment
(``scripts/test.py`` makes it).
"""

import sys
from pathlib import Path

from make_examples import SPECIFICATIONS

HOME = {
    "STP-CE": "CE", "STP-NM": "NM", "STP-RSDR": "DR", "STP-RTP": "RT",
    "STP-INIR": "MR", "STP-CSC": "SC",
}  # fmt: skip
"""Programmes and the department that trains each."""


def sheets_for(programmes, starters):
    """The sheets that the example lacks."""
    wanted = {
        code: len(range(turn, starters, len(programmes))) for turn, code in enumerate(programmes)
    }
    departments = [HOME[code] for code in programmes]
    return {
        "Programmes": [
            {"programme": code, "years": 3, "annual_cost": 49_966, "hei_fee": 8000,
             "completion_rate": 0.894, "retention_rate": 0.9}
            for code in programmes
        ],
        "Targets": [
            {"programme": code, "year": 2027, "intake": number}
            for code, number in wanted.items()
            if number
        ],
        "HEI": [
            {"hei": "Eastmere University", "programme": code, "places": max(number - 1, 1),
             "fee_per_place": 8000, "extra_places_max": 6, "extra_place_cost": 9500}
            for code, number in wanted.items()
        ],
        "Posts": [
            {"post": f"EDU-{code}", "band": "7", "wte": 1, "department": code, "max_posts": 2,
             "competences": f"{code.lower()}_educator; {code.lower()}_assessor"}
            for code in departments
        ] + [
            {"post": f"PART-{code}", "band": "6", "wte": 0.6, "department": code, "max_posts": 2,
             "competences": f"{code.lower()}_educator"}
            for code in departments
        ],
    }  # fmt: skip


def make(example, starters, out):
    """Write the workbook."""
    from trainsched.generate import organisation_tables
    from trainsched.workbook.write import write_workbook

    tables = organisation_tables(**SPECIFICATIONS[example])
    taught = {row["programme"] for row in tables["Curriculum"]}
    programmes = [code for code in HOME if code in taught]
    write_workbook(out, tables | sheets_for(programmes, starters))
    print(out)


if __name__ == "__main__":
    make(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
