"""No trainer gives more sessions in a week, a day or the plan than their limit."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from trainsched.checker.view import View
from trainsched.domain.findings import Finding
from trainsched.domain.people import Staff
from trainsched.domain.rules import RuleId


def check_trainer_load(view: View) -> Iterator[Finding]:
    """A finding for every limit that is passed. Study counts for nobody."""
    for person_id, items in sorted(view.training_by_staff.items()):
        person = view.organisation.staff_by_id[person_id]
        dates = [item.session.date for item in items]
        for words in _faults(view, person, Counter(dates), _by_week(view, Counter(dates))):
            yield Finding(
                rule=RuleId.TRAINER_LOAD, detail=f"{person_id} has {words}.", person_id=person_id
            )


def _by_week(view: View, by_date: Counter[date]) -> Counter[int]:
    weeks: Counter[int] = Counter()
    for day, number in by_date.items():
        weeks[view.calendar.week_number(day)] += number
    return weeks


def _faults(
    view: View, person: Staff, by_date: Counter[date], by_week: Counter[int]
) -> Iterator[str]:
    weekly = person.max_training_per_week
    if weekly is None:
        weekly = view.policy_limit("max_training_per_week", person.wte)
    daily = person.max_training_per_day
    if daily is None:
        daily = view.policy_limit("max_training_per_day", person.wte)
    for week, number in sorted(by_week.items()):
        if weekly is not None and number > weekly:
            yield f"{number} sessions in week {week}, at most {weekly} allowed"
    for day, number in sorted(by_date.items()):
        if daily is not None and number > daily:
            yield f"{number} sessions on {day.isoformat()}, at most {daily} allowed"
    total = by_date.total()
    if person.max_training is not None and total > person.max_training:
        yield f"{total} sessions over the plan, at most {person.max_training} allowed"
