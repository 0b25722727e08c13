"""Who works in each kind of section: roles, bands, competences, hours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random

from trainsched.generate.names import NameMaker
from trainsched.generate.term import AM, EVE, FULL_WEEK, PM, WeekPattern


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


@dataclass(slots=True)
class Person:
    """A member of staff being put together."""

    staff_id: str
    name: str
    departments: tuple[str, ...]
    role: StaffRole
    band: str
    competences: tuple[str, ...]
    wte: float = 1.0
    weeks: tuple[WeekPattern, ...] = (FULL_WEEK,)
    max_per_week: int | None = None
    shares: tuple[float, ...] = field(default=())

    @property
    def is_senior(self) -> bool:
        """Band 7 or above."""
        return self.band not in {"2", "3", "4", "5", "6"}

    def works(self, week: int, weekday: int, period: str) -> bool:
        """Whether the pattern has them at work; weeks of the plan from 1."""
        return (weekday, period) in self.weeks[(week - 1) % len(self.weeks)]


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
                ("xray_qa", "dr_educator"),
                ("dosimetry_service",),
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
    return replace(
        kind,
        title="Radiation protection, imaging and MR",
        roles=(head, principal, *MR_WITHIN_DR, senior, technologist),
    )


def full_days(*days: int) -> WeekPattern:
    """A week with whole days on these weekdays."""
    return frozenset((day, period) for day in days for period in (AM, PM))


# What a part-time post of so many tenths less than full time can look like.
PART_TIME: dict[int, tuple[tuple[WeekPattern, ...], ...]] = {
    1: (
        (FULL_WEEK, full_days(0, 1, 2, 3)),
        (full_days(1, 2, 3, 4), FULL_WEEK),
    ),
    2: ((full_days(0, 1, 2, 3),), (full_days(1, 2, 3, 4),), (full_days(0, 1, 3, 4),)),
    3: (
        (full_days(0, 1, 2, 3), full_days(0, 1, 2)),
        (full_days(2, 3, 4), full_days(1, 2, 3, 4)),
    ),
    4: ((full_days(0, 1, 2),), (full_days(2, 3, 4),), (full_days(0, 2, 4),)),
    5: (
        (full_days(0, 1) | {(2, AM)},),
        (full_days(0, 1, 2), full_days(3, 4)),
    ),
}
PART_TIME_ORDER = (2, 4, 1, 3, 2, 5, 2, 4)


def heads_by_role(kind: SectionKind, heads: int) -> list[int]:
    """How many people each role has: at least its least, the rest by share."""
    counts = [role.least for role in kind.roles]
    while sum(counts) < heads:
        lacking = [
            heads * role.share - count for role, count in zip(kind.roles, counts, strict=True)
        ]
        counts[lacking.index(max(lacking))] += 1
    return counts


def part_time_tenths(tenths: int) -> Iterator[int]:
    """Split what a section lacks to full time into posts of one to five tenths less."""
    turn = 0
    while tenths > 0:
        cut = min(PART_TIME_ORDER[turn % len(PART_TIME_ORDER)], tenths)
        turn += 1
        tenths -= cut
        yield cut


@dataclass
class Hiring:
    """Gives out staff ids and names while sections are being staffed."""

    random: Random
    names: NameMaker
    hired: int = 0

    def section(self, department: str, kind: SectionKind, wte: float) -> list[Person]:
        """Staff of a section, seniors first, whose WTE sum up to ``wte`` where roles allow it."""
        heads = max(round(wte * 1.075 + 0.3), sum(role.least for role in kind.roles))
        people: list[Person] = []
        for role, count in zip(kind.roles, heads_by_role(kind, heads), strict=True):
            for place in range(count):
                self.hired += 1
                extra = role.every_second if place % 2 == 0 else ()
                people.append(
                    Person(
                        staff_id=f"S{self.hired:03d}",
                        name=self.names.next(),
                        departments=(department,),
                        role=role,
                        band=role.bands[place % len(role.bands)],
                        competences=(*role.competences, *extra),
                    )
                )
        self._make_part_time(people, round(10 * (len(people) - wte)))
        return people

    def _make_part_time(self, people: list[Person], tenths: int) -> None:
        """Part-timers are spread over the section, never its head or the last ones of a role."""
        candidates = people[1:]
        self.random.shuffle(candidates)
        for person, cut in zip(candidates, part_time_tenths(tenths), strict=False):
            person.wte = round(1.0 - cut / 10, 1)
            person.weeks = self.random.choice(PART_TIME[cut])


def give_evenings(people: list[Person], competence: str, weekday: int, count: int) -> None:
    """Move some holders of a competence to a late day: afternoon and evening, morning off.

    Those with the fewest late days come first; part-timers keep their days.
    """
    holders = [
        person for person in people if competence in person.competences and person.wte == 1.0
    ]
    holders.sort(key=lambda person: (late_days(person), person.is_senior, person.staff_id))
    chosen = [p for p in holders if (weekday, AM) in p.weeks[0]][:count]
    for person in chosen:
        person.weeks = tuple(
            (week - {(weekday, AM)}) | {(weekday, EVE)} if (weekday, AM) in week else week
            for week in person.weeks
        )


def late_days(person: Person) -> int:
    """Evenings in the person's first week."""
    return sum(period == EVE for _, period in person.weeks[0])
