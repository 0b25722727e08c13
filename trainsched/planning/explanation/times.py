"""The times in question: when the trainee could begin the session, and what is so at them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from trainsched.domain.explanation import SlotName
from trainsched.problem.chosen import Key
from trainsched.problem.demands import Demand, RoleNeed
from trainsched.problem.offerings import may_fill
from trainsched.problem.people import Person
from trainsched.problem.problem import Problem
from trainsched.problem.starts import host_of, refusal_of_time

FEW = 3


@dataclass(frozen=True, slots=True)
class Times:
    """The starts at which facts let the trainee come (staff not considered), in order of time."""

    problem: Problem
    demand: Demand
    starts: tuple[int, ...]

    @property
    def length(self) -> int:
        """Periods of the session."""
        return self.problem.activities[self.demand.activity].activity.length

    @property
    def departments(self) -> tuple[str, ...]:
        """The departments in which the trainee could have the session, in order."""
        problem = self.problem
        slots = self.starts or range(len(problem.grid.days) * problem.grid.periods)
        found = {host_of(problem.setting, self.demand, slot) for slot in slots}
        return tuple(problem.organisation.departments[d].code for d in sorted(found))

    def where(self, start: int) -> int:
        """The department of a session that begins then."""
        return host_of(self.problem.setting, self.demand, start)

    def those(self, is_so: Callable[[int], bool]) -> tuple[int, ...]:
        """The starts of which something is true."""
        return tuple(start for start in self.starts if is_so(start))

    def span(self, start: int) -> int:
        """The slots of a session that begins then, as a mask."""
        return self.problem.grid.span(start, self.length)

    def names(self, starts: Iterable[int]) -> tuple[SlotName, ...]:
        """The starts as dates and periods."""
        grid = self.problem.grid
        return tuple(
            SlotName(
                date=grid.days[grid.day_of(start)],
                period=grid.calendar.period_names[grid.position_of(start)],
            )
            for start in starts
        )

    def share(self, starts: tuple[int, ...]) -> str:
        """How many of the times these are, in words."""
        if len(self.starts) == 1:
            return "at the only time in question"
        if len(starts) == len(self.starts):
            return f"at all {len(starts)} times in question"
        return f"at {len(starts)} of the {len(self.starts)} times in question"

    def weeks(self) -> tuple[int, ...]:
        """The calendar weeks in which the times lie."""
        return tuple(sorted({self.problem.grid.week_of(start) for start in self.starts}))


def times_of(problem: Problem, key: Key) -> Times:
    """The times in question for one requirement."""
    demand = next(
        d for d in problem.demands if (d.requirement.trainee_id, d.requirement.activity) == key
    )
    slots = range(len(problem.grid.days) * problem.grid.periods)
    starts = tuple(s for s in slots if refusal_of_time(problem.setting, demand, s) is None)
    return Times(problem, demand, starts)


def who_would_do(times: Times, role: RoleNeed) -> tuple[Person, ...]:
    """Those who do not train, and could fill the role if they did."""
    willing = [replace(p, trains=True) for p in times.problem.people if p.is_staff and not p.trains]
    return _able(times, role, willing)


def pool(times: Times, role: RoleNeed) -> tuple[Person, ...]:
    """Those who may fill the role wherever the session could be, time not considered."""
    return _able(times, role, times.problem.people)


def _able(times: Times, role: RoleNeed, people: Iterable[Person]) -> tuple[Person, ...]:
    problem = times.problem
    codes = [d.code for d in problem.organisation.departments]
    need = problem.activities[times.demand.activity]
    officers = frozenset(
        officer for d in need.demands if (officer := problem.demands[d].officer) is not None
    )
    where = [codes.index(code) for code in times.departments]
    return tuple(
        person
        for person in people
        if any(may_fill(role, person, department, officers) for department in where)
    )
