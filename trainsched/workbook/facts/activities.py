"""Activities: one code is one activity, however many rows speak of it."""

from collections.abc import Iterable
from typing import Any

from trainsched.domain.curriculum import TRAINING_OFFICER, Activity, Kind, Role
from trainsched.domain.problems import Place
from trainsched.workbook.records import Record
from trainsched.workbook.sources import Sources

_DEFAULT_ROLES = (Role(name="trainer"),)
_DEFAULTS: dict[str, Any] = {
    "kind": str(Kind.TAUGHT),
    "length": 1,
    "roles": _DEFAULT_ROLES,
    "staff": (),
    "group_max": None,
    "group_min": 1,
    "together": False,
    "equipment": (),
    "department": None,
}
"""What must agree between rows of one activity, and what a blank cell of the Curriculum means."""


class _Settled:
    """What is settled of one activity so far, and where."""

    def __init__(self) -> None:
        self.title: str | None = None
        self.values: dict[str, Any] = {}
        self.places: dict[str, Place] = {}

    def get(self, name: str) -> Any:
        return self.values.get(name, _DEFAULTS[name])


def read_activities(sources: Sources) -> tuple[Activity, ...]:
    """The activities of Curriculum and Training plan, by code; rows that disagree are errors.

    A blank cell of the Curriculum stands for its default; a blank cell of the Training plan for
    whatever the other rows say.
    """
    settled: dict[str, _Settled] = {}
    for sheet in ("Curriculum", "Training plan"):
        for record in sources.of(sheet):
            code = record.get("activity")
            if code is not None:
                sources.places.setdefault(f"activity:{code}", record.place("activity"))
                _settle(sources, settled.setdefault(code, _Settled()), record, sheet, code)
    return tuple(_activity(sources, code, settled[code]) for code in sorted(settled))


def _settle(sources: Sources, activity: _Settled, record: Record, sheet: str, code: str) -> None:
    activity.title = activity.title or record.get("title")
    for name, default in _DEFAULTS.items():
        if name in record.faulty or (sheet == "Training plan" and not record.has(name)):
            continue
        value = record.get(name, default)
        place = record.place(name if record.has(name) else "activity")
        if name not in activity.places:
            activity.values[name], activity.places[name] = value, place
        elif _plain(activity.values[name]) != _plain(value):
            sources.problems.error(
                place,
                f"{code}: {name} is not the same here as in {activity.places[name]}; "
                "an activity is one and the same wherever it stands.",
                f"Write the same {name} in both, or give one of the two another activity code.",
                record.raw.get(name),
            )


def _plain(value: Any) -> Any:
    """A value for comparison: the order of roles matters, that of staff and equipment not."""
    if isinstance(value, tuple) and not any(isinstance(one, Role) for one in value):
        return sorted(value)
    return value


def _activity(sources: Sources, code: str, settled: _Settled) -> Activity:
    kind = Kind(settled.get("kind"))
    together = settled.get("together")
    group_max = settled.get("group_max")
    roles, staff = settled.get("roles"), settled.get("staff")
    if kind is Kind.STUDY:
        _warn_of_unused(sources, code, settled)
        roles, staff = (), ()
    activity = Activity(
        code=code,
        title=settled.title or code,
        kind=kind,
        length=settled.get("length"),
        roles=roles,
        staff=staff,
        group_max=group_max if group_max is not None or together else 1,
        group_min=settled.get("group_min"),
        together=together,
        equipment=settled.get("equipment"),
        department=settled.get("department"),
    )
    _check(sources, activity, settled.places)
    return activity


def _warn_of_unused(sources: Sources, code: str, settled: _Settled) -> None:
    unused = [name for name in ("roles", "staff") if settled.get(name) != _DEFAULTS[name]]
    for name in unused:
        sources.problems.warning(
            settled.places[name],
            f"{code} is study, which needs nobody else, so its {name} were not used.",
            f"Leave {name} blank, or change the kind.",
            code,
        )


def _check(sources: Sources, activity: Activity, places: dict[str, Place]) -> None:
    code = activity.code
    periods = len(sources.settings.calendar.periods)
    if activity.length > periods:
        sources.problems.error(
            places["length"],
            f"{code} takes {activity.length} periods, but a day has {periods}.",
            f"Write a length of {periods} or less, or more sessions.",
            activity.length,
        )
    if activity.group_max is not None and activity.group_min > activity.group_max:
        sources.problems.error(
            places["group_min"],
            f"{code}: group_min is {activity.group_min}, above group_max, {activity.group_max}.",
            "Raise group_max, or lower group_min.",
            activity.group_min,
        )
    first = activity.roles[0] if activity.roles else None
    if first is not None and activity.staff and len(activity.staff) < first.count:
        sources.problems.error(
            places["staff"],
            f"{code} needs {first.count} people as {first.name}, but staff names only "
            f"{len(activity.staff)}.",
            "Name more people, ask for fewer, or leave staff blank.",
            "; ".join(activity.staff),
        )


def needs_training_officer(activities: Iterable[Activity]) -> frozenset[str]:
    """The codes of activities in which the trainee's own training officer has a role."""
    return frozenset(
        activity.code
        for activity in activities
        if any(role.name == TRAINING_OFFICER for role in activity.roles)
    )
