"""Hosting limits of several departments side by side, each department in a process of its own.

The limits of a department rest on nothing that is found out of another, so they are the same.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from trainsched.domain.capacity import HostingLimit
from trainsched.domain.findings import Finding
from trainsched.domain.organisation import Organisation
from trainsched.domain.progress import Progress, ProgressListener
from trainsched.expansion.absence import with_absence
from trainsched.expansion.hosting import HostingSearch
from trainsched.expansion.memory import Memory
from trainsched.expansion.questions import Asker
from trainsched.planning.crew import Crew
from trainsched.planning.engine import Engine

FEWEST_TRAINEES_FOR_A_CREW = 8
"""Smaller organisations are answered sooner than other processes begin."""


@dataclass(frozen=True, slots=True)
class DepartmentErrand:
    """The limits of one department, to be found in another process."""

    organisation: Organisation
    department: str
    seed: int
    cache: Path | None
    seconds: float | None = None

    @property
    def size(self) -> int:
        """The more staff, the more there is to find out."""
        staff = self.organisation.staff
        return 1 + sum(self.department in member.departments for member in staff)

    def with_time(self, seconds: float) -> "DepartmentErrand":
        """The same with so many seconds of the clock."""
        return replace(self, seconds=seconds)

    def carry_out(
        self, stop: threading.Event, progress: ProgressListener
    ) -> tuple[list[HostingLimit], float, list[Finding]]:
        """The limits found, the deterministic time they took, and what the checker says."""
        engine = Engine(
            seed=self.seed,
            workers=1,
            deterministic_limit=float("inf"),
            deadline=None if self.seconds is None else time.monotonic() + self.seconds,
            stop=stop,
        )
        asker = Asker(engine, Memory(self.cache))
        search = HostingSearch(self.organisation, asker)
        department = self.organisation.department_by_code[self.department]

        def say(message: str) -> None:
            progress(Progress(message))

        search.run_department(department, with_absence(self.organisation), say)
        return search.found, engine.deterministic_used, asker.rejected


def hosting_limits(
    organisation: Organisation, asker: Asker, cache: Path | None, say: Callable[[str], None]
) -> list[HostingLimit]:
    """Every limit, side by side where that is worth while."""
    engine, departments = asker.engine, organisation.departments
    members = min(engine.workers, len(departments))
    if members < 2 or len(organisation.trainees) < FEWEST_TRAINEES_FOR_A_CREW:
        search = HostingSearch(organisation, asker)
        search.run(with_absence(organisation), say)
        return search.found
    errands = [DepartmentErrand(organisation, d.code, engine.seed, cache) for d in departments]
    say(f"hosting limits of {len(errands)} departments")
    found: list[HostingLimit] = []
    with Crew(members) as crew:
        results = crew.run(
            errands,
            deadline=engine.deadline,
            when_done=lambda done: say(f"hosting limits: {done} of {len(errands)} departments"),
            progress=engine.progress,
            stop=engine.stop,
        )
    for result in results:
        if isinstance(result, Exception):
            raise result
        limits, deterministic_time, rejected = result
        found += limits
        asker.rejected += rejected
        engine.deterministic_used += deterministic_time
    return found
