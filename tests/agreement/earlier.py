"""What an earlier plan says of one date: what may not change, and what counts as moved.

Part of the oracle, written from the contracts alone.
"""

from collections import Counter
from datetime import date

from tests.agreement.day_sessions import Sitting
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan, Session


class Earlier:
    """The earlier sessions of one date; none without an earlier plan."""

    def __init__(self, organisation: Organisation, earlier: Plan | None, day: date) -> None:
        sessions = [] if earlier is None else [s for s in earlier.sessions if s.date == day]
        self.names = organisation.calendar.period_names
        self.is_replan = earlier is not None
        until = organisation.locked_until
        self.is_locked = earlier is not None and until is not None and day < until
        self.people = Counter(_people_and_time(session) for session in sessions)
        self.exactly = Counter(
            (_people_and_time(session), session.equipment) for session in sessions
        )

    def allows(self, sittings: tuple[Sitting, ...]) -> bool:
        """Whether a locked date has just its published sessions."""
        if not self.is_locked:
            return True
        now = Counter((self._what(sitting), sitting.equipment) for sitting in sittings)
        return now == self.exactly

    def moved(self, sittings: tuple[Sitting, ...]) -> int:
        """How many earlier sessions are not there as they were."""
        now = Counter(self._what(sitting) for sitting in sittings)
        return (self.people - now).total()

    def _what(self, sitting: Sitting) -> tuple[object, ...]:
        roles = sitting.activity.roles
        return (
            sitting.activity.code,
            sitting.department,
            self.names[sitting.positions[0]],
            len(sitting.positions),
            tuple(sorted((roles[place].name, person) for place, person in sitting.staff)),
            tuple(sorted(sitting.trainees)),
        )


def _people_and_time(session: Session) -> tuple[object, ...]:
    return (
        session.activity,
        session.department,
        session.period,
        session.length,
        tuple(sorted((entry.role, entry.staff_id) for entry in session.staff)),
        tuple(sorted(session.trainees)),
    )
