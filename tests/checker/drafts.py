"""Plans written by hand: lists that a test may change before they become a Plan."""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import date

from trainsched.domain.calendar import clock
from trainsched.domain.duties import Priority
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import (
    CoverEntry,
    GoalResult,
    GoalStatus,
    Plan,
    Reason,
    Session,
    Shortfall,
    StaffRole,
    Summary,
    Unplaced,
    written_periods,
)
from trainsched.domain.rules import FIRST_PLAN_GOALS, REPLAN_GOALS, GoalId, RuleId


@dataclass
class Draft:
    """A plan in the making. ``values`` are the goals' values, argued in the case by hand."""

    facts: Organisation
    sessions: list[Session] = field(default_factory=list)
    cover: list[CoverEntry] = field(default_factory=list)
    shortfalls: list[Shortfall] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    values: tuple[float, ...] = (0, 0, 0, 0.0, 0, 0)
    summary: Summary | None = None
    published: Plan | None = None
    moved: int | None = None
    """Sessions of the published plan that are not there any more; None in a first plan."""

    def copy(self) -> "Draft":
        new = copy(self)
        for name in ("sessions", "cover", "shortfalls", "unplaced"):
            setattr(new, name, list(getattr(self, name)))
        return new

    def session(
        self,
        activity: str,
        day: date,
        period: str,
        staff: Mapping[str, str],
        trainees: Iterable[str],
        *,
        equipment: Iterable[str] = (),
        department: str | None = None,
        pinned: bool = False,
    ) -> Session:
        """Add a session; ``staff`` is names by role, the other fields as the facts have them."""
        what = self.facts.activity_by_code[activity]
        home = self.facts.trainee_by_id[min(trainees)].department
        where = department or what.department or home
        first = self.facts.calendar.position(period)
        last = self.facts.calendar.periods[first + what.length - 1]
        made = Session(
            id="s00000",
            activity=activity,
            kind=what.kind,
            department=where,
            site=self.facts.department_by_code[where].site,
            date=day,
            period=period,
            length=what.length,
            start=clock(self.facts.calendar.periods[first].start),
            end=clock(last.end),
            staff=tuple(
                StaffRole(role=role, staff_id=person)
                for role, people in staff.items()
                for person in sorted(people.split())
            ),
            trainees=tuple(sorted(trainees)),
            equipment=tuple(sorted(equipment)),
            pinned=pinned,
        )
        self.sessions.append(made)
        return made

    def covered(
        self,
        duty: str,
        day: date,
        period: str,
        person: str,
        rostered: str | None = None,
        home: str = "D",
    ) -> None:
        """Add a cover entry."""
        self.cover.append(
            CoverEntry(
                department=home,
                duty=duty,
                date=day,
                period=period,
                staff_id=person,
                rostered_staff_id=rostered,
            )
        )

    def short(self, duty: str, day: date, period: str, missing: int, home: str = "D") -> None:
        """Add a shortfall."""
        self.shortfalls.append(
            Shortfall(department=home, duty=duty, date=day, period=period, missing=missing)
        )

    def not_placed(
        self,
        trainee: str,
        activity: str,
        required: int,
        placed: int,
        priority: Priority = Priority.MUST,
    ) -> None:
        """Add an unplaced requirement, with a reason."""
        self.unplaced.append(
            Unplaced(
                trainee_id=trainee,
                activity=activity,
                priority=priority,
                required=required,
                placed=placed,
                reasons=(Reason(rule=RuleId.AT_WORK, detail="Nobody is free."),),
            )
        )

    def change(self, activity: str, number: int = 0, **update: object) -> Session:
        """Change the n-th session of the activity, as added."""
        places = [n for n, s in enumerate(self.sessions) if s.activity == activity]
        place = places[number]
        self.sessions[place] = self.sessions[place].model_copy(update=update)
        return self.sessions[place]

    def drop(self, activity: str, number: int = 0) -> Session:
        """Take the n-th session of the activity away."""
        places = [n for n, s in enumerate(self.sessions) if s.activity == activity]
        return self.sessions.pop(places[number])

    def change_cover(self, duty: str, number: int = 0, **update: object) -> None:
        """Change the n-th cover entry of the duty, as added."""
        places = [n for n, c in enumerate(self.cover) if c.duty == duty]
        self.cover[places[number]] = self.cover[places[number]].model_copy(update=update)

    def drop_cover(self, duty: str, number: int = 0) -> CoverEntry:
        """Take the n-th cover entry of the duty away."""
        places = [n for n, c in enumerate(self.cover) if c.duty == duty]
        return self.cover.pop(places[number])

    def _stated(self) -> list[tuple[GoalId, float]]:
        if self.moved is None:
            return list(zip(FIRST_PLAN_GOALS, self.values, strict=True))
        values = (self.values[0], self.moved, *self.values[1:])
        return list(zip(REPLAN_GOALS, values, strict=True))

    def plan(self) -> Plan:
        """The plan with its lists sorted and its sessions numbered."""
        at = {name: number for number, name in enumerate(self.facts.calendar.period_names)}
        ordered = sorted(
            self.sessions,
            key=lambda s: (s.date, at.get(s.period, 9), s.department, s.activity, s.trainees),
        )
        return Plan(
            organisation=self.facts.name,
            start_date=self.facts.calendar.start_date,
            weeks=self.facts.calendar.weeks,
            periods=written_periods(self.facts.calendar),
            sessions=tuple(
                session.model_copy(update={"id": f"s{number:05d}"})
                for number, session in enumerate(ordered, start=1)
            ),
            cover=tuple(
                sorted(
                    self.cover,
                    key=lambda c: (c.department, c.duty, c.date, at.get(c.period, 9), c.staff_id),
                )
            ),
            shortfalls=tuple(
                sorted(
                    self.shortfalls,
                    key=lambda s: (s.department, s.duty, s.date, at.get(s.period, 9)),
                )
            ),
            unplaced=tuple(sorted(self.unplaced, key=lambda u: (u.trainee_id, u.activity))),
            goals=tuple(
                GoalResult(name=goal, value=value, bound=0, status=GoalStatus.BEST_FOUND)
                for goal, value in self._stated()
            ),
            summary=self.summary or _nothing(),
            warnings=tuple(sorted(self.facts.notices)),
        )


def _nothing() -> Summary:
    return Summary(
        required=0,
        placed=0,
        share_placed=1.0,
        protected_trainer_hours=0.0,
        protected_trainee_hours=0.0,
        changed_duties=0,
    )
