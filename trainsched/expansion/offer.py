"""What may be bought in one academic year, and what a purchase is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from trainsched.domain.curriculum import Kind
from trainsched.domain.funding import HeiPlaces, Post, Target
from trainsched.domain.organisation import CoverGoal, Organisation
from trainsched.domain.people import meets_band
from trainsched.expansion.counting import nobody_who_could
from trainsched.expansion.facts import FIRST_YEAR, Holder, Starter, add_holders, every_slot
from trainsched.expansion.hosting import is_accredited
from trainsched.expansion.money import PriceList, programme_of, rows_for
from trainsched.expansion.universities import alike

MOST_UNITS = 12
"""Units of one post in one department, where the workbook states no most: see the method."""

Group = tuple[str, str, str | None]
"""Programme, department and university of starters; of universities alike, the first."""
PostPlace = tuple[str, str]
"""Post and department."""


@dataclass(frozen=True)
class Offer:
    """For which targets, with which posts, at which prices."""

    organisation: Organisation
    year: int
    targets: tuple[Target, ...]
    prices: PriceList

    @cached_property
    def posts(self) -> dict[str, Post]:
        """The posts by code."""
        return {post.post: post for post in self.organisation.posts}

    def departments_of(self, target: Target) -> list[str]:
        """Where the starters of a target could be: accredited, and staffed for it by some posts."""
        return [
            d.code
            for d in self.organisation.departments
            if target.department in (None, d.code)
            and target.region in (None, d.region)
            and is_accredited(d, target.programme)
            and self._could_train(target.programme, d.code)
        ]

    @cached_property
    def every_unit(self) -> tuple[Holder, ...]:
        """Every unit that might be bought, at work all the time where it has no pattern."""
        slots = every_slot(self.organisation.calendar).weeks[0]
        return tuple(Holder(*unit, slots) for unit in unit_numbers(self.places.items()))

    @cached_property
    def with_every_unit(self) -> Organisation:
        """The organisation with all of them."""
        return add_holders(self.organisation, self.posts, self.every_unit)

    def _could_train(self, programme: str, department: str) -> bool:
        found = nobody_who_could(self.with_every_unit, programme, department, (FIRST_YEAR,))
        return found is None

    def universities(self, programme: str) -> list[list[str]]:
        """Universities with places for the programme, those with equal weeks away together."""
        return alike(self.organisation, programme, (FIRST_YEAR,), self.year)

    def rows(self, programme: str) -> dict[str, HeiPlaces]:
        """The places of each university for the programme in this year."""
        return {row.hei: row for row in rows_for(self.organisation, programme, self.year)}

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Every kind of starter that a target could have."""
        found: set[Group] = set()
        for target in self.targets:
            names: list[str | None] = [group[0] for group in self.universities(target.programme)]
            for department in self.departments_of(target):
                found.update((target.programme, department, hei) for hei in names or [None])
        return tuple(sorted(found, key=lambda g: (g[0], g[1], g[2] or "")))

    @cached_property
    def places(self) -> dict[PostPlace, int]:
        """Every post with every department where its holder could do anything: most units."""
        found: dict[PostPlace, int] = {}
        for post in self.organisation.posts:
            for department in self.organisation.departments:
                most = post.max_posts
                if most is None:
                    most = self._most_of_use(department.code)
                if (
                    most
                    and post.department in (None, department.code)
                    and _is_of_use(self.organisation, post, department.code)
                ):
                    found[post.post, department.code] = most
        return found

    def _most_of_use(self, department: str) -> int:
        """Where no most is stated: where duties are to be filled, as many as they take at once."""
        if self.organisation.cover_goal is not CoverGoal.FULL:
            return MOST_UNITS
        duties = [d for d in self.organisation.duties if d.department == department]
        return max(MOST_UNITS, sum(duty.staff_needed for duty in duties))

    def money_for_starter(self, programme: str) -> int:
        """Salary support for one starter a year; with the fee where no places are listed."""
        known = programme_of(self.organisation, programme)
        if known is None:
            return 0
        fee = 0 if self.universities(programme) else known.hei_fee_pounds or 0
        return (known.annual_cost_pounds or 0) + fee


def _is_of_use(organisation: Organisation, post: Post, department: str) -> bool:
    held = set(post.competences)
    if any(
        duty.department == department
        and (not duty.competences or held & set(duty.competences))
        and meets_band(post.band, duty.min_band)
        for duty in organisation.duties
    ):
        return True
    return any(
        (not role.competences or held & set(role.competences))
        and meets_band(post.band, role.min_band)
        and activity.department in (None, department)
        for activity in organisation.activities
        if activity.kind is not Kind.STUDY
        for role in activity.roles
    )


@dataclass(frozen=True)
class Choice:
    """How many starters of each kind come, and how many units of each post are funded."""

    starters: tuple[tuple[Group, int], ...]
    units: tuple[tuple[PostPlace, int], ...]

    @staticmethod
    def of(starters: Mapping[Group, int], units: Mapping[PostPlace, int]) -> "Choice":
        """The choice with nothing in it that is 0."""
        return Choice(
            tuple(sorted(((g, n) for g, n in starters.items() if n), key=_by_group)),
            tuple(sorted((place, n) for place, n in units.items() if n)),
        )

    def people(self) -> tuple[Starter, ...]:
        """The starters, each with a turn in department and programme."""
        turns: dict[tuple[str, str], int] = defaultdict(int)
        found: list[Starter] = []
        for (programme, department, hei), number in self.starters:
            for _ in range(number):
                found.append(
                    Starter(programme, department, turns[programme, department], hei, FIRST_YEAR)
                )
                turns[programme, department] += 1
        return tuple(found)

    def with_starters(self, starters: Mapping[Group, int]) -> "Choice":
        """The same posts with other starters."""
        return Choice.of(starters, dict(self.units))

    def with_units(self, units: Mapping[PostPlace, int]) -> "Choice":
        """The same starters with other posts."""
        return Choice.of(dict(self.starters), units)


def _by_group(item: tuple[Group, int]) -> tuple[str, str, str]:
    programme, department, hei = item[0]
    return programme, department, hei or ""


def unit_numbers(units: Iterable[tuple[PostPlace, int]]) -> list[tuple[str, str, int]]:
    """Post, department and number of every unit; numbers run from 1 for each post."""
    count: dict[str, int] = defaultdict(int)
    found: list[tuple[str, str, int]] = []
    for (post, department), number in sorted(units):
        for _ in range(number):
            count[post] += 1
            found.append((post, department, count[post]))
    return found
