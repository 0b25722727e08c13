"""How much of each activity every trainee must receive, in all and week by week."""

from collections import Counter, defaultdict
from datetime import date
from functools import cached_property

from trainsched.checker.attendance import Attendance
from trainsched.domain.curriculum import Kind, Requirement, Timing
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Session

FULL_WEEK_DAYS = 5
DAYS_FOR_WHOLE_QUANTITY = 3


class Demand:
    """The requirements, with quantities per week worked out from the trainees' days at work.

    In a replan a week never asks for less than its ``frozen`` sessions, which must stay.
    """

    def __init__(
        self,
        organisation: Organisation,
        attendance: Attendance,
        frozen: tuple[Session, ...] = (),
    ) -> None:
        self._organisation = organisation
        self._attendance = attendance
        self.requirements: dict[tuple[str, str], Requirement] = {
            (need.trainee_id, need.activity): need for need in organisation.requirements
        }
        self._weekly: dict[tuple[str, str], dict[int, int]] = {}
        self._frozen: Counter[tuple[str, str, int]] = Counter()
        for session in frozen:
            for trainee in session.trainees:
                timing = self.timing(trainee, session.activity)
                if organisation.calendar.holds(session.date) and timing is not None:
                    inside = self.in_window(timing, session.date)
                    week = organisation.calendar.week_number(session.date)
                    self._frozen[trainee, session.activity, week] += inside

    def timing(self, trainee_id: str, activity: str) -> Timing | None:
        """The timing of the requirement; None if the trainee does not need the activity."""
        need = self.requirements.get((trainee_id, activity))
        return need.timing if need is not None else None

    def trainees_needing(self, activity: str) -> frozenset[str]:
        """Everybody of whom at least one session of the activity is required."""
        return self._needing.get(activity, frozenset())

    @cached_property
    def _needing(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for trainee, activity in self.requirements:
            if self.required(trainee, activity) > 0:
                found[activity].add(trainee)
        return {activity: frozenset(trainees) for activity, trainees in found.items()}

    def required(self, trainee_id: str, activity: str) -> int:
        """Sessions required over the plan; 0 if the trainee does not need the activity."""
        timing = self.timing(trainee_id, activity)
        if timing is None:
            return 0
        if timing.sessions is not None:
            return timing.sessions
        return sum(self.weekly(trainee_id, activity).values())

    def weekly(self, trainee_id: str, activity: str) -> dict[int, int]:
        """Sessions required in each calendar week, for a ``per_week`` requirement."""
        key = (trainee_id, activity)
        if key not in self._weekly:
            self._weekly[key] = {
                week: self._in_week(trainee_id, activity, week)
                for week in self._organisation.calendar.week_numbers
            }
        return self._weekly[key]

    def _in_week(self, trainee_id: str, activity: str, week: int) -> int:
        timing = self.requirements[trainee_id, activity].timing
        trainee = self._organisation.trainee_by_id[trainee_id]
        per_week = timing.per_week or 0
        inside = (
            day
            for day in self._organisation.calendar.dates_of_week(week)
            if self.in_window(timing, day)
        )
        days = self._attendance.days_at_work(trainee, inside)
        asked = per_week
        if days < DAYS_FOR_WHOLE_QUANTITY:
            # per_week x days / 5, halves rounded up, in whole numbers.
            asked = (2 * per_week * days + FULL_WEEK_DAYS) // (2 * FULL_WEEK_DAYS)
        # Whoever falls ill on Wednesday has had Monday's session all the same.
        return max(asked, self._frozen[trainee_id, activity, week])

    def in_window(self, timing: Timing, day: date) -> bool:
        """Whether the date is in the requirement's weeks and not after its deadline."""
        week = self._organisation.calendar.week_number(day)
        return (
            (timing.earliest_week is None or timing.earliest_week <= week)
            and (timing.latest_week is None or week <= timing.latest_week)
            and (timing.deadline is None or day <= timing.deadline)
        )

    def required_besides_study(self, trainee_id: str) -> int:
        """All sessions that the trainee must receive, study left out."""
        activities = self._organisation.activity_by_code
        return sum(
            self.required(trainee, activity)
            for trainee, activity in self.requirements
            if trainee == trainee_id and activities[activity].kind is not Kind.STUDY
        )
