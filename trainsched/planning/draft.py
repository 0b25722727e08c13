"""A plan in indexes: the sessions chosen, before duties are handed out and names put in."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import chain

from trainsched.planning.build import Build, Expression, Literal
from trainsched.planning.pairing import Pairer, Seats
from trainsched.problem.offerings import Offering
from trainsched.problem.problem import Problem
from trainsched.problem.published import PublishedSession


@dataclass(frozen=True, slots=True)
class DraftSession:
    """One session. ``staff`` are ``(role, person)`` in the order of roles and people."""

    offering: int
    demands: tuple[int, ...]
    staff: tuple[tuple[int, int], ...]
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen for one offering: how many sessions, who attends, serves, what is held."""

    offering: int
    runs: int
    demands: tuple[int, ...]
    serving: tuple[tuple[int, ...], ...]
    held: tuple[tuple[str, ...], ...]
    seated: Seats
    """The sessions that hold pins, if the model tells them apart from the others."""


def read_choice(build: Build, value: Callable[[Expression], int]) -> tuple[Chosen, ...]:
    """Read every offering that is used off a solution."""
    found: list[Chosen] = []
    for offering in build.offerings:
        number = offering.index
        demands = tuple(d for d in offering.attendees if value(build.attends[number, d]))
        if not demands:
            continue
        serving = tuple(
            tuple(p for p in people if value(build.serves[number, role, p]))
            for role, people in enumerate(offering.roles)
        )
        runs = value(build.runs[number])
        held = _held(build, offering, runs, value)
        seated = _pinned(build, number, value)
        found.append(Chosen(number, runs, demands, serving, held, seated))
    return tuple(found)


def _pinned(build: Build, number: int, value: Callable[[Expression], int]) -> Seats:
    return [
        (
            tuple(demand for demand, literal in session.demands.items() if value(literal)),
            tuple(pair for pair, literal in session.staff.items() if value(literal)),
        )
        for session in build.pinned_sessions.get(number, ())
        if value(session.is_held)
    ]


def _held(
    build: Build, offering: Offering, runs: int, value: Callable[[Expression], int]
) -> tuple[tuple[str, ...], ...]:
    listed = build.problem.activities[offering.activity].activity.equipment
    held: list[tuple[str, ...]] = []
    for position, alternatives in enumerate(listed):
        if len(alternatives) == 1:
            held.append((alternatives[0],) * runs)
            continue
        units: list[str] = []
        for item in alternatives:
            literal: Literal | None = build.holds.get((offering.index, position, item))
            if literal is not None:
                units += [item] * value(literal)
        held.append(tuple(units))
    return tuple(held)


def make_sessions(problem: Problem, chosen: tuple[Chosen, ...]) -> tuple[DraftSession, ...]:
    """Seat trainees and staff in parallel sessions, keeping trainees with their trainers."""
    pairer = Pairer(problem)
    sessions: list[DraftSession] = []
    by_time = sorted(chosen, key=lambda c: (problem.offerings[c.offering].slot, c.offering))
    for choice in by_time:
        seats = pairer.seat(
            choice.offering, choice.runs, choice.demands, choice.serving, choice.seated
        )
        for position, (demands, staff) in enumerate(seats):
            items = pairer.items(choice.offering, choice.held, position)
            sessions.append(DraftSession(choice.offering, demands, staff, items))
    return tuple(sessions)


def engagements(problem: Problem, sessions: tuple[DraftSession, ...]) -> dict[tuple[int, int], str]:
    """Where people are in sessions: the site by ``(person, slot)``."""
    where: dict[tuple[int, int], str] = {}
    for session in sessions:
        offering = problem.offerings[session.offering]
        site = problem.site_of(offering.department)
        people = [problem.demands[d].trainee for d in session.demands]
        people += [person for _, person in session.staff]
        for person in people:
            for slot in offering.slots:
                where[person, slot] = site
    return where


def narrowed(offering: Offering, sessions: Iterable[DraftSession | PublishedSession]) -> Offering:
    """The offering for those only who are in these sessions of it."""
    here = list(sessions)
    seated = {demand for session in here for demand in session.demands}
    staff = {pair for session in here for pair in session.staff}
    return replace(
        offering,
        attendees=tuple(demand for demand in offering.attendees if demand in seated),
        roles=tuple(
            tuple(sorted(person for role, person in staff if role == position))
            for position in range(len(offering.roles))
        ),
    )


def placed_by_demand(sessions: Iterable[DraftSession]) -> dict[int, int]:
    """Sessions placed for each demand."""
    return Counter(chain.from_iterable(session.demands for session in sessions))
