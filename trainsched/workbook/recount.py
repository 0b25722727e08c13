"""What follows from sessions and cover alone: what is unplaced, what is short, and the summary."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from trainsched.domain.curriculum import Requirement
from trainsched.domain.duties import Duty, Presence
from trainsched.domain.organisation import Organisation
from trainsched.domain.people import Trainee
from trainsched.domain.plan import CoverEntry, Reason, Session, Shortfall, Summary, Unplaced
from trainsched.domain.roster import Meaning
from trainsched.domain.rules import RuleId

_FULL_WEEK_DAYS = 3
_DAYS_PRO_RATA = 5
_MINUTES_IN_HOUR = 60


class Recount(NamedTuple):
    """The parts of a plan that follow from the rest."""

    unplaced: tuple[Unplaced, ...]
    shortfalls: tuple[Shortfall, ...]
    summary: Summary


def recount(
    organisation: Organisation, sessions: Sequence[Session], cover: Sequence[CoverEntry]
) -> Recount:
    """Count anew. A shortfall is places asked for less people on the duty, whoever they are."""
    placed = Counter(
        (trainee_id, session.activity) for session in sessions for trainee_id in session.trainees
    )
    demand = _Demand(organisation)
    required = {
        (need.trainee_id, need.activity): demand.required(need)
        for need in organisation.requirements
    }
    unplaced = tuple(
        Unplaced(
            trainee_id=need.trainee_id,
            activity=need.activity,
            priority=need.timing.priority,
            required=required[need.trainee_id, need.activity],
            placed=placed[need.trainee_id, need.activity],
            reasons=(
                Reason(rule=RuleId.TRAINING_DEMAND, detail="It is not in the plan as changed."),
            ),
        )
        for need in organisation.requirements
        if placed[need.trainee_id, need.activity] < required[need.trainee_id, need.activity]
    )
    summary = _summary(organisation, sessions, cover, required, placed)
    return Recount(unplaced, _shortfalls(organisation, cover), summary)


def _summary(
    organisation: Organisation,
    sessions: Iterable[Session],
    cover: Iterable[CoverEntry],
    required: dict[tuple[str, str], int],
    placed: Counter[tuple[str, str]],
) -> Summary:
    periods = organisation.calendar.periods
    trainer_minutes = trainee_minutes = 0
    for session in sessions:
        first = organisation.calendar.position(session.period)
        minutes = sum(period.minutes for period in periods[first : first + session.length])
        trainer_minutes += minutes * len(session.staff)
        trainee_minutes += minutes * len(session.trainees)
    wanted, met = sum(required.values()), sum(placed[key] for key in required)
    exclusive = {
        (d.department, d.duty) for d in organisation.duties if d.presence is Presence.EXCLUSIVE
    }
    return Summary(
        required=wanted,
        placed=met,
        share_placed=round(met / wanted, 6) if wanted else 1.0,
        protected_trainer_hours=round(trainer_minutes / _MINUTES_IN_HOUR, 2),
        protected_trainee_hours=round(trainee_minutes / _MINUTES_IN_HOUR, 2),
        changed_duties=sum(
            (entry.department, entry.duty) in exclusive
            and entry.rostered_staff_id not in {None, entry.staff_id}
            for entry in cover
        ),
    )


def _shortfalls(organisation: Organisation, cover: Iterable[CoverEntry]) -> tuple[Shortfall, ...]:
    calendar = organisation.calendar
    people = Counter(
        (entry.department, entry.duty, entry.date, calendar.position(entry.period))
        for entry in cover
    )
    needed: Counter[tuple[str, str, date, int]] = Counter()
    for duty in organisation.duties:
        for day in _dates(organisation, duty):
            for name in duty.periods or calendar.period_names:
                slot = (duty.department, duty.duty, day, calendar.position(name))
                needed[slot] += duty.staff_needed
    return tuple(
        Shortfall(
            department=slot[0],
            duty=slot[1],
            date=slot[2],
            period=calendar.period_names[slot[3]],
            missing=needed[slot] - people[slot],
        )
        for slot in sorted(needed)
        if needed[slot] > people[slot]
    )


def _dates(organisation: Organisation, duty: Duty) -> list[date]:
    shut = {c.date for c in organisation.closures if c.department in {None, duty.department}}
    return [
        day for day in organisation.calendar.open_dates if day not in shut and duty.falls_on(day)
    ]


class _Demand:
    """How many sessions a requirement asks for over the plan; weekly ones week by week."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation
        self._calendar = organisation.calendar
        self._roster = {entry[:3]: entry.meaning for entry in organisation.roster}
        self._closed = {(c.department, c.date) for c in organisation.closures}

    def required(self, need: Requirement) -> int:
        if need.timing.sessions is not None:
            return need.timing.sessions
        per_week = need.timing.per_week or 0
        trainee = self._organisation.trainee_by_id[need.trainee_id]
        total = 0
        for week in self._calendar.week_numbers:
            days = sum(
                self._counts(trainee, need, day) for day in self._calendar.dates_of_week(week)
            )
            if days >= _FULL_WEEK_DAYS:
                total += per_week
            else:
                # Half up, in whole numbers.
                total += (2 * per_week * days + _DAYS_PRO_RATA) // (2 * _DAYS_PRO_RATA)
        return total

    def _counts(self, trainee: Trainee, need: Requirement, day: date) -> bool:
        timing, week = need.timing, self._calendar.week_number(day)
        return (
            (timing.earliest_week is None or timing.earliest_week <= week)
            and (timing.latest_week is None or week <= timing.latest_week)
            and (timing.deadline is None or day <= timing.deadline)
            and self._at_work(trainee, day)
        )

    def _at_work(self, trainee: Trainee, day: date) -> bool:
        if not self._calendar.is_open(day):
            return False
        if (trainee.start_date and day < trainee.start_date) or (
            trainee.end_date and day > trainee.end_date
        ):
            return False
        host = next(
            (
                r.department
                for r in self._organisation.rotations
                if r.trainee_id == trainee.trainee_id and r.first_date <= day <= r.last_date
            ),
            trainee.department,
        )
        if {(None, day), (host, day)} & self._closed:
            return False
        if any(
            block.takes(trainee) and block.first_date <= day <= block.last_date
            for block in self._organisation.university
        ):
            return False
        said = [
            self._roster.get((trainee.trainee_id, day, name))
            for name in self._calendar.period_names
            if trainee.pattern.works(day, name, self._calendar)
            or self._roster.get((trainee.trainee_id, day, name)) in {Meaning.WORK, Meaning.DUTY}
        ]
        return any(meaning is not Meaning.ABSENT for meaning in said)
