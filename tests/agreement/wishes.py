"""The last goal, term by term. Part of the oracle."""

from collections import defaultdict
from datetime import date
from math import ceil

from tests.agreement.day_sessions import Sitting
from tests.agreement.presence import WhoIsWhere
from trainsched.domain.curriculum import Kind
from trainsched.domain.people import Preference, PreferenceKind

Key = tuple[str, str]


class Wishes:
    """Points for wishes not met, with the weights of the policy."""

    def __init__(self, where: WhoIsWhere, required: dict[Key, int]) -> None:
        self.where = where
        self.organisation = where.organisation
        self.required = required
        policy = self.organisation.policy
        self.extra_trainer = policy.whole("wish_extra_trainer")
        self.uneven_load = policy.whole("wish_uneven_load")
        self.uneven_spread = policy.whole("wish_uneven_spread")
        self.taught = {
            key
            for key in required
            if self.organisation.activity_by_code[key[1]].kind is not Kind.STUDY
        }
        self.even_spread = {
            trainee.trainee_id: self._even_spread(trainee.trainee_id)
            for trainee in self.organisation.trainees
        }

    def _even_spread(self, trainee_id: str) -> int:
        """The sessions a week that need no further explanation for this trainee."""
        calendar = self.where.calendar
        weeks = sum(
            any(self.where.day_at_work(trainee_id, day) for day in calendar.dates_of_week(week))
            for week in calendar.week_numbers
        )
        sessions = sum(self.required[key] for key in self.taught if key[0] == trainee_id)
        return ceil(sessions / weeks) if weeks else 0

    def continuity(self, people: dict[Key, frozenset[str]]) -> int:
        """Points for each further person in the first role of an activity of a trainee."""
        points = 0
        for key in self.taught:
            role = self.organisation.activity_by_code[key[1]].roles[0]
            points += max(0, len(people[key]) - role.count) * self.extra_trainer
        return points

    def of_week(self, received: dict[Key, int], given: dict[str, int]) -> int:
        """Points for one calendar week: load of staff and spread over the trainees' weeks."""
        points = 0
        for staff_id, sessions in given.items():
            wte = self.organisation.staff_by_id[staff_id].wte
            fair = self.organisation.policy.limit_for("even_load_sessions_per_week", wte)
            if fair is not None:
                points += max(0, sessions - fair) * self.uneven_load
        by_trainee: dict[str, int] = defaultdict(int)
        for key in self.taught:
            by_trainee[key[0]] += received[key]
        for trainee_id, sessions in by_trainee.items():
            points += max(0, sessions - self.even_spread[trainee_id]) * self.uneven_spread
        return points

    def preferences(self, sitting: Sitting, day: date) -> int:
        """Points of everybody in the session for what they would rather have had."""
        return sum(self._of_person(person, sitting, day) for person in sitting.people)

    def _of_person(self, person_id: str, sitting: Sitting, day: date) -> int:
        mine: dict[PreferenceKind, list[Preference]] = defaultdict(list)
        for preference in self.organisation.preferences:
            if preference.person_id == person_id:
                mine[preference.kind].append(preference)
        weekday, period = str(day.weekday()), self.where.period(sitting.positions[0])
        staff = {person for _, person in sitting.staff}
        points = 0
        for kind, value in (
            (PreferenceKind.PREFER_DAY, weekday),
            (PreferenceKind.PREFER_PERIOD, period),
        ):
            if mine[kind] and all(value not in row.values for row in mine[kind]):
                points += max(row.weight for row in mine[kind])
        for kind, value in (
            (PreferenceKind.AVOID_DAY, weekday),
            (PreferenceKind.AVOID_PERIOD, period),
        ):
            points += sum(row.weight for row in mine[kind] if value in row.values)
        if person_id not in self.organisation.trainee_by_id:
            return points
        preferred = mine[PreferenceKind.PREFER_TRAINER]
        if preferred and staff and not any(staff & set(row.values) for row in preferred):
            points += max(row.weight for row in preferred)
        points += sum(
            row.weight * len(staff & set(row.values)) for row in mine[PreferenceKind.AVOID_TRAINER]
        )
        return points
