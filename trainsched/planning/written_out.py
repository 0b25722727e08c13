"""A day's cover written out person by person: exact in every case, used where nothing less is.

The same piece serves three ends: the unavoidable shortfall (no training), the hand-out of duties
around a finished plan (training fixed), and the days of the main model that need it.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from trainsched.planning.stays import Stay, Stays
from trainsched.problem.cover import CoverDay, PlaceType
from trainsched.problem.problem import Problem

Literal = cp_model.IntVar


@dataclass(slots=True)
class WrittenDay:
    """``fills[place, person]`` and ``missing[place]`` of a day's places."""

    cover_day: CoverDay
    fills: dict[tuple[int, int], Literal] = field(default_factory=dict)
    missing: dict[int, Literal] = field(default_factory=dict)

    def missing_of(self, priority: int) -> list[Literal]:
        """Missing places of one priority."""
        return [
            self.missing[number]
            for number, place in enumerate(self.cover_day.places)
            if place.priority == priority
        ]


def hold_rostered_people(
    problem: Problem, model: cp_model.CpModel, stays: Stays, only_day: int | None = None
) -> None:
    """People who stay on a rostered exclusive duty are at its site, needed there or not."""
    always = model.new_constant(1)
    for day, held in problem.bound_stays.items():
        if only_day is None or day == only_day:
            for (person, slot), site in held.items():
                stays.add(person, slot, Stay(always, site, is_bound=True))


def write_out(
    problem: Problem,
    model: cp_model.CpModel,
    stays: Stays,
    cover_day: CoverDay,
    *,
    present: bool = True,
) -> WrittenDay:
    """Add the variables and rules of a day's cover; exclusive duties become stays.

    ``present``: also keep those who fill on-site places from being elsewhere. Leave it out where
    other stays are still to come, and call ``keep_assignments`` when all are known.
    """
    written = WrittenDay(cover_day)
    for number, place in enumerate(cover_day.places):
        for person in place.candidates:
            written.fills[number, person] = model.new_bool_var("")
        written.missing[number] = model.new_int_var(0, place.need, "")
        filled = [written.fills[number, person] for person in place.candidates]
        model.add(sum(filled) + written.missing[number] == place.need)
        if place.exclusive:
            hold_on_duty(problem, stays, place, number, written.fills)
    if present:
        keep_assignments(problem, model, stays, cover_day, written.fills)
    return written


def keep_assignments(
    problem: Problem,
    model: cp_model.CpModel,
    stays: Stays,
    cover_day: CoverDay,
    fills: dict[tuple[int, int], Literal],
) -> None:
    """What stays alone do not say of who fills which place.

    On-site places are filled by different people who are not at another site; people who stay on
    a rostered duty fill one place of it at a time.
    """
    for number, place in enumerate(cover_day.places):
        if not place.exclusive:
            _keep_present(model, stays, place, number, fills)
    _keep_distinct(problem, model, cover_day, fills)
    _keep_at_one_site(model, cover_day, fills)


def hold_on_duty(
    problem: Problem,
    stays: Stays,
    place: PlaceType,
    number: int,
    fills: dict[tuple[int, int], Literal],
) -> None:
    """Note that whoever fills the exclusive place is at its site in its slots."""
    for person in place.candidates:
        if (number, person) not in fills:
            continue
        for slot in place.slots:
            if not problem.people[person].is_bound(slot):
                stays.add(person, slot, Stay(fills[number, person], place.site))


def _keep_present(
    model: cp_model.CpModel,
    stays: Stays,
    place: PlaceType,
    number: int,
    fills: dict[tuple[int, int], Literal],
) -> None:
    """Whoever fills an on-site place is not at another site in its slots."""
    for person in place.candidates:
        if (number, person) not in fills:
            continue
        for slot in place.slots:
            for literal in stays.elsewhere(person, slot, place.site):
                model.add_at_most_one([fills[number, person], literal])


def _keep_distinct(
    problem: Problem,
    model: cp_model.CpModel,
    cover_day: CoverDay,
    fills: dict[tuple[int, int], Literal],
) -> None:
    """A person fills at most one place of a duty in a slot (most exclusive ones: by stays)."""
    together: dict[tuple[int, str, int, int], list[Literal]] = defaultdict(list)
    for number, place in enumerate(cover_day.places):
        for person in place.candidates:
            if (number, person) not in fills:
                continue
            for slot in place.slots:
                if place.exclusive and not problem.people[person].is_bound(slot):
                    continue
                key = place.department, place.duty, slot, person
                together[key].append(fills[number, person])
    for literals in together.values():
        if len(literals) > 1:
            model.add_at_most_one(literals)


def _keep_at_one_site(
    model: cp_model.CpModel, cover_day: CoverDay, fills: dict[tuple[int, int], Literal]
) -> None:
    """Nobody is present at two sites in a slot."""
    present: dict[tuple[int, int], dict[str, list[Literal]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for number, place in enumerate(cover_day.places):
        for person in () if place.exclusive else place.candidates:
            if (number, person) in fills:
                for slot in place.slots:
                    present[person, slot][place.site].append(fills[number, person])
    for by_site in present.values():
        sites = sorted(by_site)
        for position, site in enumerate(sites):
            for other in sites[position + 1 :]:
                for here in by_site[site]:
                    for there in by_site[other]:
                        model.add_at_most_one([here, there])
