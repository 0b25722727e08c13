"""Random activities and how much of them each trainee needs."""

from tests.agreement.dice import Dice
from trainsched.domain.curriculum import (
    TRAINING_OFFICER,
    Activity,
    CurriculumRow,
    Kind,
    Role,
    Timing,
    TrainingPlanRow,
)
from trainsched.domain.duties import Priority
from trainsched.domain.organisation import Organisation

Curriculum = tuple[tuple[Activity, ...], tuple[CurriculumRow, ...], tuple[TrainingPlanRow, ...]]

ROLES: tuple[tuple[Role, ...], ...] = (
    (Role(name="trainer"),),
    (Role(name="trainer"),),
    (Role(name="trainer", competences=("ct",)),),
    (Role(name="trainer", competences=("ct", "mr")),),
    (Role(name="trainer", min_band="7"),),
    (Role(name="assessor", competences=("ct",)), Role(name="supervisor", min_band="6")),
    (Role(name="trainer", count=2),),
    (Role(name=TRAINING_OFFICER),),
    (Role(name="assessor", competences=("mr",)), Role(name=TRAINING_OFFICER)),
)

EQUIPMENT: tuple[tuple[tuple[str, ...], ...], ...] = (
    (),
    (),
    (),
    (("linac1",),),
    (("linac1", "linac2"),),
    (("linac1", "linac2"), ("phantom",)),
    (("phantom",), ("phantom",)),
)


def random_curriculum(
    dice: Dice, organisation: Organisation, *, activities: int, sessions: int
) -> Curriculum:
    """Activities, programme rows and trainees' own rows, at most about ``sessions`` in all."""
    made, rows, own = [], [], []
    room = sessions
    for number in range(activities):
        activity = _activity(dice, organisation, f"A{number}")
        earlier = [other.code for other in made]
        timing = _timing(dice, organisation, activity, earlier)
        trainees = [t.trainee_id for t in organisation.trainees]
        amount = timing.sessions or (timing.per_week or 0) * len(organisation.calendar.week_numbers)
        year = None if activity.together or dice.chance(0.7) else 1
        if activity.together or (len(trainees) * amount <= room and dice.chance(0.5)):
            if len(trainees) * amount > room:
                timing = timing.model_copy(update={"sessions": 1, "per_week": None})
                amount = 1
            rows.append(
                CurriculumRow(programme="P", year=year, activity=activity.code, timing=timing)
            )
            room -= len(trainees) * amount
            if not activity.together and dice.chance(0.3):
                changes = {"sessions": dice.choice((0, 1)), "per_week": None}
                instead = timing.model_copy(update=changes)
                own.append(_own(dice.choice(trainees), activity, instead))
        else:
            chosen = sorted(dice.sample(trainees, dice.randint(1, len(trainees))))
            for trainee_id in chosen:
                if amount <= room:
                    own.append(_own(trainee_id, activity, timing))
                    room -= amount
        made.append(activity)
    return (
        tuple(made),
        tuple(rows),
        tuple(sorted(own, key=lambda row: (row.trainee_id, row.activity))),
    )


def _own(trainee_id: str, activity: Activity, timing: Timing) -> TrainingPlanRow:
    return TrainingPlanRow(trainee_id=trainee_id, activity=activity.code, timing=timing)


def _activity(dice: Dice, organisation: Organisation, code: str) -> Activity:
    kind = dice.choice((Kind.TAUGHT, Kind.TAUGHT, Kind.TAUGHT, *Kind))
    roles = () if kind is Kind.STUDY else dice.limit(ROLES[0], ROLES)
    staff: tuple[str, ...] = ()
    if roles and roles[0].name != TRAINING_OFFICER and dice.chance(0.15):
        everybody = [person.staff_id for person in organisation.staff]
        staff = tuple(sorted(dice.sample(everybody, dice.randint(1, 2))))
    together = kind is not Kind.STUDY and dice.chance(0.12)
    largest = None if together else dice.choice((1, 1, 2, 3))
    if kind is Kind.STUDY:
        largest = 1
    several = largest in (2, 3) and len(organisation.trainees) > 1
    homes = [department.code for department in organisation.departments]
    return Activity(
        code=code,
        title=f"Activity {code}",
        kind=kind,
        length=2 if dice.chance(0.15) else 1,
        roles=roles,
        staff=staff,
        group_max=largest,
        group_min=2 if several and dice.chance(0.4 * dice.temper) else 1,
        together=together,
        equipment=dice.limit((), EQUIPMENT),
        department=dice.choice(homes) if dice.chance(0.2) else None,
    )


def _timing(
    dice: Dice, organisation: Organisation, activity: Activity, earlier: list[str]
) -> Timing:
    calendar = organisation.calendar
    weeks = calendar.week_numbers
    earliest = dice.limit(None, (None, *weeks))
    weekly = dice.chance(0.25)
    return Timing(
        sessions=None if weekly else dice.choice((1, 1, 2, 2, 3)),
        per_week=dice.choice((1, 2)) if weekly else None,
        earliest_week=earliest,
        latest_week=dice.limit(None, (None, *weeks[(earliest or 1) - 1 :])),
        deadline=dice.choice(calendar.open_dates) if dice.chance(0.3 * dice.temper) else None,
        max_per_week=dice.limit(None, (None, 1, 2)),
        max_per_day=dice.limit(None, (None, 1)),
        min_gap_days=dice.limit(None, (None, None, 1, 2)),
        after=(dice.choice(earlier),) if earlier and dice.chance(0.6 * dice.temper) else (),
        priority=dice.choice((Priority.MUST, Priority.MUST, Priority.SHOULD, Priority.COULD)),
    )
