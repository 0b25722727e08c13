"""A problem in whole numbers for ``timefold_model``, and the way back to a plan.

The rules are those of the whole but for these: cover must be ``flexible``, pins take the first of
their options, and travel is kept between any two stays of a day, not only between consecutive ones.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import product
from typing import TYPE_CHECKING, Any

from trainsched.problem.demands import PRIORITIES

from .rival_plan import RivalPlan, RivalSession

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trainsched.planning.judgement import DayJudgement
    from trainsched.problem.cover import PlaceType
    from trainsched.problem.demands import ActivityNeed, Demand
    from trainsched.problem.offerings import Offering
    from trainsched.problem.problem import Problem

ONCE = 10_000_000
"""As in ``timefold_model``: resources from this number on may be used once."""
Kind = tuple[int, int, int, bool]
"""A stay: site, first and last position in the day, and whether it is mere presence."""


class Export:
    """Options, needs and places with the resources they use; ``plan_of`` reads an answer."""

    def __init__(self, problem: Problem, judgements: tuple[DayJudgement, ...]) -> None:
        self.problem = problem
        self.judgements = judgements
        self.slots = len(problem.grid.days) * problem.grid.periods
        self.limits: list[int] = []
        self.number: dict[object, int] = {}
        sites = sorted({department.site for department in problem.organisation.departments})
        self.site = {site: number for number, site in enumerate(sites)}
        self.wanderers = _wanderers(problem)
        self.options: list[dict[str, Any]] = []
        self.meaning: list[RivalSession] = []
        self.ranges: list[list[int]] = []
        self.needs: list[dict[str, Any]] = []
        self.attendees: list[tuple[int, ...]] = []
        self.kinds: dict[Kind, int] = {}
        self.spans: dict[tuple[int, ...], int] = {}
        self.teams: dict[tuple[int, ...], int] = {}
        self.useful = Counter(
            person
            for cover_day in problem.cover_days
            for place in cover_day.places
            if place.exclusive
            for person in place.candidates
        )
        self.duties: dict[tuple[int, str], int] = {}
        self.places: list[dict[str, Any]] = []
        self.place_of: list[tuple[int, int]] = []
        self.empty: list[int] = []

    def document(self) -> dict[str, Any]:
        """What is written to the file."""
        offerings: dict[int, list[Offering]] = defaultdict(list)
        for offering in self.problem.offerings:
            offerings[offering.activity].append(offering)
        for need in self.problem.activities:
            self._add_activity(need, offerings[need.index])
        for number in range(len(self.problem.cover_days)):
            self._add_cover_day(number)
        return {
            "resources": self.limits,
            "clashes": self._clashes(),
            "spans": [
                {
                    "number": number,
                    "day": self.problem.grid.day_of(slots[0]),
                    "week": self.problem.grid.week_of(slots[0]),
                    "slots": slots,
                }
                for slots, number in self.spans.items()
            ],
            "people": [
                (person.index * self.slots, self._first_person_day(person.index))
                for person in self.problem.people
            ],
            "teams": list(self.teams),
            "orders": [
                (demand.index, earlier)
                for demand in self.problem.demands
                for earlier in demand.after
            ],
            "cover_days": self.empty,
            "options": self.options,
            "ranges": self.ranges,
            "needs": self.needs,
            "places": self.places,
        }

    def _limited(self, key: object, limit: int) -> int:
        if key not in self.number:
            self.number[key] = len(self.limits)
            self.limits.append(limit)
        return self.number[key]

    def _block(self, size: int, limit: int) -> int:
        first = len(self.limits)
        self.limits += [limit] * size
        return first

    def _add_activity(self, need: ActivityNeed, offerings: list[Offering]) -> None:
        demands = [self.problem.demands[number] for number in need.demands]
        if need.activity.together:
            options = [n for o in offerings for n in self._options(need, o, demands, cohort=True)]
            longest = max(demands, key=lambda demand: demand.required)
            self._add_needs(need, longest, tuple(need.demands), options, cohort=True)
            return
        shared = (
            []
            if need.is_solo
            else [
                number
                for o in offerings
                for number in self._options(need, o, demands, cohort=False)
            ]
        )
        for demand in demands:
            mine = [o for o in offerings if demand.index in o.attendees]
            own = (
                [n for o in mine for n in self._options(need, o, [demand], cohort=False)]
                if need.is_solo
                else [n for n in shared if self._may_choose(n, demand)]
            )
            self._add_needs(need, demand, (demand.index,), own, cohort=False)

    def _may_choose(self, option: int, demand: Demand) -> bool:
        return demand.index in self.problem.offerings[self.meaning[option].offering].attendees

    def _options(
        self, need: ActivityNeed, offering: Offering, demands: list[Demand], *, cohort: bool
    ) -> list[int]:
        """Every choice of staff and equipment for a start."""
        officers = {demand.officer for demand in demands}
        roles = [
            person
            for role, people in zip(need.roles, offering.roles, strict=True)
            for person in [[p for p in people if not role.of_officers or p in officers]]
            * role.count
        ]
        names = [number for number, role in enumerate(need.roles) for _ in range(role.count)]
        made: list[int] = []
        for people in product(*roles):
            pairs = tuple(sorted(zip(names, people, strict=True)))
            if len(set(people)) < len(people) or tuple(zip(names, people, strict=True)) != pairs:
                continue
            for items in product(*need.activity.equipment):
                session = RivalSession(offering.index, (), pairs, items)
                made.append(self._add_option(need, offering, session, demands if cohort else []))
        return made

    def _add_option(
        self, need: ActivityNeed, offering: Offering, session: RivalSession, cohort: list[Demand]
    ) -> int:
        grid = self.problem.grid
        day, week = grid.day_of(offering.slot), grid.week_of(offering.slot)
        people = [person for _, person in session.staff]
        trainees = [demand.trainee for demand in cohort]
        shared = [
            ONCE + who * self.slots + slot for who in people + trainees for slot in offering.slots
        ]
        for person in people:
            shared += self._loads(person, day, week)
        for demand in cohort:
            shared += [self._limited(key, most) for key, most in self._spacing(demand, day, week)]
        for item, count in Counter(session.items).items():
            for slot in offering.slots:
                units = self.problem.setting.units[item][slot]
                shared += [self._limited(("item", item, slot), units)] * count
        single = need.is_solo or bool(cohort)
        self.options.append(
            {
                "number": len(self.options),
                "span": self._span(offering.slots),
                "least": 1 if single else max(need.activity.group_min, 1),
                "most": 1 if single else need.group_max,
                "kind": self._kind(offering.department, offering.slot, offering.length),
                "shared": shared,
                "person_days": [
                    person * len(grid.days) + day
                    for person in people + trainees
                    if person in self.wanderers
                ],
            }
        )
        self.meaning.append(session)
        return len(self.options) - 1

    def _span(self, slots: Iterable[int]) -> int:
        return self.spans.setdefault(tuple(slots), len(self.spans))

    def _kind(self, department: int, slot: int, length: int, *, is_presence: bool = False) -> int:
        first = self.problem.grid.position_of(slot)
        site = self.site[self.problem.site_of(department)]
        kind = (site, first, first + length - 1, is_presence)
        return self.kinds.setdefault(kind, len(self.kinds))

    def _clashes(self) -> list[tuple[int, int]]:
        """Pairs of kinds, the earlier first, at two sites that are too far apart."""
        return [
            (number, other_number)
            for one, number in self.kinds.items()
            for other, other_number in self.kinds.items()
            if one[0] != other[0] and one[1] <= other[1] and self._are_too_close(one, other)
        ]

    def _are_too_close(self, one: Kind, other: Kind) -> bool:
        if other[1] <= one[2]:
            return True
        if one[3] or other[3]:
            return False
        grid, sites = self.problem.grid, list(self.site)
        minutes = self.problem.minutes_between(sites[one[0]], sites[other[0]])
        return grid.starts[other[1]] - grid.ends[one[2]] < minutes

    def _first_person_day(self, person: int) -> int:
        return person * len(self.problem.grid.days) if person in self.wanderers else -1

    def _loads(self, number: int, day: int, week: int) -> list[int]:
        person = self.problem.people[number]
        limits = (
            (("week", number, week), person.max_per_week),
            (("day", number, day), person.max_per_day),
            (("plan", number), person.max_in_plan),
        )
        return [self._limited(key, most) for key, most in limits if most is not None]

    def _spacing(self, demand: Demand, day: int, week: int) -> list[tuple[object, int]]:
        timing = demand.timing
        found: list[tuple[object, int]] = []
        if timing.max_per_week is not None:
            found.append((("demand week", demand.index, week), timing.max_per_week))
        if demand.weekly:
            found.append((("amount", demand.index, week), demand.weekly.get(week, 0)))
        if timing.max_per_day is not None:
            found.append((("demand day", demand.index, day), timing.max_per_day))
        return found

    def _add_needs(
        self,
        need: ActivityNeed,
        demand: Demand,
        attendees: tuple[int, ...],
        options: list[int],
        *,
        cohort: bool,
    ) -> None:
        pinned = [pin for pin in self.problem.pins if set(attendees) & set(pin.demands)]
        self.ranges.append(options)
        everything = len(self.ranges) - 1
        weeks = max(self.problem.grid.week_of_day, default=0) + 1
        first_week = first_day = -1
        if not cohort:
            if demand.weekly:
                first_week = self._block(weeks, 0)
                for week, amount in demand.weekly.items():
                    most = demand.timing.max_per_week
                    limit = amount if most is None else min(amount, most)
                    self.limits[first_week + week] = limit
            elif demand.timing.max_per_week is not None:
                first_week = self._block(weeks, demand.timing.max_per_week)
            if demand.timing.max_per_day is not None:
                first_day = self._block(len(self.problem.grid.days), demand.timing.max_per_day)
        for count in range(demand.required):
            pin = pinned[count] if count < len(pinned) else None
            if pin is not None:
                fitting = [
                    n
                    for n in options
                    if self.meaning[n].offering == pin.offering
                    and set(pin.staff) <= {person for _, person in self.meaning[n].staff}
                ]
                self.ranges.append(fitting[:1])
            self.needs.append(
                {
                    "number": len(self.needs),
                    "demand": demand.index,
                    "priority": demand.priority,
                    "trainees": len(attendees),
                    "periods": need.activity.length * len(attendees),
                    "trainee": demand.trainee,
                    "first_slot": -1 if cohort else ONCE + demand.trainee * self.slots,
                    "first_week": first_week,
                    "first_day": first_day,
                    "first_person_day": -1 if cohort else self._first_person_day(demand.trainee),
                    "gap_days": demand.timing.min_gap_days or 0,
                    "is_pinned": pin is not None,
                    "options": everything if pin is None else len(self.ranges) - 1,
                }
            )
            self.attendees.append(attendees)

    def _add_cover_day(self, number: int) -> None:
        cover_day = self.problem.cover_days[number]
        everybody = len(self.problem.people) * self.slots
        # Timefold first fills in order: long places and those for few people are the hard ones.
        for position, place in sorted(
            enumerate(cover_day.places), key=lambda p: (-len(p[1].slots), len(p[1].candidates))
        ):
            base = ONCE
            if not place.exclusive:
                duty = self.duties.setdefault((place.department, place.duty), len(self.duties))
                base += (1 + duty) * everybody
            slot, length = place.slots[0], place.slots[-1] - place.slots[0] + 1
            for _ in range(place.need):
                self.places.append(
                    {
                        "number": len(self.places),
                        "cover_day": number * len(PRIORITIES) + place.priority,
                        "day": cover_day.day,
                        "base": base,
                        "kind": self._kind(
                            place.department, slot, length, is_presence=not place.exclusive
                        ),
                        "span": self._span(place.slots),
                        "people": self.teams.setdefault(self._team(place), len(self.teams)),
                    }
                )
                self.place_of.append((number, position))
        self.empty += list(self.judgements[number].unavoidable)

    def _team(self, place: PlaceType) -> tuple[int, ...]:
        """The candidates, those first who are of use for few other places: they are taken first."""
        return tuple(sorted(place.candidates, key=lambda person: (self.useful[person], person)))

    def plan_of(self, said: dict[str, Any]) -> RivalPlan:
        """The sessions and duties of a solution. Needs with one option are one session."""
        together: dict[int, list[int]] = defaultdict(list)
        for need, option in enumerate(said["needs"]):
            if option is not None:
                together[option] += self.attendees[need]
        filled: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for (number, position), person in zip(self.place_of, said["places"], strict=True):
            if person is not None:
                filled[number].append((position, person))
        sessions = tuple(
            RivalSession(
                self.meaning[option].offering,
                tuple(sorted(demands)),
                self.meaning[option].staff,
                self.meaning[option].items,
            )
            for option, demands in sorted(together.items())
        )
        return RivalPlan(sessions, {day: tuple(pairs) for day, pairs in filled.items()})


def _wanderers(problem: Problem) -> frozenset[int]:
    """People who could be at more than one site on some day."""
    sites: dict[tuple[int, int], set[str]] = defaultdict(set)
    for offering in problem.offerings:
        day, site = problem.grid.day_of(offering.slot), problem.site_of(offering.department)
        people = {person for role in offering.roles for person in role}
        people |= {problem.demands[demand].trainee for demand in offering.attendees}
        for person in people:
            sites[person, day].add(site)
    for cover_day in problem.cover_days:
        for place in cover_day.places:
            for person in place.candidates:
                sites[person, cover_day.day].add(place.site)
    return frozenset(person for (person, _), found in sites.items() if len(found) > 1)
