"""The whole: everything that the workbook says, with its cross references in order."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from pydantic import Field

from trainsched.domain.calendar import PlanCalendar
from trainsched.domain.curriculum import (
    Activity,
    CurriculumRow,
    Pin,
    Requirement,
    TrainingPlanRow,
    requirements_from,
)
from trainsched.domain.departments import Closure, Department, Equipment, Travel
from trainsched.domain.duties import Duty
from trainsched.domain.facts import Facts
from trainsched.domain.funding import Assumption, HeiPlaces, Post, Programme, Target, WorkforceRow
from trainsched.domain.people import Preference, Rotation, Staff, Trainee, UniversityBlock
from trainsched.domain.policy import Policy
from trainsched.domain.problems import Place
from trainsched.domain.roster import RosterEntry


class CoverMode(StrEnum):
    """Whether any qualified person may take a rostered duty, or it stays with the one named."""

    FLEXIBLE = "flexible"
    AS_ROSTERED = "as rostered"


class CoverGoal(StrEnum):
    """For capacity: cover no worse than without training, or every duty filled."""

    KEPT = "kept"
    FULL = "full"


class Organisation(Facts):
    """The facts of one workbook. Tuples are sorted by their ids; every id that is named exists.

    ``roster`` has at most one entry for each person, date and period. ``notices`` are sentences
    that every plan repeats as warnings. ``places`` says where facts were read, by keys such as
    ``staff:S1``, ``trainee:T1``, ``pin:3``, ``requirement:T1:QA``, ``activity:QA``; for messages
    only.
    """

    name: str
    calendar: PlanCalendar
    cover: CoverMode = CoverMode.FLEXIBLE
    cover_goal: CoverGoal = CoverGoal.KEPT
    locked_until: date | None = None
    policy: Policy
    departments: tuple[Department, ...] = ()
    staff: tuple[Staff, ...] = ()
    trainees: tuple[Trainee, ...] = ()
    rotations: tuple[Rotation, ...] = ()
    university: tuple[UniversityBlock, ...] = ()
    duties: tuple[Duty, ...] = ()
    activities: tuple[Activity, ...] = ()
    curriculum: tuple[CurriculumRow, ...] = ()
    training_plan: tuple[TrainingPlanRow, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    roster: tuple[RosterEntry, ...] = ()
    closures: tuple[Closure, ...] = ()
    travel: tuple[Travel, ...] = ()
    preferences: tuple[Preference, ...] = ()
    pins: tuple[Pin, ...] = ()
    programmes: tuple[Programme, ...] = ()
    targets: tuple[Target, ...] = ()
    hei_places: tuple[HeiPlaces, ...] = ()
    posts: tuple[Post, ...] = ()
    workforce: tuple[WorkforceRow, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    notices: tuple[str, ...] = ()
    places: Mapping[str, Place] = Field(default_factory=dict, repr=False, exclude=True)

    def with_facts(self, **changes: Any) -> "Organisation":
        """The organisation with some of its facts replaced; nothing worked out before is kept."""
        facts: dict[str, Any] = {name: getattr(self, name) for name in Organisation.model_fields}
        return Organisation.model_construct(**{**facts, **changes})

    @property
    def asks_for_more(self) -> bool:
        """Whether more is asked than what is there: starters, or every duty filled."""
        return bool(self.targets) or self.cover_goal is CoverGoal.FULL

    @cached_property
    def requirements(self) -> tuple[Requirement, ...]:
        """What every trainee must receive, sorted by trainee and activity."""
        return requirements_from(self.trainees, self.curriculum, self.training_plan)

    @cached_property
    def department_by_code(self) -> dict[str, Department]:
        """Departments by code."""
        return {department.code: department for department in self.departments}

    @cached_property
    def staff_by_id(self) -> dict[str, Staff]:
        """Staff by id."""
        return {person.staff_id: person for person in self.staff}

    @cached_property
    def trainee_by_id(self) -> dict[str, Trainee]:
        """Trainees by id."""
        return {trainee.trainee_id: trainee for trainee in self.trainees}

    @cached_property
    def activity_by_code(self) -> dict[str, Activity]:
        """Activities by code."""
        return {activity.code: activity for activity in self.activities}
