"""The plain model, to measure against: a variable for each session, trainer and start slot, and
for each person, slot and duty.

Every required session is an entity of its own. Where one trainer gives it, ``serves[start,
trainer]`` says at once when and by whom; where several roles are to be filled, a literal says when
it starts and others who fills which role. Cover is written out person by person. Only linear rows,
"at most one" and implications are used, so that a solver of integer programs can be given the very
same model. Rows that put identical sessions in order of time were tried: both solvers are faster
without.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from trainsched.planning.stays import Stay, Stays
from trainsched.planning.written_out import WrittenDay, hold_rostered_people, write_out

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trainsched.planning.judgement import DayJudgement
    from trainsched.problem.demands import ActivityNeed
    from trainsched.problem.offerings import Offering
    from trainsched.problem.problem import Problem

Literal = cp_model.IntVar


@dataclass(slots=True)
class PlainSession:
    """One session that may take place: for one trainee, a cohort, or a group to be chosen.

    ``starts[offering]``: at most one of these literals holds, and then the session starts there.
    ``serves[offering, role, person]``, ``joins[offering, demand]`` (groups only),
    ``holds[offering, position, item]`` (alternatives of equipment only).
    """

    activity: int
    demands: tuple[int, ...]
    is_group: bool
    is_direct: bool
    """One trainer alone gives it: who serves says when it starts."""
    starts: dict[int, list[Literal]] = field(default_factory=dict)
    serves: dict[tuple[int, int, int], Literal] = field(default_factory=dict)
    joins: dict[tuple[int, int], Literal] = field(default_factory=dict)
    holds: dict[tuple[int, int, str], Literal] = field(default_factory=dict)

    def attends(self, offering: int, demand: int) -> list[Literal]:
        """Literals of which one holds when the demand's trainee is in the session then."""
        if self.is_group:
            return [self.joins[offering, demand]] if (offering, demand) in self.joins else []
        return self.starts[offering]


@dataclass(slots=True)
class PlainModel:
    """The variables; ``plain_rules`` adds the rules."""

    problem: Problem
    judgements: tuple[DayJudgement, ...]
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    stays: Stays = field(default_factory=Stays)
    sessions: list[PlainSession] = field(default_factory=list)
    days: list[WrittenDay] = field(default_factory=list)
    placed: dict[int, list[tuple[int, Literal]]] = field(default_factory=lambda: defaultdict(list))
    """For each demand ``(offering, literal)``: the literals sum up to the sessions placed."""
    given: dict[int, list[tuple[int, Literal]]] = field(default_factory=lambda: defaultdict(list))
    """For each member of staff ``(offering, literal)`` of every session they may give."""
    unplaced: dict[int, Literal] = field(default_factory=dict)

    def literal(self) -> Literal:
        """A new yes/no variable. Names would cost time and memory."""
        return self.model.new_bool_var("")


def add_variables(problem: Problem, judgements: tuple[DayJudgement, ...]) -> PlainModel:
    """Make all variables and note whom they hold where."""
    plain = PlainModel(problem, judgements)
    offerings: dict[int, list[Offering]] = defaultdict(list)
    for offering in problem.offerings:
        offerings[offering.activity].append(offering)
    for need in problem.activities:
        for session in _sessions(problem, need):
            _add_session(plain, need, session, offerings[need.index])
            plain.sessions.append(session)
    for demand in problem.demands:
        plain.unplaced[demand.index] = plain.model.new_int_var(0, demand.required, "")
    hold_rostered_people(problem, plain.model, plain.stays)
    for cover_day in problem.cover_days:
        plain.days.append(write_out(problem, plain.model, plain.stays, cover_day, present=False))
    return plain


def _sessions(problem: Problem, need: ActivityNeed) -> Iterable[PlainSession]:
    """As many sessions of an activity as could be needed."""
    demands = [problem.demands[number] for number in need.demands]
    is_group = not (need.activity.together or need.is_solo)
    is_direct = not is_group and len(need.roles) == 1 and need.roles[0].count == 1
    if need.is_solo:
        who = [(demand.index,) for demand in demands for _ in range(demand.required)]
    elif need.activity.together:
        who = [need.demands] * max((demand.required for demand in demands), default=0)
    else:
        most = sum(demand.required for demand in demands) // max(need.activity.group_min, 1)
        who = [need.demands] * most
    for attendees in who:
        yield PlainSession(need.index, attendees, is_group, is_direct)


def _add_session(
    plain: PlainModel, need: ActivityNeed, session: PlainSession, offerings: list[Offering]
) -> None:
    for offering in offerings:
        if session.is_group or set(session.demands) <= set(offering.attendees):
            _add_start(plain, need, session, offering)


def _add_start(
    plain: PlainModel, need: ActivityNeed, session: PlainSession, offering: Offering
) -> None:
    problem, number = plain.problem, offering.index
    serving: list[Literal] = []
    for role, people in enumerate(offering.roles):
        for person in people:
            if _may_serve(problem, need, session, role, person):
                literal = session.serves[number, role, person] = plain.literal()
                serving.append(literal)
                plain.given[person].append((number, literal))
                _hold(plain, person, offering, literal)
    session.starts[number] = serving if session.is_direct else [plain.literal()]
    for demand in offering.attendees if session.is_group else session.demands:
        if session.is_group:
            session.joins[number, demand] = plain.literal()
        for literal in session.attends(number, demand):
            plain.placed[demand].append((number, literal))
            _hold(plain, problem.demands[demand].trainee, offering, literal)
    for position, alternatives in enumerate(need.activity.equipment):
        for item in alternatives if len(alternatives) > 1 else ():
            if all(problem.setting.units[item][slot] > 0 for slot in offering.slots):
                session.holds[number, position, item] = plain.literal()


def _may_serve(
    problem: Problem, need: ActivityNeed, session: PlainSession, role: int, person: int
) -> bool:
    """Whether a role for officers could be the person's, given who is in the session."""
    if not need.roles[role].of_officers:
        return True
    return any(problem.demands[demand].officer == person for demand in session.demands)


def _hold(plain: PlainModel, person: int, offering: Offering, literal: Literal) -> None:
    stay = Stay(literal, plain.problem.site_of(offering.department))
    for slot in offering.slots:
        plain.stays.add(person, slot, stay)
