"""ITC-2007 as a workbook of ours: the hard rules only, solved by the ordinary planner.

A course is an activity that all its trainees attend together, given by its teacher; a curriculum
is a trainee, unless it lies within another one; a course of no curriculum has a trainee of its
own. Rooms are one item of equipment with as many units as there are rooms (their seats are a soft
rule of the competition). Hours in which a course cannot be are hours in which an item of equipment
that only this course asks for is not there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainsched.domain.policy import NO_LIMIT

from .itc2007_instance import hard_faults, in_rooms

if TYPE_CHECKING:
    from trainsched.domain.plan import Plan

    from .itc2007_instance import Instance

START = "2027-03-01"
"""A Monday: the one week of an instance has to be some week."""
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
FIRST_HOUR = 8
DEPARTMENT = "U"
ROOM = "room"
Tables = dict[str, list[dict[str, object]]]

NO_LIMITS = {
    "max_training_per_week": NO_LIMIT,
    "max_training_per_day": NO_LIMIT,
    "max_taught_periods_per_day": NO_LIMIT,
    "rest_after_on_call_periods": 0,
    "wish_extra_trainer": 0,
    "wish_uneven_load": 0,
    "wish_uneven_spread": 0,
}
"""The competition knows no workload and none of our wishes."""


def workbook_tables(instance: Instance) -> Tables:
    """The tables of the workbook, by sheet."""
    names = period_names(instance)
    hours = [
        f"{name} {FIRST_HOUR + number:02d}:00-{FIRST_HOUR + number:02d}:55"
        for number, name in enumerate(names)
    ]
    settings: dict[str, object] = {
        "organisation": instance.name,
        "start_date": START,
        "weeks": 1,
        "nation": "none",
        "periods": "; ".join(hours),
        "working_days": f"Mon-{WEEKDAYS[instance.days - 1]}",
        **NO_LIMITS,
    }
    trainees = curricula_as_trainees(instance)
    return {
        "Settings": [{"setting": name, "value": value} for name, value in settings.items()],
        "Departments": [{"department": DEPARTMENT}],
        "Staff": [
            {"staff_id": teacher, "name": f"Teacher {teacher}", "department": DEPARTMENT}
            for teacher in sorted({course.teacher for course in instance.courses})
        ],
        "Trainees": [
            {"trainee_id": name, "name": name, "department": DEPARTMENT, "programme": "ITC"}
            for name in trainees
        ],
        "Training plan": _lectures(instance, trainees),
        "Equipment": _equipment(instance, names),
    }


def period_names(instance: Instance) -> list[str]:
    """The names of a day's periods."""
    return [f"P{number + 1}" for number in range(instance.periods_per_day)]


def curricula_as_trainees(instance: Instance) -> dict[str, frozenset[str]]:
    """The courses of every trainee: the widest curricula, then the courses that are in none."""
    wanted = {name: frozenset(courses) for name, courses in instance.curricula.items()}
    widest: dict[str, frozenset[str]] = {}
    for name, courses in sorted(wanted.items(), key=lambda item: (-len(item[1]), item[0])):
        if not any(courses <= others for others in widest.values()):
            widest[name] = courses
    lonely = {course.name for course in instance.courses} - set().union(*widest.values())
    return {**widest, **{f"only {name}": frozenset({name}) for name in sorted(lonely)}}


def _lectures(instance: Instance, trainees: dict[str, frozenset[str]]) -> list[dict[str, object]]:
    limited = {course for course, _, _ in instance.unavailable}
    rows: list[dict[str, object]] = []
    for course in instance.courses:
        items = [ROOM, *([_hours_of(course.name)] if course.name in limited else [])]
        for trainee, courses in trainees.items():
            if course.name in courses:
                rows.append(
                    {
                        "trainee_id": trainee,
                        "activity": course.name,
                        "sessions": course.lectures,
                        "staff": course.teacher,
                        "together": "yes",
                        "equipment": "; ".join(items),
                    }
                )
    return rows


def _equipment(instance: Instance, names: list[str]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = [{"equipment": ROOM, "capacity": len(instance.rooms)}]
    for course in sorted({course for course, _, _ in instance.unavailable}):
        for day in range(instance.days):
            there = [
                name
                for period, name in enumerate(names)
                if (course, day, period) not in instance.unavailable
            ]
            if there:
                rows.append(
                    {
                        "equipment": _hours_of(course),
                        "capacity": 1,
                        "days": WEEKDAYS[day],
                        "periods": "; ".join(there),
                    }
                )
    return rows


def _hours_of(course: str) -> str:
    return f"hours of {course}"


def faults_of_plan(instance: Instance, plan: Plan) -> list[str]:
    """What the competition's hard rules object to in a plan."""
    names = period_names(instance)
    times = [
        (session.activity, (session.date - plan.start_date).days, names.index(session.period))
        for session in plan.sessions
    ]
    return list(hard_faults(instance, in_rooms(instance, times)))
