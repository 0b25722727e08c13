"""Several departments side by side, in processes of their own.

What is found of a department rests on nothing that is found out of another, so it is the same.
"""

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any, Self

from trainsched.domain.capacity import BindingLimit, HostingLimit
from trainsched.domain.findings import Finding
from trainsched.domain.organisation import Organisation
from trainsched.domain.progress import Progress, ProgressListener
from trainsched.expansion.binding import limits_in_question, worth_of_one_more
from trainsched.expansion.hosting import VIEWS, HostingSearch
from trainsched.expansion.memory import Memory
from trainsched.expansion.questions import Asker, Placing
from trainsched.planning.crew import Crew, MemberGoneError
from trainsched.planning.engine import Engine

FEWEST_TRAINEES_FOR_A_CREW = 8
"""Smaller organisations are answered sooner than other processes begin."""
_PLACED: dict[str, Placing] = {}
"""What tasks begin from: mostly the same of all departments, so a process works it out once."""
IN_TURNS = 3
"""So many tasks share the units of one department that are valued."""


@dataclass(frozen=True, slots=True)
class DepartmentErrand(ABC):
    """Something to find out of one department, in another process."""

    organisation: Organisation
    department: str
    seed: int
    cache: Path | None
    seconds: float | None = field(default=None, kw_only=True)

    @property
    def size(self) -> int:
        """The more staff, the more there is to find out."""
        staff = self.organisation.staff
        return 1 + sum(self.department in member.departments for member in staff)

    def with_time(self, seconds: float) -> Self:
        """The same with so many seconds of the clock."""
        return replace(self, seconds=seconds)

    def carry_out(
        self, stop: threading.Event, progress: ProgressListener
    ) -> tuple[list[Any], float, list[Finding]]:
        """What was found, the deterministic time it took, and what the checker says."""
        engine = Engine(
            seed=self.seed,
            workers=1,
            deterministic_limit=float("inf"),
            deadline=None if self.seconds is None else time.monotonic() + self.seconds,
            stop=stop,
        )
        asker = Asker(engine, Memory(self.cache), placed=_PLACED)

        def say(message: str) -> None:
            progress(Progress(message))

        return self.find(asker, say), engine.deterministic_used, asker.rejected

    @abstractmethod
    def find(self, asker: Asker, say: Callable[[str], None]) -> list[Any]:
        """Find it out."""


@dataclass(frozen=True, slots=True)
class LimitsErrand(DepartmentErrand):
    """The hosting limits of the department in one view."""

    view: str

    def find(self, asker: Asker, say: Callable[[str], None]) -> list[HostingLimit]:
        """Find the limits."""
        search = HostingSearch(self.organisation, asker)
        department = self.organisation.department_by_code[self.department]
        search.run(department, self.view, say)
        return search.found


@dataclass(frozen=True, slots=True)
class WorthErrand(DepartmentErrand):
    """What one more unit of whatever keeps starters out of the department would let in.

    Of all units each whose number has this remainder by ``IN_TURNS``.
    """

    limits: tuple[HostingLimit, ...]
    first: int

    def find(self, asker: Asker, say: Callable[[str], None]) -> list[BindingLimit]:
        """Find what each is worth."""
        return [
            binding
            for limit in self.limits
            for binding in worth_of_one_more(
                self.organisation, asker, limit, say, first=self.first, step=IN_TURNS
            )
        ]


def hosting_limits(
    organisation: Organisation, asker: Asker, cache: Path | None, say: Callable[[str], None]
) -> list[HostingLimit]:
    """Every limit, side by side where that is worth while.

    Where time is limited, one view after another has all that is left; otherwise all are begun, so
    that no process waits for another.
    """
    by_view = [
        [
            LimitsErrand(organisation, department.code, asker.engine.seed, cache, view)
            for department in organisation.departments
        ]
        for view in VIEWS
    ]
    stages = [list(chain(*by_view))] if asker.engine.deadline is None else by_view
    return _found_by(stages, "hosting limits", organisation, asker, say)


def binding_limits(
    organisation: Organisation,
    hosting: Sequence[HostingLimit],
    asker: Asker,
    cache: Path | None,
    say: Callable[[str], None],
) -> list[BindingLimit]:
    """What one more unit would let in, where starters are trained now or wanted."""
    errands = [
        WorthErrand(organisation, limits[0].department, asker.engine.seed, cache, limits, first)
        for limits in limits_in_question(organisation, hosting)
        for first in range(IN_TURNS)
    ]
    if asker.engine.must_stop:
        return [one for errand in errands for one in errand.find(asker, say)]  # what is remembered
    return _found_by([errands], "what one more would let in", organisation, asker, say)


def _found_by(
    stages: Sequence[Sequence[DepartmentErrand]],
    words: str,
    organisation: Organisation,
    asker: Asker,
    say: Callable[[str], None],
) -> list[Any]:
    """What the errands find, in their order; in processes of their own where that is sooner."""
    engine = asker.engine
    in_all = sum(map(len, stages))
    members = min(engine.workers, in_all)
    if members < 2 or len(organisation.trainees) < FEWEST_TRAINEES_FOR_A_CREW:
        return [one for errands in stages for e in errands for one in e.find(asker, say)]
    say(f"{words}: {in_all} tasks")
    begun: list[DepartmentErrand] = []
    results: list[Any] = []

    def tell(done: int) -> None:
        say(f"{words}: {len(results) + done} of {in_all} tasks")

    with Crew(members) as crew:
        for errands in stages:
            if engine.must_stop:
                break
            begun += errands
            results += crew.run(
                errands,
                deadline=engine.deadline,
                when_done=tell,
                progress=engine.progress,
                stop=engine.stop,
            )
    found: list[Any] = []
    for errand, result in zip(begun, results, strict=True):
        if isinstance(result, MemberGoneError):  # ended from outside: its task is done here
            found += errand.find(asker, say)
            continue
        if isinstance(result, Exception):
            raise result
        here, deterministic_time, rejected = result
        found += here
        asker.rejected += rejected
        engine.deterministic_used += deterministic_time
    return found
