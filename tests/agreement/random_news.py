"""What may happen between a plan and the next: people fall ill, needs change, dates are locked."""

from datetime import timedelta

from tests.agreement.dice import Dice
from tests.organisations import entry
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan, Session
from trainsched.domain.roster import Meaning, RosterEntry


def random_news(seed: int, organisation: Organisation, plan: Plan) -> tuple[Organisation, Plan]:
    """The organisation some time later, and the plan as it was published meanwhile."""
    dice = Dice(seed + 77)
    published = _edited(dice, organisation, plan) if dice.chance(0.4) else plan
    changes: dict[str, object] = {"roster": _roster(dice, organisation)}
    if dice.chance(0.4):
        changes["locked_until"] = organisation.calendar.start_date + timedelta(
            days=dice.randint(0, 4)
        )
    if dice.chance(0.2):
        changes["duties"] = organisation.duties[1:]
    if dice.chance(0.2) and organisation.training_plan:
        changes["training_plan"] = organisation.training_plan[1:]
    later = Organisation.model_validate({**organisation.model_dump(), **changes})
    return later, published


def _roster(dice: Dice, organisation: Organisation) -> tuple[RosterEntry, ...]:
    """One or two people are away for a day or some."""
    people = [person.staff_id for person in organisation.staff]
    people += [trainee.trainee_id for trainee in organisation.trainees]
    away = {}
    for person in dice.sample(people, dice.randint(0, 2)):
        dates = organisation.calendar.dates
        first = dice.randrange(len(dates))
        for day in dates[first : first + dice.randint(1, 3)]:
            for period in organisation.calendar.period_names:
                away[person, day, period] = entry(person, day, period, Meaning.ABSENT)
    rest = [e for e in organisation.roster if (e.person_id, e.date, e.period) not in away]
    return tuple(sorted([*rest, *away.values()], key=lambda e: (e.person_id, e.date, e.period)))


def _edited(dice: Dice, organisation: Organisation, plan: Plan) -> Plan:
    """Somebody moved or restaffed a session by hand, well or badly."""
    if not plan.sessions:
        return plan
    place = dice.randrange(len(plan.sessions))
    session = plan.sessions[place]
    update: dict[str, object] = {"date": dice.choice(organisation.calendar.open_dates)}
    if session.staff and dice.chance(0.6):
        other = dice.choice(organisation.staff).staff_id
        first = session.staff[0].model_copy(update={"staff_id": other})
        update = {"staff": (first, *session.staff[1:])}
    sessions = list(plan.sessions)
    sessions[place] = Session.model_validate({**session.model_dump(), **update})
    return plan.model_copy(update={"sessions": tuple(sessions)})
