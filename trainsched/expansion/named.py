"""Sessions in words, which mean the same whatever the numbers of a problem are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from trainsched.planning.draft import DraftSession
from trainsched.problem.problem import Problem


@dataclass(frozen=True, slots=True)
class NamedSession:
    """A session in words, which mean the same in problems of other facts."""

    place: tuple[str, int, int]
    """Activity, department and slot."""
    requirements: tuple[tuple[str, str], ...]
    """Trainee and activity of each that it serves."""
    staff: tuple[tuple[int, str], ...]
    """Role and who fills it."""
    items: tuple[str, ...]


def in_words(problem: Problem, sessions: Iterable[DraftSession]) -> tuple[NamedSession, ...]:
    """The sessions of a problem in words."""
    found: list[NamedSession] = []
    for session in sessions:
        offering = problem.offerings[session.offering]
        code = problem.activities[offering.activity].activity.code
        asked = (problem.demands[demand].requirement for demand in session.demands)
        found.append(
            NamedSession(
                place=(code, offering.department, offering.slot),
                requirements=tuple((r.trainee_id, r.activity) for r in asked),
                staff=tuple((role, problem.people[p].person_id) for role, p in session.staff),
                items=session.items,
            )
        )
    return tuple(found)


def in_numbers(
    problem: Problem, sessions: Iterable[NamedSession], names: Mapping[str, str] | None = None
) -> tuple[DraftSession, ...]:
    """The sessions in the numbers of a problem, less whoever is not in it.

    ``names``: trainees who go by other ids in it.
    """
    names = names or {}
    offering_of = {
        (problem.activities[o.activity].activity.code, o.department, o.slot): o.index
        for o in problem.offerings
    }
    demand_of = {
        (d.requirement.trainee_id, d.requirement.activity): d.index for d in problem.demands
    }
    person_of = {person.person_id: person.index for person in problem.people}
    found: list[DraftSession] = []
    for session in sessions:
        place = offering_of.get(session.place)
        numbers = (
            demand_of.get((names.get(trainee, trainee), activity))
            for trainee, activity in session.requirements
        )
        demands = tuple(sorted(number for number in numbers if number is not None))
        people = [(role, person_of.get(name)) for role, name in session.staff]
        staff = tuple((role, person) for role, person in people if person is not None)
        if place is None or not demands or len(staff) < len(people):
            continue
        found.append(DraftSession(place, demands, staff, session.items))
    return tuple(found)


def carried_over(
    old: Problem, new: Problem, sessions: tuple[DraftSession, ...]
) -> tuple[DraftSession, ...]:
    """The sessions in the numbers of another problem, less whoever is not in it."""
    return in_numbers(new, in_words(old, sessions))
