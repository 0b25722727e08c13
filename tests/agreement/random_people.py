"""Random staff and trainees, where they are, and what they would like."""

from datetime import date, timedelta

from tests.agreement.dice import Dice
from tests.organisations import MONDAY
from trainsched.domain.calendar import PlanCalendar, WorkingPattern
from trainsched.domain.people import (
    Preference,
    PreferenceKind,
    Rotation,
    Staff,
    Trainee,
    UniversityBlock,
)

COMPETENCES = ("ct", "mr")
BANDS = (None, "6", "7", "8a")


def _pattern(dice: Dice, calendar: PlanCalendar) -> WorkingPattern:
    slots = tuple(
        (weekday, name) for weekday in calendar.working_days for name in calendar.period_names
    )
    if dice.chance(0.95 - 0.6 * dice.temper):
        return WorkingPattern(weeks=(slots,))
    anchor = None if dice.chance(0.5) else MONDAY + timedelta(days=dice.choice((-7, 0, 3, 7)))
    weeks = tuple(
        tuple(slot for slot in slots if dice.chance(0.75)) for _ in range(dice.choice((1, 2)))
    )
    return WorkingPattern(weeks=weeks, anchor=anchor)


def _dates(dice: Dice, calendar: PlanCalendar) -> dict[str, date | None]:
    """Now and then somebody comes late or leaves early."""
    first = dice.choice(calendar.dates[:4]) if dice.chance(0.15 * dice.temper) else None
    last = dice.choice(calendar.dates[4:]) if dice.chance(0.15 * dice.temper) else None
    return {"start_date": first, "end_date": last}


def _competences(dice: Dice) -> tuple[str, ...]:
    return tuple(c for c in COMPETENCES if dice.chance(0.9 - 0.3 * dice.temper))


def random_staff(
    dice: Dice, calendar: PlanCalendar, codes: tuple[str, ...], number_of_staff: int
) -> tuple[Staff, ...]:
    found = []
    for number in range(number_of_staff):
        homes = codes if dice.chance(0.5) else (dice.choice(codes),)
        found.append(
            Staff(
                staff_id=f"S{number}",
                name=f"Person {number}",
                departments=homes,
                band=dice.limit("8a", BANDS),
                wte=dice.choice((1.0, 1.0, 0.6, 0.4)),
                competences=_competences(dice),
                pattern=_pattern(dice, calendar),
                trains=dice.chance(0.9),
                max_training_per_week=dice.limit(None, (None, None, 1, 2)),
                max_training_per_day=dice.limit(None, (None, None, 1, 2)),
                max_training=dice.limit(None, (None, None, 1, 2)),
                **_dates(dice, calendar),
            )
        )
    return tuple(found)


def random_trainees(
    dice: Dice,
    calendar: PlanCalendar,
    codes: tuple[str, ...],
    staff: tuple[Staff, ...],
    number_of_trainees: int,
) -> tuple[Trainee, ...]:
    return tuple(
        Trainee(
            trainee_id=f"T{number}",
            name=f"Trainee {number}",
            department=dice.choice(codes),
            programme="P",
            year=dice.choice((1, 2)),
            training_officer=dice.choice((None, *(s.staff_id for s in staff))),
            hei=dice.choice((None, "H")),
            pattern=_pattern(dice, calendar),
            supernumerary=dice.chance(0.65),
            competences=_competences(dice),
            **_dates(dice, calendar),
        )
        for number in range(number_of_trainees)
    )


def random_rotations(
    dice: Dice, calendar: PlanCalendar, codes: tuple[str, ...], trainees: tuple[Trainee, ...]
) -> tuple[Rotation, ...]:
    found = []
    for trainee in trainees:
        if len(codes) > 1 and dice.chance(0.35):
            first, last = sorted(dice.choices(calendar.dates, k=2))
            found.append(
                Rotation(
                    trainee_id=trainee.trainee_id,
                    department=dice.choice(codes),
                    first_date=first,
                    last_date=last,
                )
            )
    return tuple(found)


def random_university(dice: Dice, calendar: PlanCalendar) -> tuple[UniversityBlock, ...]:
    if not dice.chance(0.6 * dice.temper):
        return ()
    day = dice.choice(calendar.open_dates)
    return (
        UniversityBlock(
            hei="H",
            programme=dice.choice((None, "P")),
            year=dice.choice((None, 1)),
            first_date=day,
            last_date=day + timedelta(days=dice.choice((0, 1, 2))),
        ),
    )


def random_preferences(
    dice: Dice, calendar: PlanCalendar, staff: tuple[Staff, ...], trainees: tuple[Trainee, ...]
) -> tuple[Preference, ...]:
    staff_ids = [person.staff_id for person in staff]
    trainee_ids = [trainee.trainee_id for trainee in trainees]
    found = []
    for _ in range(dice.choice((0, 0, 1, 3))):
        kind = dice.choice(list(PreferenceKind))
        about_trainers = kind in (PreferenceKind.PREFER_TRAINER, PreferenceKind.AVOID_TRAINER)
        values = {
            PreferenceKind.PREFER_DAY: [str(day) for day in calendar.working_days],
            PreferenceKind.AVOID_DAY: [str(day) for day in calendar.working_days],
            PreferenceKind.PREFER_PERIOD: list(calendar.period_names),
            PreferenceKind.AVOID_PERIOD: list(calendar.period_names),
            PreferenceKind.PREFER_TRAINER: staff_ids,
            PreferenceKind.AVOID_TRAINER: staff_ids,
        }[kind]
        found.append(
            Preference(
                person_id=dice.choice(trainee_ids if about_trainers else trainee_ids + staff_ids),
                kind=kind,
                values=tuple(sorted(dice.sample(values, dice.choice((1, 1, 2))))),
                weight=dice.choice((1, 2, 3)),
            )
        )
    return tuple(sorted(found, key=lambda p: (p.person_id, p.kind, p.values)))
