"""A large plan improved a piece at a time, everything else standing still.

Every goal is still counted over the whole plan, so an improvement inside a window is one of the
plan. Windows move over departments and weeks until a whole pass finds nothing better.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from trainsched.planning.build import Build
from trainsched.planning.draft import DraftSession, narrowed
from trainsched.planning.judgement import DayJudgement
from trainsched.planning.model import build_model
from trainsched.planning.search.standing import Standing, divided
from trainsched.problem.offerings import Offering
from trainsched.problem.part import Part, cover_days_touched, take_part
from trainsched.problem.problem import Problem

MOST_CHOICES_FOR_ONE_GO = 6_000
"""So few that windows would only cost, whatever the goal."""
MOST_CHOICES_AS_A_WHOLE = 60_000
CHOICES_IN_WEEKS = 9_000
CHOICES_IN_A_DEPARTMENT = 100_000
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
    """The sessions so far that have a say in it, in the part's numbers."""
    aside: tuple[DraftSession, ...] = ()
    """The others, in the numbers of the whole problem."""

    def build(self, *, with_changes: bool = False) -> Build:
        """The model of the window, with all standing sessions fixed."""
        runs: dict[int, int] = defaultdict(int)
        for session in self.sessions:
            if session.offering not in self.free:
                runs[session.offering] += 1
        return build_model(
            self.part.problem, self.judgements, with_changes=with_changes, standing=runs
        )

    def numbered(self, sessions: tuple[DraftSession, ...]) -> list[DraftSession]:
        """Sessions of the window in the numbers of the whole problem."""
        number = self.part.whole_offering
        return [replace(session, offering=number[session.offering]) for session in sessions]

    def whole(self, sessions: tuple[DraftSession, ...]) -> tuple[DraftSession, ...]:
        """The sessions of the whole plan, in its numbers, when the window has these."""
        inside = self.numbered(sessions)
        return tuple(sorted((*self.aside, *inside), key=lambda session: session.offering))


def choices(problem: Problem) -> int:
    """How many yes/no decisions the sessions of a problem offer."""
    return sum(_size(offering) for offering in problem.offerings)


def _size(offering: Offering) -> int:
    return len(offering.attendees) + sum(len(people) for people in offering.roles)


def blocks(problem: Problem) -> list[frozenset[int]]:
    """The offerings of each department; one that is too large for a model in runs of weeks."""
    return [
        run
        for offerings in _by_department(problem)
        for run in runs_of_weeks(problem, offerings, CHOICES_IN_A_DEPARTMENT)
    ]


def _by_department(problem: Problem) -> list[list[Offering]]:
    found: dict[int, list[Offering]] = defaultdict(list)
    for offering in problem.offerings:
        found[offering.department].append(offering)
    return [offerings for _, offerings in sorted(found.items())]


def weeks_of_departments(problem: Problem) -> list[frozenset[int]]:
    """Overlapping runs of weeks of each department."""
    return [
        run
        for offerings in _by_department(problem)
        for run in runs_of_weeks(problem, offerings, CHOICES_IN_WEEKS)
    ]


def weeks_of_everything(problem: Problem) -> list[frozenset[int]]:
    """Overlapping runs of weeks of all departments together."""
    return list(runs_of_weeks(problem, problem.offerings, CHOICES_IN_WEEKS))


def runs_of_weeks(
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


def whole_window(
    problem: Problem, judgements: tuple[DayJudgement, ...], sessions: tuple[DraftSession, ...]
) -> Window:
    """Everything is free."""
    offerings = tuple(range(len(problem.offerings)))
    part = Part(problem, offerings, tuple(range(len(problem.cover_days))))
    return Window(part, judgements, frozenset(offerings), sessions)


def open_window(
    problem: Problem,
    judgements: tuple[DayJudgement, ...],
    standing: Standing,
    freed: frozenset[int],
    *,
    with_everything: bool = False,
    only: Container[int] | None = None,
) -> Window:
    """Free some offerings; keep the sessions of all others as they are.

    ``with_everything``: all sessions are in the window, also those that nothing in it touches.
    ``only``: no other demands may have new sessions.
    """
    free = [problem.offerings[number] for number in sorted(freed)]
    if only is not None:
        free = _for_only(problem, free, only, standing)
    return window_around(problem, judgements, standing, free, with_everything=with_everything)


def window_around(
    problem: Problem,
    judgements: tuple[DayJudgement, ...],
    standing: Standing,
    free: Sequence[Offering],
    *,
    with_everything: bool = False,
) -> Window:
    """The window of these offerings, which may be narrower than those of the problem."""
    freed = frozenset(offering.index for offering in free)
    cover_days = cover_days_touched(problem, free)
    inside, aside = list(standing.sessions), list[DraftSession]()
    if not with_everything and problem.earlier is None:
        inside, aside = divided(standing, free, cover_days)
    offerings = [*free, *_in_use(problem, inside, freed)]
    elsewhere = standing.placed_beside(inside)
    part = take_part(problem, offerings, cover_days, elsewhere)
    number = part.part_offering
    return Window(
        part=part,
        judgements=tuple(judgements[position] for position in part.whole_cover_day),
        free=frozenset(number[offering.index] for offering in free),
        sessions=tuple(replace(s, offering=number[s.offering]) for s in inside),
        aside=tuple(aside),
    )


def _for_only(
    problem: Problem,
    offerings: Iterable[Offering],
    only: Container[int],
    standing: Standing,
) -> list[Offering]:
    """The offerings for these demands, and for those who are in their sessions already."""
    found: list[Offering] = []
    for offering in offerings:
        activity = problem.activities[offering.activity].activity
        mine = offering.attendees
        if not activity.together:
            seated = {d for s in standing.of_offerings((offering.index,)) for d in s.demands}
            mine = tuple(d for d in mine if d in only or d in seated)
        if len(mine) >= max(activity.group_min, 1):
            found.append(replace(offering, attendees=mine))
    return found


def _in_use(
    problem: Problem, sessions: Sequence[DraftSession], freed: frozenset[int]
) -> list[Offering]:
    """The other offerings in use, narrowed to those who are in their sessions."""
    used: dict[int, list[DraftSession]] = defaultdict(list)
    for session in sessions:
        if session.offering not in freed:
            used[session.offering].append(session)
    return [narrowed(problem.offerings[number], found) for number, found in sorted(used.items())]
