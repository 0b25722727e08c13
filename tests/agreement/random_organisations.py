"""Seeded random organisations, small enough to judge, odd enough to meet every rule.

The same seed gives the same organisation on every machine. Only facts that a workbook could hold
after reading are made: ids that are named exist, rotations do not overlap, the sessions of a cohort
are equal for all.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from tests.agreement.dice import Dice
from tests.agreement.presence import WhoIsWhere
from tests.agreement.random_curriculum import random_curriculum
from tests.agreement.random_people import (
    random_preferences,
    random_rotations,
    random_staff,
    random_trainees,
    random_university,
)
from tests.agreement.random_pins import random_pins
from tests.organisations import AM, MONDAY, PM, department, duty, entry, policy
from trainsched.domain.calendar import Period, PlanCalendar
from trainsched.domain.departments import Closure, Department, Equipment, Travel
from trainsched.domain.duties import Duty, Presence, Priority
from trainsched.domain.organisation import CoverMode, Organisation
from trainsched.domain.policy import NO_LIMIT, Policy
from trainsched.domain.roster import Meaning, RosterEntry

CODED = tuple(meaning for meaning in Meaning if meaning is not Meaning.DUTY)
DUTIES = ("clinic", "theatre")
EVENING = Period(name="EVE", start=17 * 60 + 20, end=19 * 60 + 20)


@dataclass(frozen=True)
class Size:
    """How large the organisations of a test are. ``sessions`` is for all trainees together."""

    staff: tuple[int, int]
    trainees: tuple[int, int]
    activities: tuple[int, int]
    sessions: int
    places_a_day: int
    duties: int
    days_a_week: tuple[int, int]
    evening: float = 0.0


TINY = Size(
    staff=(3, 5),
    trainees=(1, 3),
    activities=(2, 4),
    sessions=8,
    places_a_day=5,
    duties=2,
    days_a_week=(2, 3),
)
SMALL = Size(
    staff=(6, 12),
    trainees=(3, 6),
    activities=(5, 9),
    sessions=45,
    places_a_day=16,
    duties=6,
    days_a_week=(3, 5),
    evening=0.3,
)


def random_organisation(seed: int, size: Size = TINY) -> Organisation:
    """The organisation of a seed."""
    dice = Dice(seed)
    calendar = _calendar(dice, size)
    departments = _departments(dice)
    codes = tuple(d.code for d in departments)
    staff = random_staff(dice, calendar, codes, dice.randint(*size.staff))
    trainees = random_trainees(dice, calendar, codes, staff, dice.randint(*size.trainees))
    duties = _duties(dice, size, calendar, codes)
    cover = CoverMode.FLEXIBLE if dice.chance(0.6) else CoverMode.AS_ROSTERED
    rotations = random_rotations(dice, calendar, codes, trainees)
    without_roster = Organisation(
        name=f"Random {seed}",
        calendar=calendar,
        cover=cover,
        policy=_policy(dice),
        departments=departments,
        staff=staff,
        trainees=trainees,
        rotations=rotations,
        university=random_university(dice, calendar),
        duties=duties,
        equipment=_equipment(dice, calendar),
        closures=_closures(dice, calendar, codes),
        travel=_travel(dice, departments),
        preferences=random_preferences(dice, calendar, staff, trainees),
    )
    roster = _roster(dice, without_roster)
    activities, curriculum, training_plan = random_curriculum(
        dice, without_roster, activities=dice.randint(*size.activities), sessions=size.sessions
    )
    whole = without_roster.model_copy(
        update={
            "roster": roster,
            "activities": activities,
            "curriculum": curriculum,
            "training_plan": training_plan,
        }
    )
    # A fresh object, so that nothing worked out for the one without a roster stays with it.
    organisation = Organisation.model_validate(whole.model_dump())
    pins = random_pins(dice, organisation)
    return Organisation.model_validate({**organisation.model_dump(), "pins": pins})


def _calendar(dice: Dice, size: Size) -> PlanCalendar:
    days = tuple(sorted(dice.sample(range(5), dice.randint(*size.days_a_week))))
    start = MONDAY + timedelta(days=dice.choice((0, 0, 2)))
    weeks = 2 if len(days) == 2 and dice.chance(0.5) else 1
    periods = (AM, PM, EVENING) if dice.chance(size.evening) else (AM, PM)
    calendar = PlanCalendar(start_date=start, weeks=weeks, periods=periods, working_days=days)
    if dice.chance(0.12):
        return calendar.model_copy(update={"bank_holidays": (dice.choice(calendar.open_dates),)})
    return calendar


def _departments(dice: Dice) -> tuple[Department, ...]:
    if dice.chance(0.5):
        return (department("A"),)
    second = department("B", site="site A") if dice.chance(0.35) else department("B")
    return (department("A"), second)


def _travel(dice: Dice, departments: tuple[Department, ...]) -> tuple[Travel, ...]:
    sites = sorted({d.site for d in departments})
    if len(sites) == 1 or dice.chance(0.3):
        return ()
    there, back = dice.choice(((20, 20), (45, 45), (20, 45)))
    return (
        Travel(from_site=sites[0], to_site=sites[1], minutes=there),
        Travel(from_site=sites[1], to_site=sites[0], minutes=back),
    )


def _policy(dice: Dice) -> Policy:
    return policy(
        max_training_per_week=dice.limit(NO_LIMIT, (1, 2, 2.5, 4)),
        max_training_per_day=dice.limit(NO_LIMIT, (1, 2)),
        max_taught_periods_per_day=dice.limit(NO_LIMIT, (1, 1, 2)),
        rest_after_on_call_periods=dice.choice((0, 1, 1, 2)),
        default_travel_minutes=dice.choice((0, 25, 45)),
        wish_extra_trainer=dice.choice((0, 3)),
        even_load_sessions_per_week=dice.choice((NO_LIMIT, 1, 2)),
        wish_uneven_load=dice.choice((0, 1, 2)),
        wish_uneven_spread=dice.choice((0, 1, 2)),
    )


def _duties(
    dice: Dice, size: Size, calendar: PlanCalendar, codes: tuple[str, ...]
) -> tuple[Duty, ...]:
    found: list[Duty] = []
    room = size.places_a_day
    presence: dict[tuple[str, str], Presence] = {}
    for row in range(dice.randint(0, size.duties + len(codes))):
        name, home = dice.choice(DUTIES), dice.choice(codes)
        one_person = dice.chance(0.25)
        staff_needed = 2 if dice.chance(0.2) else 1
        periods = None if dice.chance(0.5) else (dice.choice(calendar.period_names),)
        slots = len(calendar.periods) if periods is None else 1
        room -= staff_needed if one_person else staff_needed * slots
        if room < 0:
            break
        chosen = Presence.ON_SITE if dice.chance(0.25) else Presence.EXCLUSIVE
        days = calendar.working_days
        only = dice.choice(calendar.open_dates) if dice.chance(0.15) else None
        found.append(
            duty(
                name,
                staff_needed,
                home,
                competences=dice.limit((), (("ct",), ("mr",), ("ct", "mr"))),
                min_band=dice.limit(None, (None, "7")),
                weekdays=None if dice.chance(0.7) else tuple(dice.sample(days, 1)),
                periods=periods,
                presence=presence.setdefault((home, name), chosen),
                one_person=one_person,
                first_date=only,
                last_date=only,
                priority=dice.choice((Priority.MUST, Priority.MUST, *Priority)),
                row=row + 2,
            )
        )
    return tuple(sorted(found, key=lambda d: (d.department, d.duty, d.row)))


def _equipment(dice: Dice, calendar: PlanCalendar) -> tuple[Equipment, ...]:
    found = []
    for item in ("linac1", "linac2", "phantom"):
        found.append(
            Equipment(
                item=item,
                capacity=2 if item == "phantom" else dice.choice((1, 1, 2)),
                weekdays=dice.limit(None, (None, calendar.working_days[:1])),
                periods=dice.limit(None, (None, *((name,) for name in calendar.period_names))),
            )
        )
        if dice.chance(0.15):
            found.append(Equipment(item=item, first_date=dice.choice(calendar.dates)))
    return tuple(found)


def _closures(dice: Dice, calendar: PlanCalendar, codes: tuple[str, ...]) -> tuple[Closure, ...]:
    if not dice.chance(0.3 * dice.temper):
        return ()
    return (Closure(date=dice.choice(calendar.open_dates), department=dice.choice((None, *codes))),)


def _roster(dice: Dice, organisation: Organisation) -> tuple[RosterEntry, ...]:
    """Codes on about a quarter of the slots, nights on call on any date of the plan."""
    where = WhoIsWhere(organisation)
    density = dice.choice((0.0, 0.1, 0.25))
    rostered = dice.choice((0.0, 0.2, 0.5, 0.9))
    people = [person.staff_id for person in organisation.staff]
    people += [trainee.trainee_id for trainee in organisation.trainees]
    found = []
    for person_id in people:
        for day in organisation.calendar.dates:
            open_day = organisation.calendar.is_open(day)
            home = _home_for_the_day(dice, where, person_id, day)
            names = _rosterable_duties(organisation, home)
            for period in organisation.calendar.period_names:
                if names and where.there_that_day(person_id, day) and dice.chance(rostered):
                    name = dice.choice(names)
                    found.append(entry(person_id, day, period, Meaning.DUTY, name, home))
                elif dice.chance(density):
                    meaning = dice.choice(CODED) if open_day else Meaning.ON_CALL
                    found.append(entry(person_id, day, period, meaning))
    return tuple(sorted(found, key=lambda e: (e.person_id, e.date, e.period)))


def _home_for_the_day(dice: Dice, where: WhoIsWhere, person_id: str, day: date) -> str:
    """One department a day, so that a roster asks nobody to break the travel rule."""
    person = where.organisation.staff_by_id.get(person_id)
    return where.host(person_id, day) if person is None else dice.choice(person.departments)


def _rosterable_duties(organisation: Organisation, home: str) -> list[str]:
    exclusive_only = organisation.cover is CoverMode.AS_ROSTERED
    return sorted(
        {
            row.duty
            for row in organisation.duties
            if row.department == home and not (exclusive_only and row.presence is Presence.ON_SITE)
        }
    )
