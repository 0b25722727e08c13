"""One question, asked again and again of changed facts: can every must session be placed."""

from collections import Counter
from dataclasses import dataclass, field, replace

from ortools.sat.python import cp_model

from trainsched.domain.capacity import Limit
from trainsched.domain.findings import Finding
from trainsched.domain.organisation import CoverGoal, Organisation
from trainsched.domain.rules import RuleId
from trainsched.expansion.counting import cannot_ever, pins_fail
from trainsched.expansion.facts import only_what_must_be
from trainsched.expansion.memory import Memory, fingerprint
from trainsched.expansion.named import carried_over
from trainsched.expansion.relaxed import Judge, is_too_much
from trainsched.expansion.repair import (
    SEARCH_FOR_MORE,
    competitors,
    cover_is_as_before,
    ids_of,
    is_nearly_everybody,
    repaired,
    without_a_session,
)
from trainsched.expansion.room import Room
from trainsched.expansion.runs import Answer, cheapest, settle
from trainsched.expansion.standing import placed_piece_by_piece
from trainsched.planning.build import Expression
from trainsched.planning.draft import DraftSession, make_sessions, read_choice
from trainsched.planning.engine import Engine
from trainsched.planning.goals.unplaced_must import unplaced_must
from trainsched.planning.judgement import DayJudgement
from trainsched.planning.model import build_model
from trainsched.planning.unavoidable import judge_days
from trainsched.problem.index import index
from trainsched.problem.problem import Problem

PER_QUESTION = 25.0
FOR_WHAT_FAILS = 6.0
"""Deterministic time, at the most."""
MOST_PLACED = 4
"""Organisations whose musts stay placed: the latest."""


@dataclass(frozen=True, slots=True)
class Placing:
    """``fits`` None: not settled. ``sessions`` are of the problem of the musts alone."""

    fits: bool | None
    reason: Limit | None = None
    sessions: tuple[DraftSession, ...] = ()
    problem: Problem | None = None
    """The problem in which the sessions are numbered; None where only the answer is remembered."""
    judgements: tuple[DayJudgement, ...] = ()


