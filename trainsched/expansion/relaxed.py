"""Less asked than the facts ask: what is impossible even so, is impossible.

Left out are those who compete with nobody. Trainees who are alike, as starters are, are not told
apart: they are counted (see ``Build.alike``), which spares the solver all the ways to exchange one
for another.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

from ortools.sat.python import cp_model

from trainsched.domain.curriculum import TRAINING_OFFICER, TrainingPlanRow
from trainsched.domain.organisation import Organisation
from trainsched.domain.people import Trainee
from trainsched.expansion.facts import is_easier_in_company
from trainsched.expansion.runs import Run
from trainsched.planning.crowd import Crowd
from trainsched.planning.engine import Engine
from trainsched.planning.goals.unplaced_must import unplaced_must
from trainsched.planning.judgement import DayJudgement
from trainsched.planning.model import build_model
from trainsched.problem.index import index
from trainsched.problem.problem import Problem

Judge = Callable[[Problem], tuple[DayJudgement, ...]]
"""Says how much may be missing on each day."""
FOR_A_PROOF = 8.0
"""Deterministic time."""
SEARCH = "max_lp"


def is_too_much(
    engine: Engine, facts: Organisation, trainee_ids: AbstractSet[str], judge: Judge
) -> bool:
    """Whether it is proved that the musts of these trainees cannot all be placed.

    The facts are those of ``only_what_must_be``.
    """
    counted = count_alike(facts, trainee_ids)
    if counted is None:
        return False
    problem = counted.problem
    build = build_model(problem, judge(problem), alike=counted.crowds)
    build.model.add(unplaced_must(build) == 0)
    return Run(engine, build.model, SEARCH, FOR_A_PROOF).solve() == cp_model.INFEASIBLE


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What the trainee of that turn stands for, who is one of a number nobody knows yet.

    They are at most ``most``, dealt out in turn to ``officers``.
    """

    most: int
    turn: int
    officers: tuple[str | None, ...]


@dataclass(frozen=True)
class Counted:
    """Facts in which one trainee stands for all who are alike, and what each stands for.

    ``stands_for`` says by ``(trainee, activity)`` of the facts from which these were made who
    stands for whom; those who stand for themselves are left out.
    """

    facts: Organisation
    alike: Mapping[str, Crowd]
    stands_for: Mapping[tuple[str, str], str]

    @cached_property
    def rows(self) -> frozenset[tuple[str, str]]:
        """``(trainee, activity)`` of all that is asked."""
        return frozenset((row.trainee_id, row.activity) for row in self.facts.training_plan)

    def counted_as(self, who: str, code: str) -> str:
        """Who stands for a trainee of the facts from which these were made."""
        return self.stands_for.get((who, code), who)

    @cached_property
    def problem(self) -> Problem:
        """The problem of these facts."""
        return index(self.facts)

    @property
    def crowds(self) -> dict[int, Crowd]:
        """The crowds in the numbers of the problem."""
        return {
            person.index: self.alike[person.person_id]
            for person in self.problem.people
            if person.person_id in self.alike
        }


def count_alike(
    facts: Organisation,
    trainee_ids: AbstractSet[str],
    newcomers: Mapping[str, Newcomer] | None = None,
) -> Counted | None:
    """The facts of these trainees, those alike counted; None where fewer of them may be harder.

    ``newcomers``: trainees of the facts who each stand for an unknown number.
    """
    activities = facts.activity_by_code
    if any(
        row.trainee_id not in trainee_ids and is_easier_in_company(activities[row.activity])
        for row in facts.training_plan
    ):
        return None
    rows: dict[str, list[TrainingPlanRow]] = defaultdict(list)
    for row in facts.training_plan:
        if row.trainee_id in trainee_ids:
            rows[row.trainee_id].append(row)
    crowds = _Crowds(facts, newcomers or {})
    kept = [t for t in facts.trainees if not crowds.add(t, rows[t.trainee_id])]
    left = {(row.trainee_id, row.activity) for t in kept for row in rows[t.trainee_id]}
    crowds.make()
    in_order = sorted([*kept, *crowds.trainees], key=lambda t: t.trainee_id)
    plan = [*(row for t in kept for row in rows[t.trainee_id]), *crowds.rows]
    smaller = facts.with_facts(
        trainees=tuple(in_order),
        training_plan=tuple(sorted(plan, key=lambda row: (row.trainee_id, row.activity))),
        pins=tuple(
            pin for pin in facts.pins if all((t, pin.activity) in left for t in pin.trainee_ids)
        ),
    )
    return Counted(smaller, crowds.alike, crowds.stands_for)


