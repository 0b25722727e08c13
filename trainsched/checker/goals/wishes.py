"""One weighted sum: continuity, even load, even spread, preferences."""

from collections import Counter, defaultdict
from math import ceil

from trainsched.checker.view import Placed, View
from trainsched.domain.people import Preference, PreferenceKind

PREFERRED = (
    PreferenceKind.PREFER_DAY,
    PreferenceKind.PREFER_PERIOD,
    PreferenceKind.PREFER_TRAINER,
)


def value_of_wishes(view: View) -> int:
    """The sum of the four terms, each with its weight from the policy or the preference."""
    return (
        view.policy_whole("wish_extra_trainer") * extra_trainers(view)
        + view.policy_whole("wish_uneven_load") * uneven_load(view)
        + view.policy_whole("wish_uneven_spread") * uneven_spread(view)
        + preferences_not_met(view)
    )


def extra_trainers(view: View) -> int:
    """People beyond the number needed who fill a trainee's first role of an activity."""
    extra = 0
    for items in view.sessions_by_need.values():
        roles = items[0].activity.roles
        if items[0].is_study or not roles:
            continue
        first = {
            entry.staff_id
            for item in items
            for entry in item.session.staff
            if entry.role == roles[0].name
        }
        extra += max(0, len(first) - roles[0].count)
    return extra


def uneven_load(view: View) -> int:
    """Sessions of staff in a calendar week beyond an even load for their WTE."""
    over = 0
    for person_id, items in view.training_by_staff.items():
        even = view.policy_limit(
            "even_load_sessions_per_week", view.organisation.staff_by_id[person_id].wte
        )
        if even is not None:
            weeks = Counter(view.calendar.week_number(item.session.date) for item in items)
            over += sum(max(0, number - even) for number in weeks.values())
    return over


def uneven_spread(view: View) -> int:
    """Sessions of trainees in a calendar week beyond an even spread over their weeks at work."""
    weeks_of: dict[str, Counter[int]] = defaultdict(Counter)
    for item in view.placed:
        if not item.is_study:
            for trainee_id in item.trainees:
                weeks_of[trainee_id][view.calendar.week_number(item.session.date)] += 1
    over = 0
    for trainee_id, weeks in weeks_of.items():
        trainee = view.organisation.trainee_by_id[trainee_id]
        working = view.attendance.working_weeks(trainee)
        required = view.demand.required_besides_study(trainee_id)
        even = ceil(required / working) if working > 0 else 0
        over += sum(max(0, number - even) for number in weeks.values())
    return over


def preferences_not_met(view: View) -> int:
    """The weights of the preferences that sessions go against."""
    wanted: dict[str, list[Preference]] = defaultdict(list)
    for preference in view.organisation.preferences:
        wanted[preference.person_id].append(preference)
    return sum(
        _preferred_but_not_met(item, person, wanted[person])
        + _avoided_but_met(item, person, wanted[person])
        for item in view.placed
        for person in dict.fromkeys(item.people)
        if person in wanted
    )


def _touched_by(kind: PreferenceKind, item: Placed, person: str) -> set[str]:
    """What the session has that a preference of this kind may name."""
    if kind in (PreferenceKind.PREFER_DAY, PreferenceKind.AVOID_DAY):
        return {str(item.session.date.weekday())}
    if kind in (PreferenceKind.PREFER_PERIOD, PreferenceKind.AVOID_PERIOD):
        return {item.session.period}
    return set(item.staff) - {person}


def _preferred_but_not_met(item: Placed, person: str, preferences: list[Preference]) -> int:
    points = 0
    for kind in PREFERRED:
        rows = [row for row in preferences if row.kind is kind]
        trainee_with_staff = person in item.trainees and bool(item.staff)
        if not rows or (kind is PreferenceKind.PREFER_TRAINER and not trainee_with_staff):
            continue
        preferred = {value for row in rows for value in row.values}
        if preferred.isdisjoint(_touched_by(kind, item, person)):
            points += max(row.weight for row in rows)
    return points


def _avoided_but_met(item: Placed, person: str, preferences: list[Preference]) -> int:
    """Days and periods count once a row that names them, trainers once each."""
    return sum(
        row.weight * len(set(row.values) & _touched_by(row.kind, item, person))
        for row in preferences
        if row.kind not in PREFERRED
    )
