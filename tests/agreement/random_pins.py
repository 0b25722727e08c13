"""Random pins of sessions whose people are free and able; cover and other pins may forbid them."""

from tests.agreement.day_sessions import DaySessions
from tests.agreement.dice import Dice
from tests.agreement.presence import WhoIsWhere
from trainsched.domain.curriculum import Pin
from trainsched.domain.organisation import Organisation


def random_pins(dice: Dice, organisation: Organisation) -> tuple[Pin, ...]:
    """None for most seeds; else one or two sessions."""
    if dice.random() < 0.7 or not organisation.calendar.open_dates:
        return ()
    where = WhoIsWhere(organisation)
    pins = []
    for row in range(dice.choice((1, 1, 2))):
        day = dice.choice(organisation.calendar.open_dates)
        possible = DaySessions(where, day).sittings()
        if not possible:
            continue
        sitting = dice.choice(possible)
        staff = tuple(person for _, person in sitting.staff)
        pins.append(
            Pin(
                trainee_ids=sitting.trainees[: dice.randint(1, len(sitting.trainees))],
                activity=sitting.activity.code,
                date=day,
                period=where.period(sitting.positions[0]),
                staff_ids=staff[: dice.randint(0, len(staff))],
                row=row + 2,
            )
        )
    return tuple(pins)
