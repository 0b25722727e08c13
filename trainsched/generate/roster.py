"""The roster: leave that is mostly spread, duties planned by name, management days, on-call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from trainsched.generate.duties import LEAVE_SHARE, DutyLine
from trainsched.generate.row import Row
from trainsched.generate.staffing import Person, late_days
from trainsched.generate.term import AM, EVE, PM, Term
from trainsched.generate.trainees import Learner, UniversityWeek
from trainsched.workbook.write import CellValue

AWAY, MANAGEMENT, ON_CALL, EXAMINATION = "AL", "MGT", "OC", "UNI"
HOLIDAY_WEEK_SHARE = 0.22
"""Part of the people who take the week of a bank holiday off, whoever else does."""

CANDIDATE_WEEKS = 6


@dataclass
class Roster:
    """Codes by person and date. A cell holds one code; codes may speak of some periods only."""

    term: Term
    random: Random
    cells: dict[str, dict[date, str]] = field(default_factory=dict)
    _away: Counter[tuple[str, str, date]] = field(default_factory=Counter)

    def code(self, person_id: str, day: date) -> str | None:
        """The code of a person on a date, if any."""
        return self.cells.get(person_id, {}).get(day)

    def put(self, person_id: str, day: date, code: str) -> None:
        """Write a code where the cell is still blank."""
        self.cells.setdefault(person_id, {}).setdefault(day, code)

    def is_free(self, person: Person, day: date, periods: tuple[str, ...]) -> bool:
        """Whether the pattern has the person at work in the periods and the cell is blank."""
        week = self.term.week_of(day)
        return self.code(person.staff_id, day) is None and all(
            person.works(week, day.weekday(), period) for period in periods
        )

    def staff_leave(self, people: list[Person]) -> None:
        """Give a section's staff their leave, each block where fewest of their pools are away."""
        pools = Counter(c for person in people for c in person.competences)
        for person in self.random.sample(people, len(people)):
            department = person.departments[0]

            def crowd(day: date, person: Person = person, department: str = department) -> float:
                return sum(
                    ((1 + self._away[department, c, day]) / pools[c]) ** 2
                    for c in person.competences
                )

            days = self._leave_days(
                lambda day, p=person: p.works(  # type: ignore[misc]
                    self.term.week_of(day), day.weekday(), PM
                ),
                crowd,
            )
            for day in days:
                self.put(person.staff_id, day, AWAY)
                for competence in person.competences:
                    self._away[department, competence, day] += 1

    def trainee_leave(self, learner: Learner, university: list[UniversityWeek]) -> None:
        """Give a trainee leave outside university blocks, in weeks of no particular pattern."""
        blocks = [week for week in university if week.takes(learner)]

        def at_work(day: date) -> bool:
            away = any(block.first_date <= day <= block.last_date for block in blocks)
            return not away and learner.works(self.term.week_of(day), day.weekday(), PM)

        for day in self._leave_days(at_work, lambda _: self.random.random()):
            self.put(learner.trainee_id, day, AWAY)

    def examinations(self, learner: Learner) -> None:
        """Two days at the university for those in the last year of the STP, after mid-plan."""
        if learner.route == "STP" and learner.year == 3:
            monday = self.term.monday(self.term.weeks // 2 + 1)
            for day in (monday + timedelta(days=3), monday + timedelta(days=4)):
                if day in self.term.open_days:
                    self.put(learner.trainee_id, day, EXAMINATION)

    def _leave_days(
        self, at_work: Callable[[date], bool], crowd: Callable[[date], float]
    ) -> list[date]:
        """Whole weeks first, then single days, as many as the share of leave allows."""
        working = [day for day in self.term.open_days if at_work(day)]
        by_week: dict[int, list[date]] = {}
        for day in working:
            by_week.setdefault(self.term.week_of(day), []).append(day)
        left = round(LEAVE_SHARE * len(working) + self.random.uniform(-0.4, 0.4))
        chosen: list[date] = []
        holiday = [week for week in by_week if self._has_bank_holiday(week)]
        if holiday and self.random.random() < HOLIDAY_WEEK_SHARE:
            chosen += by_week.pop(self.random.choice(holiday))
        while by_week and left - len(chosen) >= 4:
            weeks = self.random.sample(sorted(by_week), min(CANDIDATE_WEEKS, len(by_week)))
            best = min(weeks, key=lambda week: max(crowd(day) for day in by_week[week]))
            chosen += by_week.pop(best)
        singles = [day for days in by_week.values() for day in days]
        while singles and len(chosen) < left:
            offered = self.random.sample(singles, min(CANDIDATE_WEEKS, len(singles)))
            day = min(offered, key=crowd)
            singles.remove(day)
            chosen.append(day)
        return sorted(chosen[: max(left, 0)])

    def _has_bank_holiday(self, week: int) -> bool:
        monday = self.term.monday(week)
        return any(monday + timedelta(days=n) in self.term.bank_holidays for n in range(5))

    def management_days(self, head: Person, *, every_week: bool) -> None:
        """The head's days for management: Wednesdays, or every second one in a small section."""
        for day in self.term.open_days:
            if day.weekday() == 2 and (every_week or self.term.week_of(day) % 2 == 0):
                self.put(head.staff_id, day, MANAGEMENT)

    def on_call(self, people: list[Person], competence: str) -> None:
        """A week on call in turn, Monday to Sunday; by day only Sundays where nobody stays late."""
        rota = [p for p in people if competence in p.competences and late_days(p) == 0]
        for number in range(self.term.weeks if rota else 0):
            person = rota[number % len(rota)]
            monday = self.term.monday(number + 1)
            for n in range(7):
                day = monday + timedelta(days=n)
                if self.term.start <= day <= self.term.end and (self.term.evenings or n == 6):
                    self.put(person.staff_id, day, ON_CALL)

    def planned_duty(self, line: DutyLine, people: list[Person]) -> None:
        """Write a duty's code for one qualified person a day, who has done it least so far."""
        if line.code is None:
            return
        days, periods = line.when(self.term)
        holders = [p for p in people if line.competence in p.competences]
        done: Counter[str] = Counter()
        for day in self.term.open_days:
            if day.weekday() not in days:
                continue
            free = [
                p
                for p in holders
                if self.is_free(p, day, periods)
                and (line.min_band not in {"7", "8a"} or p.is_senior)
            ]
            if free:
                person = min(free, key=lambda p: (done[p.staff_id], p.staff_id))
                done[person.staff_id] += 1
                self.put(person.staff_id, day, line.code)

    def grid(self, ids: list[str]) -> list[list[CellValue]]:
        """The wide sheet: people down, dates across; dates on which nobody has a code left out."""
        dates = sorted({day for cells in self.cells.values() for day in cells})
        header: list[CellValue] = ["staff_id", *dates]
        rows: list[list[CellValue]] = [
            [person_id, *(self.code(person_id, day) for day in dates)] for person_id in ids
        ]
        return [header, *rows]


def code_rows(lines: list[DutyLine], term: Term) -> list[Row]:
    """The Codes sheet: what this organisation's codes mean."""
    rows: list[Row] = [
        {"code": AWAY, "meaning": "absent", "duty": None, "periods": None},
        {"code": EXAMINATION, "meaning": "absent", "duty": None, "periods": None},
        {"code": MANAGEMENT, "meaning": "busy", "duty": None, "periods": None},
        {
            "code": ON_CALL,
            "meaning": "on_call",
            "duty": None,
            "periods": EVE if term.evenings else None,
        },
    ]
    seen: set[str] = set()
    for line in lines:
        if line.code is not None and line.code not in seen:
            seen.add(line.code)
            _, periods = line.when(term)
            rows.append(
                {
                    "code": line.code,
                    "meaning": "duty",
                    "duty": line.duty,
                    "periods": "; ".join(periods) if periods != (AM, PM) or term.evenings else None,
                }
            )
    return rows
