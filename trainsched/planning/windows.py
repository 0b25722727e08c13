"""A large plan improved a piece at a time, everything else standing still.

Every goal is still counted over the whole plan, so an improvement inside a window is one of the
plan. Windows move over departments and weeks until a whole pass finds nothing better.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from trainsched.planning.build import Build
from trainsched.planning.draft import DraftSession
from trainsched.planning.judgement import DayJudgement
from trainsched.planning.model import build_model
from trainsched.problem.offerings import Offering
from trainsched.problem.part import Part, cover_days_touched, take_part
from trainsched.problem.problem import Problem

CHOICES_IN_A_WINDOW = 22_000
CHOICES_IN_A_DEPARTMENT = 40_000
"""Above these the relaxation takes long to solve; departments alone are the easier ones."""
FEWEST_WEEKS = 2


@dataclass(frozen=True, slots=True)
class Window:
    """The free offerings as a problem of its own, with the standing sessions in its numbers."""

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


def neighbourhoods(problem: Problem, *, across: bool) -> Iterator[frozenset[int]]:
    """Sets of offerings to free at a time: each department's; ``across``: also runs of weeks.

    A department that is too large for one model is cut into overlapping runs of weeks.
    """
    by_department: dict[int, list[Offering]] = defaultdict(list)
    for offering in problem.offerings:
        by_department[offering.department].append(offering)
    for _, offerings in sorted(by_department.items()):
        yield from _runs_of_weeks(problem, offerings, CHOICES_IN_A_DEPARTMENT)
    if across and len(by_department) > 1:
        yield from _runs_of_weeks(problem, problem.offerings, CHOICES_IN_A_WINDOW)


def _runs_of_weeks(
    problem: Problem, offerings: Sequence[Offering], most: int
) -> Iterator[frozenset[int]]:
    """All the offerings at once if they are few enough, else overlapping runs of weeks."""
    by_week: dict[int, list[Offering]] = defaultdict(list)
    for offering in offerings:
        by_week[problem.grid.week_of(offering.slot)].append(offering)
    weeks = sorted(by_week)
    if not weeks:
        return
    average = max(sum(_size(offering) for offering in offerings) // len(weeks), 1)
    length = min(max(most // average, FEWEST_WEEKS), len(weeks))
    step = max(length // 2, 1)
    for first in range(0, len(weeks) - length + step, step):
        start = min(first, len(weeks) - length)
        run = weeks[start : start + length]
        yield frozenset(offering.index for week in run for offering in by_week[week])


def open_window(
    problem: Problem,
    judgements: tuple[DayJudgement, ...],
    sessions: tuple[DraftSession, ...],
    freed: frozenset[int],
) -> Window:
    """Free some offerings; keep the sessions of all others as they are."""
    free = [problem.offerings[number] for number in sorted(freed)]
    standing = _standing(problem, sessions, freed)
    offerings = [*free, *standing]
    part = take_part(problem, offerings, cover_days_touched(problem, free))
    number = part.part_offering
    return Window(
        part=part,
        judgements=tuple(judgements[position] for position in part.whole_cover_day),
        free=frozenset(number[offering.index] for offering in free),
        sessions=tuple(replace(s, offering=number[s.offering]) for s in sessions),
    )


def _standing(
    problem: Problem, sessions: tuple[DraftSession, ...], freed: frozenset[int]
) -> list[Offering]:
    """The other offerings in use, narrowed to those who are in their sessions."""
    used: dict[int, list[DraftSession]] = defaultdict(list)
    for session in sessions:
        if session.offering not in freed:
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
    *,
    across: bool = True,
) -> tuple[DraftSession, ...]:
    """Move over all windows until a whole pass brings nothing, or it is over.

    ``across``: also over runs of weeks of all departments, which is slower.
    """
    everywhere = list(neighbourhoods(problem, across=across))
    since_better = 0
    while everywhere and since_better < len(everywhere):
        for freed in everywhere:
            if is_over() or since_better >= len(everywhere):
                return sessions
            window = open_window(problem, judgements, sessions, freed)
            better = improve(window)
            if better is None:
                since_better += 1
            else:
                sessions = window.whole(better)
                since_better = 0
    return sessions