def with_rows(facts: Organisation, kept: AbstractSet[tuple[str, str]]) -> Organisation | None:
    """The facts with no requirements but these; None where fewer of them may be harder.

    ``kept``: ``(trainee, activity)``. Everybody is still there, for the cover of duties.
    """
    activities = facts.activity_by_code
    rows = [row for row in facts.training_plan if (row.trainee_id, row.activity) in kept]
    if len(rows) < len(facts.training_plan) and any(
        is_easier_in_company(activities[row.activity])
        for row in facts.training_plan
        if (row.trainee_id, row.activity) not in kept
    ):
        return None
    return facts.with_facts(
        training_plan=tuple(rows),
        pins=tuple(
            pin for pin in facts.pins if all((t, pin.activity) in kept for t in pin.trainee_ids)
        ),
    )


class _Crowds:
    """Trainees by what they have in common. Their officers' sessions are counted by officer."""

    def __init__(self, facts: Organisation, newcomers: Mapping[str, Newcomer]) -> None:
        self.facts = facts
        self.newcomers = newcomers
        self.trainees: list[Trainee] = []
        self.rows: list[TrainingPlanRow] = []
        self.alike: dict[str, Crowd] = {}
        self.stands_for: dict[tuple[str, str], str] = {}
        self._alike: dict[object, list[tuple[Trainee, list[TrainingPlanRow]]]] = defaultdict(list)
        self._told_apart = {entry.person_id for entry in facts.roster}
        self._told_apart |= {rotation.trainee_id for rotation in facts.rotations}
        self._told_apart |= {trainee for pin in facts.pins for trainee in pin.trainee_ids}

    def add(self, trainee: Trainee, rows: list[TrainingPlanRow]) -> bool:
        """Count the trainee among those alike; False for one who must be told apart."""
        activities = [self.facts.activity_by_code[row.activity] for row in rows]
        if trainee.trainee_id in self._told_apart or not trainee.supernumerary:
            return False
        if any(activity.together or activity.group_min > 1 for activity in activities):
            return False
        newcomer = self.newcomers.get(trainee.trainee_id)
        nameless: dict[str, object] = {"trainee_id": "", "name": "", "training_officer": None}
        if newcomer is not None and trainee.hei is None:
            nameless["year"] = 0  # it says no more than the rows and the officers do
        key = (
            None if newcomer is None else newcomer.officers,
            trainee.model_copy(update=nameless),
            tuple(row.model_copy(update={"trainee_id": ""}) for row in rows),
        )
        self._alike[key].append((trainee, rows))
        return True

    def make(self) -> None:
        """Make one trainee for all who are alike, and one for those of each officer among them."""
        for members in self._alike.values():
            first, rows = members[0]
            newcomer = self.newcomers.get(first.trainee_id)
            if len(members) == 1 and newcomer is None:
                self.trainees.append(first)
                self.rows += rows
                continue
            of_officers = [row for row in rows if self._is_for_officers(row)]
            together = [t.trainee_id for t, _ in members]
            crowd = Crowd(len(members))
            if newcomer is not None:
                years = len(members) // len(newcomer.officers)
                crowd = Crowd(newcomer.most, 0, 1, years)
            self._count(first, None, [r for r in rows if r not in of_officers], crowd, together)
            for officer, mine in _by_officer([trainee for trainee, _ in members]).items():
                here = self.newcomers.get(mine[0])
                part = Crowd(len(mine))
                if here is not None:
                    part = Crowd(here.most, here.turn, len(here.officers), len(mine))
                self._count(first, officer, of_officers, part, mine)

    def _is_for_officers(self, row: TrainingPlanRow) -> bool:
        roles = self.facts.activity_by_code[row.activity].roles
        return any(role.name == TRAINING_OFFICER for role in roles)

    def _count(
        self,
        first: Trainee,
        officer: str | None,
        rows: list[TrainingPlanRow],
        crowd: Crowd,
        members: list[str],
    ) -> None:
        name = f"{first.trainee_id} {len(self.trainees)}"
        self.alike[name] = crowd
        named = {"trainee_id": name, "name": name, "training_officer": officer}
        self.trainees.append(first.model_copy(update=named))
        self.rows += [row.model_copy(update={"trainee_id": name}) for row in rows]
        for row in rows:
            self.stands_for |= {(member, row.activity): name for member in members}


def _by_officer(trainees: list[Trainee]) -> dict[str | None, list[str]]:
    found: dict[str | None, list[str]] = defaultdict(list)
    for trainee in trainees:
        found[trainee.training_officer].append(trainee.trainee_id)
    return found
