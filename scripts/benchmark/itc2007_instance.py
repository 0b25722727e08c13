"""The curriculum timetables of ITC-2007: their file format, and a judge of the hard rules."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


class Course(NamedTuple):
    """``lectures`` of one period each, all given by one teacher."""

    name: str
    teacher: str
    lectures: int
    students: int


class Lecture(NamedTuple):
    """A lecture placed. Days and periods count from 0."""

    course: str
    day: int
    period: int
    room: str


@dataclass(frozen=True, slots=True)
class Instance:
    """One week. ``rooms`` are seats by room; ``unavailable`` are ``(course, day, period)``."""

    name: str
    days: int
    periods_per_day: int
    courses: tuple[Course, ...]
    rooms: dict[str, int]
    curricula: dict[str, tuple[str, ...]]
    unavailable: frozenset[tuple[str, int, int]]

    @property
    def lectures(self) -> int:
        """Lectures of all courses."""
        return sum(course.lectures for course in self.courses)


def read_instance(path: Path) -> Instance:
    """Read a .ctt file. Raises ValueError where a section is shorter than the heading says."""
    heading: dict[str, str] = {}
    sections: dict[str, list[list[str]]] = {}
    section = ""
    for line in path.read_text(encoding="ascii").splitlines():
        words = line.split()
        if not words or words == ["END."]:
            continue
        if len(words) == 1 and words[0].endswith(":"):
            section = words[0].rstrip(":")
            sections[section] = []
        elif section:
            sections[section].append(words)
        else:
            name, _, value = line.partition(":")
            heading[name.strip()] = value.strip()
    instance = Instance(
        name=path.stem,
        days=int(heading["Days"]),
        periods_per_day=int(heading["Periods_per_day"]),
        courses=tuple(Course(w[0], w[1], int(w[2]), int(w[4])) for w in sections["COURSES"]),
        rooms={words[0]: int(words[1]) for words in sections["ROOMS"]},
        curricula={words[0]: tuple(words[2:]) for words in sections["CURRICULA"]},
        unavailable=frozenset(
            (words[0], int(words[1]), int(words[2]))
            for words in sections["UNAVAILABILITY_CONSTRAINTS"]
        ),
    )
    promised = (int(heading["Courses"]), int(heading["Rooms"]), int(heading["Curricula"]))
    if promised != (len(instance.courses), len(instance.rooms), len(instance.curricula)):
        raise ValueError(f"{path}: the file ends before everything its heading promises.")
    return instance


def in_rooms(instance: Instance, times: Iterable[tuple[str, int, int]]) -> list[Lecture]:
    """Give every ``(course, day, period)`` a room: most students, most seats.

    Lectures beyond the number of rooms share the last one, which the judge then objects to.
    """
    students = {course.name: course.students for course in instance.courses}
    rooms = sorted(instance.rooms, key=lambda room: (-instance.rooms[room], room))
    by_time: dict[tuple[int, int], list[str]] = defaultdict(list)
    for course, day, period in times:
        by_time[day, period].append(course)
    lectures: list[Lecture] = []
    for (day, period), courses in sorted(by_time.items()):
        courses.sort(key=lambda course: (-students[course], course))
        for place, course in enumerate(courses):
            lectures.append(Lecture(course, day, period, rooms[min(place, len(rooms) - 1)]))
    return lectures


def hard_faults(instance: Instance, lectures: Iterable[Lecture]) -> Iterator[str]:
    """Everything that breaks a hard rule of the competition, one sentence each."""
    placed = list(lectures)
    given = Counter(lecture.course for lecture in placed)
    for course in instance.courses:
        if given[course.name] != course.lectures:
            yield f"{course.name} has {given[course.name]} of {course.lectures} lectures."
    by_time: dict[tuple[int, int], list[Lecture]] = defaultdict(list)
    for lecture in placed:
        by_time[lecture.day, lecture.period].append(lecture)
        if (lecture.course, lecture.day, lecture.period) in instance.unavailable:
            yield f"{lecture.course} is not available on day {lecture.day}, {lecture.period}."
        if not (lecture.day < instance.days and lecture.period < instance.periods_per_day):
            yield f"{lecture.course} is outside the week."
    yield from _clashes(instance, by_time)


def _clashes(instance: Instance, by_time: dict[tuple[int, int], list[Lecture]]) -> Iterator[str]:
    teacher = {course.name: course.teacher for course in instance.courses}
    taken_by: dict[str, set[str]] = defaultdict(set)
    for curriculum, courses in instance.curricula.items():
        for name in courses:
            taken_by[name].add(curriculum)
    for (day, period), together in sorted(by_time.items()):
        for one, other in combinations(together, 2):
            where = f"{one.course} and {other.course} on day {day}, {period}"
            if one.course == other.course:
                yield f"{where}: two lectures of one course."
            elif teacher[one.course] == teacher[other.course]:
                yield f"{where}: one teacher."
            elif taken_by[one.course] & taken_by[other.course]:
                yield f"{where}: one curriculum."
            if one.room == other.room:
                yield f"{where}: one room."
