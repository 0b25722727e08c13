"""Volume work, sized so that duties and training compete for the same people."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from trainsched.generate.duties import DAY, VOLUME, WEEK, DutyLine, VolumeLine, duty_row
from trainsched.generate.roster import AWAY, MANAGEMENT, Roster
from trainsched.generate.row import Row
from trainsched.generate.staffing import Person
from trainsched.generate.term import Term
from trainsched.generate.trusts import Section, share_out

WORST_DAYS = 0.06
"""The part of the days on which the roster may leave fewer people than the work asks for."""

STRETCHES, LONGEST_STRETCH_WEEKS = 6, 3
"""Into how many stretches of weeks the plan is cut to look for busier ones, or more if long."""

Slot = tuple[int, str]
"""A weekday from 0 and a period."""

LeftOver = dict[tuple[date, str], int]
"""People of a layer beyond the fixed duties, by date and period."""


@dataclass
class Workload:
    """Rows of volume work, and by department the seniors whom no duty needs in each slot."""

    rows: list[Row] = field(default_factory=list)
    spare_seniors: LeftOver = field(default_factory=dict)


def workload_of(
    section: Section,
    roster: Roster,
    load: dict[tuple[str, bool], float],
    tightness: float,
) -> Workload:
    """Rows for the section's volume work, layer by layer.

    On each weekday and period the work takes the people whom the fixed duties leave, less what
    training needs at the given tightness, and not more than are there on all but the worst days.
    In weeks in which more people are in, there is more of the layer's last line of work.
    """
    workload = Workload()
    for senior in (True, False):
        lines = tuple(line for line in VOLUME[section.kind.key] if line.senior == senior)
        layer = [
            person
            for person in section.staff
            if lines[0].competence in person.competences and person.is_senior == senior
        ]
        wanted = load.get((section.code, senior), 0.0) / tightness / len(WEEK) / len(DAY)
        left = _left_over(section, layer, roster)
        places = _places(left, wanted)
        spare = {
            (day, period): people - places[day.weekday(), period]
            for (day, period), people in left.items()
        }
        workload.rows += _rows(section.code, lines, places)
        workload.rows += _busy_weeks(section.code, lines[-1], spare, roster.term, wanted)
        if senior:
            workload.spare_seniors = spare
    return workload


def _left_over(section: Section, layer: list[Person], roster: Roster) -> LeftOver:
    fixed = _fixed_places(section, layer, roster)
    return {
        (day, period): sum(_at_work(person, day, period, roster) for person in layer)
        - fixed[day.weekday(), period]
        for day in roster.term.open_days
        for period in DAY
    }


def _at_work(person: Person, day: date, period: str, roster: Roster) -> bool:
    week = roster.term.week_of(day)
    away = roster.code(person.staff_id, day) in {AWAY, MANAGEMENT}
    return not away and person.works(week, day.weekday(), period)


def _fixed_places(section: Section, layer: list[Person], roster: Roster) -> Counter[Slot]:
    """Places of fixed duties that fall to the layer: most of those who could do them are in it."""
    ids = {person.staff_id for person in layer}
    places: Counter[Slot] = Counter()
    for line in section.lines:
        holders = [p.staff_id for p in section.staff if _could_do(p, line)]
        if line.presence == "exclusive" and 2 * len(ids.intersection(holders)) > len(holders):
            days, periods = line.when(roster.term)
            for day in days:
                for period in periods:
                    places[day, period] += line.staff_needed(len(section.staff))
    return places


def _could_do(person: Person, line: DutyLine) -> bool:
    band_met = line.min_band not in {"7", "8a"} or person.is_senior
    return band_met and line.competence in person.competences


def _places(left: LeftOver, wanted: float) -> dict[Slot, int]:
    """Places of volume work by slot; what rounding takes in one slot, it gives in the next."""
    by_slot: dict[Slot, list[int]] = {}
    for (day, period), people in left.items():
        by_slot.setdefault((day.weekday(), period), []).append(people)
    places: dict[Slot, int] = {}
    carried = 0.0
    for slot in sorted(by_slot):
        ideal = _mean(by_slot[slot]) - wanted + carried
        places[slot] = max(0, min(_sure(by_slot[slot]), int(ideal)))
        carried = max(0.0, ideal - int(ideal)) if places[slot] == int(ideal) else 0.0
    return places


def _sure(people: list[int]) -> int:
    """How many are there on all but the worst days."""
    return sorted(people)[int(WORST_DAYS * len(people))]


def _mean(people: list[int]) -> float:
    return sum(people) / len(people)


def _busy_weeks(
    department: str,
    line: VolumeLine,
    spare: LeftOver,
    term: Term,
    wanted: float,
) -> list[Row]:
    """More work in stretches of weeks in which more people are in than the usual work takes.

    What it takes is taken off ``spare``.
    """
    rows: list[Row] = []
    stretch = max(1, min(LONGEST_STRETCH_WEEKS, term.weeks // STRETCHES))
    for first in range(1, term.weeks + 1, stretch):
        last = min(term.weeks, first + stretch - 1)
        here = {slot: n for slot, n in spare.items() if first <= term.week_of(slot[0]) <= last}
        dates: Row = {
            "from": max(term.start, term.monday(first)),
            "to": min(term.end, term.last_day(last)),
        }
        further = _places(here, wanted)
        spare |= {(day, p): n - further[day.weekday(), p] for (day, p), n in here.items()}
        rows += [row | dates for row in _rows(department, (line,), further)]
    return rows


def _rows(department: str, lines: tuple[VolumeLine, ...], places: dict[Slot, int]) -> list[Row]:
    """A row for what is needed in every slot, then one for each further place and period."""
    base = min((places.get((day, period), 0) for day in WEEK for period in DAY), default=0)
    rows = [
        duty_row(department, line, count, WEEK, DAY)
        for line, count in zip(lines, share_out(base, [line.share for line in lines]), strict=True)
        if count
    ]
    for level in range(base + 1, max(places.values(), default=0) + 1):
        by_period = [
            tuple(day for day in WEEK if places.get((day, period), 0) >= level) for period in DAY
        ]
        if by_period[0] == by_period[1]:
            rows.append(duty_row(department, lines[-1], 1, by_period[0], DAY))
            continue
        for period, days in zip(DAY, by_period, strict=True):
            if days:
                rows.append(duty_row(department, lines[-1], 1, days, (period,)))
    return rows
