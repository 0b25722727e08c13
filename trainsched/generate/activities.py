"""What trainees are taught in each kind of section."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity of the curriculum: what it is, the same for everybody who needs it.

    ``weight`` is its part of a trainee's taught sessions in years 2 and 3 (0 where the number
    comes from elsewhere). ``senior``: band 7 or above fills the first role. ``group_max`` None
    leaves the cell blank.
    """

    code: str
    title: str
    roles: str
    weight: tuple[float, float] = (0.0, 0.0)
    kind: str = "taught"
    priority: str = "must"
    senior: bool = False
    length: int = 1
    group_max: int | None = 1
    group_min: int = 1
    together: bool = False
    equipment: str | None = None
    department: str | None = None
    after: str | None = None
    max_per_day: int | None = None
    max_per_week: int | None = None
    min_gap_days: int | None = None

    @property
    def staff_in_room(self) -> int:
        """How many members of staff a session takes."""
        return 0 if self.kind == "study" else self.roles.count(";") + 1


SKILLS: dict[str, tuple[Activity, ...]] = {
    "RT": (
        Activity(
            "RT-PLAN",
            "Treatment planning practice",
            "trainer: planning >=6",
            (3, 2),
            after="RT-INTRO",
            max_per_day=1,
        ),
        Activity(
            "RT-QC",
            "Linac quality control after hours",
            "trainer: linac_qc",
            (2, 2),
            group_max=2,
            equipment="linac_a|linac_b",
            max_per_week=1,
        ),
        Activity(
            "RT-DOSE",
            "Reference dosimetry",
            "trainer: linac_qc",
            (1.5, 1.5),
            priority="should",
            equipment="phantom_a|phantom_b; electrometer",
        ),
        Activity(
            "RT-CHECK",
            "Plan checking with a senior",
            "trainer: plan_check >=7",
            (1, 2),
            priority="should",
            senior=True,
            max_per_day=1,
        ),
        Activity(
            "RT-BRACHY", "Brachytherapy", "trainer: brachy", (1, 1), priority="could", senior=True
        ),
    ),
    "NM": (
        Activity(
            "NM-CAM",
            "Gamma camera performance tests",
            "trainer: nm_qc",
            (2, 1.5),
            group_max=2,
            equipment="gamma_camera",
            max_per_day=1,
        ),
        Activity(
            "NM-REP",
            "Quantification and reporting",
            "trainer: nm_reports >=7",
            (2, 2),
            senior=True,
            after="NM-INTRO",
            max_per_day=1,
        ),
        Activity(
            "NM-MRT",
            "Molecular radiotherapy",
            "trainer: mrt_physicist >=7",
            (1.5, 2),
            priority="should",
            senior=True,
        ),
        Activity(
            "NM-IMG",
            "Imaging with the technologists",
            "trainer: nm_imaging",
            (2, 1.5),
            priority="should",
        ),
        Activity("NM-RPH", "Radiopharmacy", "trainer: radiopharmacy", (1, 1), priority="could"),
    ),
    "DR": (
        Activity(
            "DR-SURV",
            "X-ray survey, whole day",
            "trainer: xray_qa",
            (1.5, 1),
            length=2,
            group_max=2,
            equipment="survey_kit_a|survey_kit_b",
        ),
        Activity(
            "DR-CT",
            "CT dose optimisation",
            "trainer: ct_dose >=7",
            (2, 2),
            senior=True,
            after="DR-INTRO",
            max_per_day=1,
        ),
        Activity(
            "DR-LAB",
            "Dosimetry laboratory",
            "trainer: dr_educator",
            (2, 1.5),
            priority="should",
            equipment="tld_reader",
        ),
        Activity(
            "DR-ADV",
            "Advice cases",
            "trainer: advice_line >=7",
            (1, 2),
            priority="should",
            senior=True,
        ),
        Activity(
            "DR-RPA",
            "Visit with the adviser",
            "trainer: rpa >=8a",
            (0.6, 1),
            priority="could",
            senior=True,
        ),
    ),
    "CE": (
        Activity(
            "CE-MAINT",
            "Maintenance of infusion devices",
            "trainer: ppm_bench",
            (2.5, 1.5),
            group_max=2,
            after="CE-INTRO",
            max_per_day=1,
        ),
        Activity(
            "CE-SAFE",
            "Device incident review",
            "trainer: device_safety >=7",
            (1.5, 2),
            senior=True,
            max_per_day=1,
        ),
        Activity(
            "CE-VENT",
            "Ventilators and anaesthesia",
            "trainer: ppm_ventilator",
            (1.5, 1.5),
            priority="should",
            equipment="vent_tester",
        ),
        Activity(
            "CE-ACC",
            "Acceptance testing",
            "trainer: acceptance >=7",
            (1, 1.5),
            priority="should",
            senior=True,
        ),
        Activity("CE-FIRST", "Theatre first line", "trainer: first_line", (1, 1), priority="could"),
    ),
    "MR": (
        Activity(
            "MR-QA",
            "Scanner quality assurance",
            "trainer: mr_qa >=7",
            (2, 2),
            senior=True,
            group_max=2,
            equipment="mri_scanner",
            max_per_week=1,
        ),
        Activity(
            "MR-US",
            "Ultrasound probe tests",
            "trainer: us_qa",
            (2, 1.5),
            after="MR-INTRO",
            max_per_day=1,
        ),
        Activity(
            "MR-IMPL",
            "Implant safety queries",
            "trainer: implant_queries >=7",
            (1.5, 2),
            priority="should",
            senior=True,
        ),
        Activity(
            "MR-LAB",
            "Phantom laboratory",
            "trainer: mr_educator",
            (1.5, 1),
            priority="should",
            equipment="flow_phantom",
        ),
        Activity(
            "MR-SAFE",
            "Zone safety with the expert",
            "trainer: mrse >=8a",
            (0.6, 1),
            priority="could",
            senior=True,
        ),
    ),
    "SC": (
        Activity(
            "SC-SYS",
            "Treatment systems practice",
            "trainer: ois_support >=6",
            (2.5, 2),
            after="SC-INTRO",
            max_per_day=1,
        ),
        Activity(
            "SC-SAFE",
            "Clinical safety case",
            "trainer: clinical_safety >=7",
            (1.5, 2),
            senior=True,
            max_per_day=1,
        ),
        Activity(
            "SC-TEST",
            "Release testing",
            "trainer: ois_support",
            (1.5, 1.5),
            priority="should",
            equipment="test_system",
        ),
        Activity(
            "SC-REL",
            "Release management",
            "trainer: release >=7",
            (1, 1.5),
            priority="should",
            senior=True,
        ),
        Activity(
            "SC-IMG", "Image transfer faults", "trainer: sc_educator", (1, 1), priority="could"
        ),
    ),
    "RE": (),
}

