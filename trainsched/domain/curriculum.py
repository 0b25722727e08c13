"""What trainees must receive: activities, curriculum rows, training plan rows, requirements."""

from datetime import date
from enum import StrEnum

from trainsched.domain.duties import Priority
from trainsched.domain.facts import Facts
from trainsched.domain.people import Trainee


class Kind(StrEnum):
    """What happens in a session. ``study`` is the trainee's own protected time, without staff."""

    TAUGHT = "taught"
    ASSESSMENT = "assessment"
    REVIEW = "review"
    STUDY = "study"


TRAINING_OFFICER = "training_officer"
"""The role that only the training officer of a trainee in the session may fill."""


class Role(Facts):
    """Who must be there: ``count`` different people holding any of ``competences``.

    No competence listed: any member of staff who trains, of the department of the session.
    """

    name: str
    competences: tuple[str, ...] = ()
    min_band: str | None = None
    count: int = 1


class Activity(Facts):
    """What an activity is, the same for everybody who needs it.

    ``length`` is in periods in one go. ``roles`` is empty for study only. ``staff`` lists those
    who alone may fill the first role (empty: not restricted). ``group_max`` None means no limit
    (cohort teaching). Each item of ``equipment`` is a tuple of alternatives, one of which is held.
    ``department`` None means where the trainee is then hosted.
    """

    code: str
    title: str
    kind: Kind = Kind.TAUGHT
    length: int = 1
    roles: tuple[Role, ...] = ()
    staff: tuple[str, ...] = ()
    group_max: int | None = 1
    group_min: int = 1
    together: bool = False
    equipment: tuple[tuple[str, ...], ...] = ()
    department: str | None = None


class Timing(Facts):
    """How much of an activity and when. Exactly one of ``sessions`` and ``per_week`` is set.

    Weeks are calendar weeks of the plan from 1; ``deadline`` is the last possible date;
    ``max_per_week``, ``max_per_day`` in sessions; ``min_gap_days`` between dates of two sessions.
    """

    sessions: int | None = None
    per_week: int | None = None
    earliest_week: int | None = None
    latest_week: int | None = None
    deadline: date | None = None
    max_per_week: int | None = None
    max_per_day: int | None = None
    min_gap_days: int | None = None
    after: tuple[str, ...] = ()
    priority: Priority = Priority.MUST


class CurriculumRow(Facts):
    """Every trainee of the programme (and year, None: all) must receive the activity."""

    programme: str
    year: int | None = None
    activity: str
    timing: Timing

    def applies_to(self, trainee: Trainee) -> bool:
        """Whether the row concerns this trainee."""
        return trainee.programme == self.programme and self.year in (None, trainee.year)


class TrainingPlanRow(Facts):
    """What one trainee must receive; ``timing`` already holds what it inherits from above."""

    trainee_id: str
    activity: str
    timing: Timing


class Requirement(Facts):
    """What one trainee must receive of one activity within the plan."""

    trainee_id: str
    activity: str
    timing: Timing


def requirements_from(
    trainees: tuple[Trainee, ...],
    curriculum: tuple[CurriculumRow, ...],
    training_plan: tuple[TrainingPlanRow, ...],
) -> tuple[Requirement, ...]:
    """Join the programmes' rows with the trainees' own, which win; sorted; none of size 0."""
    own = {(row.trainee_id, row.activity): row.timing for row in training_plan}
    found: dict[tuple[str, str], Timing] = {}
    for trainee in trainees:
        for row in curriculum:
            if row.applies_to(trainee):
                found[trainee.trainee_id, row.activity] = row.timing
    found.update(own)
    return tuple(
        Requirement(trainee_id=trainee_id, activity=activity, timing=timing)
        for (trainee_id, activity), timing in sorted(found.items())
        if (timing.sessions or 0) > 0 or (timing.per_week or 0) > 0
    )


class Pin(Facts):
    """A session that must happen so: these trainees (others may join), and these staff in it."""

    trainee_ids: tuple[str, ...]
    activity: str
    date: date
    period: str
    staff_ids: tuple[str, ...] = ()
    row: int = 0
