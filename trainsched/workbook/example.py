"""A small organisation of invented people: the rows of the template's example."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from trainsched.workbook.write import CellValue, GridRows, TableRows

START = date(2027, 3, 1)
WEEKS = 4

_SETTINGS: Mapping[str, CellValue] = {
    "organisation": "Fellside Medical Physics (invented)",
    "start_date": START,
    "weeks": WEEKS,
    "nation": "England and Wales",
    "periods": "AM 08:30-12:30; PM 13:00-17:00",
    "working_days": "Mon-Fri",
    "cover": "flexible",
    "policy": "default",
}

_DEPARTMENTS = (
    ("RT", "Radiotherapy physics", "Fellside", "Radiotherapy physics", "STP-RT; STP-IM"),
    ("NM", "Nuclear medicine", "Fellside", "Imaging with ionising radiation", "STP-IM"),
)

_STAFF = (
    ("S01", "Alma Birch", "RT", "8b", 1, "mpe_rt; linac_qc; planning; dops_assessor", None),
    ("S02", "Bruno Cole", "RT", "8a", 1, "mpe_rt; linac_qc; planning", None),
    ("S03", "Cerys Dunn", "RT", "7", 1, "linac_qc; planning; dops_assessor", None),
    ("S04", "Dev Ellis", "RT", "7", 0.6, "linac_qc; planning", "Mon-Wed"),
    ("S05", "Edie Frost", "RT", "6", 1, "linac_qc", None),
    ("S06", "Finn Gale", "NM", "8a", 1, "mpe_nm; radiopharmacy; dops_assessor", None),
    ("S07", "Gwen Hart", "NM", "7", 1, "radiopharmacy; gamma_qc", None),
    ("S08", "Hugo Ives", "NM", "7", 0.9, "radiopharmacy; gamma_qc", "Mon-Fri | Mon-Thu"),
)

_DUTIES = (
    ("RT", "Linac QC", 1, "linac_qc", "AM", "exclusive", None, "must"),
    ("RT", "Duty physicist", 1, "mpe_rt", None, "on_site", None, "must"),
    ("RT", "Plan checking", 1, "planning", "PM", "exclusive", None, "should"),
    ("NM", "Radiopharmacy", 1, "radiopharmacy", "AM", "exclusive", None, "must"),
    ("NM", "Gamma clinic", 1, "gamma_qc; mpe_nm", None, "exclusive", True, "should"),
)

_CURRICULUM: tuple[dict[str, CellValue], ...] = (
    {"programme": "STP-RT", "activity": "QA1", "title": "Linac quality control", "sessions": 4,
     "roles": "trainer: linac_qc", "equipment": "linac1|linac2", "max_per_week": 2},
    {"programme": "STP-RT", "activity": "PLAN1", "title": "Treatment planning", "sessions": 3,
     "roles": "trainer: planning >=7", "after": "QA1"},
    {"programme": "STP-RT", "activity": "DOPS1", "title": "Observed linac check",
     "kind": "assessment", "sessions": 1, "roles": "assessor: dops_assessor", "after": "QA1",
     "priority": "should"},
    {"programme": "STP-RT", "activity": "REVIEW", "title": "Progress review", "kind": "review",
     "sessions": 1, "roles": "training_officer"},
    {"programme": "STP-RT", "activity": "STUDY", "title": "Own study", "kind": "study",
     "per_week": 1, "length": 2, "priority": "should"},
    {"programme": "STP-IM", "activity": "RP1", "title": "Radiopharmacy", "sessions": 4,
     "roles": "trainer: radiopharmacy"},
    {"programme": "STP-IM", "activity": "REVIEW", "title": "Progress review", "kind": "review",
     "sessions": 1, "roles": "training_officer"},
    {"programme": "STP-IM", "activity": "STUDY", "title": "Own study", "kind": "study",
     "per_week": 1, "length": 2, "priority": "should"},
)  # fmt: skip

_ROSTER_CODES = {
    "S01": ("", "", "DP", "", "DP", "", "", "DP", "AL", "AL"),
    "S02": ("DP", "DP", "", "DP", "", "DP", "DP", "", "DP", "DP"),
    "S03": ("Linac QC am", "", "", "MTG", "", "", "", "", "", ""),
    "S05": ("", "Linac QC am", "Linac QC am", "Linac QC am", "Linac QC am", *[""] * 5),
    "S06": ("", "", "AL", "AL", "AL", "", "", "", "", ""),
    "S08": ("", "", "", "", "", "AL am", "", "", "", ""),
    "T1": ("", "", "", "", "", "", "", "", "", "AL"),
}


def _rows(headers: str, rows: Sequence[Sequence[CellValue]]) -> TableRows:
    names = headers.split()
    return [
        {name: value for name, value in zip(names, row, strict=True) if value is not None}
        for row in rows
    ]


def example_tables() -> dict[str, TableRows | GridRows]:
    """The example's sheets. Reading them gives no errors, and a plan has something to place."""
    week, friday = timedelta(weeks=1), timedelta(days=4)
    officers = {"T1": "S01", "T2": "S03", "T3": "S06"}
    trainees = (
        ("T1", "Isla Jory", "RT", "STP-RT", 1, officers["T1"], "Northmoor"),
        ("T2", "Jude Kerr", "RT", "STP-RT", 1, officers["T2"], "Northmoor"),
        ("T3", "Kit Lowe", "NM", "STP-IM", 1, officers["T3"], "Northmoor"),
    )
    return {
        "Settings": [{"setting": name, "value": value} for name, value in _SETTINGS.items()],
        "Departments": _rows("department name site specialism accredited_for", _DEPARTMENTS),
        "Staff": _rows("staff_id name department band wte competences working_pattern", _STAFF),
        "Trainees": _rows(
            "trainee_id name department programme year training_officer hei", trainees
        ),
        "Rotations": _rows("trainee_id department from to", [
            ("T3", "RT", START + 2 * week, START + 2 * week + friday)]),
        "Duties": _rows(
            "department duty staff_needed competence periods presence one_person priority", _DUTIES
        ),
        "Curriculum": list(_CURRICULUM),
        "Training plan": _rows("trainee_id activity sessions", [("T2", "QA1", 2)]),
        "Equipment": _rows("equipment department capacity periods", [("linac1", "RT", 1, "PM"),
                                                                    ("linac2", "RT", 1, "PM")]),
        "Roster": _roster(),
        "Codes": _rows("code meaning duty", [("DP", "duty", "Duty physicist"),
                                             ("SL", "absent", None)]),
        "University": _rows("hei programme from to", [
            ("Northmoor", "STP-RT", START + 3 * week, START + 3 * week + friday)]),
        "Closures": _rows("date department note", [
            (START + timedelta(days=10), "NM", "Camera service")]),
        "Preferences": _rows("person kind value weight", [("S03", "avoid_day", "Fri", 2),
                                                          ("T1", "prefer_period", "PM", 1)]),
        "Pins": _rows("trainee_id activity date period staff_ids", [
            ("T1", "REVIEW", START + timedelta(days=9), "PM", "S01")]),
    }  # fmt: skip


def _roster() -> GridRows:
    days = [START + timedelta(days=day) for day in (*range(5), *range(7, 12))]
    header: list[CellValue] = ["staff_id", *days]
    return [header, *([person, *codes] for person, codes in _ROSTER_CODES.items())]
