"""Requirements in the way: those whose sessions do not go together with the sessions found."""

from collections import Counter
from collections.abc import Collection, Iterable

from trainsched.domain.plan import Session
from trainsched.planning.draft import DraftSession
from trainsched.planning.explanation.question import Found
from trainsched.planning.explanation.rest import Rest, keys_of
from trainsched.problem.chosen import Start, start_of
from trainsched.problem.problem import Problem
from trainsched.problem.remembered import Key, key_of


def weeks_of_new(rest: Rest, found: Found) -> frozenset[int]:
    """The calendar weeks of sessions that the plan does not have."""
    offerings = (found.problem.offerings[s.offering] for s in _new_sessions(rest, found))
    return frozenset(found.problem.grid.week_of(offering.slot) for offering in offerings)


def _new_sessions(rest: Rest, found: Found) -> list[DraftSession]:
    """The sessions found at other times, or of other trainees, than any of the plan."""
    problem, grid = found.problem, found.problem.grid
    planned = {
        (key, grid.slot(grid.day_index[s.date], grid.calendar.position(s.period)))
        for s in rest.sessions
        for key in keys_of(s)
    }
    return [
        session
        for session in found.sessions
        for slot in (problem.offerings[session.offering].slot,)
        if any((key_of(problem.demands[d]), slot) not in planned for d in session.demands)
    ]


def nearest_starts(rest: Rest, key: Key, working: Collection[Key], problem: Problem) -> list[Start]:
    """The starts of the requirement that are left in a question, those first that upset least.

    What a start upsets is reckoned role by role: whether all can come together is not asked.
    """
    standing = {session.id for session in rest.standing(working)}
    ranked: list[tuple[int, int, Start]] = []
    for offering in problem.offerings:
        mine = [d for d in offering.attendees if key_of(problem.demands[d]) == key]
        if not mine:
            continue
        upset = rest.upset(problem, offering, problem.demands[mine[0]].trainee, standing)
        for need, people in zip(
            problem.activities[offering.activity].roles, offering.roles, strict=True
        ):
            each = sorted(rest.upset(problem, offering, person, standing) for person in people)
            upset += sum(each[: need.count])
        ranked.append((upset, offering.slot, start_of(problem, offering)))
    return [start for _, _, start in sorted(ranked)]


def requirements_in_the_way(
    rest: Rest, working: frozenset[Key], found: Found, *, only_near: bool = False
) -> frozenset[Key]:
    """Requirements outside whose sessions do not go together with those found.

    ``only_near``: none if that cannot be said of any on the same days.
    """
    others = rest.standing(working)
    clashing = _clashing(found.problem, found, rest, others)
    if not clashing:
        clashing = _on_same_days(found.problem, _new_sessions(rest, found), others)
    if not clashing and not only_near:
        clashing = _on_same_days(found.problem, found.sessions, others) or others
    return frozenset(k for s in clashing for k in keys_of(s) if k in rest.kept) - working


def _clashing(problem: Problem, found: Found, rest: Rest, others: list[Session]) -> list[Session]:
    grid = problem.grid
    standing = {session.id for session in others}
    clashing: list[Session] = []
    given: Counter[tuple[int, str, int]] = Counter()
    for session in found.sessions:
        offering = problem.offerings[session.offering]
        staff = {person for _, person in session.staff}
        people = staff | {problem.demands[d].trainee for d in session.demands}
        for person in people:
            for slot in offering.slots:
                busy = rest.busy.get((problem.people[person].person_id, slot), ())
                clashing += [other for other in busy if other.id in standing]
        week, day = grid.week_of(offering.slot), grid.day_of(offering.slot)
        for person in staff:
            given.update([(person, "week", week), (person, "day", day), (person, "plan", 0)])
    for (person, kind, which), count in given.items():
        clashing += _beyond_limit(problem, others, person, kind, which, count)
    return clashing


def _beyond_limit(
    problem: Problem, others: list[Session], person: int, kind: str, which: int, count: int
) -> list[Session]:
    """The sessions that take a trainer beyond their limit together with those found."""
    who, grid = problem.people[person], problem.grid
    most = {"week": who.max_per_week, "day": who.max_per_day, "plan": who.max_in_plan}[kind]
    if most is None:
        return []
    theirs = [
        session
        for session in others
        if any(entry.staff_id == who.person_id for entry in session.staff)
        and (
            kind == "plan"
            or (kind == "week" and grid.week_of_day[grid.day_index[session.date]] == which)
            or (kind == "day" and grid.day_index[session.date] == which)
        )
    ]
    return theirs if count + len(theirs) > most else []


def _on_same_days(
    problem: Problem, sessions: Iterable[DraftSession], others: list[Session]
) -> list[Session]:
    days = {problem.grid.day_of(problem.offerings[s.offering].slot) for s in sessions}
    dates = {problem.grid.days[day] for day in days}
    return [session for session in others if session.date in dates]
