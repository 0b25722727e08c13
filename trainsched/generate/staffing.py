"""Who works in each kind of section: roles, bands, competences, hours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from trainsched.generate.names import NameMaker
from trainsched.generate.section_kinds import SectionKind, StaffRole
from trainsched.generate.term import AM, EVE, FULL_WEEK, PM, WeekPattern


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
    trains: bool = True
    shares: tuple[float, ...] = field(default=())

    @property
    def is_senior(self) -> bool:
        """Band 7 or above."""
        return self.band not in {"2", "3", "4", "5", "6"}

    def works(self, week: int, weekday: int, period: str) -> bool:
        """Whether the pattern has them at work; weeks of the plan from 1."""
        return (weekday, period) in self.weeks[(week - 1) % len(self.weeks)]


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
LARGE_ROLE = 6
"""In a role of more people than this, not everybody trains."""

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


def is_trainer(role: StaffRole, place: int, count: int) -> bool:
    """Whether somebody trains: band 5 and above, and in a large role every second person."""
    return role.bands[0] not in {"2", "3", "4"} and (count <= LARGE_ROLE or place % 2 == 0)


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
                        trains=is_trainer(role, place, count),
                        max_per_week=2 if role.title.startswith("Head") else None,
                    )
                )
        self._make_part_time(people, round(10 * (len(people) - wte)))
        return people

    def _make_part_time(self, people: list[Person], tenths: int) -> None:
        """Part-timers are spread over the section, never the only one of a role."""
        in_role = Counter(person.role.title for person in people)
        candidates = [person for person in people if in_role[person.role.title] > 1]
        self.random.shuffle(candidates)
        for person, cut in zip(candidates, part_time_tenths(tenths), strict=False):
            person.wte = round(1.0 - cut / 10, 1)
            person.weeks = self.random.choice(PART_TIME[cut])


def give_evenings(people: list[Person], competence: str, weekday: int, count: int) -> None:
    """Move some holders of a competence to a late day: afternoon and evening, morning off.

    Those with the fewest late days come first, then trainers, then those with the fewest
    competences; part-timers keep their days.
    """
    holders = [
        person for person in people if competence in person.competences and person.wte == 1.0
    ]
    holders.sort(
        key=lambda person: (
            late_days(person),
            not person.trains,
            person.is_senior,
            len(person.competences),
            person.staff_id,
        )
    )
    chosen = [p for p in holders if (weekday, AM) in p.weeks[0]][:count]
    for person in chosen:
        person.weeks = tuple(
            (week - {(weekday, AM)}) | {(weekday, EVE)} if (weekday, AM) in week else week
            for week in person.weeks
        )


def late_days(person: Person) -> int:
    """Evenings in the person's first week."""
    return sum(period == EVE for _, period in person.weeks[0])
