"""Whether cover can be kept when people are taken out of it: asked often, answered cheaply.

Most answers come from filling the day by simple means or from counting; the rest are put to the
solver, of which only so many are allowed for one plan.
"""

from collections.abc import Collection, Sequence

from trainsched.planning.day_filler import DayFiller, Engagements
from trainsched.planning.hand_out import covered_by_solving
from trainsched.planning.judgement import DayJudgement
from trainsched.problem.problem import Problem

MOST_SOLVED = 400
"""Questions that may be put to the solver; further ones stay open."""
MOST_COUNTED = 6_000
"""Questions that may be answered by filling and counting."""


class CoverQuestions:
    """Asks what a plan's cover bears; remembers the answers."""

    def __init__(
        self, problem: Problem, judgements: Sequence[DayJudgement], engaged: Engagements
    ) -> None:
        self.problem = problem
        self.judgements = judgements
        self.engaged = engaged
        self.solved = 0
        self.counted = 0
        self._number = {
            (department, cover_day.day): number
            for number, cover_day in enumerate(problem.cover_days)
            for department in cover_day.departments
        }
        self._able: dict[int, frozenset[int]] = {}
        self._fillers: dict[int, DayFiller] = {}
        self._known: dict[tuple[int, frozenset[int], range, str], bool | None] = {}

    def are_spared(self, people: Collection[int], slots: range, site: str) -> bool | None:
        """Whether cover can be kept when these are in a session then; None where that is open."""
        answers = [
            self._answer(number, taken, slots, site)
            for number, taken in self._touched(people, slots)
        ]
        if False in answers:
            return False
        return None if None in answers else True

    def _touched(self, people: Collection[int], slots: range) -> list[tuple[int, frozenset[int]]]:
        """The cover days in which these people could be on duty, each with those who could."""
        day = self.problem.grid.day_of(slots[0])
        numbers: set[int] = set()
        for person in people:
            who = self.problem.people[person]
            where = who.departments if who.is_staff else (who.hosts[day],)
            numbers.update(
                self._number[department, day]
                for department in where
                if (department, day) in self._number
            )
        found = ((number, self._candidates(number).intersection(people)) for number in numbers)
        return sorted((number, taken) for number, taken in found if taken)

    def _candidates(self, number: int) -> frozenset[int]:
        if number not in self._able:
            places = self.problem.cover_days[number].places
            self._able[number] = frozenset(p for place in places for p in place.candidates)
        return self._able[number]

    def _answer(self, number: int, taken: frozenset[int], slots: range, site: str) -> bool | None:
        key = number, taken, slots, site
        if key not in self._known:
            self._known[key] = self._find_out(number, taken, slots, site)
        return self._known[key]

    def _find_out(self, number: int, taken: frozenset[int], slots: range, site: str) -> bool | None:
        if self.counted >= MOST_COUNTED:
            return None
        self.counted += 1
        more = dict(self.engaged)
        more.update({(person, slot): site for person in taken for slot in slots})
        cover_day, judgement = self.problem.cover_days[number], self.judgements[number]
        if number not in self._fillers:
            self._fillers[number] = DayFiller(self.problem, cover_day)
        filler = self._fillers[number]
        if filler.fill(more).shortfall(cover_day.places) == judgement.unavoidable:
            return True
        if filler.least_shortfall(more) > judgement.unavoidable:
            return False
        if self.solved >= MOST_SOLVED:
            return None
        self.solved += 1
        return covered_by_solving(self.problem, number, judgement, more)
