"""What share of a plan's sessions goes ahead when people are away at random.

In each draw everybody is away on each day of their own with the policy's absence rate, each day
by itself. A session goes ahead when all its staff and at least one of its trainees are there. With
standbys, one person of the first role who is away is made up for by the standby, if there. Duties
of those who are away are not looked at.
"""

import random
from datetime import date

from trainsched.domain.plan import Plan, Session
from trainsched.domain.standbys import Standbys, Survival

DRAWS = 400
SHARE_DIGITS = 4


def survival_of(
    plan: Plan, absence_rate: float, *, standbys: Standbys | None = None, seed: int = 0
) -> Survival | None:
    """The share of sessions that go ahead, without and with standbys; None without sessions."""
    if not plan.sessions:
        return None
    by_session = {
        standby.session_id: standby
        for standby in (standbys.sessions if standbys is not None else ())
        if standby.staff_id is not None
    }
    in_plan = {one for session in plan.sessions for one in _people_of(session)}
    beside = {
        (standby.date, standby.staff_id)
        for standby in by_session.values()
        if standby.staff_id is not None
    } - in_plan
    # Those who only stand by come last, each draw anew, so that naming them changes no other fate.
    people, others = sorted(in_plan), sorted(beside)
    chance, chance_of_others = random.Random(seed), random.Random(seed + 1)
    without = with_standbys = 0
    for _ in range(DRAWS):
        away = {one for one in people if chance.random() < absence_rate}
        away.update(one for one in others if chance_of_others.random() < absence_rate)
        for session in plan.sessions:
            missing = [e for e in session.staff if (session.date, e.staff_id) in away]
            if all((session.date, trainee) in away for trainee in session.trainees):
                continue
            without += not missing
            standby = by_session.get(session.id)
            with_standbys += not missing or (
                standby is not None
                and len(missing) == 1
                and missing[0].role == standby.role
                and (session.date, standby.staff_id) not in away
            )
    total = DRAWS * len(plan.sessions)
    return Survival(
        absence_rate=absence_rate,
        draws=DRAWS,
        seed=seed,
        sessions=len(plan.sessions),
        without_standbys=round(without / total, SHARE_DIGITS),
        with_standbys=None if standbys is None else round(with_standbys / total, SHARE_DIGITS),
    )


def _people_of(session: Session) -> list[tuple[date, str]]:
    names = [*(entry.staff_id for entry in session.staff), *session.trainees]
    return [(session.date, name) for name in names]
