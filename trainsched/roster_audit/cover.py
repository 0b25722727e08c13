"""Cover as the roster has it, and at best: where places are short, by duty, date and period."""

import datetime as dt
from collections import defaultdict

from trainsched.domain.audit import DutyAudit, ShortSlot
from trainsched.planning.at_best import BestDay
from trainsched.planning.matching import Matcher
from trainsched.problem.cover import CoverDay
from trainsched.problem.demands import PRIORITIES
from trainsched.problem.problem import Problem

Unavoidable = tuple[dt.date, str, int, int, int]
DutyKey = tuple[int, str]


class RosteredCover:
    """Who the roster has on which duty, matched to the places of that duty."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.on_duty: dict[tuple[DutyKey, int], list[int]] = defaultdict(list)
        for person in problem.people:
            for slot, duty in person.rostered.items():
                self.on_duty[duty, slot].append(person.index)

    def filled(self, day: CoverDay) -> list[int]:
        """How many of each place the roster fills with people who count for it.

        On-site places are also filled by candidates who are merely at work.
        """
        counts = [0] * len(day.places)
        groups: dict[tuple[DutyKey, tuple[int, ...]], list[int]] = defaultdict(list)
        for number, place in enumerate(day.places):
            groups[(place.department, place.duty), place.slots].append(number)
        for (duty, slots), numbers in groups.items():
            on_it = set.intersection(*({*self.on_duty[duty, slot]} for slot in slots))
            able = {person for number in numbers for person in day.places[number].candidates}
            exclusive = day.places[numbers[0]].exclusive
            matcher = Matcher(on_it & able if exclusive else able)
            for number in sorted(numbers, key=lambda n: day.places[n].priority):
                place = day.places[number]
                counts[number] = matcher.fill(place.candidates, place.need)
        return counts


def duty_audits(problem: Problem, best: tuple[BestDay, ...]) -> tuple[DutyAudit, ...]:
    """Every duty with its places, as rostered and at best."""
    rostered = RosteredCover(problem)
    needed: dict[DutyKey, int] = defaultdict(int)
    filled: dict[DutyKey, int] = defaultdict(int)
    priority: dict[DutyKey, int] = {}
    short: dict[DutyKey, dict[int, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for day, at_best in zip(problem.cover_days, best, strict=True):
        counts = rostered.filled(day)
        for place, count, missing in zip(day.places, counts, at_best.missing, strict=True):
            key = place.department, place.duty
            priority[key] = min(priority.get(key, place.priority), place.priority)
            for slot in place.slots:
                needed[key] += place.need
                filled[key] += count
                if place.need > count or missing:
                    short[key][slot][0] += place.need - count
                    short[key][slot][1] += missing
    found = [
        DutyAudit(
            department=problem.organisation.departments[key[0]].code,
            duty=key[1],
            priority=PRIORITIES[priority[key]],
            needed=needed[key],
            rostered=filled[key],
            short_as_rostered=sum(counts[0] for counts in short[key].values()),
            short_at_best=sum(counts[1] for counts in short[key].values()),
            slots=_slots(problem, short[key]),
        )
        for key in needed
    ]
    return tuple(sorted(found, key=lambda d: (d.department, d.duty)))


def _slots(problem: Problem, short: dict[int, list[int]]) -> tuple[ShortSlot, ...]:
    grid = problem.grid
    return tuple(
        ShortSlot(
            date=grid.days[grid.day_of(slot)],
            period=grid.calendar.period_names[grid.position_of(slot)],
            as_rostered=counts[0],
            at_best=counts[1],
        )
        for slot, counts in sorted(short.items())
    )


def unavoidable_of(problem: Problem, best: tuple[BestDay, ...]) -> tuple[Unavoidable, ...]:
    """The days on which places must stay empty, for each group of departments."""
    return tuple(
        sorted(
            (
                problem.grid.days[day.day],
                problem.organisation.departments[day.departments[0]].code,
                *at_best.unavoidable,
            )
            for day, at_best in zip(problem.cover_days, best, strict=True)
            if any(at_best.unavoidable)
        )
    )
