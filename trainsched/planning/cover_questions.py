"""Whether cover can be kept when people are taken out of it: asked often, answered cheaply.

Most answers come from counting or from filling the day by simple means; the rest are put to the
solver, of which only so many are allowed for one plan.
"""

import time
from collections import defaultdict
from collections.abc import Collection, Sequence

from trainsched.planning.day_filler import DayFiller, Engagements
from trainsched.planning.hand_out import covered_by_solving
from trainsched.planning.judgement import DayJudgement
from trainsched.problem.problem import Problem

MOST_SOLVED, LEAST_SOLVED = 400, 40
"""Questions of one plan that may be put to the solver; further ones stay open."""
MOST_COUNTED, LEAST_COUNTED = 6_000, 600
"""Questions of one plan that may be answered by filling and counting."""


class CoverQuestions:
    """Asks what a plan's cover bears; remembers the answers.

    ``share`` is the problem's share of the whole plan, and so of the questions. After ``until``
    (seconds of ``time.monotonic``) nothing new is answered.
    """

    def __init__(
        self,
        problem: Problem,
        judgements: Sequence[DayJudgement],
        engaged: Engagements,
        share: float,
        until: float | None = None,
    ) -> None:
        self.problem = problem
        self.judgements = judgements
        self.until = until
        self._engaged: dict[int, dict[tuple[int, int], str]] = defaultdict(dict)
        """By day: a question is about one day only."""
        for (person, slot), site in engaged.items():
            self._engaged[problem.grid.day_of(slot)][person, slot] = site
        self.to_solve = max(LEAST_SOLVED, int(share * MOST_SOLVED))
        self.to_count = max(LEAST_COUNTED, int(share * MOST_COUNTED))
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
        if not self.to_count or (self.until is not None and time.monotonic() > self.until):
            return None
        self.to_count -= 1
        cover_day, judgement = self.problem.cover_days[number], self.judgements[number]
        more = dict(self._engaged[cover_day.day])
        more.update({(person, slot): site for person in taken for slot in slots})
        if number not in self._fillers:
            self._fillers[number] = DayFiller(self.problem, cover_day)
        filler = self._fillers[number]
        if filler.least_shortfall(more) > judgement.unavoidable:
            return False
        if filler.fill(more).shortfall(cover_day.places) == judgement.unavoidable:
            return True
        if not self.to_solve:
            return None
        self.to_solve -= 1
        return covered_by_solving(self.problem, number, judgement, more)
