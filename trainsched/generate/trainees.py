"""Trainees of each section: programmes, years, officers, universities and rotations."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from trainsched.generate.names import NameMaker
from trainsched.generate.staffing import Person, full_days
from trainsched.generate.term import AM, EVE, FULL_WEEK, Term, WeekPattern

STP_CODE = {
    "RT": "STP-RTP",
    "NM": "STP-NM",
    "DR": "STP-RSDR",
    "CE": "STP-CE",
    "MR": "STP-INIR",
    "SC": "STP-CSC",
}

# Programme and year of a section's trainees, in the order in which places are filled.
MIX: dict[str, tuple[tuple[str, int], ...]] = {
    "RT": (
        ("STP", 2),
        ("STP", 1),
        ("STP", 3),
        ("TTS", 1),
        ("STP", 1),
        ("HSST", 2),
        ("STP", 2),
        ("STP", 3),
    ),
    "NM": (("STP", 1), ("STP", 2), ("TTS", 1), ("STP", 3), ("HSST", 3)),
    "DR": (("STP", 2), ("STP", 1), ("HSST", 1), ("STP", 3), ("TTS", 2)),
    "CE": (("APP-L6", 2), ("STP", 1), ("STP", 3), ("APP-L4", 1), ("STP", 2), ("TTS", 1)),
    "MR": (("STP", 2), ("STP", 1), ("HSST", 2), ("STP", 3)),
    "RE": (("TTS", 1), ("APP-L4", 1), ("TTS", 2)),
    "SC": (("STP", 2), ("STP", 1), ("STP", 3)),
}

UNIVERSITIES = {
    "STP": ("Northgate University", "Eastmere University"),
    "HSST": ("Westbridge University",),
    "APP-L6": ("Southfield University",),
}

ROTATION_WEEKS = 6


@dataclass(frozen=True, slots=True)
class Placement:
    """Weeks of the plan, both included, in which a department hosts a trainee."""

    department: str
    key: str
    first_week: int
    last_week: int


@dataclass(slots=True)
class Learner:
    """A trainee being put together. ``key`` is the kind of the home section."""

    trainee_id: str
    name: str
    department: str
    key: str
    route: str
    year: int
    officer: str
    hei: str | None
    weeks: tuple[WeekPattern, ...] = (FULL_WEEK,)
    wte: float = 1.0
    supernumerary: bool = True
    competences: tuple[str, ...] = ()
    placements: list[Placement] = field(default_factory=list)

    @property
    def programme(self) -> str:
        """The programme's code in the workbook."""
        return STP_CODE[self.key] if self.route == "STP" else self.route

    def works(self, week: int, weekday: int, period: str) -> bool:
        """Whether the pattern has them at work; weeks of the plan from 1."""
        return (weekday, period) in self.weeks[(week - 1) % len(self.weeks)]

    def host(self, week: int) -> str:
        """The department that hosts them in a week of the plan."""
        for placement in self.placements:
            if placement.first_week <= week <= placement.last_week:
                return placement.department
        return self.department


@dataclass(frozen=True, slots=True)
class UniversityWeek:
    """A block at a university for one year of one of its routes."""

    hei: str
    year: int
    first_date: date
    last_date: date

    def takes(self, learner: Learner) -> bool:
        """Whether the block concerns this trainee."""
        return (learner.hei, learner.year) == (self.hei, self.year)


@dataclass
class Admissions:
    """Gives out trainee ids and names while sections are being filled."""

    random: Random
    names: NameMaker
    term: Term
    admitted: int = 0

    def section(self, department: str, key: str, count: int, staff: list[Person]) -> list[Learner]:
        """Trainees of one section; officers are seniors of the section, in turn."""
        officers = [p for p in staff if p.is_senior and p.trains][1:] or staff[:1]
        learners = []
        for place in range(count):
            route, year = MIX[key][place % len(MIX[key])]
            self.admitted += 1
            heis = UNIVERSITIES.get(route)
            learner = Learner(
                trainee_id=f"T{self.admitted:03d}",
                name=self.names.next(),
                department=department,
                key=key,
                route=route,
                year=year,
                officer=officers[place % len(officers)].staff_id,
                hei=heis[self.admitted % len(heis)] if heis else None,
            )
            self._settle_hours(learner)
            learners.append(learner)
        return learners

    def _settle_hours(self, learner: Learner) -> None:
        if learner.route == "HSST":
            learner.wte, learner.weeks = 0.8, (full_days(0, 1, 2, 3),)
        elif learner.route == "APP-L6":
            # An in-service apprentice: on the staff, and counted where the competence is held.
            learner.supernumerary = False
            learner.competences = ("helpdesk",) if learner.key == "CE" else ()
        elif self.term.evenings and learner.route == "STP" and learner.year > 1:
            late = {"RT": 1 if learner.year == 2 else 3, "MR": 2}.get(learner.key)
            if late is not None:
                learner.weeks = ((FULL_WEEK - {(late, AM)}) | {(late, EVE)},)


def rotate(learners: list[Learner], sections: list[tuple[str, str]], term: Term) -> None:
    """Give first-year STP trainees their rotations through the sections of their trust.

    ``sections`` are (department, kind). Starts are staggered, so that a host has few at a time.
    """
    turns = max(1, min(4, term.weeks // ROTATION_WEEKS))
    bounds = [term.weeks * n // turns for n in range(turns + 1)]
    for number, learner in enumerate(learner for learner in learners if is_first_year(learner)):
        home = (learner.department, learner.key)
        others = [section for section in sections if section != home]
        start = number % max(1, len(others))
        visits = [home, *others[start:], *others[:start]][:turns]
        shift = number % len(visits)
        visits = visits[shift:] + visits[:shift]
        for (department, key), first, last in zip(visits, bounds, bounds[1:], strict=False):
            learner.placements.append(Placement(department, key, first + 1, last))


def is_first_year(learner: Learner) -> bool:
    """Whether the trainee is in the first year of the STP, the year of rotations."""
    return learner.route == "STP" and learner.year == 1


def university_weeks(learners: list[Learner], term: Term) -> list[UniversityWeek]:
    """Block weeks: two for the first year of the STP in a long plan, fewer for others."""
    shares: dict[tuple[str, int], tuple[float, ...]] = {
        ("STP", 1): (0.3, 0.75) if term.weeks >= 20 else (0.45,),
        ("STP", 2): (0.6,),
        ("STP", 3): (0.85,),
        ("APP-L6", 2): (0.5,),
    }
    for year in (1, 2, 3):
        shares["HSST", year] = (0.35,)
    blocks: set[tuple[str, int, date, date]] = set()
    for learner in learners:
        for share in shares.get((learner.route, learner.year), ()):
            if learner.hei is None:
                continue
            # The two universities of the STP do not meet in the same week.
            later = UNIVERSITIES[learner.route].index(learner.hei)
            week = min(term.weeks, max(1, round(share * term.weeks)) + later)
            first = term.monday(week)
            whole_week = learner.route != "HSST" and learner.year < 3
            last = first + timedelta(days=4 if whole_week else 1)
            blocks.add((learner.hei, learner.year, first, last))
    return [UniversityWeek(*block) for block in sorted(blocks)]