SECTION_TITLES = {
    "RT": "radiotherapy physics",
    "NM": "nuclear medicine",
    "DR": "radiation protection",
    "CE": "clinical engineering",
    "MR": "MR and ultrasound",
    "RE": "rehabilitation engineering",
    "SC": "scientific computing",
}

# Who sits with the assessor when a trainee is observed with a patient or a colleague.
OBSERVER = {
    "RT": "mpe_rt >=8a",
    "NM": "mpe_nm >=8a",
    "DR": "mpe_dr >=8a",
    "CE": "device_safety >=7",
    "MR": "mrse >=8a",
    "SC": "clinical_safety >=7",
}

STUDY = Activity("STUDY", "Protected study", "", kind="study")
RESEARCH = Activity(
    "RESEARCH",
    "Doctoral research, whole day",
    "",
    kind="study",
    length=2,
    priority="should",
    max_per_week=1,
)
REVIEW = Activity(
    "REVIEW",
    "Progress review with the training officer",
    "training_officer",
    kind="review",
    senior=True,
    min_gap_days=14,
)
SUPERVISION = Activity(
    "HSST-SUP",
    "Supervision by a consultant",
    "supervisor: consultant >=8b",
    kind="review",
    senior=True,
    min_gap_days=10,
)
CASE = Activity(
    "HSST-CASE",
    "Complex case with a consultant",
    "trainer: consultant >=8b",
    priority="could",
    senior=True,
)


