"""The kinds of section: specialisms, their roles, bands and competences."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class StaffRole:
    """A kind of post in a section.

    ``share`` is its part of the section's heads, ``least`` the fewest there are. ``bands`` are
    given in turn. Everyone in the role holds ``competences``; every second one ``every_second``.
    """

    title: str
    bands: tuple[str, ...]
    share: float
    least: int
    competences: tuple[str, ...]
    every_second: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionKind:
    """A specialism as a section of a trust: its size relative to the others and its roles."""

    key: str
    title: str
    specialism: str
    size: float
    roles: tuple[StaffRole, ...]


KINDS: tuple[SectionKind, ...] = (
    SectionKind(
        "RT",
        "Radiotherapy physics",
        "Radiotherapy physics",
        1.85,
        (
            StaffRole(
                "Head of radiotherapy physics",
                ("8c",),
                0.02,
                1,
                ("mpe_rt", "brachy_mpe", "plan_check", "consultant", "rt_assessor"),
            ),
            StaffRole(
                "Lead physicist",
                ("8a", "8b"),
                0.15,
                2,
                ("mpe_rt", "duty_physicist", "plan_check", "rt_assessor", "linac_qc"),
                ("brachy_mpe", "brachy"),
            ),
            StaffRole(
                "Senior physicist",
                ("7",),
                0.24,
                3,
                ("duty_physicist", "plan_check", "sabr", "rt_assessor", "linac_qc"),
                ("brachy", "psqa"),
            ),
            StaffRole("Dosimetrist", ("6", "5"), 0.26, 3, ("planning", "rt_educator"), ("psqa",)),
            StaffRole(
                "Physics technologist",
                ("6", "5"),
                0.21,
                2,
                ("planning", "linac_runup", "psqa", "rt_educator"),
                ("linac_qc",),
            ),
            StaffRole(
                "Linac engineer",
                ("6", "7"),
                0.12,
                1,
                ("linac_engineer", "linac_runup", "rt_educator"),
            ),
        ),
    ),
    SectionKind(
        "NM",
        "Nuclear medicine",
        "Nuclear medicine",
        1.0,
        (
            StaffRole(
                "Head of nuclear medicine physics",
                ("8c",),
                0.05,
                1,
                ("mpe_nm", "consultant", "nm_assessor", "mrt_physicist", "nm_reports"),
            ),
            StaffRole(
                "Principal physicist",
                ("8a",),
                0.14,
                1,
                ("mpe_nm", "mrt_physicist", "nm_assessor", "nm_reports"),
            ),
            StaffRole(
                "Senior physicist",
                ("7",),
                0.25,
                2,
                ("mrt_physicist", "nm_assessor", "nm_reports", "radiopharmacy"),
            ),
            StaffRole(
                "Clinical technologist",
                ("6", "5"),
                0.56,
                4,
                ("nm_qc", "nm_imaging", "nm_educator", "gfr_lab"),
                ("radiopharmacy",),
            ),
        ),
    ),
    SectionKind(
        "DR",
        "Diagnostic radiology and protection",
        "Radiation safety and diagnostic",
        1.05,
        (
            StaffRole(
                "Head of radiation protection",
                ("8c",),
                0.05,
                1,
                ("rpa", "mpe_dr", "advice_line", "consultant", "dr_assessor"),
            ),
            StaffRole(
                "Principal physicist",
                ("8a", "8b"),
                0.18,
                1,
                ("mpe_dr", "advice_line", "dr_assessor", "ct_dose"),
                ("rpa",),
            ),
            StaffRole(
                "Senior physicist",
                ("7",),
                0.29,
                2,
                ("advice_line", "dr_assessor", "ct_dose", "xray_qa"),
            ),
            StaffRole(
                "Radiation technologist",
                ("6", "5"),
                0.48,
                3,
                ("xray_qa", "dr_educator", "dosimetry_service"),
            ),
        ),
    ),
    SectionKind(
        "CE",
        "Clinical engineering",
        "Clinical engineering",
        1.4,
        (
            StaffRole(
                "Head of clinical engineering",
                ("8b",),
                0.04,
                1,
                ("device_safety", "consultant", "ce_assessor"),
            ),
            StaffRole(
                "Senior clinical engineer",
                ("7", "8a"),
                0.2,
                2,
                ("device_safety", "ce_assessor", "acceptance", "first_line"),
            ),
            StaffRole(
                "Device technologist",
                ("6", "5"),
                0.5,
                4,
                ("ppm_bench", "helpdesk", "ce_educator"),
                ("first_line", "ppm_ventilator"),
            ),
            StaffRole(
                "Renal technologist",
                ("5", "6"),
                0.14,
                2,
                ("ppm_dialysis", "ppm_bench", "ce_educator"),
            ),
            StaffRole("Equipment library assistant", ("4",), 0.12, 1, ("helpdesk",)),
        ),
    ),
    SectionKind(
        "MR",
        "MR and ultrasound physics",
        "Imaging with non-ionising radiation",
        0.6,
        (
            StaffRole(
                "Head of MR physics",
                ("8c",),
                0.08,
                1,
                ("mrse", "implant_queries", "consultant", "mr_assessor", "mr_qa"),
            ),
            StaffRole(
                "Principal physicist",
                ("8a",),
                0.17,
                1,
                ("mrse", "implant_queries", "mr_assessor", "mr_qa"),
            ),
            StaffRole(
                "Senior physicist",
                ("7",),
                0.33,
                2,
                ("implant_queries", "mr_clinic", "mr_assessor", "mr_qa"),
            ),
            StaffRole(
                "Imaging technologist",
                ("6", "5"),
                0.42,
                3,
                ("us_qa", "mr_helper", "mr_educator"),
                ("optical",),
            ),
        ),
    ),
    SectionKind(
        "RE",
        "Rehabilitation engineering",
        "Clinical engineering",
        0.65,
        (
            StaffRole(
                "Head of rehabilitation engineering",
                ("8b",),
                0.08,
                1,
                ("seating", "gait", "consultant", "re_assessor"),
            ),
            StaffRole(
                "Senior rehabilitation engineer",
                ("7",),
                0.3,
                2,
                ("seating", "re_assessor"),
                ("gait",),
            ),
            StaffRole(
                "Rehabilitation technologist",
                ("6", "5"),
                0.62,
                4,
                ("seating_tech", "workshop", "re_educator"),
                ("assistive",),
            ),
        ),
    ),
    SectionKind(
        "SC",
        "Clinical scientific computing",
        "Clinical scientific computing",
        0.45,
        (
            StaffRole(
                "Head of scientific computing",
                ("8b",),
                0.1,
                1,
                ("clinical_safety", "release", "consultant", "sc_assessor"),
            ),
            StaffRole(
                "Senior clinical scientist",
                ("7", "8a"),
                0.4,
                2,
                ("release", "ois_support", "clinical_safety", "sc_assessor"),
            ),
            StaffRole("Systems engineer", ("6",), 0.5, 3, ("ois_support", "sc_educator")),
        ),
    ),
)
KIND_BY_KEY = {kind.key: kind for kind in KINDS}

# A section with diagnostic duties where no MR section exists looks after MR as well.
MR_WITHIN_DR = (
    StaffRole(
        "MR safety expert",
        ("8a",),
        0.08,
        1,
        ("mrse", "mr_qa", "advice_line", "dr_assessor", "mpe_dr"),
    ),
    StaffRole("MR physicist", ("7",), 0.1, 1, ("mr_qa", "advice_line", "dr_assessor", "ct_dose")),
)


def with_mr(kind: SectionKind) -> SectionKind:
    """The diagnostic section that also looks after MR."""
    head, principal, senior, technologist = kind.roles
    principal = replace(principal, competences=(*principal.competences, "mrse"))
    return replace(
        kind,
        title="Radiation protection, imaging and MR",
        roles=(head, principal, *MR_WITHIN_DR, senior, technologist),
    )
