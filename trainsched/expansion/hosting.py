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


Alike = tuple[object, int]
"""What a programme takes of whom, and in how many years."""


@dataclass(slots=True)
class FoundSoFar:
    """Limits found of one department: the next is mostly near one of them."""

    by_need: dict[tuple[str, Alike], int] = field(default_factory=dict)
    by_programme: dict[tuple[str, str], int] = field(default_factory=dict)

    def note(self, programme: str, view: str, alike: Alike, fits: int) -> None:
        """Remember a limit of a view."""
        self.by_need[view, alike] = self.by_programme[view, programme] = fits

    def guess(self, programme: str, view: str, alike: Alike) -> int:
        """A limit that is likely; 0 where nothing is known."""
        if (view, alike) in self.by_need:
            return self.by_need[view, alike]
        if view.startswith(STEADY_STATE):
            _, years = alike
            starters = STARTERS + view.removeprefix(STEADY_STATE)
            return self.by_programme.get((starters, programme), 0) // years
        return 0


@dataclass(slots=True)
class HostingSearch:
    """Finds the limits of every department and programme, one after another."""

    organisation: Organisation
    asker: Asker
    found: list[HostingLimit] = field(default_factory=list)
    _so_far: dict[str, FoundSoFar] = field(default_factory=dict)
    """By department."""

    def run_department(
        self, department: Department, *, is_sustainable: bool, say: Callable[[str], None]
    ) -> None:
        """Find the limits of one department, in theory or with people away at the stated rate.

        What is known of others makes no difference. Nothing is found where no rate is stated.
        """
        facts = with_absence(self.organisation) if is_sustainable else self.organisation
        if facts is None:
            return
        for ideal in (STARTERS, STEADY_STATE):
            view = ideal + SUSTAINABLE if is_sustainable else ideal
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
        """Search for it, and have the checker judge the plan for as many as fit."""
        ladder = Ladder(self.asker, facts, department.code, programme, view)
        alike = what_takes_staff(facts, programme, ladder.years), len(ladder.years)
        so_far = self._so_far.setdefault(department.code, FoundSoFar())
        fits, impossible = ladder.find(so_far.guess(programme, view, alike))
        while fits > 0:
            proof = ladder.plan(fits)
            if proof is not None:
                self.asker.rejected += check(*proof)
                break
            fits = min(fits - 1, ladder.best_number)  # cut off before there was a plan for so many
        so_far.note(programme, view, alike, fits)
        return HostingLimit(
            department=department.code,
            programme=programme,
            view=view,
            fits=fits,
            impossible_from=impossible,
            limits=ladder.limits(fits),
        )
