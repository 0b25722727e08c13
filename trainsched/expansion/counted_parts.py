"""What present trainees and newcomers ask of a department, counted: all of it, and parts of it.

A part that asks less is a smaller model, and what it proves impossible is impossible with all that
is asked. Newcomers' study is left out, for which they need nobody.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from trainsched.domain.organisation import Organisation
from trainsched.expansion.facts import add_starters, only_what_must_be
from trainsched.expansion.newcomers import (
    NEW,
    Kinds,
    cover_together,
    departments_together,
    renamed,
    scarce_for,
    staff_of,
    what_only_they_give,
    without_study,
)
from trainsched.expansion.relaxed import Counted, Newcomer, count_alike, with_rows
from trainsched.expansion.repair import ids_of
from trainsched.problem.problem import Problem

Row = tuple[str, str]
"""``(trainee, activity)`` by the names of the room."""


class CountedParts:
    """``id_of``: by which name each kind of starter stands; ``newcomers`` by those names."""

    def __init__(self, facts: Organisation, kinds: Kinds, problem: Problem, most: int) -> None:
        """``problem`` is that of the kinds with one of each."""
        first = kinds.first_of_each()
        self.id_of = {starter: f"{NEW} {number}" for number, starter in enumerate(first)}
        self.newcomers = {
            self.id_of[starter]: Newcomer(most, starter.turn, kinds.officers[starter.year])
            for starter in first
        }
        self._kinds = kinds
        self._problem = problem
        self._names = {name: self.id_of[starter] for starter, name in kinds.ids(facts).items()}
        asked = renamed(only_what_must_be(add_starters(facts, first)), self._names)
        self._facts = without_study(asked, self.newcomers)
        self._rows = {(row.trainee_id, row.activity) for row in self._facts.training_plan}

    def whole(self) -> Counted | None:
        """All of it; None where newcomers cannot be counted, as where they join a cohort."""
        return self._count(self._facts)

    def beside_the_whole(self) -> list[Counted]:
        """All that those trainees ask who need staff of the department."""
        whose = {name for name, _ in self._of_the_department_and_joined}
        return self._parts([{row for row in self._rows if row[0] in whose}])

    def instead_of_it(self) -> list[Counted]:
        """Parts of what is large, the least first, and all of it at last.

        What only staff of the department could give, or of those whose duties are filled with its
        own.
        """
        kept: list[set[Row]] = []
        mine = self._needing({self._kinds.department})
        for rows in mine, self._of_the_department_and_joined, self._rows:
            if rows not in kept:
                kept.append(rows)
        return self._parts(kept)

    def by_rivals(self, problem: Problem, lacking: Sequence[int]) -> Counted | None:
        """What is asked of those who cover with whoever could give what lacks; None: of nobody.

        What others than their officers give to one newcomer is kept of all: only then are they
        counted together. ``lacking``: demands of a ``problem`` with newcomers counted.
        """
        ids = ids_of(problem, cover_together(problem, scarce_for(problem, lacking)))
        staff = {person.index for person in self._problem.people if person.person_id in ids}
        given = self._given_by(staff)
        codes = {code for who, code in given if who in self.newcomers}
        if not codes <= self._given_by_officers:
            given |= {(who, code) for who in self.newcomers for code in codes}
        return self._part(given) if given else None

    @property
    def _of_the_department_and_joined(self) -> set[Row]:
        return self._needing(departments_together(self._problem, self._kinds.department))

    def _needing(self, departments: AbstractSet[str]) -> set[Row]:
        """What only staff of these could give, and all that newcomers ask."""
        of_newcomers = {row for row in self._rows if row[0] in self.newcomers}
        return self._given_by(staff_of(self._problem, departments)) | of_newcomers

    def _given_by(self, staff: AbstractSet[int]) -> set[Row]:
        """What only these staff could give."""
        given = what_only_they_give(self._problem, staff)
        return {(self._names.get(name, name), code) for name, code in given}

    @property
    def _given_by_officers(self) -> set[str]:
        """The activities that trainees have with their own training officers alone."""
        return {
            need.activity.code
            for need in self._problem.activities
            if need.is_solo and any(role.of_officers for role in need.roles)
        }

    def _parts(self, kept: Sequence[AbstractSet[Row]]) -> list[Counted]:
        parts = (self._part(rows) for rows in kept)
        return [part for part in parts if part is not None]

    def _part(self, kept: AbstractSet[Row]) -> Counted | None:
        less = with_rows(self._facts, kept)
        return None if less is None else self._count(less)

    def _count(self, facts: Organisation) -> Counted | None:
        counted = count_alike(facts, set(facts.trainee_by_id), self.newcomers)
        if counted is None or not counted.facts.trainee_by_id.keys().isdisjoint(self.newcomers):
            return None
        return counted
