"""A large plan improved a few weeks at a time, everything else standing still.

Every goal is still counted over the whole plan, so an improvement inside a window is one of the
plan. Windows move over the weeks until a whole pass finds nothing better.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from trainsched.planning.build import Build
from trainsched.planning.draft import DraftSession
from trainsched.planning.judgement import DayJudgement
from trainsched.planning.model import build_model
from trainsched.problem.offerings import Offering
from trainsched.problem.part import Part, take_part
from trainsched.problem.problem import Problem

CHOICES_IN_A_WINDOW = 22_000
"""Above this the relaxation of a window takes long to solve."""
FEWEST_WEEKS = 2


@dataclass(frozen=True, slots=True)
class Window:
    """The free weeks as a problem of its own, with the standing sessions in its numbers."""

    part: Part
    judgements: tuple[DayJudgement, ...]
    free: frozenset[int]
    """Offerings of the part that are free."""
    sessions: tuple[DraftSession, ...]
    """All sessions so far, in the part's numbers."""

    def build(self, *, with_changes: bool = False) -> Build:
        """The model of the window, with all standing sessions fixed."""
        build = build_model(self.part.problem, self.judgements, with_changes=with_changes)
        runs: dict[int, int] = defaultdict(int)
        for session in self.sessions:
            runs[session.offering] += 1
        for (offering, _), literal in build.attends.items():
            if offering not in self.free:
                build.model.add(literal == 1)
        for (offering, _, _), literal in build.serves.items():
            if offering not in self.free:
                build.model.add(literal == 1)
        for offering, sessions in runs.items():
            if offering not in self.free:
                build.model.add(build.runs[offering] == sessions)
        return build

    def whole(self, sessions: tuple[DraftSession, ...]) -> tuple[DraftSession, ...]:
        """The sessions in the numbers of the whole problem."""
        return tuple(
            replace(session, offering=self.part.whole_offering[session.offering])
            for session in sessions
        )


def choices(problem: Problem) -> int:
    """How many yes/no decisions the sessions of a problem offer."""
    return sum(_size(offering) for offering in problem.offerings)


def _size(offering: Offering) -> int:
    return len(offering.attendees) + sum(len(people) for people in offering.roles)


def window_weeks(problem: Problem) -> Iterator[tuple[int, ...]]:
    """Overlapping windows of as many weeks as make one of the right size, in order of time."""
    by_week: dict[int, int] = defaultdict(int)
    for offering in problem.offerings:
        by_week[problem.grid.week_of(offering.slot)] += _size(offering)
    weeks = sorted(by_week)
    if not weeks:
        return
    average = max(sum(by_week.values()) // len(weeks), 1)
    length = min(max(CHOICES_IN_A_WINDOW // average, FEWEST_WEEKS), len(weeks))
    step = max(length // 2, 1)
    for first in range(0, max(len(weeks) - length, 0) + step, step):
        start = min(first, len(weeks) - length)
        yield tuple(weeks[start : start + length])


def open_window(
    problem: Problem,
    judgements: tuple[DayJudgement, ...],
    sessions: tuple[DraftSession, ...],
    weeks: tuple[int, ...],
) -> Window:
    """Free the offerings of the weeks; keep the sessions of all others as they are."""
    wanted = set(weeks)
    free = [o for o in problem.offerings if problem.grid.week_of(o.slot) in wanted]
    standing = _standing(problem, sessions, wanted)
    days = {day for day in range(len(problem.grid.days)) if problem.grid.week_of_day[day] in wanted}
    part = take_part(problem, [*free, *standing], days)
    number = part.part_offering
    return Window(
        part=part,
        judgements=tuple(judgements[position] for position in part.whole_cover_day),
        free=frozenset(number[offering.index] for offering in free),
        sessions=tuple(replace(s, offering=number[s.offering]) for s in sessions),
    )


def _standing(
    problem: Problem, sessions: tuple[DraftSession, ...], free_weeks: set[int]
) -> list[Offering]:
    """The offerings in use in other weeks, narrowed to those who are in their sessions."""
    used: dict[int, list[DraftSession]] = defaultdict(list)
    for session in sessions:
        if problem.grid.week_of(problem.offerings[session.offering].slot) not in free_weeks:
            used[session.offering].append(session)
    narrowed: list[Offering] = []
    for number, found in sorted(used.items()):
        offering = problem.offerings[number]
        staff = {pair for session in found for pair in session.staff}
        narrowed.append(
            replace(
                offering,
                attendees=tuple(sorted(d for session in found for d in session.demands)),
                roles=tuple(
                    tuple(sorted(p for role, p in staff if role == position))
                    for position in range(len(offering.roles))
                ),
            )
        )
    return narrowed


Improve = Callable[[Window], tuple[DraftSession, ...] | None]


def sweep(
    problem: Problem,
    judgements: tuple[DayJudgement, ...],
    sessions: tuple[DraftSession, ...],
    improve: Improve,
    is_over: Callable[[], bool],
) -> tuple[DraftSession, ...]:
    """Move over all windows until a whole pass brings nothing, or it is over."""
    weeks = list(window_weeks(problem))
    since_better = 0
    while weeks and since_better < len(weeks):
        for found in weeks:
            if is_over() or since_better >= len(weeks):
                return sessions
            window = open_window(problem, judgements, sessions, found)
            better = improve(window)
            if better is None:
                since_better += 1
            else:
                sessions = window.whole(better)
                since_better = 0
    return sessions
