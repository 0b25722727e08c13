"""The rest of a plan: who has how many sessions, and who is with whom, while one more is sought."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan, Session
from trainsched.planning.explanation.starts_borne import Borne
from trainsched.planning.judgement import DayJudgement
from trainsched.problem.demands import PRIORITIES, Demand
from trainsched.problem.offerings import Offering
from trainsched.problem.problem import Problem
from trainsched.problem.remembered import Key, Remembered, key_of


@dataclass(slots=True)
class Rest:
    """What the plan gives to whom: how many sessions each requirement has, and who is with whom.

    ``problem`` is of the facts as they are.
    """

    organisation: Organisation
    plan: Plan
    problem: Problem
    lowest: int = len(PRIORITIES)
    """Requirements of this priority or a higher one keep what they have; others what is fixed."""
    placed: dict[Key, int] = field(default_factory=dict)
    kept: dict[Key, int] = field(default_factory=dict)
    """The sessions that each requirement keeps, where there are any."""
    sessions: list[Session] = field(default_factory=list)
    """The sessions that are kept; no others stand in the way."""
    demand_of: dict[Key, Demand] = field(default_factory=dict)
    of_activity: dict[str, list[Key]] = field(default_factory=lambda: defaultdict(list))
    known_days: list[tuple[object, dict[object, DayJudgement]]] = field(default_factory=list)
    """By duties and travel times: what is known of cover days."""
    borne: Borne = field(default_factory=Borne)
    """What was found out about starts before."""
    remembered: Remembered = field(init=False)
    """What was indexed before."""
    busy: dict[tuple[str, int], list[Session]] = field(init=False)
    """By person and slot: the sessions among ``sessions`` that hold them then."""

    _companies: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.remembered = Remembered(self.problem.demands)
        for demand in self.problem.demands:
            key = key_of(demand)
            self.demand_of[key] = demand
            self.of_activity[key[1]].append(key)
            self.placed[key] = 0
        for session in self.plan.sessions:
            keeping = [key for key in keys_of(session) if self._keeps(key, session)]
            if keeping:
                self.sessions.append(session)
            for key in keeping:
                self.kept[key] = self.kept.get(key, 0) + 1
            for key in keys_of(session):
                self.placed[key] = self.placed.get(key, 0) + 1
        self.busy = busy_slots(self.problem, self.sessions)

    def _keeps(self, key: Key, session: Session) -> bool:
        """Whether the requirement keeps this session, or as good a one."""
        demand = self.demand_of.get(key)
        locked = self.organisation.locked_until
        return (
            (demand is not None and demand.priority <= self.lowest)
            or (locked is not None and session.date < locked)
            or any(
                (pin.activity, pin.date, pin.period)
                == (session.activity, session.date, session.period)
                and key[0] in pin.trainee_ids
                for pin in self.organisation.pins
            )
        )

    def counting(self, priority: int) -> "Rest":
        """The rest when requirements of a lower priority than this one may lose what they have."""
        rest = Rest(
            self.organisation,
            self.plan,
            self.problem,
            priority,
            known_days=self.known_days,
            borne=self.borne,
        )
        rest.remembered = self.remembered
        return rest

    def least(self, keys: Collection[Key], wanted: Key) -> dict[Key, int]:
        """What these requirements are to have at least: what they have, and the wanted one more."""
        least = {key: self.kept[key] for key in keys if key in self.kept}
        least[wanted] = self.placed[wanted] + 1
        return least

    def with_company(
        self, keys: Collection[Key], organisation: Organisation | None = None
    ) -> frozenset[Key]:
        """The requirements, what must come before them, and whoever could share their sessions.

        Who could is a matter of the facts: those of ``organisation``, where it is given.
        """
        activities = (organisation or self.organisation).activity_by_code
        found: set[Key] = set()
        waiting = sorted(keys)
        while waiting:
            key = waiting.pop()
            if key in found:
                continue
            found.add(key)
            demand = self.demand_of[key]
            activity = activities[key[1]]
            waiting += [key_of(self.problem.demands[d]) for d in demand.after]
            if activity.together or activity.group_max != 1:
                waiting += self.of_activity[key[1]]
        return frozenset(found)

    def company_of(self, session: Session) -> int:
        """How many requirements would be planned anew if the session were."""
        if session.id not in self._companies:
            self._companies[session.id] = len(self.with_company(keys_of(session)))
        return self._companies[session.id]

    def upset(
        self, problem: Problem, offering: Offering, person: int, standing: Collection[str]
    ) -> int:
        """How many requirements have sessions, of these, that hold the person at the time."""
        who = problem.people[person].person_id
        return sum(
            self.company_of(session)
            for slot in offering.slots
            for session in self.busy.get((who, slot), ())
            if session.id in standing
        )

    def standing(self, free: Collection[Key]) -> list[Session]:
        """The sessions of all requirements that are not free."""
        return [
            session for session in self.sessions if not any(key in free for key in keys_of(session))
        ]

    def outside(self, within: Mapping[Key, Collection[int]]) -> list[Session]:
        """The sessions of these requirements outside their weeks."""
        grid = self.problem.grid
        found: list[Session] = []
        for session in self.sessions:
            week = grid.week_of_day[grid.day_index[session.date]]
            mine = [key for key in keys_of(session) if key in within]
            if mine and all(week not in within[key] for key in mine):
                found.append(session)
        return found

    def judged(self, organisation: Organisation) -> dict[object, DayJudgement]:
        """What is known of cover days under these duties and travel times."""
        policy = organisation.policy.whole("default_travel_minutes")
        facts = organisation.duties, organisation.travel, organisation.departments, policy
        for known, days in reversed(self.known_days):
            if known == facts:
                return days
        self.known_days.append((facts, {}))
        return self.known_days[-1][1]

    @property
    def locked(self) -> Plan | None:
        """The plan itself where its first weeks are locked, so that they stay as they are."""
        return None if self.organisation.locked_until is None else self.plan


def keys_of(session: Session) -> list[Key]:
    """The requirements that the session serves."""
    return [(trainee, session.activity) for trainee in session.trainees]


def busy_slots(
    problem: Problem, sessions: Iterable[Session]
) -> dict[tuple[str, int], list[Session]]:
    """Who is in which of the sessions in which slot."""
    grid = problem.grid
    busy: dict[tuple[str, int], list[Session]] = defaultdict(list)
    for session in sessions:
        first = grid.slot(grid.day_index[session.date], grid.calendar.position(session.period))
        for person in (*session.trainees, *(entry.staff_id for entry in session.staff)):
            for slot in range(first, first + session.length):
                busy[person, slot].append(session)
    return busy