@dataclass(slots=True)
class Asker:
    """Asks questions of one engine and remembers what was proved."""

    engine: Engine
    memory: Memory
    rooms: dict[str, Room | None] = field(default_factory=dict)
    """Rooms found in this run, by what they rest on."""
    rejected: list[Finding] = field(default_factory=list)
    """What the checker found wrong with plans behind limits: never anything, unless by a fault."""
    placed: dict[str, Placing] = field(default_factory=dict)
    """Musts of organisations as they are, by what they rest on: searches begin from these."""
    _judged: list[tuple[tuple[object, ...], dict[object, DayJudgement]]] = field(
        default_factory=list
    )

    def standing(self, organisation: Organisation) -> Placing:
        """The musts of these facts placed, to begin others from; worked out once."""
        key = fingerprint("standing", only_what_must_be(organisation))
        if key not in self.placed:
            placing = self.every_must(organisation, with_sessions=True)
            if placing.fits is None:
                return placing
            while len(self.placed) >= MOST_PLACED:
                del self.placed[next(iter(self.placed))]
            self.placed[key] = placing
        return self.placed[key]

    def every_must(
        self,
        organisation: Organisation,
        *,
        without: RuleId | None = None,
        most: float = PER_QUESTION,
        with_sessions: bool = False,
        idle: frozenset[str] = frozenset(),
        begin: Placing | None = None,
    ) -> Placing:
        """Whether all must sessions can be placed with cover kept (or full, if that is the goal).

        ``idle``: staff whom cover need not count on. What would be missing without them may be
        missing, as if they were not there; so an answer that nothing fits holds without them too.

        ``with_sessions``: a remembered answer will not do, the sessions are wanted too.
        ``begin``: sessions of other facts, most of which may do for these too.
        """
        facts = only_what_must_be(organisation)
        key = fingerprint("every_must", facts, without or "", *sorted(idle))
        known = self.memory.get(key)
        if known is not None and not with_sessions:
            reason = known.get("reason")
            return Placing(
                fits=known["fits"], reason=Limit.model_validate(reason) if reason else None
            )
        if self.engine.must_stop and not with_sessions:
            return Placing(fits=None)
        placing = self._every_must(facts, without, most, idle, begin)
        if placing.fits is not None:
            reason = placing.reason
            self.memory.put(
                key,
                {"fits": placing.fits, "reason": reason.model_dump() if reason else None},
            )
        return placing

    def put_in(self, organisation: Organisation, begin: Placing) -> Placing | None:
        """The newcomers' musts placed around the sessions that stand; None: not found so easily."""
        if begin.problem is None or self.engine.must_stop:
            return None
        facts = only_what_must_be(organisation)
        problem = index(facts)
        if cannot_ever(problem) is not None or pins_fail(problem) is not None:
            return None
        placing = self._begun(facts, problem, self.judge, begin, widely=False)
        if placing is not None:
            self.memory.put(fingerprint("every_must", facts, ""), {"fits": True, "reason": None})
        return placing

    def what_fails(self, organisation: Organisation) -> str:
        """What cannot be done at least, in words; "" where everything can, or nothing is known."""
        facts = only_what_must_be(organisation)
        problem = index(facts)
        judgements = judge_days(problem)
        if facts.cover_goal is CoverGoal.FULL:
            short = [
                problem.grid.days[problem.cover_days[number].day]
                for number, judgement in enumerate(judgements)
                if any(judgement.unavoidable)
            ]
            if short:
                return f"duties of {len(short)} days lack people, the first on {short[0]}"
        build = build_model(problem, judgements)
        build.model.minimize(unplaced_must(build))
        answer = cheapest(
            self.engine,
            build.model,
            "what would fail",
            most=FOR_WHAT_FAILS,
            searches=("max_lp", "reduced_costs"),
        )
        if answer.bound == 0:
            return ""
        words = f"at least {answer.bound} must sessions cannot be placed"
        if answer.read is None:
            return words
        lost = Counter[str]()
        for demand in problem.demands:
            if demand.priority == 0:
                lost[problem.activities[demand.activity].activity.code] += answer.read(
                    build.unplaced[demand.index]
                )
        listed = ", ".join(f"{code} {number}" for code, number in lost.most_common(4) if number)
        return f"{words} ({listed})"

    def _every_must(
        self,
        facts: Organisation,
        without: RuleId | None,
        most: float,
        idle: frozenset[str],
        begin: Placing | None,
    ) -> Placing:
        problem = index(facts)
        reason = cannot_ever(problem) or pins_fail(problem)
        if reason is not None:
            return Placing(fits=False, reason=reason)
        judgements = self.judge(problem)
        if facts.cover_goal is CoverGoal.FULL:
            for number, judgement in enumerate(judgements):
                if any(judgement.unavoidable):
                    day = problem.grid.days[problem.cover_days[number].day]
                    detail = f"duties of {day} lack people even without training"
                    return Placing(
                        fits=False, reason=Limit(rule=RuleId.CLINICAL_COVER, detail=detail)
                    )

        def judge(part: Problem) -> tuple[DayJudgement, ...]:
            known = self.judge(part)
            if not idle or facts.cover_goal is CoverGoal.FULL:
                return known
            return allowed_without(part, idle, known)

        if without is None:
            known = self._without_a_whole_model(facts, problem, judge, begin)
            if known is not None:
                return known
        build = build_model(problem, judge(problem), without=without)

        def make() -> tuple[cp_model.CpModel, Expression]:
            return build.model, unplaced_must(build)

        def disproof() -> bool:
            everybody = {trainee.trainee_id for trainee in facts.trainees}
            return without is None and is_too_much(self.engine, facts, everybody, judge)

        answer: Answer = settle(self.engine, make, most=most, disproof=disproof)
        if answer.read is None:
            return Placing(fits=answer.fits)
        sessions = make_sessions(problem, read_choice(build, answer.read))
        return Placing(fits=True, sessions=sessions, problem=problem, judgements=judgements)

    def _without_a_whole_model(
        self, facts: Organisation, problem: Problem, judge: Judge, begin: Placing | None
    ) -> Placing | None:
        """The answer around what stands, or piece by piece; None where neither gives one."""
        if begin is not None:
            begun = self._begun(facts, problem, judge, begin, widely=True)
            if begun is not None:
                return begun
        judgements = self.judge(problem)
        sessions = placed_piece_by_piece(self.engine, problem, judgements)
        if sessions is None:
            return None
        return Placing(fits=True, sessions=sessions, problem=problem, judgements=judgements)

    def _begun(
        self,
        facts: Organisation,
        problem: Problem,
        judge: Judge,
        begin: Placing,
        *,
        widely: bool,
    ) -> Placing | None:
        """The answer, where what stands helps to find it; None where it does not.

        ``widely``: also by planning those anew who compete with the newcomers.
        """
        judgements = judge(problem)
        if begin.problem is None or not cover_is_as_before(
            begin.problem, begin.judgements, problem, judgements
        ):
            return None
        standing = carried_over(begin.problem, problem, begin.sessions)
        free = without_a_session(problem, standing)
        sessions = repaired(self.engine, problem, judgements, standing, free) if free else standing
        rivals = competitors(problem, free)
        if sessions is None and widely and not is_nearly_everybody(problem, rivals):
            sessions = repaired(
                self.engine, problem, judgements, standing, rivals, search=SEARCH_FOR_MORE
            )
            if sessions is None and is_too_much(self.engine, facts, ids_of(problem, rivals), judge):
                return Placing(fits=False)
        if sessions is None:
            return None
        return Placing(fits=True, sessions=sessions, problem=problem, judgements=judgements)

    def judge(self, problem: Problem) -> tuple[DayJudgement, ...]:
        """Judge the days; equal days of organisations with the same duties are judged once."""
        facts = problem.organisation
        rows = facts.duties, facts.travel, facts.calendar, facts.departments
        for known_rows, known in self._judged:
            if all(one is other for one, other in zip(rows, known_rows, strict=True)):
                return judge_days(problem, known)
        self._judged.append((rows, {}))
        return judge_days(problem, self._judged[-1][1])


def allowed_without(
    problem: Problem, idle: frozenset[str], judgements: tuple[DayJudgement, ...]
) -> tuple[DayJudgement, ...]:
    """What may be missing when nobody counts on these staff.

    Only on days with duties of several periods or sites: on all others, one more member of staff
    fills at once what they make fillable, and nobody in training has to come back for it.
    """
    who = {person.index for person in problem.people if person.person_id in idle}
    days = tuple(
        replace(
            cover_day,
            places=tuple(
                replace(place, candidates=tuple(p for p in place.candidates if p not in who))
                for place in cover_day.places
            ),
        )
        for cover_day in problem.cover_days
    )
    without = judge_days(replace(problem, cover_days=days))
    return tuple(
        here if here.is_simple else DayJudgement(other.unavoidable, is_simple=False)
        for here, other in zip(judgements, without, strict=True)
    )
