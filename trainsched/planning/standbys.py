"""Names a standby for as many of a plan's must sessions as can have one; the plan stays as it is.

A standby could fill the session's first role then: qualified, at work, in no session, within
their limits, with time to travel, and cover can still be kept once they step in. Each is judged
as the only one who steps in; at one time a person stands by for one session only.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from ortools.sat.python import cp_model

from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan, Session
from trainsched.domain.standbys import Standby, Standbys
from trainsched.planning.draft import DraftSession
from trainsched.planning.in_the_way import InTheWay
from trainsched.planning.unavoidable import judge_days
from trainsched.problem.index import index
from trainsched.problem.offerings import Offering
from trainsched.problem.problem import Problem

WORTH = 1_000
"""What one more session with a standby counts, against the costs below."""
COST_ON_DUTY = 100
"""Somebody whom the plan has on duty then: others would have to change over for them."""
MOST_COST_OF_LOAD = 99
MOST_FOR_A_DAY = 5.0
"""Deterministic time for one day's choice; it takes a hundredth as a rule."""


class Wanted(NamedTuple):
    """A must session, its offering, and who could stand by."""

    session: Session
    offering: Offering
    able: tuple[int, ...]


def name_standbys(organisation: Organisation, plan: Plan) -> Standbys:
    """Give the most sessions that can have one a standby, day by day."""
    chooser = _Chooser(index(organisation), plan)
    named: dict[str, int] = {}
    proved = True
    by_day: dict[int, list[Wanted]] = defaultdict(list)
    for wanted in chooser.wanted:
        by_day[chooser.problem.grid.day_of(wanted.offering.slot)].append(wanted)
    for day in sorted(by_day):
        chosen, is_best = chooser.choose(by_day[day])
        named |= chosen
        proved = proved and is_best
    people = chooser.problem.people
    return Standbys(
        organisation=organisation.name,
        wanted=len(chooser.must),
        named=len(named),
        is_proved=proved and not chooser.has_open_questions,
        sessions=tuple(
            _standby(
                organisation,
                session,
                people[named[session.id]].person_id if session.id in named else None,
            )
            for session in chooser.must
        ),
    )


def _standby(organisation: Organisation, session: Session, staff_id: str | None) -> Standby:
    role = organisation.activity_by_code[session.activity].roles[0].name
    return Standby(
        session_id=session.id,
        activity=session.activity,
        department=session.department,
        date=session.date,
        period=session.period,
        role=role,
        instead_of=tuple(entry.staff_id for entry in session.staff if entry.role == role),
        staff_id=staff_id,
    )


class _Chooser:
    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self.by_id = {person.person_id: person.index for person in problem.people}
        self.demand = {
            (problem.people[d.trainee].person_id, d.activity): d for d in problem.demands
        }
        self.activity = {need.activity.code: need for need in problem.activities}
        codes = [d.code for d in problem.organisation.departments]
        self.offering = {(o.activity, codes[o.department], o.slot): o for o in problem.offerings}
        drafts = {
            session.id: draft
            for session in plan.sessions
            if (draft := self._draft(session)) is not None
        }
        self.in_the_way = InTheWay(problem, tuple(drafts.values()), judge_days(problem))
        self.on_duty = set(self._on_duty(plan))
        self.must = [session for session in plan.sessions if self._is_must(session)]
        self.has_open_questions = False
        self.wanted = [
            self._wanted(session, drafts[session.id])
            for session in self.must
            if session.id in drafts
        ]
        self.times: Counter[int] = Counter()

    def _slot(self, session: Session) -> int:
        grid = self.problem.grid
        return grid.slot(grid.day_index[session.date], grid.calendar.position(session.period))

    def _draft(self, session: Session) -> DraftSession | None:
        need = self.activity.get(session.activity)
        if need is None:
            return None
        offering = self.offering.get((need.index, session.department, self._slot(session)))
        if offering is None:
            return None
        number = {role.name: place for place, role in reversed(list(enumerate(need.roles)))}
        return DraftSession(
            offering.index,
            tuple(self.demand[trainee, need.index].index for trainee in session.trainees),
            tuple((number[entry.role], self.by_id[entry.staff_id]) for entry in session.staff),
            session.equipment,
        )

    def _on_duty(self, plan: Plan) -> Iterator[tuple[int, int]]:
        grid = self.problem.grid
        for entry in plan.cover:
            day, position = grid.day_index[entry.date], grid.calendar.position(entry.period)
            yield self.by_id[entry.staff_id], grid.slot(day, position)

    def _is_must(self, session: Session) -> bool:
        need = self.activity.get(session.activity)
        if need is None or not need.roles:
            return False
        demands = (self.demand.get((trainee, need.index)) for trainee in session.trainees)
        return any(demand is not None and demand.priority == 0 for demand in demands)

    def _wanted(self, session: Session, draft: DraftSession) -> Wanted:
        offering = self.problem.offerings[draft.offering]
        role = self.problem.activities[offering.activity].roles[0]
        officers = {self.problem.demands[d].officer for d in draft.demands}
        able: list[int] = []
        for person in offering.roles[0]:
            if role.of_officers and person not in officers:
                continue
            obstacle = self.in_the_way.of_person(person, offering)
            if obstacle.is_open:
                self.has_open_questions = True
            elif obstacle.rule is None:
                able.append(person)
        return Wanted(session, offering, tuple(able))

    def choose(self, wanted: list[Wanted]) -> tuple[dict[str, int], bool]:
        """One day's standbys by session, and whether no choice names more."""
        model = cp_model.CpModel()
        stands: dict[tuple[int, int], cp_model.IntVar] = {}
        at: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
        gain: list[cp_model.LinearExpr] = []
        for number, one in enumerate(wanted):
            for person in one.able:
                literal = model.new_bool_var("")
                stands[number, person] = literal
                gain.append((WORTH - self._cost(person, one.offering)) * literal)
                for slot in one.offering.slots:
                    at[person, slot].append(literal)
            model.add_at_most_one(stands[number, person] for person in one.able)
        for literals in at.values():
            model.add_at_most_one(literals)
        model.maximize(sum(gain))
        solver = cp_model.CpSolver()
        solver.parameters.catch_sigint_signal = False
        solver.parameters.num_workers = 1
        solver.parameters.max_deterministic_time = MOST_FOR_A_DAY
        status = solver.solve(model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return {}, False
        chosen = {
            wanted[number].session.id: person
            for (number, person), literal in sorted(stands.items())
            if solver.value(literal)
        }
        self.times.update(chosen.values())
        return chosen, status == cp_model.OPTIMAL

    def _cost(self, person: int, offering: Offering) -> int:
        """Those who are on no duty first, then those who stand by the least often."""
        busy = any((person, slot) in self.on_duty for slot in offering.slots)
        return COST_ON_DUTY * busy + min(self.times[person], MOST_COST_OF_LOAD)
