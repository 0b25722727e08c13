"""What each kind of section has to cover, and how much of it fits its staff."""

from __future__ import annotations

from dataclasses import dataclass

from trainsched.generate.row import Row
from trainsched.generate.term import AM, EVE, PM, Term, days_text

WEEK = (0, 1, 2, 3, 4)
DAY = (AM, PM)


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A duty that a section has at a fixed size: one person, or one for so many heads.

    ``by_day`` is where an evening duty goes when the departments do not work in the evening.
    ``code`` is the roster code where the duty is planned by name.
    """

    duty: str
    competence: str
    days: tuple[int, ...] = WEEK
    periods: tuple[str, ...] = DAY
    min_band: str | None = None
    heads_each: int | None = None
    least_heads: int = 0
    presence: str = "exclusive"
    one_person: bool = False
    priority: str = "must"
    code: str | None = None
    by_day: tuple[tuple[int, ...], tuple[str, ...]] | None = None

    def staff_needed(self, heads: int) -> int:
        """People needed in a section with so many heads."""
        return 1 if self.heads_each is None else max(1, round(heads / self.heads_each))

    def when(self, term: Term) -> tuple[tuple[int, ...], tuple[str, ...]]:
        """Weekdays and periods in the organisation's own day."""
        if EVE in self.periods and not term.evenings and self.by_day is not None:
            return self.by_day
        return self.days, self.periods


@dataclass(frozen=True, slots=True)
class VolumeLine:
    """Work that takes whoever is left: planning, benches, surveys. Sized to the staff.

    ``share`` is its part of the work of its layer; ``senior`` tells the layer.
    """

    duty: str
    competence: str
    senior: bool
    share: float = 1.0
    min_band: str | None = None
    priority: str = "must"


LINES: dict[str, tuple[DutyLine, ...]] = {
    "RT": (
        DutyLine(
            "Linac run-up", "linac_runup", periods=(AM,), min_band="5", heads_each=16, code="RU"
        ),
        DutyLine("Duty physicist", "duty_physicist", min_band="7", one_person=True, code="DP"),
        DutyLine(
            "Brachytherapy theatre", "brachy", days=(1,), min_band="7", one_person=True, code="BT"
        ),
        DutyLine(
            "Brachytherapy theatre",
            "brachy",
            days=(3,),
            min_band="7",
            one_person=True,
            least_heads=16,
            code="BT",
        ),
        DutyLine("Brachytherapy MPE", "brachy_mpe", days=(1,), min_band="8a", presence="on_site"),
        DutyLine(
            "SABR attendance",
            "sabr",
            days=(0, 2, 4),
            periods=(AM,),
            min_band="7",
            priority="should",
            least_heads=16,
        ),
        DutyLine("Breakdown cover", "linac_engineer", min_band="6", least_heads=16),
        DutyLine(
            "Patient-specific QA",
            "psqa",
            days=(1, 3),
            periods=(EVE,),
            min_band="5",
            heads_each=24,
            by_day=((2,), (PM,)),
        ),
        DutyLine("MPE on site", "mpe_rt", min_band="8a", presence="on_site"),
    ),
    "NM": (
        DutyLine("Camera QC", "nm_qc", periods=(AM,), min_band="5"),
        DutyLine("Dispensing support", "radiopharmacy", periods=(AM,), min_band="5"),
        DutyLine(
            "Iodine therapy", "mrt_physicist", days=(3,), min_band="7", one_person=True, code="THY"
        ),
        DutyLine("Therapy MPE", "mpe_nm", days=(3,), min_band="8a", presence="on_site"),
        DutyLine(
            "Lutetium clinic",
            "mrt_physicist",
            days=(1,),
            periods=(AM,),
            min_band="7",
            priority="should",
        ),
        DutyLine("GFR laboratory", "gfr_lab", days=(0, 2), one_person=True, code="GFR"),
        DutyLine("Waste and records", "nm_qc", days=(4,), periods=(PM,), priority="could"),
    ),
    "DR": (
        DutyLine("Advice line", "advice_line", min_band="7", one_person=True, code="ADV"),
        DutyLine("RPA visits", "rpa", days=(2,), periods=(AM,), min_band="8a", priority="should"),
        DutyLine(
            "CT dose review", "ct_dose", days=(1,), periods=(PM,), min_band="7", priority="should"
        ),
        DutyLine("Dosimetry service", "dosimetry_service", days=(0, 3), periods=(AM,)),
        DutyLine("MPE on site", "mpe_dr", min_band="8a", presence="on_site", priority="should"),
    ),
    "CE": (
        DutyLine("Helpdesk", "helpdesk"),
        DutyLine("Theatre first line", "first_line", min_band="5"),
        DutyLine("Dialysis start-up", "ppm_dialysis", periods=(AM,), min_band="5"),
        DutyLine("Ventilator bench", "ppm_ventilator", days=(0, 2, 4)),
        DutyLine("Incident coordinator", "device_safety", min_band="7", presence="on_site"),
        DutyLine(
            "Acceptance testing",
            "acceptance",
            days=(1, 3),
            periods=(AM,),
            min_band="7",
            priority="should",
        ),
    ),
    "MR": (
        DutyLine("MR safety expert", "mrse", min_band="8a", presence="on_site"),
        DutyLine("Implant queries", "implant_queries", min_band="7", one_person=True, code="IMP"),
        DutyLine("MR QA", "mr_qa", days=(2,), periods=(EVE,), min_band="7", by_day=((2,), (AM,))),
        DutyLine(
            "MR QA second person", "mr_helper", days=(2,), periods=(EVE,), by_day=((2,), (AM,))
        ),
        DutyLine(
            "Quantitative MR clinic", "mr_clinic", days=(1, 4), periods=(AM,), priority="should"
        ),
        DutyLine("Laser and UV surveys", "optical", days=(3,), periods=(PM,), priority="could"),
    ),
    "RE": (
        DutyLine("Seating clinic", "seating", days=(1, 2, 3), periods=(AM,), min_band="7"),
        DutyLine("Seating clinic technologist", "seating_tech", days=(1, 2, 3), periods=(AM,)),
        DutyLine(
            "Posture laboratory", "gait", days=(0,), min_band="7", one_person=True, code="LAB"
        ),
        DutyLine("Assistive technology clinic", "assistive", days=(4,), periods=(AM,)),
        DutyLine(
            "Community visits",
            "seating_tech",
            days=(2,),
            periods=(PM,),
            heads_each=5,
            priority="should",
        ),
    ),
    "SC": (
        DutyLine("Treatment systems support", "ois_support", min_band="6"),
        DutyLine(
            "Release window",
            "release",
            days=(3,),
            periods=(EVE,),
            min_band="7",
            by_day=((3,), (PM,)),
        ),
        DutyLine(
            "Clinical safety review",
            "clinical_safety",
            days=(0,),
            periods=(AM,),
            min_band="7",
            priority="should",
        ),
    ),
}

