"""One question, asked again and again: can every must session of these facts be placed?"""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass

from ortools.sat.python import cp_model

from trainsched.capacity.facts import only_what_must_be
from trainsched.capacity.memory import Memory
from trainsched.capacity.runs import Answer, settle
from trainsched.domain.capacity import Limit
from trainsched.domain.organisation import CoverGoal, Organisation
from trainsched.domain.rules import RULE_WORDS, RuleId
from trainsched.planning.build import Expression
from trainsched.planning.draft import DraftSession, make_sessions, read_choice
from trainsched.planning.engine import Engine
from trainsched.planning.goals.unplaced_must import unplaced_must
from trainsched.planning.model import build_model
from trainsched.planning.unavoidable import judge_days
from trainsched.problem.index import index
from trainsched.problem.problem import Problem

PER_QUESTION = 25.0
"""Deterministic time, at the most."""


@dataclass(frozen=True, slots=True)
class Placing:
    """``fits`` None: not settled. ``sessions`` are of the problem of the musts alone."""

    fits: bool | None
    reason: Limit | None = None
    sessions: tuple[DraftSession, ...] = ()
    problem: Problem | None = None
    """The problem in which the sessions are numbered; None where only the answer is remembered."""


@dataclass(slots=True)
class Asker:
    """Asks questions of one engine and remembers what was proved."""

    engine: Engine
    memory: Memory

    def every_must(
        self,
        organisation: Organisation,
        *,
        without: RuleId | None = None,
        most: float = PER_QUESTION,
        with_sessions: bool = False,
    ) -> Placing:
        """Whether all must sessions can be placed with cover kept (or full, if that is the goal).

        ``with_sessions``: a remembered answer will not do, the sessions are wanted too.
        """
        facts = only_what_must_be(organisation)
        key = fingerprint("every_must", facts, without or "")
        known = self.memory.get(key)
        if known is not None and not with_sessions:
            reason = known.get("reason")
            return Placing(
                fits=known["fits"], reason=Limit.model_validate(reason) if reason else None
            )
        placing = self._every_must(facts, without, most)
        if placing.fits is not None:
            reason = placing.reason
            self.memory.put(
                key,
                {"fits": placing.fits, "reason": reason.model_dump() if reason else None},
            )
        return placing

    def _every_must(
        self, facts: Organisation, without: RuleId | None, most: float
    ) -> Placing:
        problem = index(facts)
        reason = cannot_ever(problem)
        if reason is not None:
            return Placing(fits=False, reason=reason)
        judgements = judge_days(problem)
        if facts.cover_goal is CoverGoal.FULL:
            for number, judgement in enumerate(judgements):
                if any(judgement.unavoidable):
                    day = problem.grid.days[problem.cover_days[number].day]
                    detail = f"duties of {day} lack people even without training"
                    return Placing(
                        fits=False, reason=Limit(rule=RuleId.CLINICAL_COVER, detail=detail)
                    )

        build = build_model(problem, judgements, without=without)

        def make() -> tuple[cp_model.CpModel, Expression]:
            return build.model, unplaced_must(build)

        answer: Answer = settle(self.engine, make, most=most)
        if answer.read is None:
            return Placing(fits=answer.fits)
        sessions = make_sessions(problem, read_choice(build, answer.read))
        return Placing(fits=True, sessions=sessions, problem=problem)


def cannot_ever(problem: Problem) -> Limit | None:
    """Why some must has too few possible starts on the facts alone; None where all have enough."""
    starts: Counter[int] = Counter()
    for offering in problem.offerings:
        starts.update(offering.attendees)
    for demand in problem.demands:
        if demand.priority == 0 and starts[demand.index] < demand.required:
            refused = problem.refused[demand.index]
            rule = max(refused, key=lambda r: (refused[r], r), default=RuleId.TRAINING_DEMAND)
            code = problem.activities[demand.activity].activity.code
            return Limit(
                rule=rule,
                detail=f"{code} cannot be given as often as it is required: {RULE_WORDS[rule]}",
            )
    return None


def fingerprint(kind: str, organisation: Organisation, *more: object) -> str:
    """What a question rests on, as one short text: equal facts give equal texts."""
    from trainsched import __version__

    digest = hashlib.sha256()
    digest.update(json.dumps([__version__, kind, *map(str, more)]).encode())
    digest.update(organisation.model_dump_json().encode())
    return digest.hexdigest()
