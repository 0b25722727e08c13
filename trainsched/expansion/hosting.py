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


@dataclass(slots=True)
class HostingSearch:
    """Finds the limits of every department and programme, one after another."""

    organisation: Organisation
    asker: Asker
    found: list[HostingLimit] = field(default_factory=list)
    _fit_so_far: dict[object, int] = field(default_factory=dict)
    """Limits found: the next one of a department is mostly near that of a programme which takes
    the same of its staff, or that of the view before."""

    def run(self, absent: Organisation | None, say: Callable[[str], None]) -> None:
        """Find every limit; ``absent`` is the organisation with people away at the stated rate."""
        for department in self.organisation.departments:
            self.run_department(department, absent, say)

    def run_department(
        self, department: Department, absent: Organisation | None, say: Callable[[str], None]
    ) -> None:
        """Find every limit of one department. What is known of others makes no difference."""
        for view, facts in (
            *((STARTERS, self.organisation), (STEADY_STATE, self.organisation)),
            *(
                ((STARTERS + SUSTAINABLE, absent), (STEADY_STATE + SUSTAINABLE, absent))
                if absent is not None
                else ()
            ),
        ):
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
        years = len(ladder.years)
        pair = department.code, programme
        alike = department.code, view, years, what_takes_staff(facts, programme, ladder.years)
        guess = self._fit_so_far.get(alike, self._fit_so_far.get(pair, 0) // years)
        fits, impossible = ladder.find(guess)
        while fits > 0:
            proof = ladder.plan(fits)
            if proof is not None:
                self.asker.rejected += check(*proof)
                break
            fits = min(fits - 1, ladder.best_number)  # cut off before there was a plan for so many
        self._fit_so_far[alike] = fits
        self._fit_so_far[pair] = fits * years
        return HostingLimit(
            department=department.code,
            programme=programme,
            view=view,
            fits=fits,
            impossible_from=impossible,
            limits=ladder.limits(fits),
        )
