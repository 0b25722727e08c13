"""Less asked than the facts ask: what is impossible even so, is impossible.

Left out are those who compete with nobody. Trainees who are alike, as starters are, are not told
apart: they are counted (see ``Build.alike``), which spares the solver all the ways to exchange one
for another.
"""

from collections import defaultdict
from collections.abc import Callable
from collections.abc import Set as AbstractSet

from ortools.sat.python import cp_model

from trainsched.domain.curriculum import TRAINING_OFFICER, TrainingPlanRow
from trainsched.domain.organisation import Organisation
from trainsched.domain.people import Trainee
from trainsched.expansion.facts import changed, is_easier_in_company
from trainsched.expansion.runs import Run
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
    relaxed = _relaxed(facts, trainee_ids)
    if relaxed is None:
        return False
    fewer, times = relaxed
    problem = index(fewer)
    alike = {p.index: times[p.person_id] for p in problem.people if p.person_id in times}
    build = build_model(problem, judge(problem), alike=alike)
    build.model.add(unplaced_must(build) == 0)
    return Run(engine, build.model, SEARCH, FOR_A_PROOF).solve() == cp_model.INFEASIBLE


def _relaxed(
    facts: Organisation, trainee_ids: AbstractSet[str]
) -> tuple[Organisation, dict[str, int]] | None:
    """The facts of fewer, and how many each trainee stands for; None where fewer may be harder."""
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
    crowds = _Crowds(facts)
    kept = [t for t in facts.trainees if not crowds.add(t, rows[t.trainee_id])]
    left = {(row.trainee_id, row.activity) for t in kept for row in rows[t.trainee_id]}
    crowds.make()
    in_order = sorted([*kept, *crowds.trainees], key=lambda t: t.trainee_id)
    plan = [*(row for t in kept for row in rows[t.trainee_id]), *crowds.rows]
    smaller = changed(
        facts,
        trainees=tuple(in_order),
        training_plan=tuple(sorted(plan, key=lambda row: (row.trainee_id, row.activity))),
        pins=tuple(
            pin for pin in facts.pins if all((t, pin.activity) in left for t in pin.trainee_ids)
        ),
    )
    return smaller, crowds.times


class _Crowds:
    """Trainees by what they have in common. Their officers' sessions are counted by officer."""

    def __init__(self, facts: Organisation) -> None:
        self.facts = facts
        self.trainees: list[Trainee] = []
        self.rows: list[TrainingPlanRow] = []
        self.times: dict[str, int] = {}
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
        nameless = {"trainee_id": "", "name": "", "training_officer": None}
        key = (
            trainee.model_copy(update=nameless),
            tuple(row.model_copy(update=nameless) for row in rows),
        )
        self._alike[key].append((trainee, rows))
        return True

    def make(self) -> None:
        """Make one trainee for all who are alike, and one for those of each officer among them."""
        for members in self._alike.values():
            first, rows = members[0]
            if len(members) == 1:
                self.trainees.append(first)
                self.rows += rows
                continue
            of_officers = [row for row in rows if self._is_for_officers(row)]
            self._count(first, None, [r for r in rows if r not in of_officers], len(members))
            by_officer: dict[str | None, int] = defaultdict(int)
            for trainee, _ in members:
                by_officer[trainee.training_officer] += 1
            for officer, number in by_officer.items():
                self._count(first, officer, of_officers, number)

    def _is_for_officers(self, row: TrainingPlanRow) -> bool:
        roles = self.facts.activity_by_code[row.activity].roles
        return any(role.name == TRAINING_OFFICER for role in roles)

    def _count(
        self, first: Trainee, officer: str | None, rows: list[TrainingPlanRow], number: int
    ) -> None:
        name = f"{first.trainee_id} {len(self.trainees)}"
        self.times[name] = number
        named = {"trainee_id": name, "name": name, "training_officer": officer}
        self.trainees.append(first.model_copy(update=named))
        self.rows += [row.model_copy(update={"trainee_id": name}) for row in rows]