MR_LINES_WITHIN_DR = (
    DutyLine("MR safety expert", "mrse", min_band="8a", presence="on_site", priority="should"),
    DutyLine("MR QA", "mr_qa", days=(2,), periods=(EVE,), min_band="7", by_day=((2,), (AM,))),
)

VOLUME: dict[str, tuple[VolumeLine, ...]] = {
    "RT": (
        VolumeLine("Plan checking", "plan_check", senior=True, share=0.6, min_band="7"),
        VolumeLine("Machine performance", "linac_qc", senior=True, share=0.2, min_band="7"),
        VolumeLine(
            "Commissioning", "plan_check", senior=True, share=0.2, min_band="7", priority="should"
        ),
        VolumeLine("Treatment planning", "planning", senior=False, share=0.8, min_band="5"),
        VolumeLine(
            "Dosimetry checks", "planning", senior=False, share=0.2, min_band="5", priority="should"
        ),
    ),
    "NM": (
        VolumeLine("Reporting support", "nm_reports", senior=True, share=0.7, min_band="7"),
        VolumeLine(
            "Service development",
            "nm_reports",
            senior=True,
            share=0.3,
            min_band="7",
            priority="should",
        ),
        VolumeLine("Imaging support", "nm_imaging", senior=False, min_band="5"),
    ),
    "DR": (
        VolumeLine("Protection reports", "advice_line", senior=True, share=0.6, min_band="7"),
        VolumeLine(
            "Optimisation projects",
            "advice_line",
            senior=True,
            share=0.4,
            min_band="7",
            priority="should",
        ),
        VolumeLine("X-ray surveys", "xray_qa", senior=False, share=0.8, min_band="5"),
        VolumeLine(
            "Survey reports", "xray_qa", senior=False, share=0.2, min_band="5", priority="should"
        ),
    ),
    "CE": (
        VolumeLine("Device safety", "device_safety", senior=True, share=0.6, min_band="7"),
        VolumeLine(
            "Equipment replacement",
            "device_safety",
            senior=True,
            share=0.4,
            min_band="7",
            priority="should",
        ),
        VolumeLine("Infusion device bench", "ppm_bench", senior=False, share=0.6, min_band="5"),
        VolumeLine("Defibrillator bench", "ppm_bench", senior=False, share=0.2, min_band="5"),
        VolumeLine(
            "Loan pool checks", "ppm_bench", senior=False, share=0.2, min_band="5", priority="could"
        ),
    ),
    "MR": (
        VolumeLine("Scan protocol support", "mr_qa", senior=True, share=0.6, min_band="7"),
        VolumeLine(
            "Imaging research support",
            "mr_qa",
            senior=True,
            share=0.4,
            min_band="7",
            priority="should",
        ),
        VolumeLine("Ultrasound QA", "us_qa", senior=False, min_band="5"),
    ),
    "RE": (
        VolumeLine("Design and sign-off", "seating", senior=True, min_band="7", priority="should"),
        VolumeLine("Workshop", "workshop", senior=False, min_band="5"),
    ),
    "SC": (
        VolumeLine(
            "Software governance", "clinical_safety", senior=True, min_band="7", priority="should"
        ),
        VolumeLine(
            "Systems development", "ois_support", senior=False, min_band="6", priority="should"
        ),
    ),
}

LEAVE_SHARE = 0.12
"""Part of everybody's working days that the roster shows as away."""


def duty_row(
    department: str,
    line: DutyLine | VolumeLine,
    staff_needed: int,
    days: tuple[int, ...],
    periods: tuple[str, ...],
) -> Row:
    """A row of the Duties sheet."""
    return {
        "department": department,
        "duty": line.duty,
        "staff_needed": staff_needed,
        "competence": line.competence,
        "min_band": line.min_band,
        "days": days_text(days),
        "periods": "; ".join(periods),
        "presence": line.presence if isinstance(line, DutyLine) else "exclusive",
        "one_person": "yes" if isinstance(line, DutyLine) and line.one_person else "no",
        "priority": line.priority,
    }


def lines_of(kind: str, heads: int, *, with_mr: bool) -> tuple[DutyLine, ...]:
    """The fixed duties of a section of this kind and size."""
    lines = LINES[kind] + (MR_LINES_WITHIN_DR if with_mr else ())
    return tuple(line for line in lines if heads >= line.least_heads)
