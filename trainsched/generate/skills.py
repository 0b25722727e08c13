"""The taught skills of each kind of section, and what an activity is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity of the curriculum: what it is, the same for everybody who needs it.

    ``weight`` is its part of a trainee's taught sessions in years 2 and 3 (0 where the number
    comes from elsewhere). ``senior``: band 7 or above fills the first role. ``group_max`` None
    leaves the cell blank. ``named``: only the people of the trust who hold this competence fill the
    first role, by name.
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
    named: str | None = None
    staff: str | None = None
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
            "RT-BRACHY",
            "Brachytherapy",
            "trainer: brachy",
            (1, 1),
            priority="could",
            named="brachy_mpe",
            senior=True,
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
