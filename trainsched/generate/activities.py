"""What trainees need beside the skills of their section: introductions, assessments, groups."""

from __future__ import annotations

from trainsched.generate.skills import SKILLS, Activity

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
        priority="could",
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