def introduction(key: str) -> Activity:
    """The first session of everything in a section."""
    return Activity(
        f"{key}-INTRO",
        f"Introduction to {SECTION_TITLES[key]}",
        f"trainer: {key.lower()}_educator",
        group_max=3,
    )


def observation(key: str, assessed_with: str | None = None) -> Activity:
    """DOPS: an assessor watches a procedure."""
    return Activity(
        f"{key}-DOPS",
        f"DOPS in {SECTION_TITLES[key]}",
        f"assessor: {assessed_with or key.lower() + '_assessor'} >=7",
        kind="assessment",
        senior=True,
        min_gap_days=7,
    )


def discussion(key: str) -> Activity:
    """CBD: a case discussed with an assessor, after the first skill is complete."""
    return Activity(
        f"{key}-CBD",
        f"Case-based discussion in {SECTION_TITLES[key]}",
        f"assessor: {key.lower()}_assessor >=7",
        kind="assessment",
        senior=True,
        after=next(a.code for a in SKILLS[key] if a.after is not None),
    )


def patient_observation(key: str) -> Activity:
    """OCE: two people watch the trainee with a patient or a colleague."""
    return Activity(
        f"{key}-OCE",
        f"Observed clinical event in {SECTION_TITLES[key]}",
        f"assessor: {key.lower()}_assessor >=7; supervisor: {OBSERVER[key]}",
        kind="assessment",
        priority="should",
        senior=True,
    )


def tutorial(key: str, group_min: int) -> Activity:
    """A small group with a senior."""
    return Activity(
        f"{key}-TUT",
        f"Tutorial in {SECTION_TITLES[key]}",
        f"tutor: {key.lower()}_assessor >=7",
        priority="should",
        senior=True,
        group_max=4,
        group_min=group_min,
        max_per_week=1,
    )


def rotation(key: str) -> tuple[Activity, Activity]:
    """What somebody in the first year does in a section: at the bench, and with a scientist."""
    return (
        Activity(
            f"{key}-ROT",
            f"Rotation: {SECTION_TITLES[key]} at the bench",
            f"trainer: {key.lower()}_educator",
            group_max=3,
            max_per_day=1,
        ),
        Activity(
            f"{key}-ROTS",
            f"Rotation: {SECTION_TITLES[key]} with a scientist",
            f"trainer: {key.lower()}_assessor >=7",
            priority="should",
            senior=True,
            group_max=2,
        ),
    )


def technical(key: str) -> tuple[Activity, Activity, Activity]:
    """What technologist trainees and apprentices do: bench, skills, log book."""
    return (
        Activity(
            f"{key}-BENCH",
            f"Bench practice in {SECTION_TITLES[key]}",
            f"trainer: {key.lower()}_educator",
            group_max=2,
            max_per_day=1,
        ),
        Activity(
            f"{key}-SKILL",
            f"Equipment skills in {SECTION_TITLES[key]}",
            f"trainer: {key.lower()}_educator >=5",
            priority="should",
        ),
        Activity(
            f"{key}-LOG",
            f"Log book assessment in {SECTION_TITLES[key]}",
            f"assessor: {key.lower()}_educator >=6",
            kind="assessment",
            min_gap_days=7,
        ),
    )


def lecture(trust_suffix: str, department: str) -> Activity:
    """Cohort teaching of a trust's first year, at its first section."""
    return Activity(
        f"LECTURE{trust_suffix}",
        "Lecture to the first year",
        "lecturer: consultant >=8b",
        senior=True,
        group_max=None,
        together=True,
        department=department,
        max_per_week=1,
    )
