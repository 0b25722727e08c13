"""What people would like, and the few sessions that are already fixed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from trainsched.generate.roster import Roster
from trainsched.generate.row import Row
from trainsched.generate.staffing import Person
from trainsched.generate.term import AM, PM, WEEKDAYS, Term
from trainsched.generate.trainees import Learner, UniversityWeek, is_first_year
from trainsched.generate.workload import LeftOver


def preference_rows(people: list[Person], learners: list[Learner], random: Random) -> list[Row]:
    """One wish for about one person in eight; days for staff, mornings or trainers for trainees."""
    rows: list[Row] = []
    for person in random.sample(people, max(1, len(people) // 8)):
        day = random.choice(WEEKDAYS)
        rows.append(_wish(person.staff_id, "avoid_day", day, random.choice((1, 2))))
    for number, learner in enumerate(random.sample(learners, -(-len(learners) // 5))):
        kind, value = (
            ("prefer_period", AM),
            ("avoid_period", PM),
            ("prefer_trainer", learner.officer),
        )[number % 3]
        rows.append(_wish(learner.trainee_id, kind, value, 1))
    return sorted(rows, key=lambda row: (str(row["person"]), str(row["kind"])))


def _wish(person: str, kind: str, value: str, weight: int) -> Row:
    return {"person": person, "kind": kind, "value": value, "weight": weight}


def closure_rows(departments: list[str], term: Term) -> list[Row]:
    """One day for each department named on which it is shut: the middle Friday of the plan."""
    friday = closed_day(term)
    return [
        {"date": friday, "department": code, "note": "New equipment is installed"}
        for code in departments
    ]


def closed_day(term: Term) -> date:
    """The Friday in the middle of the plan."""
    return term.monday(term.weeks // 2 + 1) + timedelta(days=4)


def pin_rows(
    learners: list[Learner],
    people: list[Person],
    spare_seniors: dict[str, LeftOver],
    roster: Roster,
    university: list[UniversityWeek],
) -> list[Row]:
    """Up to three fixed sessions that hold: two reviews with the officer and a study session.

    Reviews are put where duties leave most seniors of the section free, so that cover is kept.
    """
    officers = {person.staff_id: person for person in people}
    rows: list[Row] = []
    busy_days: set[tuple[str, date]] = set()
    for learner in learners:
        officer = officers[learner.officer]
        if learner.route not in {"STP", "TTS"} or is_first_year(learner):
            continue
        spare = spare_seniors[learner.department]
        found = _best_slot(learner, officer, spare, roster, university)
        if found is None or (officer.staff_id, found[0]) in busy_days:
            continue
        busy_days.add((officer.staff_id, found[0]))
        spare[found] -= 1
        rows.append(_pin(learner, "REVIEW", *found, officer.staff_id))
        if len(rows) == 2:
            break
    for learner in reversed(learners):
        days = [day for day in _days_at_work(learner, roster, university) if day.weekday() == 4]
        if learner.supernumerary and days:
            rows.append(_pin(learner, "STUDY", days[len(days) // 2], PM, None))
            break
    return rows


def _pin(learner: Learner, activity: str, day: date, period: str, staff: str | None) -> Row:
    return {
        "trainee_id": learner.trainee_id,
        "activity": activity,
        "date": day,
        "period": period,
        "staff_ids": staff,
    }


def _days_at_work(
    learner: Learner, roster: Roster, university: list[UniversityWeek]
) -> Iterator[date]:
    """Days with a blank cell on which the trainee works the whole day, outside blocks."""
    blocks = [block for block in university if block.takes(learner)]
    term = roster.term
    for day in term.open_days:
        if day == closed_day(term):
            continue
        whole = all(learner.works(term.week_of(day), day.weekday(), p) for p in (AM, PM))
        taken = any(block.first_date <= day <= block.last_date for block in blocks)
        if whole and not taken and roster.code(learner.trainee_id, day) is None:
            yield day


def _best_slot(
    learner: Learner,
    officer: Person,
    spare: LeftOver,
    roster: Roster,
    university: list[UniversityWeek],
) -> tuple[date, str] | None:
    best: tuple[int, date, str] | None = None
    for day in _days_at_work(learner, roster, university):
        if not roster.is_free(officer, day, (AM, PM)):
            continue
        for period in (PM, AM):
            free = spare[day, period]
            if free >= 1 and (best is None or free > best[0]):
                best = (free, day, period)
    return None if best is None else best[1:]
