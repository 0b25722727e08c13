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
    from trainsched.planning.judgement import DayJudgement
    from trainsched.problem.demands import ActivityNeed, Demand
    from trainsched.problem.offerings import Offering
    from trainsched.problem.problem import Problem

Stay = tuple[int, int, int, int, int, int, bool]
"""Person and day, site, first and last position, start and end in minutes, mere presence."""


class Export:
    """Options, needs and places with the resources they use; ``plan_of`` reads an answer."""

    def __init__(self, problem: Problem, judgements: tuple[DayJudgement, ...]) -> None:
        self.problem = problem
        self.judgements = judgements
        self.slots = len(problem.grid.days) * problem.grid.periods
        self.limits = [1] * (len(problem.people) * self.slots)
        self.number: dict[object, int] = {}
        sites = sorted({department.site for department in problem.organisation.departments})
        self.site = {site: number for number, site in enumerate(sites)}
        self.wanderers = _wanderers(problem)
        self.options: list[dict[str, Any]] = []
        self.meaning: list[RivalSession] = []
        self.ranges: list[list[int]] = []
        self.needs: list[dict[str, Any]] = []
        self.attendees: list[tuple[int, ...]] = []
        self.own_stays: list[tuple[int, int, Stay]] = []
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
            "travel": [
                (self.site[one], self.site[other], self.problem.minutes_between(one, other))
                for one in self.site
                for other in self.site
                if one != other
            ],
            "own_stays": self.own_stays,
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
        shared = [who * self.slots + slot for who in people + trainees for slot in offering.slots]
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
                "day": day,
                "week": week,
                "least": 1 if single else max(need.activity.group_min, 1),
                "most": 1 if single else need.group_max,
                "slots": list(offering.slots),
                "shared": shared,
                "stays": [
                    self._stay(person, offering.department, list(offering.slots))
                    for person in people + trainees
                    if person in self.wanderers
                ],
            }
        )
        self.meaning.append(session)
        return len(self.options) - 1

    def _stay(
        self, person: int, department: int, slots: list[int], *, is_presence: bool = False
    ) -> Stay:
        grid = self.problem.grid
        first, last = grid.position_of(slots[0]), grid.position_of(slots[-1])
        return (
            person * len(grid.days) + grid.day_of(slots[0]),
            self.site[self.problem.site_of(department)],
            first,
            last,
            grid.starts[first],
            grid.ends[last],
            is_presence,
        )

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
        if demand.trainee in self.wanderers and not cohort:
            for number in options:
                offering = self.problem.offerings[self.meaning[number].offering]
                stay = self._stay(demand.trainee, offering.department, list(offering.slots))
                self.own_stays.append((demand.index, number, stay))
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
                    "first_slot": -1 if cohort else demand.trainee * self.slots,
                    "first_week": first_week,
                    "first_day": first_day,
                    "gap_days": demand.timing.min_gap_days or 0,
                    "is_pinned": pin is not None,
                    "options": everything if pin is None else len(self.ranges) - 1,
                }
            )
            self.attendees.append(attendees)

    def _add_cover_day(self, number: int) -> None:
        cover_day = self.problem.cover_days[number]
        for position, place in enumerate(cover_day.places):
            for _ in range(place.need):
                candidates = [self._candidate(position, number, p) for p in place.candidates]
                self.places.append(
                    {
                        "number": len(self.places),
                        "day": number * len(PRIORITIES) + place.priority,
                        "candidates": candidates,
                    }
                )
                self.place_of.append((number, position))
        self.empty += list(self.judgements[number].unavoidable)

    def _candidate(self, position: int, number: int, person: int) -> dict[str, Any]:
        place = self.problem.cover_days[number].places[position]
        if place.exclusive:
            uses = [person * self.slots + slot for slot in place.slots]
        else:
            key = (place.department, place.duty, person)
            uses = [self._limited((*key, slot), 1) for slot in place.slots]
        stays = []
        if person in self.wanderers:
            stays = [
                self._stay(person, place.department, [slot], is_presence=not place.exclusive)
                for slot in place.slots
            ]
        return {"number": person, "person": person, "uses": uses, "stays": stays}

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
