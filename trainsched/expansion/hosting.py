"""Hosting limits: the most starters of a programme that a department can train."""

from collections.abc import Callable
from dataclasses import dataclass, field

from trainsched.checker import check
from trainsched.domain.capacity import STARTERS, STEADY_STATE, SUSTAINABLE, HostingLimit, Limit
from trainsched.domain.curriculum import Kind
from trainsched.domain.departments import Department
from trainsched.domain.duties import Priority
from trainsched.domain.organisation import Organisation
from trainsched.domain.rules import RuleId
from trainsched.expansion.absence import with_absence
from trainsched.expansion.facts import FIRST_YEAR
from trainsched.expansion.ladder import Ladder
from trainsched.expansion.memory import fingerprint
from trainsched.expansion.questions import Asker


def programmes_with_demand(organisation: Organisation) -> list[str]:
    """Programmes whose starters need must sessions, by the curriculum."""
    return sorted(
        {
            row.programme
            for row in organisation.curriculum
            if row.year in (None, FIRST_YEAR) and row.timing.priority is Priority.MUST
        }
    )


def is_accredited(department: Department, programme: str) -> bool:
    """Whether the department may train the programme."""
    return department.accredited_for is None or programme in department.accredited_for


def what_takes_staff(
    organisation: Organisation, programme: str, years: tuple[int, ...]
) -> tuple[object, ...]:
    """The musts of a programme for which its trainees need anybody else."""
    return tuple(
        (row.year, row.activity, row.timing)
        for row in organisation.curriculum
        if row.programme == programme
        and (row.year is None or row.year in years)
        and row.timing.priority is Priority.MUST
        and organisation.activity_by_code[row.activity].kind is not Kind.STUDY
    )


def with_checked_plan(ladder: Ladder, fits: int, *, known: int = 0) -> int:
    """As many of those that fit as have a plan, which the checker has judged; ``known`` have one.

    What it finds is kept by the asker: never anything, unless by a fault.
    """
    while fits > known:
        proof = ladder.plan(fits)
        if proof is not None:
            ladder.asker.rejected += check(*proof)
            return fits
        fits = min(fits - 1, ladder.best_number)  # cut off before there was a plan for so many
    return known


VIEWS = (STARTERS, STEADY_STATE, STARTERS + SUSTAINABLE, STEADY_STATE + SUSTAINABLE)
"""Those without absence first, for where time is limited: they are the quicker ones."""


@dataclass(slots=True)
class HostingSearch:
    """Finds the limits of departments and programmes, one after another."""

    organisation: Organisation
    asker: Asker
    found: list[HostingLimit] = field(default_factory=list)
    _known: dict[tuple[object, ...], int] = field(default_factory=dict)
    """Limits by department, view, and what a programme takes: the next is mostly the same."""

    def run(self, department: Department, view: str, say: Callable[[str], None]) -> None:
        """Find the limits of one department in one view. What others have makes no difference.

        Nothing is found for people away at the stated rate where none is stated.
        """
        facts: Organisation | None = self.organisation
        if view.endswith(SUSTAINABLE):
            facts = with_absence(self.organisation)
        if facts is None:
            return
        for programme in programmes_with_demand(facts):
            if self.asker.engine.is_spent:
                return
            say(f"{department.code}, {programme}: {view.replace('_', ' ')}")
            self.found.append(self.limit(facts, department, programme, view))

    def limit(
        self, facts: Organisation, department: Department, programme: str, view: str
    ) -> HostingLimit:
        """The limit of one department and programme in one view."""
        if not is_accredited(department, programme):
            detail = f"{department.code} is not accredited for {programme}"
            return HostingLimit(
                department=department.code,
                programme=programme,
                view=view,
                fits=0,
                impossible_from=1,
                limits=(Limit(rule=RuleId.HOSTING, detail=detail),),
            )
        key = fingerprint("hosting limit", facts, department.code, programme, view)
        known = self.asker.memory.get(key)
        if known is not None:
            return HostingLimit.model_validate(known)
        limit = self._search(facts, department, programme, view)
        if limit.is_proved:
            self.asker.memory.put(key, limit.model_dump(mode="json"))
        return limit

    def _search(
        self, facts: Organisation, department: Department, programme: str, view: str
    ) -> HostingLimit:
        """Search for it, with a plan for as many as fit."""
        ladder = Ladder(self.asker, facts, department.code, programme, view)
        takes = what_takes_staff(facts, programme, ladder.years)
        alike = department.code, view, takes, len(ladder.years)
        fits, impossible = ladder.find(self._known.get(alike, 0))
        fits = with_checked_plan(ladder, fits)
        self._known[alike] = fits
        return HostingLimit(
            department=department.code,
            programme=programme,
            view=view,
            fits=fits,
            impossible_from=impossible,
            limits=ladder.limits(fits),
        )
