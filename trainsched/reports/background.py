"""What a report needs beside the plan: names, working time, limits and assumptions.

It comes from the organisation when a plan has just been made, or from a run's folder later.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from trainsched.domain.calendar import PlanCalendar
from trainsched.domain.duties import Priority
from trainsched.domain.organisation import Organisation
from trainsched.domain.people import Staff
from trainsched.domain.plan import Plan
from trainsched.domain.policy import NO_LIMIT, DeclaredValue, Policy
from trainsched.domain.standbys import Standbys


@dataclass(frozen=True, slots=True)
class StaffFacts:
    """A member of staff as reports show them; ``most_sessions`` over the plan, None: no limit."""

    staff_id: str
    name: str
    departments: tuple[str, ...]
    wte: float
    most_sessions: int | None


@dataclass(frozen=True, slots=True)
class TraineeFacts:
    """A trainee as reports show them."""

    trainee_id: str
    name: str
    department: str
    programme: str


@dataclass(frozen=True, slots=True)
class Demand:
    """Trainee-sessions of one priority for the trainees of one department."""

    department: str
    priority: Priority
    required: int
    placed: int
    least_missing: int | None = None
    """What any plan leaves out of these, as far as proved; None where that was not asked."""

    @property
    def missing(self) -> int:
        """What is not placed."""
        return self.required - self.placed


@dataclass(frozen=True, slots=True)
class Background:
    """Everything known beside the plan. Empty where only plan.json is there: ids are shown."""

    departments: Mapping[str, str] = field(default_factory=dict)
    staff: Mapping[str, StaffFacts] = field(default_factory=dict)
    trainees: Mapping[str, TraineeFacts] = field(default_factory=dict)
    activities: Mapping[str, str] = field(default_factory=dict)
    demand: tuple[Demand, ...] = ()
    policy_name: str = ""
    assumptions: tuple[DeclaredValue, ...] = ()
    checked: bool | None = None
    """Whether the independent checker passed the plan; None where that is not on record."""
    program_version: str = ""
    input_file: str = ""
    standbys: Standbys | None = None
    """Who stands by, where that was asked for."""

    @property
    def absence_rate(self) -> float:
        """The policy's share of days on which somebody is away at short notice; 0 without one."""
        found = (v.value for v in self.assumptions if v.name == "absence_rate")
        value = next(found, 0)
        return 0.0 if value == NO_LIMIT else float(value)

    def name(self, person_id: str) -> str:
        """The person's name, else the id."""
        person = self.staff.get(person_id) or self.trainees.get(person_id)
        return person.name if person is not None else person_id

    def label(self, person_id: str) -> str:
        """Name and id, as ``Ada Bell (S1)``; the id alone where no name is known."""
        name = self.name(person_id)
        return person_id if name == person_id else f"{name} ({person_id})"

    def activity(self, code: str) -> str:
        """Code and title of an activity, as ``QA: Linac quality assurance``."""
        title = self.activities.get(code, "")
        return code if title in ("", code) else f"{code}: {title}"

    def department(self, code: str) -> str:
        """Name and code of a department."""
        name = self.departments.get(code, "")
        return code if name in ("", code) else f"{name} ({code})"


def background_of(
    organisation: Organisation,
    plan: Plan,
    *,
    program_version: str,
    least_missing: Mapping[tuple[str, int], int] | None = None,
) -> Background:
    """The background of a plan that the checker has just passed.

    ``least_missing`` is what planning has proved of each department: see ``PlanningOutcome``.
    """
    known = names_of(organisation, program_version=program_version)
    return replace(known, demand=demand_of(organisation, plan, least_missing or {}), checked=True)


def names_of(organisation: Organisation, *, program_version: str) -> Background:
    """Names, limits and assumptions alone, where there is no plan."""
    return Background(
        departments={d.code: d.name for d in organisation.departments},
        staff={s.staff_id: staff_facts(s, organisation) for s in organisation.staff},
        trainees={
            t.trainee_id: TraineeFacts(t.trainee_id, t.name, t.department, t.programme)
            for t in organisation.trainees
        },
        activities={a.code: a.title for a in organisation.activities},
        policy_name=organisation.policy.name,
        assumptions=organisation.policy.values,
        program_version=program_version,
    )


def staff_facts(person: Staff, organisation: Organisation) -> StaffFacts:
    """A member of staff with their limit over the whole plan."""
    return StaffFacts(
        staff_id=person.staff_id,
        name=person.name,
        departments=person.departments,
        wte=person.wte,
        most_sessions=most_sessions(person, organisation.calendar, organisation.policy),
    )


def most_sessions(person: Staff, calendar: PlanCalendar, policy: Policy) -> int | None:
    """The most training sessions the person may give over the plan; None for no limit."""
    if not person.trains:
        return 0
    per_week = person.max_training_per_week
    if per_week is None:
        per_week = policy.limit_for("max_training_per_week", person.wte)
    weeks = {
        calendar.week_number(day)
        for day in calendar.open_dates
        if (person.start_date is None or person.start_date <= day)
        and (person.end_date is None or day <= person.end_date)
    }
    limits = [
        limit
        for limit in (person.max_training, None if per_week is None else per_week * len(weeks))
        if limit is not None
    ]
    return min(limits) if limits else None


def demand_of(
    organisation: Organisation, plan: Plan, least_missing: Mapping[tuple[str, int], int]
) -> tuple[Demand, ...]:
    """What was required and placed, by home department and priority, most important first.

    Never more than required is placed, so required is what was placed plus what is missing.
    """
    placed = Counter(
        (trainee, session.activity) for session in plan.sessions for trainee in session.trainees
    )
    missing = {(u.trainee_id, u.activity): u.required - u.placed for u in plan.unplaced}
    required_sums: Counter[tuple[str, Priority]] = Counter()
    placed_sums: Counter[tuple[str, Priority]] = Counter()
    for need in organisation.requirements:
        key = (need.trainee_id, need.activity)
        group = (organisation.trainee_by_id[need.trainee_id].department, need.timing.priority)
        placed_sums[group] += placed[key]
        required_sums[group] += placed[key] + missing.get(key, 0)
    order = {priority: place for place, priority in enumerate(Priority)}
    return tuple(
        Demand(
            department,
            priority,
            required_sums[department, priority],
            placed_sums[department, priority],
            least_missing.get((department, order[priority])),
        )
        for department, priority in sorted(required_sums, key=lambda g: (g[0], order[g[1]]))
    )
