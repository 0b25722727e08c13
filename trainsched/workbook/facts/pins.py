"""Pinned sessions from the Pins sheet."""

from collections.abc import Sequence

from trainsched.domain.curriculum import Activity, Pin, Requirement
from trainsched.domain.problems import Place
from trainsched.workbook.records import Record
from trainsched.workbook.sources import Sources


def read_pins(
    sources: Sources, activities: Sequence[Activity], requirements: Sequence[Requirement]
) -> tuple[Pin, ...]:
    """The pins by row. Whether they can all hold is found when the plan is made."""
    by_code = {activity.code: activity for activity in activities}
    needed = {(need.trainee_id, need.activity) for need in requirements}
    pins: list[Pin] = []
    seen: dict[tuple[str, str, object, str], Place] = {}
    for record in sources.of("Pins"):
        if not record.has_all("trainee_id", "activity", "date", "period"):
            continue
        pin = Pin(
            trainee_ids=tuple(sorted(record.get("trainee_id"))),
            activity=record.get("activity"),
            date=record.get("date"),
            period=record.get("period"),
            staff_ids=tuple(sorted(record.get("staff_ids", ()))),
            row=record.row,
        )
        sources.places[f"pin:{record.row}"] = record.place("trainee_id")
        activity = by_code.get(pin.activity)
        if activity is not None:
            _check(sources, record, pin, activity, needed)
        for trainee_id in pin.trainee_ids:
            key = (trainee_id, pin.activity, pin.date, pin.period)
            place = record.place("trainee_id")
            first = seen.setdefault(key, place)
            if first != place:
                shown, value = f"{trainee_id} {pin.activity}", record.raw.get("trainee_id")
                sources.repeated(place, first, "The pin of", shown, value)
        pins.append(pin)
    return tuple(pins)


def _check(
    sources: Sources,
    record: Record,
    pin: Pin,
    activity: Activity,
    needed: set[tuple[str, str]],
) -> None:
    calendar = sources.settings.calendar
    known = sources.values("Trainees", "trainee_id")
    if not calendar.holds(pin.date):
        sources.problems.error(
            record.place("date"),
            f"The date is outside the plan, {calendar.start_date:%d/%m/%Y} to "
            f"{calendar.end_date:%d/%m/%Y}.",
            "Write a date of the plan, or remove the pin.",
            pin.date,
        )
    if calendar.position(pin.period) + activity.length > len(calendar.periods):
        sources.problems.error(
            record.place("period"),
            f"{activity.code} takes {activity.length} periods, more than are left of the day "
            f"from {pin.period}.",
            "Write an earlier period.",
            pin.period,
        )
    for trainee_id in pin.trainee_ids:
        if trainee_id in known and (trainee_id, activity.code) not in needed:
            sources.problems.error(
                record.place("trainee_id"),
                f"{trainee_id} does not need {activity.code}.",
                "Add it to the Curriculum or Training plan, or remove the pin.",
                trainee_id,
            )
    _check_sizes(sources, record, pin, activity)


def _check_sizes(sources: Sources, record: Record, pin: Pin, activity: Activity) -> None:
    places = sum(role.count for role in activity.roles)
    if len(pin.staff_ids) > places:
        sources.problems.error(
            record.place("staff_ids"),
            f"The pin names {len(pin.staff_ids)} people, but the roles of {activity.code} take "
            f"{places}.",
            "Name fewer people.",
            record.raw.get("staff_ids"),
        )
    if activity.group_max is not None and len(pin.trainee_ids) > activity.group_max:
        sources.problems.error(
            record.place("trainee_id"),
            f"The pin names {len(pin.trainee_ids)} trainees, but group_max of {activity.code} "
            f"is {activity.group_max}.",
            "Name fewer trainees, or raise group_max.",
            record.raw.get("trainee_id"),
        )
