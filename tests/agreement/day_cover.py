"""The duties of one day, by trying every way to fill every place.

Part of the oracle. Given who is in a session when, it says whether the unavoidable shortfall of
the day is still met, and with how few changes to the roster.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import product

from tests.agreement.presence import DutyKey, WhoIsWhere, is_on_site
from trainsched.domain.duties import Duty, Presence, Priority
from trainsched.domain.organisation import Organisation

Busy = frozenset[tuple[str, int, str]]
"""Who is in a session, at which position of the day, at which site."""

Vector = tuple[int, int, int]
"""Missing places by priority: must, should, could."""

PRIORITIES = (Priority.MUST, Priority.SHOULD, Priority.COULD)


@dataclass(frozen=True)
class Place:
    """One place of a duty row: one period, or all the listed ones for a one-person duty."""

    row: Duty
    positions: tuple[int, ...]

    @property
    def key(self) -> DutyKey:
        """The duty it belongs to."""
        return self.row.department, self.row.duty


@dataclass
class Filled:
    """A partial or whole way to fill the places of a day."""

    people: list[tuple[Place, str | None]] = field(default_factory=list)
    missing: list[int] = field(default_factory=lambda: [0, 0, 0])


class DayCover:
    """All ways to cover the duties of one date."""

    def __init__(self, where: WhoIsWhere, day: date) -> None:
        self.where = where
        self.day = day
        self.organisation = where.organisation
        self.people = sorted(self.organisation.staff_by_id) + sorted(
            t.trainee_id for t in self.organisation.trainees if not t.supernumerary
        )
        self.sites = {department.site for department in self.organisation.departments}
        self.groups = groups_that_share_people(self.organisation)
        self.places = {group: self._places(group) for group in self.groups}
        self.fixed: dict[tuple[str, int], DutyKey] = {}
        for person in self.people:
            for position in range(len(where.calendar.periods)):
                key = where.fixed_duty(person, day, position)
                if key is not None:
                    self.fixed[person, position] = key
        self.unavoidable = {group: self._least_missing(group) for group in self.groups}
        self._known: dict[Busy, int | None] = {}

    def fewest_changes(self, busy: Busy) -> int | None:
        """Fewest changed duty-slots of the day beside these sessions; None: cover is worse."""
        if busy not in self._known:
            self._known[busy] = self._search(busy)
        return self._known[busy]

    def _search(self, busy: Busy) -> int | None:
        if any(not self._can_travel(person, busy, Filled()) for person, _, _ in busy):
            return None
        total = 0
        for group in self.groups:
            best: int | None = None
            for filled in self._ways(group, busy, self.unavoidable[group], Filled()):
                changed = self._changed(group, filled)
                best = changed if best is None else min(best, changed)
                if best == 0:
                    break
            if best is None:
                return None
            total += best
        return total

    def _places(self, group: tuple[str, ...]) -> tuple[Place, ...]:
        """Every place of the group, exclusive duties first."""
        found = []
        for row in self.organisation.duties:
            if (
                row.department not in group
                or not row.falls_on(self.day)
                or self.where.closed(row.department, self.day)
            ):
                continue
            positions = tuple(
                position
                for position, name in enumerate(self.where.calendar.period_names)
                if row.periods is None or name in row.periods
            )
            together = [positions] if row.one_person else [(p,) for p in positions]
            found += [Place(row, taken) for taken in together for _ in range(row.staff_needed)]
        return tuple(sorted(found, key=lambda place: place.row.presence is Presence.ON_SITE))

    def _least_missing(self, group: tuple[str, ...]) -> Vector:
        """The lexicographically least vector of missing places when there is no training."""
        amounts = [
            range(sum(place.row.priority is priority for place in self.places[group]) + 1)
            for priority in PRIORITIES
        ]
        for vector in product(*amounts):
            if any(True for _ in self._ways(group, frozenset(), vector, Filled())):
                return vector
        raise AssertionError("rostered duties alone break the travel rule")

    def _ways(
        self, group: tuple[str, ...], busy: Busy, exactly: Vector, filled: Filled
    ) -> Iterator[Filled]:
        """Every way to fill the places from here on that misses exactly so many of them."""
        places = self.places[group]
        if len(filled.people) == len(places):
            met = tuple(filled.missing) == exactly
            if met and all(self._can_travel(person, busy, filled) for person in self.people):
                yield filled
            return
        place = places[len(filled.people)]
        takers: list[str | None] = [
            person for person in self.people if self._can_take(person, place, busy, filled)
        ]
        for taker in [*takers, None]:
            missing = list(filled.missing)
            if taker is None:
                missing[PRIORITIES.index(place.row.priority)] += 1
                if any(m > u for m, u in zip(missing, exactly, strict=True)):
                    continue
            rest = Filled([*filled.people, (place, taker)], missing)
            yield from self._ways(group, busy, exactly, rest)

    def _can_take(self, person: str, place: Place, busy: Busy, filled: Filled) -> bool:
        if not self.where.qualified_for_duty(person, place.row):
            return False
        return all(self._free_at(person, place, p, busy, filled) for p in place.positions)

    def _free_at(
        self, person: str, place: Place, position: int, busy: Busy, filled: Filled
    ) -> bool:
        """Whether the person can be on the place's duty at one of its positions."""
        taken = [
            other
            for other, taker in filled.people
            if taker == person and position in other.positions
        ]
        if any(other.key == place.key for other in taken):
            return False
        fixed = self.fixed.get((person, position))
        if fixed is None and not self.where.usable_for_duty(person, self.day, position, place.key):
            return False
        teaching = [site for who, when, site in busy if (who, when) == (person, position)]
        if place.row.presence is Presence.EXCLUSIVE:
            if fixed is not None:
                return fixed == place.key
            return not teaching and not taken
        sites = {*teaching, *(self.where.site(other.row.department) for other in taken)}
        if fixed is not None:
            sites.add(self.where.site(fixed[0]))
        return sites <= {self.where.site(place.row.department)}

    def _can_travel(self, person: str, busy: Busy, filled: Filled) -> bool:
        if len(self.sites) == 1:
            return True
        stays = {position: site for who, position, site in busy if who == person}
        for (who, position), key in self.fixed.items():
            if who == person and not is_on_site(self.organisation, key):
                stays[position] = self.where.site(key[0])
        for place, taker in filled.people:
            if taker == person and place.row.presence is Presence.EXCLUSIVE:
                stays |= dict.fromkeys(place.positions, self.where.site(place.row.department))
        return self.where.can_travel(stays)

    def _changed(self, group: tuple[str, ...], filled: Filled) -> int:
        """Duty-slots whose rostered person could have done it and was replaced."""
        changed = 0
        slots = {
            (place.key, position)
            for place in self.places[group]
            if place.row.presence is Presence.EXCLUSIVE
            for position in place.positions
        }
        for slot in sorted(slots):
            key, position = slot
            on_it = {
                taker
                for place, taker in filled.people
                if place.key == key and position in place.positions and taker is not None
            }
            filled_places = len(on_it)
            on_it |= {who for (who, when), fixed in self.fixed.items() if (fixed, when) == slot}
            could = {p for p in self.people if self._rostered_and_able(p, key, position)}
            changed += max(0, min(len(could), filled_places) - len(could & on_it))
        return changed

    def _rostered_and_able(self, person: str, key: DutyKey, position: int) -> bool:
        entry = self.where.entry(person, self.day, position)
        if entry is None or (entry.department, entry.duty) != key:
            return False
        return any(
            place.key == key
            and position in place.positions
            and self.where.qualified_for_duty(person, place.row)
            and all(
                self.fixed.get((person, p)) == key
                or self.where.usable_for_duty(person, self.day, p, key)
                for p in place.positions
            )
            for place in self._all_places()
        )

    def _all_places(self) -> Iterator[Place]:
        for places in self.places.values():
            yield from places


def groups_that_share_people(organisation: Organisation) -> tuple[tuple[str, ...], ...]:
    """Departments in groups: two are together when somebody serves both."""
    groups = [{department.code} for department in organisation.departments]
    for person in organisation.staff:
        joined = [group for group in groups if group & set(person.departments)]
        groups = [group for group in groups if group not in joined]
        groups.append(set().union(*joined))
    return tuple(sorted(tuple(sorted(group)) for group in groups if group))
